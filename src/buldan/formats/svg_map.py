"""A small map in SVG: points and areas over a background, with a scale bar; it loads nothing from elsewhere.

Its colours are those of the map page: three steps of certainty, with the same limits. The projection is
equirectangular, centred on the middle of the map.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from math import cos, radians
from typing import Any, NamedTuple

from buldan.geometry import KM_PER_DEGREE, Bounds, iter_positions
from buldan.model import Geometry, Place
from buldan.text import script_of

__all__ = ["MAP_STYLE", "Area", "Dot", "class_certainty", "draw_map"]

_WIDTH = 640.0  # pixels
_MARGIN_DEG = 0.15  # about 15 km around the points and areas
_NARROWEST, _FLATTEST = 0.8, 0.5
"""Minimum ratio of width to height, and of height to width."""

_LETTER, _LINE = 8.0, 17.0
"""Width of a letter and height of a line of a name, in units of the map."""

_BARS_KM = (1, 2, 5, 10, 20, 50, 100, 200, 500)  # possible lengths of the scale bar
_LONGEST_BAR = 0.25  # of the width

MAP_STYLE = """
.bm { direction: ltr; width: 100%; height: auto; max-height: 85vh; border: 1px solid #cabfa6; border-radius: 8px;
  background: #ebe5d9; font-family: system-ui, "Noto Sans Arabic", sans-serif }
.bm .country { fill: #faf6ec; stroke: #b3a68c; stroke-width: 2 }
.bm .border { fill: none; stroke: #cabfa6 } .bm .road { fill: none; stroke: #c79a6b; stroke-dasharray: 1 4 }
.bm .quarter { fill: none; stroke: #ddd3bf } .bm .lake { fill: #b9d9e6; stroke: #7fb4cb }
.bm .river { fill: none; stroke: #7fb4cb; stroke-width: 1.5 }
.bm circle { stroke: #fff; stroke-width: 1.5 } .bm .area { stroke-dasharray: 6 5; stroke-width: 1.6; fill-opacity: .12 }
.bm .line { fill: none } .bm .sure { fill: #14705a; stroke: #14705a } .bm .likely { fill: #a86008; stroke: #a86008 }
.bm .doubtful { fill: #b03a2e; stroke: #b03a2e } .bm .plain { fill: #0b655f; stroke: #0b655f }
.bm circle { stroke: #fff } .bm .area.line { fill: none }
.bm text { font-size: 15px; fill: #3d3a33; paint-order: stroke; stroke: #fdfaf3; stroke-width: 3px }
.bm .rtl { direction: rtl } .bm .soft { font-size: 13px; fill: #6b6352 }
.bm .scale { fill: none; stroke: #3d3a33; stroke-width: 1.5 }
"""


class Dot(NamedTuple):
    """A place to draw as a point; `share` is its certainty from 0 to 1, None if it is not in doubt."""

    lon: float
    lat: float
    label: str
    share: float | None = None
    times: int = 1


class Area(NamedTuple):
    """A place described relative to others, to draw as a dashed outline."""

    geometry: Geometry
    label: str
    share: float | None = None


def class_certainty(share: float | None) -> str:
    """The class of a certainty: `sure` from 0.8, `likely` from 0.5, else `doubtful`; `plain` for None."""
    return "plain" if share is None else "sure" if share >= 0.8 else "likely" if share >= 0.5 else "doubtful"


def draw_map(dots: Sequence[Dot], areas: Sequence[Area], ground: Iterable[Place], *, lang: str, title: str) -> str:
    """An `<svg class="bm">`, styled by `MAP_STYLE`; empty without dots and areas.

    Args:
        dots: places to draw, the most important first: of names that would overlap only the first is written.
        areas: areas to draw, under the dots.
        ground: places of the background: country, governorates, waters, roads, quarters, and cities with their names.
        lang: language of the names of cities.
        title: description of the map for screen readers.
    """
    corners = [(dot.lon, dot.lat) for dot in dots]
    corners += [corner for area in areas for corner in iter_positions(area.geometry["coordinates"])]
    if not corners:
        return ""
    frame = _Frame.around(corners)
    land = list(ground)
    parts = [*_draw_ground(land, frame)]
    parts += [_format_path(area.geometry, frame, f"area {class_certainty(area.share)}") for area in areas]
    for dot in sorted(dots, key=lambda dot: -dot.times):
        x, y = frame.at(dot.lon, dot.lat)
        parts.append(
            f'<circle class="{class_certainty(dot.share)}" cx="{x}" cy="{y}" r="{4 + min(dot.times, 9) ** 0.5}"/>'
        )
    parts += _names(dots, areas, _list_cities(land, frame), frame, lang)
    parts.append(_draw_scale_bar(frame))
    box = f"0 0 {_WIDTH:.0f} {frame.height:.0f}"
    return f'<svg class="bm" viewBox="{box}" role="img" aria-label="{escape(title)}">{"".join(parts)}</svg>'


class _Frame(NamedTuple):
    bounds: Bounds
    scale: float  # units of the map per degree of longitude
    stretch: float  # ratio of the length of a degree of latitude to one of longitude

    @classmethod
    def around(cls, corners: Sequence[tuple[float, float]]) -> _Frame:
        """A box around all corners with a margin, widened if it would be too tall or too flat."""
        box = Bounds.around(corners)
        stretch = 1 / cos(radians((box.south + box.north) / 2))
        wide, tall = box.east - box.west, (box.north - box.south) * stretch
        east = (max(wide, tall * _NARROWEST) - wide) / 2 + _MARGIN_DEG
        north = (max(tall, wide * _FLATTEST) - tall) / 2 / stretch + _MARGIN_DEG
        bounds = Bounds(box.west - east, box.south - north, box.east + east, box.north + north)
        return cls(bounds, _WIDTH / (bounds.east - bounds.west), stretch)

    @property
    def height(self) -> float:
        return (self.bounds.north - self.bounds.south) * self.scale * self.stretch

    @property
    def km(self) -> float:
        """Its width in kilometres."""
        return (self.bounds.east - self.bounds.west) * KM_PER_DEGREE / self.stretch

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        return round((lon - self.bounds.west) * self.scale, 1), round(
            (self.bounds.north - lat) * self.scale * self.stretch, 1
        )

    def holds(self, lon: float, lat: float) -> bool:
        return self.bounds.west < lon < self.bounds.east and self.bounds.south < lat < self.bounds.north


_CLASSES = {"country": "country", "governorate": "border", "lake": "lake", "river": "river", "road": "road"}
_QUARTERS = dict.fromkeys(("neighbourhood", "camp"), "quarter")
_QUARTERS_KM = 60.0  # maximum width of a map on which quarters can be distinguished


def _draw_ground(land: Sequence[Place], frame: _Frame) -> Iterator[str]:
    classes = _CLASSES | (_QUARTERS if frame.km < _QUARTERS_KM else {})
    for kind, style in classes.items():
        for place in land:
            if place.kind == kind and place.area and _is_in_frame(place.area, frame):
                yield _format_path(place.area, frame, style)


def _is_in_frame(geometry: Geometry, frame: _Frame) -> bool:
    own, box = Bounds.around(iter_positions(geometry["coordinates"])), frame.bounds
    return own.west < box.east and own.east > box.west and own.south < box.north and own.north > box.south


def _list_cities(land: Sequence[Place], frame: _Frame) -> list[Place]:
    cities = [place for place in land if place.kind == "city" and frame.holds(place.lon, place.lat)]
    return sorted(cities, key=lambda city: -(city.population or 0))


def _format_path(geometry: Geometry, frame: _Frame, style: str) -> str:
    """The rings of polygons, or lines, as one SVG path; steps of less than one unit are left out."""
    kind, parts = geometry["type"], geometry["coordinates"]
    lines = {"LineString": [parts], "MultiLineString": parts, "Polygon": parts}.get(kind)
    is_line = "Line" in kind
    if lines is None:
        lines = [ring for polygon in parts for ring in polygon]
    drawn = "".join(_format_steps(line, frame) + ("" if is_line else "Z") for line in lines)
    return f'<path class="{style}{" line" if is_line else ""}" d="{drawn}"/>'


def _format_steps(line: Iterable[Any], frame: _Frame) -> str:
    steps: list[tuple[float, float]] = []
    for lon, lat, *_ in line:
        x, y = frame.at(lon, lat)
        if not steps or abs(x - steps[-1][0]) + abs(y - steps[-1][1]) >= 1:
            steps.append((x, y))
    return "M" + "L".join(f"{x} {y}" for x, y in steps)


def _names(
    dots: Sequence[Dot], areas: Sequence[Area], cities: Sequence[Place], frame: _Frame, lang: str
) -> Iterator[str]:
    """Names, if there is room: to the right of their points, else above, below or to the left."""
    points = [frame.at(dot.lon, dot.lat) for dot in dots]
    taken = [(x - 6, y - 6, x + 6, y + 6) for x, y in points]
    taken.append((0, frame.height - 2 * _LINE, _WIDTH * _LONGEST_BAR, frame.height))  # space of the scale bar
    wanted = [(dot.label, *point, "") for dot, point in zip(dots, points, strict=True)]
    for area in areas:
        own = Bounds.around(iter_positions(area.geometry["coordinates"]))
        wanted.append((area.label, *frame.at((own.west + own.east) / 2, (own.south + own.north) / 2), ""))
    wanted += [(city.name(lang), *frame.at(city.lon, city.lat), "soft ") for city in cities]
    written: set[str] = set()
    for words, x, y, style in wanted:
        half, line = len(words) * _LETTER / 2, _LINE / 2
        for right, down in ((half + 8, 0), (0, -_LINE + 2), (0, _LINE), (-half - 8, 0)):
            box = (x + right - half, y + down - line, x + right + half, y + down + line)
            if words not in written and _fits(box, taken, frame):
                taken.append(box)
                written.add(words)
                anchor = f'x="{x + right:.1f}" y="{y + down + 5:.1f}" text-anchor="middle"'
                direction = "rtl" if script_of(words) == "Arab" else "ltr"
                yield f'<text class="{style}{direction}" {anchor}>{escape(words)}</text>'
                break


def _fits(box: tuple[float, ...], taken: Sequence[tuple[float, ...]], frame: _Frame) -> bool:
    if box[0] < 0 or box[1] < 0 or box[2] > _WIDTH or box[3] > frame.height:
        return False
    return not any(box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in taken)


def _draw_scale_bar(frame: _Frame) -> str:
    km = max((bar for bar in _BARS_KM if bar <= frame.km * _LONGEST_BAR), default=_BARS_KM[0])
    length, y = round(km / frame.km * _WIDTH, 1), round(frame.height - 12, 1)
    return (
        f'<path class="scale" d="M12 {y - 6}V{y}H{12 + length}V{y - 6}"/>'
        f'<text class="soft" x="{12 + length / 2}" y="{y - 6}" text-anchor="middle">{km} km</text>'
    )
