"""The records of one place become one entry: every name, every identifier, one point, one kind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import pi, sqrt

from shapely.geometry.base import BaseGeometry

from buldan.compile.conflate import Cluster
from buldan.compile.names import is_machine_made, plain_latin
from buldan.compile.record import SourceRecord
from buldan.kinds import get_kind
from buldan.model import NAME_KINDS, Name
from buldan.text import fold

__all__ = ["Entry", "merge"]

_LANGUAGES = ("ar", "en", "und", "ku", "tr", "fr", "hy", "syc")
_SIZES = ("village", "town", "city")
_SETTLEMENTS = frozenset((*_SIZES,))
_KM2_PER_DEGREE2 = 111.195**2 * 0.819
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
    within: str
    part_of: str
    population: int | None
    identifiers: dict[str, str]
    sources: tuple[str, ...]
    area: BaseGeometry | None
    records: tuple[SourceRecord, ...]


def merge(cluster: Cluster) -> Entry:
    """The entry of a cluster. Our own curated facts overrule the anchor's; else the anchor speaks first."""
    records = sorted(cluster.records, key=lambda record: record.source != "curated")
    located = next(record for record in records if record.lon is not None)
    names = _merge_names(records)
    area = next((record.area for record in records if record.area is not None), None)
    kind = _kind(records)
    name_ar = _shown(names, "Arab")
    return Entry(
        kind=kind,
        name_en=_english(names),
        name_ar=name_ar,
        names=names,
        lon=round(located.point[0], 5),
        lat=round(located.point[1], 5),
        radius_km=_radius(records, kind, area),
        within=next((record.within for record in records if record.within), ""),
        part_of=next((record.part_of for record in records if record.part_of), ""),
        population=max((record.population for record in records if record.population), default=None),
        identifiers=_identifiers(records),
        sources=tuple(sorted({record.source for record in records} | {s for name in names for s in name.sources})),
        area=area,
        records=tuple(cluster.records),
    )


def _kind(records: Sequence[SourceRecord]) -> str:
    """The first record's kind; a settlement is as large as the largest that any calls it."""
    kind = records[0].kind
    if kind not in _SETTLEMENTS or records[0].source == "curated":
        return kind
    return max((r.kind for r in records if r.kind in _SETTLEMENTS), key=_SIZES.index)


def _radius(records: Sequence[SourceRecord], kind: str, area: BaseGeometry | None) -> float:
    """What a record states, else that of a disc as large as the outline, else what is usual for the kind."""
    stated = next((record.radius_km for record in records if record.radius_km is not None), None)
    if stated is not None:
        return stated
    if area is not None and area.area > 0:
        return round(sqrt(area.area * _KM2_PER_DEGREE2 / pi), 2)
    return get_kind(kind).radius_km


def _identifiers(records: Iterable[SourceRecord]) -> dict[str, str]:
    """Every identifier by scheme; several of one scheme joined by commas, the first record's first."""
    found: dict[str, dict[str, None]] = {}
    for record in records:
        for scheme, value in record.identifiers.items():
            found.setdefault(scheme, {})[value] = None
    return {scheme: ",".join(values) for scheme, values in sorted(found.items())}


def _merge_names(records: Sequence[SourceRecord]) -> tuple[Name, ...]:
    """Every name once, those to show first.

    The official names are those of the first record that has official ones in the script; what other
    sources call official is a variant. Of a romanisation that differs by accents alone the first stays.
    """
    by_text: dict[str, Name] = {}
    official: dict[str, SourceRecord] = {}
    for record in records:
        for name in record.names:
            if is_machine_made(name.text):
                continue
            if name.kind == "official" and official.setdefault(name.script, record) is not record:
                name = replace(name, kind="variant")  # noqa: PLW2901
            known = by_text.get(name.text)
            by_text[name.text] = _join(known, name) if known else name
    return _sorted(_without_accent_copies(by_text.values()))


def _join(known: Name, name: Name) -> Name:
    """One name that two sources attest: of the language better known, of the kind better placed."""
    sources = tuple(sorted({*known.sources, *name.sources}))
    lang = min(known.lang, name.lang, key=_language_rank)
    return replace(known, lang=lang, kind=min(known.kind, name.kind, key=NAME_KINDS.index), sources=sources)


def _language_rank(lang: str) -> tuple[int, str]:
    return (_LANGUAGES.index(lang), "") if lang in _LANGUAGES else (len(_LANGUAGES), lang)


def _without_accent_copies(names: Iterable[Name]) -> list[Name]:
    kept: list[Name] = []
    folded: dict[str, int] = {}
    for name in sorted(names, key=lambda name: (NAME_KINDS.index(name.kind), _language_rank(name.lang))):
        key = fold(name.text) if name.script == "Latn" and name.kind in ("official", "variant") else name.text
        if name.script == "Latn" and key in folded:
            first = kept[folded[key]]
            kept[folded[key]] = replace(first, sources=tuple(sorted({*first.sources, *name.sources})))
            continue
        folded[key] = len(kept)
        kept.append(name)
    return kept


def _sorted(names: Iterable[Name]) -> tuple[Name, ...]:
    return tuple(
        sorted(
            names,
            key=lambda name: (NAME_KINDS.index(name.kind), _language_rank(name.lang), name.script != "Arab"),
        )
    )


def _shown(names: Iterable[Name], script: str) -> str:
    """The name to show in Arabic: the first in Arabic letters that is Arabic."""
    return next((name.text for name in names if name.script == script and name.lang in ("ar", "und")), "")


def _english(names: Sequence[Name]) -> str:
    """The name to show in Latin letters: the English one, else a romanisation without its accents."""
    for lang in ("en", "ar", "und"):
        for name in names:
            if name.script == "Latn" and name.lang == lang and name.kind != "abbreviation":
                return name.text if lang == "en" else plain_latin(name.text)
    return next((plain_latin(name.text) for name in names if name.script == "Latn"), "")
