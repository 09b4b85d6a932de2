"""Draw roads and rivers without a published line through the towns that they connect (`curated/lines.tsv`).

Such a line is schematic: between its towns it may be `STRAY_KM` or more away from the real road or river. It is for
maps, and shows what a road connects; it never gives the position of a point. Its geometry has the member
`schematic_km` in all output.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from shapely import LineString

from buldan.compile.merge import Entry
from buldan.compile.reading import iter_rows
from buldan.compile.sources.curated import reference
from buldan.model import identifier_pairs

__all__ = ["STRAY_KM", "draw_lines"]

STRAY_KM = 5.0
"""Stated error of a schematic line: its distance from the real road or river, kilometres."""

_COLUMNS = ("place", "towns", "reasoning")


def draw_lines(entries: Sequence[Entry], curated: Path) -> list[Entry]:
    """The entries; those of the table without a published line get one from town to town.

    Raises:
        SourceError: a row names a place or a town that does not exist, a place twice, fewer than two towns, or two
            successive towns with the same point.
    """
    path = curated / "lines.tsv"
    if not path.exists():
        return list(entries)
    by_reference = {
        f"{scheme}:{value}": at
        for at, entry in enumerate(entries)
        for scheme, value in identifier_pairs(entry.identifiers)
    }
    drawn: dict[int, LineString] = {}
    for row in iter_rows(path, _COLUMNS, delimiter="\t"):
        towns = [reference(town) for town in row["towns"].split()]
        missing = [reference for reference in (row["place"], *towns) if reference not in by_reference]
        if missing:
            raise row.error(f"refers to {missing[0]}, which no source and no curated table holds")
        at = by_reference[row["place"]]
        if len(towns) < 2 or at in drawn:
            raise row.error("a line joins two towns or more, and a place has one line")
        corners = [(entries[by_reference[town]].lon, entries[by_reference[town]].lat) for town in towns]
        for first, second, corner, following in zip(towns, towns[1:], corners, corners[1:], strict=False):
            # Two identifiers may have become the same place; maps cannot draw a line without length.
            if corner == following:
                raise row.error(f"{first} and {second} lie on one spot; a line runs between different points")
        drawn[at] = LineString(corners)
    return [
        replace(entry, area=drawn[at], schematic_km=STRAY_KM) if at in drawn and entry.area is None else entry
        for at, entry in enumerate(entries)
    ]
