"""Compile the gazetteer from the sources, stage by stage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from buldan.compile.applied import digest_rows, write_applied
from buldan.compile.claims import drop_names_of_others, give_identifiers_to_one
from buldan.compile.cluster import Decision
from buldan.compile.conflate import join_batches
from buldan.compile.curated_rules import check_rows, index_points
from buldan.compile.drawing import draw_outlines
from buldan.compile.ground import Ground, find_inner_point
from buldan.compile.ids import assign_ids, retire_ids
from buldan.compile.lines import draw_lines
from buldan.compile.merge import Entry, merge
from buldan.compile.outcomes import Outcome, count_outcomes, write_outcomes
from buldan.compile.positions import settle_positions
from buldan.compile.publishers import LICENCE, name_publishers, read_publishers
from buldan.compile.record import SourceRecord
from buldan.compile.registry import read_all
from buldan.compile.sources_page import write_sources
from buldan.compile.surroundings import write_surroundings
from buldan.compile.version import compute_version
from buldan.errors import GazetteerError, SourceError
from buldan.kinds import WIDE_GROUPS, get_kind
from buldan.model import Geometry, Name, Source, identifier_pairs
from buldan.store import (
    Manifest,
    NameRecord,
    PlaceRecord,
    read_places,
    read_retired,
    write_gazetteer,
)
from buldan.store.schema import PLACES

__all__ = ["CompileReport", "compile_gazetteer", "name_records", "place_records", "publish"]

_HIGHWAY_KM = 20.0
"""A road with a larger radius gets the country as its unit."""

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class CompileReport:
    """The results of a compilation.

    Attributes:
        manifest: manifest of the gazetteer that was written.
        decisions: the decision on each record.
        outcomes: counts of the decisions for each source.
        retired: the id that replaced each id that no longer exists.
    """

    manifest: Manifest
    decisions: tuple[Decision, ...]
    outcomes: tuple[Outcome, ...]
    retired: Mapping[str, str]


def compile_gazetteer(
    sources: Path, out: Path, *, curated: Path | None = None, progress: Progress | None = None
) -> CompileReport:
    """Read the publishers' files under `sources` and our own facts, and write the gazetteer to `out`.

    Our own facts are in `curated`, or in `out/curated` if that is not given; `progress` is called with a
    short line at the start of each stage. The same inputs give the same bytes. An earlier gazetteer in
    `out` is replaced only at the end; until then, and after any error, it stays unchanged.

    Raises:
        SourceError: a file is missing, damaged or of another layout; the folder of our own facts is missing; a row
            of them breaks a rule.
        GazetteerError: the earlier gazetteer cannot be read, or a place has no identifier of its own.
    """
    say = progress or (lambda _: None)
    curated = curated or out / "curated"
    if not curated.is_dir():
        raise SourceError("there is no such folder; copy the curated tables of a gazetteer there", path=curated)
    say("reading the sources")
    read = read_all(sources, curated)
    ground = Ground({unit.source_id: unit.area for unit in read.units if unit.kind == "sub-district" and unit.area})
    refused: Counter[str] = Counter()
    batches = [read.units, *(_keep_in_syria(batch, ground, refused) for batch in read.batches)]
    facts = check_rows(read.curated, ground, index_points(chain.from_iterable(batches)))
    say("joining what is the same place")
    # Our rows with places come after the publishers', because they may add to them; rows of names alone come last.
    conflation = join_batches(
        [*batches, [fact for fact in facts if fact.kind], [fact for fact in facts if not fact.kind]]
    )
    say("merging names and identifiers")
    entries = drop_names_of_others(
        give_identifiers_to_one([entry for entry in map(merge, conflation.clusters) if entry.names])
    )
    entries = draw_lines(settle_positions(entries), curated)
    ids = assign_ids([entry.identifiers for entry in entries])
    places = place_records(entries, ids)
    names = name_records(entries, ids)
    say("simplifying the outlines")
    areas = draw_outlines(dict(zip(ids, entries, strict=True)))
    say("writing the gazetteer")
    manifest, retired = publish(out, places, names, areas)
    outcomes = count_outcomes(conflation.decisions, refused)
    write_outcomes(out, outcomes)
    write_surroundings(sources, out, curated=curated)
    write_applied(out, digest_rows(curated))
    return CompileReport(manifest, conflation.decisions, outcomes, retired)


def publish(
    out: Path, places: Sequence[PlaceRecord], names: Sequence[NameRecord], areas: Mapping[str, Geometry]
) -> tuple[Manifest, Mapping[str, str]]:
    """Write the gazetteer to `out` with its version, attribution and `SOURCES.md`.

    Returns the manifest and the retired ids.
    """
    retired = _find_retired(out, places)
    used = list(_iter_used(names, places))
    manifest = write_gazetteer(
        out,
        places=places,
        names=names,
        areas=areas,
        retired=retired,
        version=compute_version(places, names, areas),
        licence=LICENCE,
        attribution=name_publishers({source.key for source in used}),
        sources=used,
    )
    write_sources(out)
    return manifest, retired


def _get_id(pair: tuple[str, Entry]) -> str:
    return pair[0]


def name_records(entries: Sequence[Entry], ids: Sequence[str]) -> list[NameRecord]:
    """The names of the entries as records, each with the id of its place."""
    by_id = sorted(zip(ids, entries, strict=True), key=_get_id)
    return [_name_record(id_, name) for id_, entry in by_id for name in entry.names]


def _keep_in_syria(batch: Sequence[SourceRecord], ground: Ground, refused: Counter[str]) -> list[SourceRecord]:
    """The records in Syria, each with its unit; the unit that OCHA states is kept, and a river is cut at the border."""
    kept = []
    for record in batch:
        if not record.within and record.area is not None:
            part = ground.clip(record.area)
            point = find_inner_point(part or record.area)
            record = replace(record, area=part, lon=point.x, lat=point.y)  # noqa: PLW2901
            unit = ground.find_unit(*record.point) if part else None
        else:
            unit = record.within or ground.find_unit(*record.point)
        if unit is None:
            refused[record.source] += 1
        else:
            kept.append(replace(record, within=unit))
    return kept


def place_records(
    entries: Sequence[Entry], ids: Sequence[str], *, known: Mapping[str, str] | None = None
) -> list[PlaceRecord]:
    """The places of the entries as records; `known` gives further places that they may be a part of, by `scheme:value`.

    Raises:
        GazetteerError: a place is a part of a place that does not exist.
    """
    holders = dict(known or {}) | {
        f"{scheme}:{value}": id_
        for entry, id_ in zip(entries, ids, strict=True)
        for scheme, value in identifier_pairs(entry.identifiers)
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
                admin=_find_admin(entry),
                part_of=holders.get(entry.part_of, ""),
                population=entry.population,
                identifiers=entry.identifiers,
                sources=entry.sources,
                position=entry.position,
            )
        )
    return sorted(places, key=lambda place: place.id)


def _find_admin(entry: Entry) -> str:
    """The smallest unit that contains the whole place: a landscape's governorate, a river's or highway's country."""
    unit = entry.within
    if entry.kind == "river" or (entry.kind == "road" and entry.radius_km > _HIGHWAY_KM):
        return "SY"
    if len(unit) <= 2:
        return unit
    if get_kind(entry.kind).group in WIDE_GROUPS and entry.radius_km > 5:
        return unit[:4]
    return unit


def _name_record(id_: str, name: Name) -> NameRecord:
    return NameRecord(id_, name.text, name.lang, name.script, name.kind, name.sources, name.start, name.end)


def _find_retired(out: Path, places: Sequence[PlaceRecord]) -> dict[str, str]:
    if not (out / PLACES).exists():
        return {}
    before = [(place.id, place.identifiers) for place in read_places(out)]
    return retire_ids(before, [(place.id, place.identifiers) for place in places], read_retired(out))


def _iter_used(names: Iterable[NameRecord], places: Iterable[PlaceRecord]) -> Iterator[Source]:
    """The publishers of names and places in the gazetteer, each with the number of its rows used."""
    on = Counter(key for place in places for key in place.sources)
    attested = Counter(key for name in names for key in name.sources)
    for key, source in read_publishers().items():
        if on[key] or attested[key]:
            yield replace(source, places=on[key], names=attested[key])
