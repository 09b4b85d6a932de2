"""Roads and rivers without a published line, drawn through the towns that they join (`curated/lines.tsv`).

Such a line is schematic: between its towns it may stray `STRAY_KM` and more from where the thing runs. It shows on maps
and says what a road joins; it never places a point. Its geometry says so wherever it goes (`schematic_km`).
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
"""How far a schematic line may lie from the road that it stands for."""

_COLUMNS = ("place", "towns", "reasoning")


def draw_lines(entries: Sequence[Entry], curated: Path) -> list[Entry]:
    """The entries, those of the table with a line from town to town where no source gives them one.

    Raises:
        SourceError: a row names a place or a town that is not there, a place twice, fewer than two towns, or towns of
            which two that follow each other lie on one spot.
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
            # Two identifiers may have become one place; a stretch without length is drawn by no map.
            if corner == following:
                raise row.error(f"{first} and {second} lie on one spot; a line runs between different points")
        drawn[at] = LineString(corners)
    return [
        replace(entry, area=drawn[at], schematic_km=STRAY_KM) if at in drawn and entry.area is None else entry
        for at, entry in enumerate(entries)
    ]
