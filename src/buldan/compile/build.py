"""From the sources to the gazetteer, one stage a line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from shapely.geometry.base import BaseGeometry

from buldan.compile.areas import Located, simplify_coverage, simplify_line, to_geometry, union_by_prefix
from buldan.compile.cluster import Decision
from buldan.compile.conflate import conflate
from buldan.compile.curated_rules import points_of, settle
from buldan.compile.ground import Ground, inner_point
from buldan.compile.ids import assign_ids, retire
from buldan.compile.merge import Entry, merge, settle_identifiers, settle_names
from buldan.compile.publishers import LICENCE, attribution, publishers
from buldan.compile.record import SourceRecord
from buldan.compile.registry import read_all
from buldan.compile.version import data_version
from buldan.errors import GazetteerError
from buldan.kinds import get_kind
from buldan.model import Geometry, Name, Source
from buldan.store import (
    Manifest,
    NameRecord,
    PlaceRecord,
    read_places,
    read_retired,
    write_gazetteer,
)
from buldan.store.schema import PLACES

__all__ = ["CompileReport", "compile_gazetteer"]

_ADMIN_TOLERANCE, _QUARTER_TOLERANCE, _LINE_TOLERANCE = 0.002, 0.0002, 0.001
_WIDE_GROUPS = frozenset({"region", "natural", "water"})
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class CompileReport:
    """What a compilation did.

    Attributes:
        manifest: of the gazetteer that was written.
        decisions: what became of each record.
        refused: per source, records that lie abroad.
        retired: ids that vanished → the id that replaced each.
    """

    manifest: Manifest
    decisions: tuple[Decision, ...]
    refused: Mapping[str, int]
    retired: Mapping[str, str]

    def outcomes(self) -> dict[str, Counter[str]]:
        """Per source, how many records merged, stayed alone, were near misses or were refused."""
        table: dict[str, Counter[str]] = {}
        for decision in self.decisions:
            table.setdefault(decision.record.source, Counter())[decision.outcome] += 1
        for source, count in self.refused.items():
            table.setdefault(source, Counter())["refused"] += count
        return table


def compile_gazetteer(
    sources: Path, out: Path, *, curated: Path | None = None, progress: Progress | None = None
) -> CompileReport:
    """Read the publishers' files under `sources` and our own facts, and write the gazetteer to `out`.

    The same inputs give the same bytes. An earlier gazetteer in `out` is replaced at the very end; until then,
    and on any error, it stays as it was.

    Args:
        curated: folder of our own facts; `out/curated` where not given.
        progress: called with a short line at the start of each stage.

    Raises:
        SourceError: a file is missing, damaged or of another layout; a curated row breaks a rule.
        GazetteerError: the earlier gazetteer cannot be read, or a place has no identifier of its own.
    """
    say = progress or (lambda _: None)
    say("reading the sources")
    read = read_all(sources, curated or out / "curated")
    ground = Ground({unit.source_id: unit.area for unit in read.units if unit.kind == "sub-district" and unit.area})
    refused: Counter[str] = Counter()
    batches = [read.units, *(_in_syria(batch, ground, refused) for batch in read.batches)]
    facts = settle(read.curated, ground, points_of(chain.from_iterable(batches)))
    say("joining what is the same place")
    conflation = conflate([*batches, [fact for fact in facts if fact.kind], [fact for fact in facts if not fact.kind]])
    say("merging names and identifiers")
    entries = settle_names(settle_identifiers([entry for entry in map(merge, conflation.clusters) if entry.names]))
    ids = assign_ids([entry.identifiers for entry in entries])
    places = _place_records(entries, ids)
    names = [_name_record(id_, name) for id_, entry in sorted(zip(ids, entries, strict=True), key=_id) for name in entry.names]
    say("simplifying the outlines")
    areas = _areas(dict(zip(ids, entries, strict=True)))
    say("writing the gazetteer")
    retired = _retired(out, places)
    manifest = write_gazetteer(
        out,
        places=places,
        names=names,
        areas=areas,
        retired=retired,
        version=data_version(places, names, areas),
        licence=LICENCE,
        attribution=attribution(),
        sources=_used(names, places),
    )
    return CompileReport(manifest, conflation.decisions, refused, retired)


def _id(pair: tuple[str, Entry]) -> str:
    return pair[0]


def _in_syria(batch: Sequence[SourceRecord], ground: Ground, refused: Counter[str]) -> list[SourceRecord]:
    """The records that lie in Syria, each with its unit; OCHA's stated unit stays, a river is cut to Syria."""
    kept = []
    for record in batch:
        if not record.within and record.area is not None:
            part = ground.clip(record.area)
            point = inner_point(part or record.area)
            record = replace(record, area=part, lon=point.x, lat=point.y)  # noqa: PLW2901
            unit = ground.find_unit(*record.point) if part else None
        else:
            unit = record.within or ground.find_unit(*record.point)
        if unit is None:
            refused[record.source] += 1
        else:
            kept.append(replace(record, within=unit))
    return kept


def _place_records(entries: Sequence[Entry], ids: Sequence[str]) -> list[PlaceRecord]:
    holders = {
        f"{scheme}:{value}": id_
        for entry, id_ in zip(entries, ids, strict=True)
        for scheme, values in entry.identifiers.items()
        for value in values.split(",")
    }
    places = []
    for entry, id_ in zip(entries, ids, strict=True):
        if entry.part_of and entry.part_of not in holders:
            raise GazetteerError(f"{entry.name_en} is a part of {entry.part_of}, which is not in the gazetteer")
        places.append(
            PlaceRecord(
                id=id_,
                kind=entry.kind,
                name_en=entry.name_en,
                name_ar=entry.name_ar,
                lon=entry.lon,
                lat=entry.lat,
                radius_km=entry.radius_km,
                admin=_admin(entry),
                part_of=holders.get(entry.part_of, ""),
                population=entry.population,
                identifiers=entry.identifiers,
                sources=entry.sources,
            )
        )
    return sorted(places, key=lambda place: place.id)


def _admin(entry: Entry) -> str:
    """The smallest unit that holds the place whole: a wide landscape's governorate, a long river's country."""
    unit = entry.within
    if entry.kind in ("river", "country") or len(unit) <= 2:
        return "SY" if entry.kind == "river" else unit
    if get_kind(entry.kind).group in _WIDE_GROUPS and entry.radius_km > 5:
        return unit[:4]
    return unit


def _name_record(id_: str, name: Name) -> NameRecord:
    return NameRecord(id_, name.text, name.lang, name.script, name.kind, name.sources)


def _areas(entries: Mapping[str, Entry]) -> dict[str, Geometry]:
    """Every outline, simplified: admin units together, neighbourhoods together, the rest alone."""
    outlines = {id_: entry for id_, entry in entries.items() if entry.area is not None}
    by_pcode = {entry.identifiers.get("pcode", ""): id_ for id_, entry in entries.items()}
    points = [
        Located(entry.within, entry.lon, entry.lat)
        for entry in entries.values()
        if entry.identifiers.get("pcode", "")[:1] in ("C", "N")
    ]
    quarters = [
        Located(pcode, entry.lon, entry.lat)
        for entry in outlines.values()
        if (pcode := entry.identifiers.get("pcode", "")).startswith("N")
    ]
    small = simplify_coverage(_of(outlines.values(), "sub-district"), tolerance=_ADMIN_TOLERANCE, points=points)
    admin = small | union_by_prefix(
        small, [code for code in by_pcode if code.startswith("SY") and len(code) < 8]
    )
    neighbourhoods = simplify_coverage(
        _of((e for e in outlines.values() if "pcode" in e.identifiers), "neighbourhood"),
        tolerance=_QUARTER_TOLERANCE,
        points=quarters,
    )
    shaped = {by_pcode[pcode]: area for pcode, area in (admin | neighbourhoods).items()}
    for id_, entry in outlines.items():
        if id_ not in shaped:
            shaped[id_] = simplify_line(entry.area, tolerance=_line_tolerance(entry))
    return {id_: to_geometry(area) for id_, area in shaped.items()}


def _line_tolerance(entry: Entry) -> float:
    return _QUARTER_TOLERANCE if entry.kind == "neighbourhood" else _LINE_TOLERANCE


def _of(entries: Iterable[Entry], kind: str) -> dict[str, BaseGeometry]:
    """Outlines of one kind by P-code."""
    return {
        entry.identifiers["pcode"]: entry.area for entry in entries if entry.kind == kind and entry.area is not None
    }


def _retired(out: Path, places: Sequence[PlaceRecord]) -> dict[str, str]:
    if not (out / PLACES).exists():
        return {}
    before = [(place.id, place.identifiers) for place in read_places(out)]
    return retire(before, [(place.id, place.identifiers) for place in places], read_retired(out))


def _used(names: Iterable[NameRecord], places: Iterable[PlaceRecord]) -> Iterator[Source]:
    """The publishers of whom anything is left in the gazetteer."""
    keys = {key for name in names for key in name.sources} | {key for place in places for key in place.sources}
    return (source for key, source in publishers().items() if key in keys)
