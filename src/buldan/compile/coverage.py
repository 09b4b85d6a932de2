"""Maps of the gazetteer's coverage of Syria, as SVG that loads nothing from elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from math import cos, radians
from pathlib import Path
from typing import NamedTuple

import numpy as np
import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from buldan.geometry import KM_PER_DEGREE, SYRIA
from buldan.store import PlaceRecord, read_areas, read_manifest, read_names, read_places

__all__ = ["draw_coverage"]

_WIDTH = 900  # pixels
_THINNED = 0.012
"""Tolerance of the outlines' simplification for the maps, degrees."""

_COLOURS = ("#f7f4ea", "#e6e2c3", "#c6d5a0", "#8fbf88", "#4f9d7c", "#23766d", "#0d4f5c")


class _Theme(NamedTuple):
    """The theme of a map: its title, a value for each sub-district, and the limits between its colours."""

    title: str
    values: Mapping[str, float]
    steps: tuple[int, ...]


def draw_coverage(folder: Path) -> dict[str, str]:
    """SVG by file name, with the sub-districts of the gazetteer in `folder` coloured.

    `coverage.svg` by places per 100 square kilometres, `coverage-names.svg` by names per place, and
    `coverage-added.svg` by the share of places without P-code, which are not in OCHA's list.

    Raises:
        GazetteerError: there is no gazetteer, or it is damaged.
    """
    places = [place for place in read_places(folder) if len(place.admin) == 8]
    outlines = {id_: shape(dict(outline)) for id_, outline in read_areas(folder)}
    units = {place.admin: outlines[place.id] for place in places if place.kind == "sub-district"}
    titles = {place.admin: place.name_en for place in places if place.kind == "sub-district"}
    shapes = _draw_paths(units)
    version = read_manifest(folder).version
    return {
        name: "\n".join(_iter_svg(theme, shapes, titles, version)) + "\n"
        for name, theme in _iter_themes(folder, places, units)
    }


def _iter_themes(
    folder: Path, places: Iterable[PlaceRecord], units: Mapping[str, BaseGeometry]
) -> Iterator[tuple[str, _Theme]]:
    counted = [place for place in places if place.kind not in ("sub-district", "district")]
    count = Counter(place.admin for place in counted)
    bare = Counter(place.admin for place in counted if "pcode" not in place.identifiers)
    unit_of = {place.id: place.admin for place in counted}
    names = Counter(unit_of[name.place] for name in read_names(folder) if name.place in unit_of)
    density = {code: 100 * count[code] / _measure_square_km(area) for code, area in units.items()}
    many = {code: names[code] / count[code] for code in units}
    added = {code: 100 * bare[code] / count[code] for code in units}
    yield "coverage.svg", _Theme("Places per 100 km²", density, (1, 2, 4, 8, 16, 32))
    yield "coverage-names.svg", _Theme("Names a place", many, (2, 3, 4, 5, 6, 8))
    yield "coverage-added.svg", _Theme("Places that OCHA lacks, %", added, (10, 20, 30, 40, 60, 80))


def _draw_paths(units: Mapping[str, BaseGeometry]) -> dict[str, str]:
    """The outlines as SVG paths, simplified together."""
    codes = sorted(units)
    thinned = shapely.coverage_simplify(np.array([units[code] for code in codes]), _THINNED)
    return {code: _format_path(area) for code, area in zip(codes, thinned, strict=True)}


def _iter_svg(theme: _Theme, shapes: Mapping[str, str], titles: Mapping[str, str], version: str) -> Iterator[str]:
    height = _project(SYRIA.west, SYRIA.south)[1]
    box = f"0 0 {_WIDTH} {height:.0f}"
    yield f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" font-family="sans-serif">'
    yield '<g stroke="#7a7466" stroke-width="0.4" stroke-linejoin="round">'
    for code, path in shapes.items():
        caption = f"{escape(titles[code])}: {theme.values[code]:.1f}"
        yield f'<path d="{path}" fill="{_choose_colour(theme, code)}"><title>{caption}</title></path>'
    yield "</g>"
    yield f'<text x="560" y="{height - 190:.0f}" font-size="15">{theme.title}</text>'
    labels = (f"under {theme.steps[0]}", *(f"from {step}" for step in theme.steps))
    for row, (label, colour) in enumerate(zip(labels, _COLOURS, strict=True)):
        y = height - 175 + 22 * row
        yield f'<rect x="560" y="{y:.0f}" width="26" height="16" fill="{colour}" stroke="#7a7466"/>'
        yield f'<text x="594" y="{y + 13:.0f}" font-size="13">{label}</text>'
    yield f'<text x="700" y="{height - 10:.0f}" font-size="11" fill="#555">gazetteer {version}</text>'
    yield "</svg>"


def _project(lon: float, lat: float) -> tuple[float, float]:
    """Pixels from the upper left corner; degrees of longitude shortened as at 35° north."""
    scale = _WIDTH / ((SYRIA.east - SYRIA.west) * cos(radians(35)))
    return (lon - SYRIA.west) * cos(radians(35)) * scale, (SYRIA.north - lat) * scale


def _format_path(area: BaseGeometry) -> str:
    rings = [ring for part in getattr(area, "geoms", [area]) for ring in (part.exterior, *part.interiors)]
    return "".join(
        "M" + "L".join("{:.1f},{:.1f}".format(*_project(lon, lat)) for lon, lat in ring.coords[:-1]) + "Z"
        for ring in rings
    )


def _choose_colour(theme: _Theme, code: str) -> str:
    return _COLOURS[sum(theme.values[code] >= step for step in theme.steps)]


def _measure_square_km(area: BaseGeometry) -> float:
    return float(area.area) * KM_PER_DEGREE**2 * cos(radians(area.centroid.y))
