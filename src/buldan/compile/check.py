"""Check the gazetteer: every record by the rules below, and our own tables by their rules.

| rule | requirement |
|---|---|
| `files` | the files are those that the manifest describes |
| `bounds` | every point is in Syria's bounds, every radius is positive |
| `admin` | every point is in its admin unit, or within `UNIT_TOLERANCE_KM` of it |
| `orphan` | names, outlines, parts and retired ids refer to places that exist; every place has a name |
| `name` | NFC, one line, no control or bidi characters; letters of the stated script, which fits the language |
| `duplicate` | no name twice in one record; no two records of a kind within 300 m with the same folded name |
| `kind` | kinds of places and names, and sources, are known |
| `pcode` | every P-code of OCHA is present: 1 + 14 + 62 + 272 units, 7,693 communities, 414 neighbourhoods |
| `curated` | every row of our own tables follows their rules, and is in the gazetteer |
| `joined` | no row of ours was joined by name with its whole, with a place of another name, or with one too far away |

OCHA states for some of its own communities a unit that they are outside of; the gazetteer keeps that unit, and these
are listed as known.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from shapely import Point
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from buldan import geometry
from buldan.compile.curated_rules import check_rows
from buldan.compile.ground import BORDER_TOLERANCE_KM, UNIT_TOLERANCE_KM, Ground
from buldan.compile.joins import find_misjoined
from buldan.compile.names import find_scripts, fits_language
from buldan.compile.record import SourceRecord
from buldan.compile.sources.curated import read_curated
from buldan.errors import GazetteerError, SourceError
from buldan.kinds import ADMIN_KINDS, kinds
from buldan.model import NAME_KINDS, identifier_pairs, identifier_values
from buldan.store import (
    NameRecord,
    PlaceRecord,
    read_areas,
    read_manifest,
    read_names,
    read_places,
    read_retired,
    read_whole_files,
)
from buldan.text import fold

__all__ = ["Finding", "check_gazetteer"]

_TWIN_KM = 0.3  # two records of the same name and kind that are nearer are the same place
_PCODES = {"SY": 1, "SY1": 14, "SY2": 62, "SY3": 272, "C": 7693, "N": 414}
"""Number of OCHA's P-codes by class: the country, its units by level, communities, neighbourhoods."""

_ID = re.compile(r"bd[0-9a-hjkmnp-tv-z]{8}")


@dataclass(frozen=True, slots=True)
class Finding:
    """A record or row that breaks a rule.

    Attributes:
        rule: name of the rule in the table above.
        where: the place's id, or file and line.
        message: what is wrong.
        known: whether it is accepted: listed, but not counted as an error.
    """

    rule: str
    where: str
    message: str
    known: bool = False


def check_gazetteer(folder: Path) -> list[Finding]:
    """All findings in the gazetteer in `folder` and its `curated` tables; empty if no rule is broken.

    Raises:
        GazetteerError: there is no gazetteer, or its files cannot be read.
    """
    manifest = read_manifest(folder)
    places = {place.id: place for place in read_places(folder)}
    names = list(read_names(folder))
    areas = {id_: shape(dict(outline)) for id_, outline in read_areas(folder)}
    findings = [
        *_check_files(folder),
        *_check_places(places, areas, {source.key for source in manifest.sources}),
        *_check_references(places, names, areas, read_retired(folder)),
        *_check_names(names, {source.key for source in manifest.sources}),
        *_check_twins(places, names),
        *_check_pcodes(places.values()),
        *_check_curated(folder / "curated", places, areas, names),
    ]
    return sorted(findings, key=lambda finding: (finding.known, finding.rule, finding.where, finding.message))


def _check_files(folder: Path) -> Iterator[Finding]:
    try:
        read_whole_files(folder, read_manifest(folder))
    except GazetteerError as error:
        yield Finding("files", str(folder), str(error))


def _check_places(
    places: Mapping[str, PlaceRecord], areas: Mapping[str, BaseGeometry], sources: set[str]
) -> Iterator[Finding]:
    units = _read_units(places, areas)
    for place in places.values():
        if not _ID.fullmatch(place.id):
            yield Finding("orphan", place.id, "not an id: bd and eight letters or digits")
        if not geometry.SYRIA.holds((place.lon, place.lat)) or not place.radius_km > 0:
            yield Finding("bounds", place.id, f"{place.lon}, {place.lat}, radius {place.radius_km} km")
        if place.kind not in kinds():
            yield Finding("kind", place.id, f"unknown kind {place.kind!r}")
        if unknown := set(place.sources) - sources:
            yield Finding("kind", place.id, f"unknown sources {sorted(unknown)}")
        if not (place.name_en or place.name_ar):
            yield Finding("name", place.id, "no name to show")
        if place.admin not in units:
            yield Finding("admin", place.id, f"unknown unit {place.admin!r}")
        else:
            yield from _check_unit(place, units[place.admin], units["SY"])


def _read_units(places: Mapping[str, PlaceRecord], areas: Mapping[str, BaseGeometry]) -> dict[str, BaseGeometry]:
    """The outlines of the admin units by P-code."""
    return {
        place.identifiers["pcode"]: areas[id_]
        for id_, place in places.items()
        if place.identifiers.get("pcode", "").startswith("SY") and id_ in areas
    }


def _check_unit(place: PlaceRecord, unit: BaseGeometry, country: BaseGeometry) -> Iterator[Finding]:
    point = Point(place.lon, place.lat)
    if unit.covers(point):
        return
    away = unit.distance(point) * geometry.KM_PER_DEGREE
    abroad = not country.covers(point)
    if away > (BORDER_TOLERANCE_KM * 1.2 if abroad else UNIT_TOLERANCE_KM):
        stated = place.identifiers.get("pcode", " ")[0] in "CN"
        yield Finding("admin", place.id, f"{place.name_en}: {away:.1f} km outside its unit {place.admin}", known=stated)


def _check_references(
    places: Mapping[str, PlaceRecord],
    names: Iterable[NameRecord],
    areas: Mapping[str, BaseGeometry],
    retired: Mapping[str, str],
) -> Iterator[Finding]:
    named = {name.place for name in names}
    yield from (Finding("orphan", id_, "a name of no place") for id_ in sorted(named - places.keys()))
    yield from (Finding("orphan", id_, "a place without a name") for id_ in sorted(places.keys() - named))
    yield from (Finding("orphan", id_, "an outline of no place") for id_ in sorted(areas.keys() - places.keys()))
    for place in places.values():
        if place.part_of and place.part_of not in places:
            yield Finding("orphan", place.id, f"a part of {place.part_of}, which is not there")
        elif _is_part_of_itself(place, places):
            yield Finding("orphan", place.id, f"a part of {place.part_of}, which is a part of it")
    for old, new in retired.items():
        if old in places or (new and new not in places):
            yield Finding("orphan", old, f"retired for {new or 'nothing'}, and alive or replaced by what is not there")
    bearers = Counter(pair for place in places.values() for pair in _iter_identifiers(place))
    for pair, count in bearers.items():
        if count > 1:
            yield Finding("duplicate", pair, f"the identifier of {count} places")


def _is_part_of_itself(place: PlaceRecord, places: Mapping[str, PlaceRecord]) -> bool:
    """Whether a place is a part of itself, directly or through other places."""
    seen = set[str]()
    whole = place.part_of
    while whole in places and whole not in seen:
        seen.add(whole)
        whole = places[whole].part_of
    return place.id in seen


def _iter_identifiers(place: PlaceRecord) -> Iterator[str]:
    return (f"{scheme}:{value}" for scheme, value in identifier_pairs(place.identifiers))


def _check_names(names: Iterable[NameRecord], sources: set[str]) -> Iterator[Finding]:
    seen: set[tuple[str, str]] = set()
    for name in names:
        if (name.place, name.name) in seen:
            yield Finding("duplicate", name.place, f"the name {name.name!r} twice")
        seen.add((name.place, name.name))
        if name.kind not in NAME_KINDS or not name.sources or not set(name.sources) <= sources:
            yield Finding("kind", name.place, f"{name.name!r}: kind {name.kind!r}, sources {name.sources}")
        yield from (Finding("name", name.place, f"{name.name!r}: {fault}") for fault in _iter_faults(name))


def _iter_faults(name: NameRecord) -> Iterator[str]:
    if unicodedata.normalize("NFC", name.name) != name.name:
        yield "not NFC"
    if any(unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") for c in name.name):
        yield "control or bidi characters"
    if name.name != " ".join(name.name.split()):
        yield "stray spaces"
    if find_scripts(name.name) != {name.script}:
        yield f"not (only) letters of {name.script}"
    if not fits_language(name.lang, name.script):
        yield f"{name.lang} is not written in {name.script}"


def _check_twins(places: Mapping[str, PlaceRecord], names: Iterable[NameRecord]) -> Iterator[Finding]:
    """Findings of records of the same kind within 300 m with the same folded name."""
    bearers: defaultdict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for name in names:
        if name.place in places:
            bearers[places[name.place].kind, fold(name.name)][name.place] = None
    pairs = {
        (a, b): key[1]
        for key, ids in bearers.items()
        for position, a in enumerate(sorted(ids))
        for b in sorted(ids)[position + 1 :]
        if geometry.distance_km(_point(places[a]), _point(places[b])) <= _TWIN_KM
    }
    for (a, b), folded in sorted(pairs.items()):
        yield Finding("duplicate", a, f"{places[a].kind} {folded!r} is also {b}, within {_TWIN_KM:g} km")


def _point(place: PlaceRecord) -> tuple[float, float]:
    return place.lon, place.lat


def _check_pcodes(places: Iterable[PlaceRecord]) -> Iterator[Finding]:
    places = list(places)
    for place in places:
        code = place.identifiers.get("pcode", "")
        is_unit = code.startswith("SY")
        group = kinds()[place.kind].group if place.kind in kinds() else ""
        if is_unit != (group == "admin") or (is_unit and _UNIT_KINDS.get(len(code)) != place.kind):
            yield Finding("pcode", place.id, f"{place.kind} with the P-code {code or 'of none'}")
    codes = [code for place in places for code in identifier_values(place.identifiers, "pcode")]
    counts = Counter(_class_pcode(code) for code in codes)
    for kind, count in _PCODES.items():
        if counts[kind] != count:
            yield Finding("pcode", kind, f"{counts[kind]} P-codes instead of {count}")


_UNIT_KINDS = {2 * level + 2: kind for level, kind in enumerate(ADMIN_KINDS)}
"""Kinds of admin units by the length of their P-code: SY, SY02, SY0200, SY020000."""


def _class_pcode(code: str) -> str:
    if not code.startswith("SY"):
        return code[0]
    return "SY" if code == "SY" else f"SY{(len(code) - 2) // 2}"


def _check_curated(
    folder: Path,
    places: Mapping[str, PlaceRecord],
    areas: Mapping[str, BaseGeometry],
    names: Iterable[NameRecord],
) -> Iterator[Finding]:
    refused: list[SourceError] = []
    points = {pair: _point(place) for place in places.values() for pair in _iter_identifiers(place)}
    units = {code: area for code, area in _read_units(places, areas).items() if len(code) == 8}
    rows = check_rows(read_curated(folder, refused=refused), Ground(units), points, refused=refused)
    for error in refused:
        yield Finding("curated", "", str(error))
    for row in rows:
        if row.kind and f"curated:{row.source_id}" not in points:
            yield Finding("curated", _locate_row(row), "not in the gazetteer; recompile it")
    for row, why in find_misjoined(rows, places.values(), names):
        yield Finding("joined", _locate_row(row), why)


def _locate_row(row: SourceRecord) -> str:
    path, line = row.origin or ("", 0)
    return f"{path}, line {line}"
