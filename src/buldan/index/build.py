"""Derive the arrays of the index from the text of a gazetteer."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from operator import itemgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from buldan.geometry import iter_positions
from buldan.index.forms import iter_forms
from buldan.index.postings import Postings, hash_deletions, hash_keys
from buldan.index.standing import Standing, find_standings
from buldan.index.strings import Strings
from buldan.index.wide_names import iter_wide_names
from buldan.kinds import ADMIN_KINDS, kind_codes, kinds
from buldan.model import MAIN_NAMES, admin_chain, identifier_pairs
from buldan.outlines import edges_of
from buldan.store.records import NameRecord, PlaceRecord, parse_name, parse_place
from buldan.text import (
    Words,
    count_articles,
    encode_sounds,
    first_skeleton,
    fold,
    plain_key,
    plain_words,
    skeletons,
    words_phonemes,
    words_skeletons,
)
from buldan.thresholds import FAMOUS

__all__ = ["INDEX_VERSION", "GazetteerText", "build_columns", "skeleton_grams"]

INDEX_VERSION = 26
"""Raised when the arrays change their names or meaning."""

_UNIT_KINDS = frozenset(ADMIN_KINDS[1:])

_FAMOUS_SITE = 2.2
"""Salience of a site that we describe ourselves (Palmyra, Ugarit): it is meant before a village of the same name."""

_HOMES = frozenset({"town", "village"})
"""Kinds with namesakes all over the country, of which no list says how well known they are."""

_USUAL_PLACES = 5
"""Places of the usual share that each unit is thought to have besides its own."""

_FAMOUS_CROSSING = 2.5
"""Salience of a crossing that encyclopedias have: Bab al-Hawa is the crossing before it is one of four hamlets."""

_LONGEST_TYPED = 24
"""Letters of a name beyond which a slip of the finger is found by its sounds alone."""


@dataclass(frozen=True, slots=True)
class GazetteerText:
    """The bytes of the gazetteer's files."""

    places: bytes
    names: bytes
    areas: bytes


def skeleton_grams(skeleton: str) -> set[str]:
    """Pairs of neighbouring letters, the ends marked."""
    return {left + right for left, right in pairwise(f"^{skeleton}$")}


def build_columns(text: GazetteerText) -> dict[str, NDArray[Any]]:
    """All arrays of the index, which answers are made from."""
    place_offsets, name_offsets = _line_offsets(text.places, header=True), _line_offsets(text.names, header=True)
    places = [parse_place(line) for line in _lines(text.places)]
    names = [parse_name(line) for line in _lines(text.names)]
    row_of = {place.id: row for row, place in enumerate(places)}
    name_place = np.fromiter((row_of[name.place] for name in names), np.int32, len(names))
    columns: dict[str, NDArray[Any]] = {
        "place.offsets": place_offsets,
        "name.offsets": name_offsets,
        "name.place": name_place,
        # Names stand in the order of their places: where each place's begin is a bisection, and the last is the end.
        "place.first_name": np.searchsorted(name_place, np.arange(len(places) + 1)).astype(np.int32),
        **_place_columns(places),
        **_identifier_columns(places),
        **_area_columns(text.areas, row_of),
    }
    columns["place.salience"] = _salience(places, columns, _count_languages(names, name_place, len(places)))
    columns["place.headed"] = _headed_units(places, names, row_of)
    columns |= Postings.build(iter_wide_names(names, columns)).to_columns("wide")
    columns["name.standing"] = find_standings(places, names, name_place.tolist())
    return columns | _form_columns(names, columns, _holding_units(places, names))


def _lines(content: bytes) -> Iterator[str]:
    return iter(content.decode("utf-8").split("\n")[1:-1])


def _line_offsets(content: bytes, *, header: bool) -> NDArray[np.int64]:
    """Where each line begins, and where the last one ends."""
    # Line ends are sought in the bytes, all at once: a line is later cut out of the mapped file without reading
    # others.
    ends = np.flatnonzero(np.frombuffer(content, np.uint8) == ord("\n")) + 1
    return ends.astype(np.int64) if header else np.insert(ends, 0, 0).astype(np.int64)


def _place_columns(places: Sequence[PlaceRecord]) -> dict[str, NDArray[Any]]:
    codes = kind_codes()
    # The digits of a P-code hold those of the units above it: SY030201 is in SY0302 and in SY03.
    units = np.array([[int(p.admin[2:end] or 0) if len(p.admin) >= end else 0 for end in (4, 6, 8)] for p in places])
    return {
        "place.lon": np.array([p.lon for p in places]),
        "place.lat": np.array([p.lat for p in places]),
        "place.radius_km": np.array([p.radius_km for p in places], np.float32),
        "place.population": np.array([-1 if p.population is None else p.population for p in places], np.int32),
        "place.kind": np.array([codes[p.kind] for p in places], np.uint8),
        "place.unit": units.reshape(-1, 3).astype(np.int32),
        "place.coded": np.array(["pcode" in p.identifiers for p in places]),
        "place.level": np.array([len(p.admin) // 2 - 1 for p in places], np.uint8),
    }


def _identifier_columns(places: Sequence[PlaceRecord]) -> dict[str, NDArray[Any]]:
    pairs = []
    for row, place in enumerate(places):
        pairs.append((place.id, row))
        for scheme, value in identifier_pairs(place.identifiers):
            pairs.append((f"{scheme}:{value}", row))
            if scheme == "pcode":
                pairs.append((value, row))
    return Postings.build(pairs).to_columns("id")


def _area_columns(areas: bytes, row_of: dict[str, int]) -> dict[str, NDArray[Any]]:
    records = [json.loads(line) for line in areas.decode("utf-8").splitlines()]
    # Edges of all outlines in one array, with where those of each begin: a point is tested against a run of it.
    edges = [edges_of(record["geometry"]) for record in records]
    corners = [np.array(list(iter_positions(record["geometry"]["coordinates"]))) for record in records]
    return {
        "area.offsets": _line_offsets(areas, header=False),
        "area.place": np.array([row_of[record["id"]] for record in records], np.int32),
        "area.bounds": np.array([(*each.min(axis=0), *each.max(axis=0)) for each in corners]).reshape(-1, 4),
        "area.edges": np.concatenate([np.zeros((0, 4)), *edges]),
        "area.first_edge": np.array([0, *map(len, edges)]).cumsum(),
    }


def _count_languages(names: Sequence[NameRecord], name_place: NDArray[np.int32], places: int) -> NDArray[np.int64]:
    """By place, in how many languages it has a name: spellings are gathered by chance, translations by fame."""
    spoken = {(place, name.lang) for place, name in zip(name_place.tolist(), names, strict=True)}
    return np.bincount(np.array([place for place, _ in spoken], np.int64), minlength=places)


def _salience(
    places: Sequence[PlaceRecord], columns: dict[str, NDArray[Any]], languages: NDArray[np.int64]
) -> NDArray[np.float32]:
    """How likely a place is to be spoken of.

    From its rank, its population, how many languages name it, and whether anybody cared to write down what no list
    says of it; of a site, how many names it was given: those that everybody visits have more than a Tell. Of a
    settlement, how much is told of the places around it, which is what tells it from villages of its name elsewhere.
    """
    rank = np.array([kind.rank for kind in kinds().values()])[columns["place.kind"]]
    # A logarithm, for fame grows with each tenfold of people; one is added so that nobody is zero.
    people = np.log10(np.maximum(columns["place.population"], 0) + 1.0)
    cared_for = np.array(["curated" in place.sources for place in places])
    sites = columns["place.kind"] == kind_codes()["site"]
    # What is visited is named again and again, in each language and spelling; a Tell has the one name.
    site = _FAMOUS_SITE + np.log2(1.0 + np.diff(columns["place.first_name"])) / 2
    told = np.log2(1.0 + languages) / 2 + np.where(cared_for & sites, site, cared_for / 2)
    settled = np.isin(columns["place.kind"], [kind_codes()[kind] for kind in _HOMES])
    told += np.where(settled, _told_around(cared_for, columns["place.unit"], settled), 0.0)
    crossings = columns["place.kind"] == kind_codes()["crossing"]
    told += np.where(crossings & ["wikidata" in place.identifiers for place in places], _FAMOUS_CROSSING, 0.0)
    # Ranks are those of maps (0 to 30), the lower the greater: ten ranks count as much as a hundredfold of people.
    salience: NDArray[np.float32] = ((30 - rank) / 10 + people / 2 + told).astype(np.float32)
    return salience


def _told_around(
    cared_for: NDArray[np.bool_], units: NDArray[np.int32], settled: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """By place, the share of the places of its district and sub-district that somebody cared for, above the usual."""
    shares = np.zeros(len(cared_for))
    for level in (1, 2):
        _, unit = np.unique(units[:, level], return_inverse=True)
        told, places = np.bincount(unit, cared_for), np.bincount(unit)
        # As if each unit had a few places of the usual share besides, so that one place makes no unit famous.
        shares += ((told + _USUAL_PLACES * cared_for.mean()) / (places + _USUAL_PLACES))[unit] / 2
    # Less the usual share: what is known to every reader is known whatever is told of its surroundings.
    above: NDArray[np.float64] = shares - shares[settled].mean() if settled.any() else shares
    return above


def _headed_units(
    places: Sequence[PlaceRecord], names: Iterable[NameRecord], row_of: Mapping[str, int]
) -> NDArray[np.int32]:
    """For each place, rows of the governorate, district and sub-district that hold it and share a name with it, or -1.

    A unit shares its names with itself and with the town that heads it.
    """
    unit_row = {place.admin: row_of[place.id] for place in places if place.kind in _UNIT_KINDS}
    chains = [
        [(level, unit_row[code]) for level, code in enumerate(admin_chain(p.admin)) if code in unit_row] for p in places
    ]
    folded = [(row_of[name.place], fold(name.name)) for name in names]
    # Of units alone: that a village is called as another village says nothing.
    named: dict[int, set[str]] = {row: set() for row in unit_row.values()}
    for row, text in folded:
        if row in named:
            named[row].add(text)
    headed = np.full((len(places), 3), -1, np.int32)
    for row, text in folded:
        for level, unit in chains[row]:
            if text in named[unit]:
                headed[row, level] = unit
    return headed


def _holding_units(places: Sequence[PlaceRecord], names: Iterable[NameRecord]) -> list[frozenset[str]]:
    """For each place, the skeletons of the names of the admin units that hold it."""
    units = {place.id: place.admin for place in places if place.kind in _UNIT_KINDS}
    named: dict[str, set[str]] = {}
    for name in names:
        if name.place in units:
            named.setdefault(units[name.place], set()).add(first_skeleton(plain_words(name.name)))
    held = {
        admin: frozenset().union(*(named.get(pcode, ()) for pcode in admin_chain(admin))) - {""}
        for admin in {place.admin for place in places}
    }
    return [frozenset() if place.id in units else held[place.admin] for place in places]


def _shared_spellings(
    names: Sequence[NameRecord], name_place: Sequence[int], famous: NDArray[np.bool_], anothers: NDArray[np.bool_]
) -> dict[int, list[str]]:
    """By the row of a famous place's Arabic name, Latin spellings of it that are not its own, as lists give them to
    lesser places of that name: whoever writes Qal'at al-Hisn so does not mean the hamlet for its spelling.

    Args:
        names: all names.
        name_place: the row of the place of each.
        famous: by place row, whether everybody knows it.
        anothers: of each name, whether it is rather another place's.
    """
    arabic: dict[str, list[int]] = {}
    latin: dict[int, list[tuple[str, bool]]] = {}
    for row, (name, place) in enumerate(zip(names, name_place, strict=True)):
        if name.script == "Latn":
            latin.setdefault(place, []).append((name.name, bool(anothers[row])))
        elif name.script == "Arab" and name.kind in MAIN_NAMES:
            arabic.setdefault(plain_key(plain_words(name.name)), []).append(row)
    shared: dict[int, list[str]] = {}
    for rows in arabic.values():
        for row in (row for row in rows if len(rows) > 1 and famous[name_place[row]]):
            own = {fold(text) for text, is_anothers in latin.get(name_place[row], ()) if not is_anothers}
            # Only what sounds like the name itself: the lesser place may have quite other names, too.
            keys = set(skeletons(names[row].name))
            spelled = dict.fromkeys(text for other in rows for text, _ in latin.get(name_place[other], ()))
            shared[row] = [text for text in spelled if fold(text) not in own and not keys.isdisjoint(skeletons(text))]
    return shared


def _form_columns(
    names: Sequence[NameRecord], columns: dict[str, NDArray[Any]], units: Sequence[frozenset[str]]
) -> dict[str, NDArray[Any]]:
    name_place, salience, standing = columns["name.place"], columns["place.salience"], columns["name.standing"]
    famous = (salience >= FAMOUS) & ~np.isin(columns["place.kind"], [kind_codes()[kind] for kind in ADMIN_KINDS])
    shared = _shared_spellings(names, name_place.tolist(), famous, standing == Standing.ANOTHERS)
    form_name: list[int] = []
    form_rule: list[int] = []
    form_articles: list[int] = []
    sounds: list[str] = []
    plain: list[tuple[str, int]] = []
    skeleton: list[tuple[str, int]] = []
    keys_of = cache(_keys_of)  # a quarter of the forms are those of a namesake
    for row, name in enumerate(names):
        for spelling in (name.name, *shared.get(row, ())):
            articles = count_articles(spelling)
            for words, rule in iter_forms(spelling, units[name_place[row]]):
                form = len(form_name)
                form_articles.append(articles)
                form_name.append(row)
                form_rule.append(rule)
                heard, written, consonants = keys_of(words)
                sounds.append(heard)
                plain.append((written, form))
                skeleton.extend([(key, form) for key in consonants])
    of_name = np.array(form_name, np.int32)
    # A step of a rule counts two, four times a tenfold of people: a form comes behind what others are called outright,
    # but for the hamlets among them.
    behind = np.array(form_rule, np.float32) + (standing[of_name] == Standing.ANOTHERS)
    rank = behind * 2 - salience[name_place[of_name]]
    # In the order of their hashes, so that the row of a key is its place among the keys, and need not be kept.
    distinct = _in_hash_order({key for key, _ in skeleton})
    written_so = _in_hash_order({key for key, _ in plain})
    # Longer names have no row among the slips of the finger, but keep their place, which is the row.
    typed_hashes, typed_rows = hash_deletions(written_so)
    short = np.array([len(key) <= _LONGEST_TYPED for key in written_so], bool)[typed_rows]
    # Over the different skeletons and not over forms: many names have one.
    grams = [(gram, row) for row, key in enumerate(distinct) for gram in skeleton_grams(key)]
    return {
        "form.name": of_name,
        "form.rule": np.array(form_rule, np.uint8),
        "form.articles": np.array(form_articles, np.uint8),
        "form.standing": standing[of_name],
        "form.arabic": np.array([name.script == "Arab" for name in names], np.uint8)[of_name],
        **_sound_columns(sounds),
        **Strings.columns_of("skeleton.text", distinct),
        **Postings.build(plain, rank=rank).to_columns("plain"),
        **Postings.build(skeleton, rank=rank).to_columns("skeleton"),
        **Postings.of_deletions(distinct).to_columns("near"),
        **Strings.columns_of("plain.text", written_so),
        **Postings.of_hashes(typed_hashes[short], typed_rows[short]).to_columns("typed"),
        **Postings.build(grams).to_columns("gram"),
        **_prefix_columns("prefix", plain, np.array(form_rule), rank),
        **_prefix_columns("opening", skeleton, np.array(form_rule), rank),
    }


def _keys_of(words: Words) -> tuple[str, str, tuple[str, ...]]:
    """Phonemes, folded letters and skeletons of the words of a form."""
    return words_phonemes(words), plain_key(words), words_skeletons(words)


def _sound_columns(sounds: Sequence[str]) -> dict[str, NDArray[Any]]:
    """The different phoneme strings as the aligner takes them, and which of them each form has."""
    distinct = {heard: row for row, heard in enumerate(dict.fromkeys(sounds))}
    ends = np.fromiter(map(len, distinct), np.int64, len(distinct)).cumsum()
    return {
        # Forms by number of their sounds: what sounds alike is compared once.
        "form.sound": np.fromiter(map(distinct.__getitem__, sounds), np.int32, len(sounds)),
        "sound.codes": np.frombuffer(b"".join(map(encode_sounds, distinct)), np.uint8),
        "sound.offsets": np.insert(ends, 0, 0),
    }


def _in_hash_order(keys: set[str]) -> list[str]:
    """Keys in the order that `Postings` sorts them, so that a key's position there is its row here."""
    listed = list(keys)
    return [listed[at] for at in np.argsort(hash_keys(listed))]


def _prefix_columns(
    name: str, keyed: Sequence[tuple[str, int]], rule: NDArray[Any], rank: NDArray[Any]
) -> dict[str, NDArray[Any]]:
    """Attested forms in the order of their keys, to complete what is typed."""
    attested = (rule <= 1).tolist()
    ordered = sorted([pair for pair in keyed if attested[pair[1]]], key=itemgetter(0))  # they come in order of forms
    forms = np.array([form for _, form in ordered], np.int32)
    return {
        f"{name}.form": forms,
        f"{name}.rank": rank[forms].astype(np.float32) if len(forms) else np.zeros(0, np.float32),
        **Strings.columns_of(f"{name}.text", [key for key, _ in ordered]),
    }
