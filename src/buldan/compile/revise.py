"""Apply changed rows of the curated tables to the compiled gazetteer, without the publishers' files.

With this a correction can be tried in a clone of the repository. Unchanged rows change no byte. A row that is new,
changed or deleted is joined, merged and located by the same rules as in `buldan.compile.build`; the compiled place
replaces the publishers' records. Facts that a row had overruled are not in the compiled files: a publisher's point,
kind or identifier comes back only when the gazetteer is compiled from the sources.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from shapely.geometry import shape

from buldan.compile.applied import digest_rows, read_applied, write_applied
from buldan.compile.batch import Batch
from buldan.compile.build import name_records, place_records, publish
from buldan.compile.cluster import Cluster
from buldan.compile.curated_rules import check_rows
from buldan.compile.ground import Ground
from buldan.compile.ids import assign_ids
from buldan.compile.likeness import take_spellings
from buldan.compile.merge import Entry, merge
from buldan.compile.positions import settle_positions
from buldan.compile.record import SourceRecord
from buldan.compile.sources.curated import read_curated
from buldan.kinds import get_kind
from buldan.model import Geometry, Name, identifier_pairs, identifier_values
from buldan.store import (
    Manifest,
    NameRecord,
    PlaceRecord,
    read_areas,
    read_manifest,
    read_names,
    read_places,
)

__all__ = ["revise_gazetteer"]

_OURS = "curated"


@dataclass(frozen=True, slots=True)
class _Compiled:
    """The compiled gazetteer; `holders` gives the place of each identifier, as `scheme:value`."""

    places: Mapping[str, PlaceRecord]
    names: Mapping[str, Sequence[NameRecord]]
    areas: Mapping[str, Geometry]
    holders: Mapping[str, str]


def revise_gazetteer(folder: Path, *, curated: Path | None = None) -> Manifest:
    """Apply changed rows of `curated` (`folder/curated` if not given) to the gazetteer in `folder`.

    Raises:
        SourceError: a row breaks a rule; the message names file, line and rule, and nothing is changed.
        GazetteerError: there is no gazetteer, or it cannot be read.
    """
    tables = curated or folder / _OURS
    digests, applied = digest_rows(tables), read_applied(folder)
    if applied == set(digests.values()):
        return read_manifest(folder)
    compiled = _read(folder)
    own_facts = list(read_curated(tables))
    rows = check_rows(own_facts, _read_ground(compiled), _index_points(compiled, own_facts))
    changed = {row.origin for row in rows if row.origin and digests[row.origin] not in applied}
    rows_of, joining = _group_by_place(rows, changed, compiled)
    groups = _join(joining, compiled)
    affected = {id_ for ids, _ in groups for id_ in ids}
    affected |= {id_ for id_, own in rows_of.items() if any(row.origin in changed for row in own)}
    if not applied <= set(digests.values()):
        affected |= {id_ for id_ in compiled.places if _has_lost(id_, compiled, rows_of[id_])}
    joined = {id_ for ids, _ in groups for id_ in ids}
    groups += [((id_,), []) for id_ in sorted(affected - joined)]
    entries = {}
    for ids, new in groups:
        own = [*new, *(row for id_ in ids for row in rows_of[id_])]
        entry = _merge_entry([compiled.places[id_] for id_ in ids], own, changed, compiled)
        if entry is not None:
            entries[ids[0] if ids else assign_ids([entry.identifiers])[0]] = entry
    _write(folder, compiled, affected, entries)
    write_applied(folder, digests)
    return read_manifest(folder)


def _read(folder: Path) -> _Compiled:
    places = {place.id: place for place in read_places(folder)}
    names: defaultdict[str, list[NameRecord]] = defaultdict(list)
    for name in read_names(folder):
        names[name.place].append(name)
    holders = {
        f"{scheme}:{value}": id_
        for id_, place in places.items()
        for scheme, value in identifier_pairs(place.identifiers)
    }
    return _Compiled(places, names, dict(read_areas(folder)), holders)


def _read_ground(compiled: _Compiled) -> Ground:
    units = ((place.identifiers.get("pcode", ""), id_) for id_, place in compiled.places.items())
    return Ground(
        {code: shape(dict(compiled.areas[id_])) for code, id_ in units if code[:2] == "SY" and len(code) == 8}
    )


def _index_points(compiled: _Compiled, rows: Iterable[SourceRecord]) -> dict[str, tuple[float, float]]:
    """The point of each place by `scheme:value`, without keys that the tables no longer have."""
    keys = {f"{_OURS}:{row.source_id}" for row in rows if row.kind}
    return {
        pair: (compiled.places[id_].lon, compiled.places[id_].lat)
        for pair, id_ in compiled.holders.items()
        if not pair.startswith(f"{_OURS}:") or pair in keys
    }


def _group_by_place(
    rows: Iterable[SourceRecord], changed: Container[object], compiled: _Compiled
) -> tuple[defaultdict[str, list[SourceRecord]], list[SourceRecord]]:
    """The rows of each compiled place by its id, and the rows that are not yet joined with a place."""
    rows_of: defaultdict[str, list[SourceRecord]] = defaultdict(list)
    joining = []
    for row in rows:
        references = (f"{_OURS}:{row.source_id}",) if row.kind else row.merge_into
        ids = dict.fromkeys(compiled.holders.get(reference, "") for reference in references)
        if row.origin in changed and (len(ids) > 1 or "" in ids):
            joining.append(row)
        else:
            rows_of[next(filter(None, ids), "")].append(row)
    rows_of.pop("", None)
    return rows_of, joining


def _join(joining: Sequence[SourceRecord], compiled: _Compiled) -> list[tuple[tuple[str, ...], list[SourceRecord]]]:
    """The new rows, grouped by place: with the ids of the compiled places they belong to, or none for a new place."""
    if not joining:
        return []
    records = [_as_record(place, compiled) for place in compiled.places.values()]
    clusters = [Cluster([record], dict.fromkeys(take_spellings(record.names))) for record in records]
    for batch in ([row for row in joining if row.kind], [row for row in joining if not row.kind]):
        list(Batch(batch, clusters).join())
    known, wanted = {id(record) for record in records}, {id(row) for row in joining}
    return [
        (
            tuple(record.source_id for record in cluster.records if id(record) in known),
            [record for record in cluster.records if id(record) in wanted],
        )
        for cluster in clusters
        if any(id(record) in wanted for record in cluster.records)
    ]


def _as_record(place: PlaceRecord, compiled: _Compiled, *, without_ours: bool = False) -> SourceRecord:
    """A compiled place as a record; with `without_ours` only with the names that a publisher attests."""
    sources = [source for source in place.sources if source != _OURS]
    host = compiled.places.get(place.part_of)
    return SourceRecord(
        source=_OURS if _OURS in place.identifiers and not without_ours else next(iter(sources), _OURS),
        source_id=place.id,
        kind=place.kind,
        names=tuple(_names(compiled.names[place.id], without_ours=without_ours)),
        lon=place.lon,
        lat=place.lat,
        radius_km=place.radius_km,
        position=place.position,  # type: ignore[arg-type]
        within=place.admin,
        part_of=":".join(next(identifier_pairs(host.identifiers))) if host else "",
        population=place.population,
        identifiers=place.identifiers,
        common_english=place.name_en,
    )


def _names(names: Iterable[NameRecord], *, without_ours: bool) -> Iterator[Name]:
    for name in names:
        sources = tuple(source for source in name.sources if source != _OURS) if without_ours else name.sources
        if sources:
            yield Name(name.name, name.lang, name.script, name.kind, sources, name.start, name.end)  # type: ignore[arg-type]


def _has_lost(id_: str, compiled: _Compiled, own: Iterable[SourceRecord]) -> bool:
    """Whether a place has a name or a key of ours that is no longer in any row."""
    own = list(own)
    texts = {name.text for row in own for name in row.names}
    keys = {row.source_id for row in own if row.kind}
    ours = identifier_values(compiled.places[id_].identifiers, _OURS)
    return not keys.issuperset(ours) or any(
        name.sources == (_OURS,) and name.name not in texts for name in compiled.names[id_]
    )


def _merge_entry(
    places: Sequence[PlaceRecord], own: Sequence[SourceRecord], changed: Container[object], compiled: _Compiled
) -> Entry | None:
    """The entry made of rows and compiled places; None if no source describes the place any longer.

    If no row that describes the place has changed, only its names are replaced.
    """
    bases = [_as_record(place, compiled, without_ours=True) for place in places]
    bases = [replace(base, identifiers=_keep_published(base.identifiers)) for base in bases]
    bases = [base for base in bases if base.source != _OURS or not any(row.kind for row in own)]
    rows = sorted(own, key=lambda row: not row.kind)
    if not rows and all(base.source == _OURS for base in bases):
        return None
    entry = merge(Cluster([*rows, *bases]))
    sources = {source for place in places for source in place.sources if source != _OURS}
    entry = replace(entry, sources=tuple(sorted({*entry.sources, *sources})))
    if len(places) == 1 and rows and not any(row.kind and row.origin in changed for row in rows):
        place = places[0]
        base = _as_record(place, compiled)
        is_renamed = any(name.kind == "official" for row in rows if row.origin in changed for name in row.names)
        return replace(
            entry,
            kind=place.kind,
            name_en=entry.name_en if is_renamed else place.name_en,
            name_ar=entry.name_ar if is_renamed else place.name_ar,
            lon=place.lon,
            lat=place.lat,
            radius_km=place.radius_km,
            position=base.position,
            within=place.admin,
            part_of=base.part_of,
            population=place.population,
            identifiers=dict(place.identifiers),
        )
    towns = (place for place in compiled.places.values() if get_kind(place.kind).group == "settlement")
    around = [merge(Cluster([_as_record(town, compiled)])) for town in towns]
    return settle_positions([entry, *around])[0]


def _keep_published(identifiers: Mapping[str, str]) -> dict[str, str]:
    return {scheme: value for scheme, value in identifiers.items() if scheme != _OURS}


def _write(folder: Path, compiled: _Compiled, affected: Container[str], entries: Mapping[str, Entry]) -> None:
    """Write the gazetteer with the affected places replaced by the entries."""
    kept = [place for id_, place in compiled.places.items() if id_ not in affected]
    holders = {pair: id_ for pair, id_ in compiled.holders.items() if id_ not in affected}
    ids, revised = list(entries), list(entries.values())
    places = sorted([*kept, *place_records(revised, ids, known=holders)], key=lambda place: place.id)
    names = [name for place in kept for name in compiled.names[place.id]] + name_records(revised, ids)
    alive = {place.id for place in places}
    areas = {id_: area for id_, area in compiled.areas.items() if id_ in alive}
    publish(folder, places, sorted(names, key=lambda name: name.place), areas)
