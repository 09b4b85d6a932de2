"""A map of how densely the gazetteer covers Syria, as SVG that a browser shows without anything else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from math import cos, radians
from pathlib import Path

import numpy as np
import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from buldan.geometry import KM_PER_DEGREE, SYRIA
from buldan.store import PlaceRecord, read_areas, read_manifest, read_places

__all__ = ["coverage_svg"]

_WIDTH = 900
_THINNED = 0.012
"""Degrees by which outlines are thinned for the picture."""

_STEPS = (1, 2, 4, 8, 16, 32)
_COLOURS = ("#f7f4ea", "#e6e2c3", "#c6d5a0", "#8fbf88", "#4f9d7c", "#23766d", "#0d4f5c")


def coverage_svg(folder: Path) -> str:
    """Places per 100 square kilometres in each sub-district of the gazetteer in `folder`.

    Raises:
        GazetteerError: there is no gazetteer, or it is damaged.
    """
    places = list(read_places(folder))
    outlines = {id_: shape(dict(outline)) for id_, outline in read_areas(folder)}
    units = {place.admin: outlines[place.id] for place in places if place.kind == "sub-district"}
    counts = Counter(place.admin for place in places if place.kind not in ("sub-district", "district"))
    codes = sorted(units)
    thinned = shapely.coverage_simplify(np.array([units[code] for code in codes]), _THINNED)
    densities = [100 * counts[code] / _square_km(units[code]) for code in codes]
    shapes = (
        f'<path d="{_path(area)}" fill="{_colour(density)}"><title>{_title(places, code, counts[code])}</title></path>'
        for code, area, density in zip(codes, thinned, densities, strict=True)
    )
    return "\n".join(_document(read_manifest(folder).version, shapes)) + "\n"


def _document(version: str, shapes: Iterable[str]) -> Iterator[str]:
    height = _project(SYRIA.west, SYRIA.south)[1]
    box = f"0 0 {_WIDTH} {height:.0f}"
    yield f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" font-family="sans-serif">'
    yield '<g stroke="#7a7466" stroke-width="0.4" stroke-linejoin="round">'
    yield from shapes
    yield "</g>"
    yield f'<text x="560" y="{height - 190:.0f}" font-size="15">Places per 100 km²</text>'
    labels = (f"under {_STEPS[0]}", *(f"from {step}" for step in _STEPS))
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


def _path(area: BaseGeometry) -> str:
    rings = [ring for part in getattr(area, "geoms", [area]) for ring in (part.exterior, *part.interiors)]
    return "".join(
        "M" + "L".join("{:.1f},{:.1f}".format(*_project(lon, lat)) for lon, lat in ring.coords[:-1]) + "Z"
        for ring in rings
    )


def _colour(density: float) -> str:
    return _COLOURS[sum(density >= step for step in _STEPS)]


def _square_km(area: BaseGeometry) -> float:
    return float(area.area) * KM_PER_DEGREE**2 * cos(radians(area.centroid.y))


def _title(places: list[PlaceRecord], code: str, count: int) -> str:
    name = next(place.name_en for place in places if place.kind == "sub-district" and place.admin == code)
    return f"{name.replace('&', '&amp;').replace('<', '&lt;')}: {count} places"
