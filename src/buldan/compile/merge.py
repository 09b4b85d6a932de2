"""The records of one place become one entry: every name, every identifier, one point, one kind."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import pi, sqrt

from shapely.geometry.base import BaseGeometry

from buldan.compile.cluster import Cluster
from buldan.compile.names import is_machine_made, plain_latin
from buldan.compile.nearness import DOUBLE_KM
from buldan.compile.positions import usual_radius
from buldan.compile.record import SourceRecord, owns
from buldan.compile.tables import read_table
from buldan.geometry import KM_PER_DEGREE, distance_km
from buldan.kinds import get_kind
from buldan.model import (
    MAIN_NAMES,
    NAME_KINDS,
    PAST_NAMES,
    Name,
    NameKind,
    Position,
    identifier_pairs,
    identifier_values,
)
from buldan.text import fold, is_kind_alone

__all__ = ["Entry", "merge", "settle_identifiers", "settle_names"]

_LANGUAGES = ("ar", "en", "und", "ku", "tr", "fr", "hy", "syc")
OFFICIAL_SOURCE = "ocha"
"""Its names stay official even where our own facts put another in front."""

_TELLING: tuple[NameKind, ...] = ("official", "attested", "former", "historical", "abbreviation", "variant", "exonym")
"""Uses of names, in the order in which they are believed where two sources differ."""

_WIDE_KM = 5.0
"""What reaches farther (a river, a landscape) has no one point that a source could publish."""

_SIZES = ("village", "town", "city")
_SETTLEMENTS = frozenset(_SIZES)
_KM2_PER_DEGREE2 = KM_PER_DEGREE**2 * 0.819
"""Square kilometres of a square degree at 35° north."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A place of the gazetteer before it has an id: what all its records say together."""

    kind: str
    name_en: str
    name_ar: str
    names: tuple[Name, ...]
    lon: float
    lat: float
    radius_km: float
    position: Position
    within: str
    part_of: str
    population: int | None
    identifiers: dict[str, str]
    sources: tuple[str, ...]
    area: BaseGeometry | None
    records: tuple[SourceRecord, ...]
    schematic_km: float | None = None
    """How far a line that is drawn from town to town may stray; None of a published outline."""


def merge(cluster: Cluster) -> Entry:
    """The entry of a cluster. Our own curated facts overrule the anchor's; else the anchor speaks first."""
    records = sorted(cluster.records, key=lambda record: record.source != "curated")
    located = _located(records)
    names = _merge_names(records)
    area = next((record.area for record in records if record.area is not None), None)
    kind = _kind(records)
    name_ar = _shown(names, "Arab")
    return Entry(
        kind=kind,
        name_en=_common_english(records, kind) or _english(names),
        name_ar=name_ar,
        names=names,
        lon=round(located.point[0], 5),
        lat=round(located.point[1], 5),
        radius_km=_radius(records, kind, area),
        position=located.position,
        within=next((record.within for record in records if record.within), ""),
        part_of=next((record.part_of for record in records if record.part_of), ""),
        population=max((r.population for r in records if r.population and _is_peopled(kind)), default=None),
        identifiers=_identifiers(records),
        sources=tuple(sorted(_sources(records))),
        area=area,
        records=tuple(cluster.records),
    )


def _is_peopled(kind: str) -> bool:
    """Whether things of a kind have inhabitants: a castle that a source takes for a village has none."""
    return get_kind(kind).group in ("admin", "settlement")


def _located(records: Sequence[SourceRecord]) -> SourceRecord:
    """The record whose point stands: the first that has one, unless that is an estimate of ours.

    Then a published point of the same thing outranks it; but not where our row refers to the publisher's record, and
    so knew its point (two crossings that a source confuses).
    """
    pointed = [record for record in records if record.lon is not None]
    first = pointed[0]
    wide = (first.radius_km or 0) > _WIDE_KM
    if first.source != "curated" or first.position != "estimated" or first.merge_into or wide:
        return first
    return next((record for record in pointed if _is_published(record, first)), first)


def _is_published(record: SourceRecord, ours: SourceRecord) -> bool:
    """Whether a record has the published point of the very thing that an estimate of ours is of."""
    same = record.kind == ours.kind or get_kind(record.kind).group == get_kind(ours.kind).group
    return record.source != "curated" and record.position == "surveyed" and record.radius_km is None and same


def _sources(records: Iterable[SourceRecord]) -> set[str]:
    """Who describes the place, attests its names, or lends our own facts their point."""
    telling = [record for record in records if not record.is_spelling]
    lenders = (record.verified.partition(":") for record in telling)
    lent = {who for how, _, who in lenders if how in ("source", "described")}
    attesting = {source for record in telling for name in record.names for source in name.sources}
    return {record.source for record in telling} | attesting | lent


def settle_names(entries: Sequence[Entry]) -> list[Entry]:
    """The entries without names that belong to a neighbour or to their whole.

    Where a place bears as a variant what another of its kind a stone's throw away is officially called, a
    source has mistaken one for the other. Where a citadel or a ruin bears the bare name of the town that it is a part
    of, a source has written of the town; unless we ourselves give it that name.
    """
    main: defaultdict[tuple[str, str], list[Entry]] = defaultdict(list)
    wholes = {f"{scheme}:{value}": whole for whole in entries for scheme, value in identifier_pairs(whole.identifiers)}
    for entry in entries:
        for name in entry.names:
            if name.kind in MAIN_NAMES:
                main[entry.kind, fold(name.text)].append(entry)

    def is_neighbours(entry: Entry, name: Name) -> bool:
        others = main[entry.kind, fold(name.text)] if name.kind == "variant" else []
        return any(
            other is not entry and distance_km((entry.lon, entry.lat), (other.lon, other.lat)) <= DOUBLE_KM
            for other in others
        )

    def settled(entry: Entry) -> Entry:
        whole = wholes.get(entry.part_of)
        taken = {fold(name.text) for name in whole.names} if whole else set()
        kept = tuple(
            name
            for name in entry.names
            if not is_neighbours(entry, name) and ("curated" in name.sources or fold(name.text) not in taken)
        )
        return replace(entry, names=kept) if kept else entry

    return [settled(entry) for entry in entries]


def settle_identifiers(entries: Sequence[Entry]) -> list[Entry]:
    """The entries with every identifier at one place only.

    Where two places bear one (a source links to the other's), it belongs to the one that the identifier's own
    source describes, else to the smaller thing: Wikidata's Q of a town, put to its sub-district too.
    """
    bearers: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for position, entry in enumerate(entries):
        for pair in identifier_pairs(entry.identifiers):
            bearers[pair].append(position)
    lost: defaultdict[int, set[tuple[str, str]]] = defaultdict(set)
    for (scheme, value), positions in bearers.items():
        owner = min(positions, key=lambda position: _claim(entries[position], scheme, value))
        for position in positions:
            if position != owner:
                lost[position].add((scheme, value))
    return [replace(entry, identifiers=_without(entry, lost[position])) for position, entry in enumerate(entries)]


def _claim(entry: Entry, scheme: str, value: str) -> tuple[bool, bool, int]:
    """How good the claim to an identifier is; the least is the best."""
    own = any(
        owns(record, scheme) for record in entry.records if value in identifier_values(record.identifiers, scheme)
    )
    curated = any(
        record.source == "curated" and value in identifier_values(record.identifiers, scheme)
        for record in entry.records
    )
    return not curated, not own, -get_kind(entry.kind).rank


def _without(entry: Entry, lost: set[tuple[str, str]]) -> dict[str, str]:
    kept = {
        scheme: ",".join(v for v in identifier_values(entry.identifiers, scheme) if (scheme, v) not in lost)
        for scheme in entry.identifiers
    }
    return {scheme: values for scheme, values in kept.items() if values}


def _kind(records: Sequence[SourceRecord]) -> str:
    """The first record's kind; a settlement is as large as the largest that any calls it.

    An admin unit that OCHA does not know is a region.
    """
    first = next(record for record in records if record.kind)
    if get_kind(first.kind).group == "admin" and not any("pcode" in record.identifiers for record in records):
        return "region"
    if first.kind not in _SETTLEMENTS or first.source == "curated":
        return first.kind
    return max((r.kind for r in records if r.kind in _SETTLEMENTS), key=_SIZES.index)


def _radius(records: Sequence[SourceRecord], kind: str, area: BaseGeometry | None) -> float:
    """What our own facts or the point's record state, else a disc of the outline's size, else the usual one.

    The point of a village that GeoNames alone knows is surer to be some village's than to be where it stands.
    """
    located = _located(records)
    speaking = [record.radius_km for record in records if record is located or _sizes(record)]
    stated = next((radius for radius in speaking if radius is not None), None)
    if stated is not None:
        return stated
    if area is not None and area.area > 0:
        return round(sqrt(area.area * _KM2_PER_DEGREE2 / pi), 2)
    return usual_radius(kind, located)


def _sizes(record: SourceRecord) -> bool:
    """Whether a row of ours says how large the place is, not how unsure a point of its own that does not stand."""
    return record.source == "curated" and record.lon is None


def _identifiers(records: Iterable[SourceRecord]) -> dict[str, str]:
    """Every identifier by scheme; several of one scheme joined by commas, the first record's first."""
    found: dict[str, dict[str, None]] = {}
    for record in records:
        for scheme, value in identifier_pairs(record.identifiers):
            found.setdefault(scheme, {})[value] = None
    return {scheme: ",".join(values) for scheme, values in sorted(found.items())}


def _merge_names(records: Sequence[SourceRecord]) -> tuple[Name, ...]:
    """Every name once, those to show first.

    The official names are those of the first record that has some in the script, and OCHA's; what other sources call
    official is a variant. So is GeoNames' first Arabic name beside an official one: of its names the Latin one alone
    is marked as the main one. Of a romanisation that differs by accents alone the first stays.
    """
    by_text: dict[str, Name] = {}
    official: dict[str, SourceRecord] = {}
    mistaken = _mistaken(records)
    for record in records:
        for name in record.names:
            if is_machine_made(name.text) or name.text in mistaken or _is_word_alone(name):
                continue
            first = name.kind == "official" and official.setdefault(name.script, record) is record
            beside = name.kind == "attested" and name.script in official and name.script != "Latn"
            listed = OFFICIAL_SOURCE in name.sources or name.start
            if beside or (name.kind == "official" and not first and not listed):
                name = replace(name, kind="variant")  # noqa: PLW2901
            known = by_text.get(name.text)
            by_text[name.text] = _join(known, name) if known else name
    return _sorted(_without_accent_copies(by_text.values()))


def _is_word_alone(name: Name) -> bool:
    """Whether GeoNames' further names give no more than a word for a kind: Markaz, "centre", of a village."""
    return name.kind == "variant" and {*name.sources} <= {"geonames", "whosonfirst"} and is_kind_alone(name.text)


def _mistaken(records: Iterable[SourceRecord]) -> set[str]:
    """The names of other places that a source gives to this one."""
    references = {f"{scheme}:{value}" for record in records for scheme, value in identifier_pairs(record.identifiers)}
    return {name for place, name, _ in read_table("mistaken_names") if place in references}


def _join(known: Name, name: Name) -> Name:
    """One name that two sources attest: with its dates where one knows them, else official where one says so, else as
    we say, else the main one of a source.
    """
    sources = tuple(sorted({*known.sources, *name.sources}))
    order = sorted((known, name), key=lambda one: (_language_rank(one.lang), _TELLING.index(one.kind)))
    order.sort(
        key=lambda one: (
            not (one.start or one.end),
            one.kind != "official",
            "curated" not in one.sources,
            one.kind not in MAIN_NAMES,
        )
    )
    return replace(order[0], sources=sources)


def _language_rank(lang: str) -> tuple[int, str]:
    return (_LANGUAGES.index(lang), "") if lang in _LANGUAGES else (len(_LANGUAGES), lang)


def _without_accent_copies(names: Iterable[Name]) -> list[Name]:
    kept: list[Name] = []
    folded: dict[str, int] = {}
    for name in sorted(names, key=lambda name: (NAME_KINDS.index(name.kind), _language_rank(name.lang))):
        key = _accentless(name)
        if key in folded:
            first = kept[folded[key]]
            kept[folded[key]] = replace(first, sources=tuple(sorted({*first.sources, *name.sources})))
            continue
        folded[key] = len(kept)
        kept.append(name)
    return kept


def _accentless(name: Name) -> str:
    """What a name is without its accents (Latin) or vowel marks (Arabic); foreign spellings keep theirs."""
    if name.script == "Latn" and name.kind in {*MAIN_NAMES, "variant"}:
        return fold(name.text)
    return "".join(c for c in name.text if name.script != "Arab" or not unicodedata.combining(c))


def _sorted(names: Iterable[Name]) -> tuple[Name, ...]:
    return tuple(
        sorted(
            names,
            key=lambda name: (NAME_KINDS.index(name.kind), _language_rank(name.lang), name.script != "Arab"),
        )
    )


def _shown(names: Iterable[Name], script: str) -> str:
    """The name to show in Arabic: the first in Arabic letters that is Arabic, one of today if there is one."""
    fitting = (name for name in names if name.script == script and name.lang in ("ar", "und"))
    return next((name.text for name in sorted(fitting, key=_is_past)), "")


def _is_past(name: Name) -> bool:
    return name.kind in PAST_NAMES


def _common_english(records: Sequence[SourceRecord], kind: str) -> str:
    """The common English name of a city or town, unless our own facts name it otherwise."""
    ours = [name for record in records if record.source == "curated" for name in record.names]
    if kind not in ("city", "town") or any(name.kind == "official" and name.lang == "en" for name in ours):
        return ""
    return next((plain_latin(record.common_english) for record in records if record.common_english), "")


def _english(names: Sequence[Name]) -> str:
    """The name to show in Latin letters: the English one, else a romanisation without its accents."""
    for lang in ("en", "ar", "und"):
        for name in sorted(names, key=_is_past):
            if name.script == "Latn" and name.lang == lang and name.kind != "abbreviation":
                return name.text.replace("`", "'") if lang == "en" else plain_latin(name.text)
    return next((plain_latin(name.text) for name in names if name.script == "Latn"), "")
