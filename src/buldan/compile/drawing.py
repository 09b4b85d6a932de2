"""Simplify all outlines: units together, neighbourhoods together, each other outline alone.

The outline of a district is the union of its sub-districts, and the outline of a group of neighbourhoods is the union
of its members, which keeps common borders identical.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import shapely
from shapely.geometry.base import BaseGeometry

from buldan.compile.areas import Located, simplify_coverage, simplify_line, to_geometry, unite_by_prefix
from buldan.compile.merge import Entry
from buldan.model import Geometry

__all__ = ["draw_outlines"]

_UNIT_TOLERANCE, _QUARTER_TOLERANCE, _OTHER_TOLERANCE = 0.002, 0.0002, 0.001
"""Tolerances in degrees, as for `simplify_coverage`."""


def draw_outlines(entries: Mapping[str, Entry]) -> dict[str, Geometry]:
    """The simplified outline of each entry that has one, by id."""
    outlined = {id_: entry.area for id_, entry in entries.items() if entry.area is not None}
    ids = {entry.identifiers.get("pcode", ""): id_ for id_, entry in entries.items()}
    by_pcode = {pcode: outlined[id_] for pcode, id_ in ids.items() if pcode and id_ in outlined}
    units = _draw_units(by_pcode, list(_iter_settlements(entries)))
    quarters = simplify_coverage(
        {pcode: area for pcode, area in by_pcode.items() if pcode.startswith("N")},
        tolerance=_QUARTER_TOLERANCE,
        points=_iter_own_points(entries),
    )
    drawn = {ids[pcode]: area for pcode, area in (units | quarters).items()}
    for id_, area in outlined.items():
        if "ocha_area" in entries[id_].identifiers:
            members = [quarters[p] for p in quarters if area.covers(by_pcode[p].representative_point())]
            drawn[id_] = shapely.coverage_union_all(members)
        elif id_ not in drawn:
            drawn[id_] = simplify_line(area, tolerance=_OTHER_TOLERANCE)
    return {id_: to_geometry(area, schematic_km=entries[id_].schematic_km) for id_, area in drawn.items()}


def _draw_units(by_pcode: Mapping[str, BaseGeometry], positioned: list[Located]) -> dict[str, BaseGeometry]:
    """The outlines of sub-districts, simplified together, and of the larger units that are unions of them."""
    codes = [pcode for pcode in by_pcode if pcode.startswith("SY")]
    small = {pcode: by_pcode[pcode] for pcode in codes if len(pcode) == 8}
    units = simplify_coverage(small, tolerance=_UNIT_TOLERANCE, points=positioned)
    return units | unite_by_prefix(units, [pcode for pcode in codes if len(pcode) < 8])


def _iter_settlements(entries: Mapping[str, Entry]) -> Iterator[Located]:
    """The points of OCHA's settlements, each with the unit that OCHA states."""
    for entry in entries.values():
        if entry.identifiers.get("pcode", "").startswith(("C", "N")):
            yield Located(entry.within, entry.lon, entry.lat)


def _iter_own_points(entries: Mapping[str, Entry]) -> Iterator[Located]:
    """The points of neighbourhoods, each with the neighbourhood itself, inside which it should stay."""
    for entry in entries.values():
        pcode = entry.identifiers.get("pcode", "")
        if pcode.startswith("N"):
            yield Located(pcode, entry.lon, entry.lat)
