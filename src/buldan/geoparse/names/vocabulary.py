"""What is sought in a text: every name of the gazetteer, in its folded forms, and the names of foreign places."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from buldan.geoparse.names.cues import load_cues, other_senses, role_mask
from buldan.geoparse.names.lexicon import Sense, is_namesake_abroad, names_abroad, phrase_sense
from buldan.geoparse.names.name_forms import (
    SPOKEN_CLITICS,
    Form,
    iter_inflected,
    iter_name_forms,
    iter_spellings,
    unvowelled,
)
from buldan.geoparse.names.name_table import NameTable
from buldan.geoparse.names.word_cache import ordinary_words
from buldan.geoparse.tables import read_table
from buldan.index import Index, Standing, Strings, tables_digest
from buldan.index.phrases import Phrases, trie_columns
from buldan.kinds import ADMIN_KINDS
from buldan.model import Name
from buldan.text import articles, clitics, fold, foreign_names, skeletons

__all__ = ["Vocabulary"]

_VERSION = 13
"""Raised when the arrays of a vocabulary change their names or meaning."""

_MOST_PLACES = 32
"""Places kept of one name, the most salient first; the names borne by more are borne by hamlets."""

_SHORTEST = 2
_LANGUAGES = frozenset({"ar", "en", "und", "fr", "ku", "tr", "de"})
"""Languages of the names sought; the rest are written in other scripts or never stand in such texts."""


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """All that is sought.

    Attributes:
        texts: the phrases, by number.
        phrases: the same, as they are sought.
        terms: what is known of each.
        is_spelled: whether an Arabic name is written so to the letter but for vowel marks, with or without article.
    """

    texts: tuple[str, ...]
    phrases: Phrases
    name_table: NameTable
    is_spelled: Callable[[str], bool]

    @classmethod
    def of(cls, index: Index) -> Vocabulary:
        """The vocabulary of a gazetteer; the first time it costs some seconds, later it is read with the index."""
        version = f"{_VERSION}-{tables_digest('geoparse/tables')}"
        columns = index.derive("vocabulary", version, lambda: _columns_of(index))
        texts = tuple(Strings.from_columns(columns, "text"))
        spellings = frozenset(Strings.from_columns(columns, "spelling"))

        @lru_cache(maxsize=1 << 14)
        def is_spelled(form: str) -> bool:
            return unvowelled(form).rstrip() in spellings

        spoken = frozenset(("و" * joined) + clitic for clitic in SPOKEN_CLITICS for joined in (0, 1))
        name_table = NameTable(**{field.name: columns[field.name] for field in fields(NameTable)})
        return cls(texts, Phrases(texts, clitics() | spoken, columns), name_table, is_spelled)


def _collect(index: Index, names: Sequence[Name]) -> dict[str, dict[int, Form]]:
    """Every phrase with its places, each with the plainest form that led to it."""
    found: dict[str, dict[int, Form]] = {}
    seen: dict[str, list[tuple[str, Form]]] = {}
    anothers = (index.name_standing == Standing.ANOTHERS).tolist()
    for name, place, is_anothers in zip(names, index.name_place.tolist(), anothers, strict=True):
        if name.lang not in _LANGUAGES:
            continue
        # Many places share a name: its forms are made once, they are most of the work.
        if name.text not in seen:
            seen[name.text] = [
                (phrase, form) for phrase, form in iter_name_forms(name.text) if len(phrase) >= _SHORTEST
            ]
        inflected = iter_inflected(seen[name.text]) if name.lang in _INFLECTED else ()
        for phrase, form in (*seen[name.text], *inflected):
            # A variant that another place bears as its own name is weaker, however plainly it is written.
            form = max(form, Form.ANOTHERS) if is_anothers else form  # noqa: PLW2901
            places = found.setdefault(phrase, {})
            places[place] = min(form, places.get(place, form))
    _share_with_seats(found, index)
    _share_spellings(found, names, index.name_place.tolist())
    return found


def _share_spellings(found: dict[str, dict[int, Form]], names: Sequence[Name], place_of: Sequence[int]) -> None:
    """Places of one Arabic name go by each other's Latin spellings: Ras al-Ein is any رأس العين.

    Not by another name of theirs, which sounds otherwise: its consonants are those of the Arabic name.
    """
    arabic: dict[int, list[tuple[frozenset[str], str]]] = {}
    for name, place in zip(names, place_of, strict=True):
        if name.script == "Arab" and name.lang == "ar":
            phrase = fold(name.text)
            if sum(form == Form.ATTESTED for form in found.get(phrase, {}).values()) > 1:
                arabic.setdefault(place, []).append((frozenset(skeletons(name.text)), phrase))
    for name, place in zip(names, place_of, strict=True):
        if name.script != "Latn" or name.lang not in _LANGUAGES or place not in arabic:
            continue
        places, sounds = found.get(fold(name.text)), frozenset(skeletons(name.text))
        if places is None or places.get(place) != Form.ATTESTED:
            continue
        for written, phrase in arabic[place]:
            if written & sounds:
                for other, form in found[phrase].items():
                    if form == Form.ATTESTED:
                        places.setdefault(other, Form.ANOTHERS)


_INFLECTED = frozenset({"ku"})
"""Languages whose names change their ends in a sentence."""


def _share_with_seats(found: dict[str, dict[int, Form]], index: Index) -> None:
    """A unit and the city or town in it that it is named after go by the same names: Hamah, Hama.

    Not where the name is that of a region, which a unit may be called after too: الغوطة الشرقية.
    """
    codes = {kind: code for code, kind in enumerate(index.kind_ids)}
    kind, unit = index.kind.tolist(), index.unit.tolist()
    units = {codes[kind]: level for level, kind in enumerate(ADMIN_KINDS[1:])}
    seats, region = {codes["city"], codes["town"]}, codes["region"]
    seat_of: dict[int, int] = {}
    for places in found.values():
        plain = [place for place, form in places.items() if form == Form.ATTESTED]
        for place in plain:
            level = units.get(kind[place])
            if level is not None:
                inside = [seat for seat in plain if kind[seat] in seats and unit[seat][level] == unit[place][level]]
                # With two towns of that name in the unit, nobody knows after which it is called.
                if len(inside) == 1:
                    seat_of[place] = inside[0]
    for places in found.values():
        for place, form in list(places.items()):
            seat = seat_of.get(place)
            if seat is not None and seat not in places and not any(kind[other] == region for other in places):
                places[seat] = form


def _is_never_a_name(phrase: str) -> bool:
    """Whether a phrase is a word that means something else wherever it stands: Al, Southern, الشمالي."""
    roles = load_cues().roles_of(phrase)
    if phrase in articles() or phrase in _no_places() or roles & _NEVER:
        return True
    if not phrase.startswith("ال") and roles & _GENERIC:
        return True
    first, _, rest = phrase.partition(" ")
    return first.isdigit() and bool(load_cues().roles_of(rest) & _CALENDAR)


@cache
def _no_places() -> frozenset[str]:
    return frozenset(fold(form) for form, _ in read_table("noplace"))


_NEVER = role_mask(
    "preposition",
    "loose preposition",
    "direction",
    "after direction",
    "plain",
    "article",
    "people of",
    "calendar",
    "substance",
)
_GENERIC, _CALENDAR = role_mask("trigger", "facility"), role_mask("calendar")
_KIN, _OF_PERSON = role_mask("kin"), role_mask("given", "title")


def _keep_attested(found: dict[str, dict[int, Form]], index: Index) -> None:
    """A made form gives way where it is an attested name of other places, or an ordinary word (ثورة of الثورة).

    So does a castle's name without its قلعة: حلب is no citadel, but جعبر is.
    """
    common = ordinary_words()
    # Lists, for the dictionary shrinks while it is gone through.
    for phrase in [phrase for phrase in found if common.get(phrase, 0.0) >= _ORDINARY]:
        if min(found[phrase].values()) == Form.ARTICLE_CHANGED:
            del found[phrase]
    for phrase in [phrase for phrase in found if common.get(phrase, 0.0) >= _VERY_ORDINARY]:
        definite = {place for place, form in found.get("ال" + phrase, {}).items() if form == Form.ATTESTED}
        found[phrase] = {place: form for place, form in found[phrase].items() if place not in definite}
    for phrase in [phrase for phrase, places in found.items() if not places]:
        del found[phrase]
    built = {code for code, kind in enumerate(index.kind_ids) if kind in _BUILT}
    for places in found.values():
        best = min(places.values())
        # Where some place is called just so, what others are called after a change is not what a text means.
        if best == Form.ATTESTED:
            for place, form in list(places.items()):
                if form >= Form.ARTICLE_CHANGED or (form == Form.KIND_LEFT_OUT and int(index.kind[place]) in built):
                    del places[place]


_BUILT = frozenset({"site", "landmark"})
_ORDINARY, _VERY_ORDINARY = 2.8, 4.5
"""Zipf values from which on a word is never a name whose article was changed, or never one that has an article too."""


def _columns_of(index: Index) -> dict[str, NDArray[Any]]:
    """All arrays of a vocabulary."""
    names = list(index.names)
    found = {phrase: places for phrase, places in _collect(index, names).items() if not _is_never_a_name(phrase)}
    _keep_attested(found, index)
    abroad = foreign_names()
    for phrase in found.keys() & abroad:
        found[phrase] = {place: form for place, form in found[phrase].items() if form == Form.ATTESTED}
    found = {phrase: places for phrase, places in found.items() if places}
    others = {fold(form) for form, _, _ in read_table("others")}
    # Before the names abroad are added: of those we know no names of the past.
    past = _only_historical(names, found)
    foreign = abroad | (names_abroad() - found.keys())
    # In this order, each once: numbers of names are positions in it, and sorting keeps builds alike.
    phrases = list(dict.fromkeys((*found, *sorted(foreign | others))))
    cues = load_cues()
    known = set(phrases)
    # للرقة: the article after ل loses its alef. The same places under a spelling of their own.
    merged = {"لل" + phrase[2:]: phrase for phrase in phrases if phrase.startswith("ال") and len(phrase) > 3}
    merged = {spelling: phrase for spelling, phrase in merged.items() if spelling not in known}
    sources, texts = [*phrases, *merged.values()], (*phrases, *merged)
    rows = [_by_salience(index, found.get(phrase, {})) for phrase in sources]
    # Aleppo is no place abroad, though a township in Pennsylvania is called so.
    great = {phrase for phrase, places in zip(sources, rows, strict=True) if _is_great_city(index, places)}
    common = ordinary_words()
    kind_bits = np.left_shift(np.uint64(1), index.kind.astype(np.uint64)).tolist()
    teh = {fold(name.text) for name in names if name.text.endswith("ة")}
    columns = {
        "number": np.arange(len(sources)),
        # Where the places of each name begin, and the end of all: a run of `places` for every name.
        "first": np.concatenate(([0], np.cumsum([len(places) for places in rows]))),
        "places": np.array([row for places in rows for row in places], np.int32),
        "form_by_place": np.array(
            [found[phrase][row] for phrase, places in zip(sources, rows, strict=True) for row in places], np.uint8
        ),
        "form": np.array([min(found.get(phrase, {0: Form.ATTESTED}).values()) for phrase in sources], np.uint8),
        "foreign": np.array([phrase in foreign and phrase not in great for phrase in sources]),
        "person": np.array([_is_of_person(phrase) for phrase in sources]),
        "is_not_place": np.array([phrase in others for phrase in sources]),
        # Of the spelling itself and not of its source: لل is no cue of the name behind it.
        "roles": cues.roles[[cues.number.get(phrase, 0) for phrase in texts]],
        "kinds": np.array([_union(kind_bits, places) for places in rows], np.uint64),
        "salience": np.array([_fame(index, places[0]) if places else 0.0 for places in rows]),
        "zipf": np.array([_commonness(phrase, common) for phrase in sources]),
        "clitic_length": np.array([0] * len(phrases) + [1] * len(merged)),
        "ends_teh_marbuta": np.array([phrase in teh for phrase in sources]),
        "historical": np.array([phrase in past for phrase in sources]),
        "namesake": np.array([is_namesake_abroad(phrase) and phrase not in great for phrase in sources]),
        "sense": np.array([phrase_sense(phrase) for phrase in sources], np.int8),
        "told_by": np.array([other_senses().get(phrase, 0) for phrase in sources], np.uint64),
        "likeness": np.ones(len(sources)),
        "share": np.zeros(sum(map(len, rows))),
    }
    columns["only_place"] = _find_only_places(columns)
    return {
        **Strings.columns_of("text", texts),
        **Strings.columns_of("spelling", sorted(set(iter_spellings(names)))),
        **trie_columns(texts),
        **columns,
    }


def _find_only_places(columns: Mapping[str, NDArray[Any]]) -> NDArray[np.bool_]:
    """Names that are written as the gazetteer has them and are nothing else that is known."""
    elsewhere = columns["foreign"] | columns["namesake"] | columns["historical"] | (columns["roles"] > 0)
    plain = (columns["form"] == Form.ATTESTED) & (columns["sense"] == Sense.UNKNOWN) & (columns["zipf"] < _RARE)
    only: NDArray[np.bool_] = plain & ~elsewhere
    return only


_RARE = 3.0


def _fame(index: Index, place: int) -> float:
    """The salience of a place; of lands, waters and main roads (of known line), whose people nobody counts, more."""
    # People are what salience counts, and nobody lives in a river; as names these are as well known as towns.
    salience, kind = float(index.salience[place]), index.kind_ids[int(index.kind[place])]
    if kind == "road" and index.places[place].area is not None:
        return _MAIN_ROAD
    return salience + _LAND if kind in _LANDS and salience >= _LEAST_LAND else salience


def _is_great_city(index: Index, places: Sequence[int]) -> bool:
    """Whether a name is that of a great city, which it means here whatever else it means."""
    return bool(places) and index.kind_ids[int(index.kind[places[0]])] == "city" and index.salience[places[0]] >= _GREAT


_LANDS = frozenset({"river", "mountain", "region", "desert", "lake"})
_LAND, _LEAST_LAND = 1.5, 2.4
_MAIN_ROAD = 5.0
_GREAT = 6.0
"""Salience of the great cities."""


def _only_historical(names: Sequence[Name], found: Mapping[str, Any]) -> frozenset[str]:
    """The phrases that only names of the past lead to."""
    past, living = set[str](), set[str]()
    for name in names:
        (past if name.kind == "historical" else living).update(phrase for phrase, _ in iter_name_forms(name.text))
    return frozenset((past - living) & found.keys())


def _is_of_person(phrase: str) -> bool:
    """Whether a phrase of several words begins with a given name, ابن or a title."""
    first, _, rest = phrase.partition(" ")
    roles_of = load_cues().roles_of
    if roles_of(first) & _KIN and first not in _SONS:
        first = rest.partition(" ")[0]
    return bool(rest) and (first in _SONS or bool(roles_of(first) & _OF_PERSON))


_SONS = frozenset({"ابن", "بن", "ibn", "bin"})


def _commonness(phrase: str, common: Mapping[str, float]) -> float:
    """Zipf value of a phrase: of its rarest word, and less for each further word."""
    words = phrase.split(" ")
    # A phrase is at most as common as its rarest word, and two words meet by chance some thirty times less often than
    # one.
    return max(min(common.get(word, 0.0) for word in words) - _PER_FURTHER_WORD * (len(words) - 1), 0.0)


_PER_FURTHER_WORD = 1.5


def _union(kind_bits: list[int], places: list[int]) -> int:
    bits = 0
    for place in places:
        bits |= kind_bits[place]
    return bits


def _by_salience(index: Index, places: Mapping[int, Any]) -> list[int]:
    """The most salient places of a name; those that a made form led to come after the others, but for lands and waters.

    A river goes by its name alone: العاصي is the Orontes before it is a village.
    """

    def rank(place: int) -> float:
        # Four outweighs what one village has over another: a made form comes behind the names as they are.
        made = places[place] > 0 and index.kind_ids[int(index.kind[place])] not in _LANDS
        return _fame(index, place) - 4 * made

    order = sorted(places, key=rank, reverse=True)
    return order[:_MOST_PLACES]
