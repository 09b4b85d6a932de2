"""Maps for print: matplotlib, which joins and orders Arabic letters (by libraqm, since 3.11)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import cos, radians
from textwrap import fill
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib import pyplot as plt
from matplotlib.collections import LineCollection
from matplotlib.colors import to_rgba
from matplotlib.patches import Patch, PathPatch
from matplotlib.path import Path

from buldan.explore.ground import BORDER, EDGE, HALO, INK, LAND, QUARTER, ROAD, SEA, SOFT_INK, WATER, Ground
from buldan.explore.labels import Label, list_fonts, move_apart, write_labels
from buldan.explore.legend import Legend, choose_colour, make_legend
from buldan.explore.shown import Shown, is_point
from buldan.explore.words import translate_term
from buldan.geometry import KM_PER_DEGREE, Point, iter_positions
from buldan.model import Geometry, Place

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["plot"]

_SIZE = (9.0, 7.0)  # inches
_MARGIN = 0.1  # share of the width and height of the items, on each side
_LEAST_SPAN = 0.4  # degrees
_ROADS_SPAN, _QUARTERS_SPAN = 4.0, 0.9  # maximum width of the map, degrees of longitude, for drawing them
_BARS_KM = (1, 2, 5, 10, 20, 50, 100, 200)  # possible lengths of the scale bar
_LETTERS = 170  # maximum characters of the attribution in a line


def plot(
    shown: Sequence[Shown],
    ground: Ground,
    *,
    lang: str = "en",
    value: str | None = None,
    title: str = "",
    labels: int = 40,
    attribution: str = "",
    ax: Axes | None = None,
) -> Axes:
    """A map of items over the land, with their names if there is room.

    Args:
        shown: the items; without any, the map shows only the land.
        ground: the land.
        lang: `ar` or `en`, for names and words.
        value: the name of the amounts, for the legend; None if there are none.
        title: written above the map.
        labels: maximum number of names of items.
        attribution: the source of the data, written below.
        ax: the axes to draw on; None for a new figure.

    Returns:
        The axes, in degrees of lon and lat, with the aspect ratio of the middle latitude.
    """
    if ax is None:
        _, ax = plt.subplots(figsize=_SIZE, layout="constrained")
    _draw_ground(ax, ground)
    most = max((thing.value or 0 for thing in shown), default=0)
    for thing in sorted(shown, key=is_point):
        _draw(ax, thing, choose_colour(thing, most))
    if attribution:
        ax.set_xlabel(fill(attribution, _LETTERS), fontsize=6, color=SOFT_INK, loc="left")
    if title:
        ax.set_title(title, fontfamily=list_fonts(), color=INK)
    _explain(ax, make_legend(shown, lang=lang, value=value), lang)
    _set_frame(ax, shown, ground)
    _draw_details(ax, ground)
    _draw_scale(ax, lang)
    points = [_find_middle(thing.geometry) for thing in shown if is_point(thing)]
    write_labels(
        ax, _list_labels(shown, ground, lang, labels), avoid=[*points, *(city.point for city in ground.cities)]
    )
    return ax


def _draw_ground(ax: Axes, ground: Ground) -> None:
    ax.set_facecolor(SEA)
    _draw_areas(ax, ground.land, facecolor=LAND, edgecolor=EDGE, linewidth=1.6, zorder=1)
    _draw_areas(ax, ground.borders, facecolor="none", edgecolor=BORDER, linewidth=0.9, zorder=3)
    _draw_areas(ax, ground.waters, facecolor=WATER, edgecolor=WATER, linewidth=1.2, zorder=4)
    for city in ground.cities:
        ax.plot(city.lon, city.lat, "o", ms=3, mfc="white", mec=INK, mew=0.8, zorder=5)


def _draw_details(ax: Axes, ground: Ground) -> None:
    """Draw roads on maps of a region, and quarters on maps of a city; on larger maps they would be too many."""
    (west, east), (south, north) = ax.get_xlim(), ax.get_ylim()
    if east - west < _ROADS_SPAN:
        _draw_areas(ax, ground.roads, edgecolor=ROAD, linewidth=1.0, zorder=3.5)
    if east - west < _QUARTERS_SPAN:
        near = [place for place in ground.quarters if west < place.lon < east and south < place.lat < north]
        _draw_areas(ax, near, facecolor="none", edgecolor=QUARTER, linewidth=0.7, zorder=3.6)


def _draw_scale(ax: Axes, lang: str) -> None:
    """Draw a scale bar of round kilometres in the lower left corner, at most a quarter of the width."""
    (west, east), (south, north) = ax.get_xlim(), ax.get_ylim()
    lat = south + 0.05 * (north - south)
    km_per_deg = KM_PER_DEGREE * cos(radians(lat))
    km = max((bar for bar in _BARS_KM if bar <= (east - west) * km_per_deg / 4), default=_BARS_KM[0])
    left = west + 0.03 * (east - west)
    ends, tick = (left, left + km / km_per_deg), 0.008 * (north - south)
    ax.plot([ends[0], *ends, ends[1]], [lat + tick, lat, lat, lat + tick], color=INK, linewidth=1.2, zorder=8)
    words = f"{km} {translate_term('km', lang)}"
    ax.annotate(
        words,
        (sum(ends) / 2, lat),
        (0, 3),
        textcoords="offset points",
        ha="center",
        fontsize=8,
        fontfamily=list_fonts(),
        color=INK,
        zorder=8,
    )


def _draw_areas(ax: Axes, places: Iterable[Place], **style: Any) -> None:
    for place in places:
        if place.area:
            _draw_shape(ax, place.area, **style)


def _draw_shape(ax: Axes, geometry: Geometry, **style: Any) -> None:
    """Draw each polygon as one path, with its holes cut out, and lines as lines."""
    kind, parts = geometry["type"], geometry["coordinates"]
    if "Line" in kind:
        lines = [np.asarray(line)[:, :2] for line in ([parts] if kind == "LineString" else parts)]
        width, depth = style["linewidth"], style["zorder"]
        ax.add_collection(LineCollection(lines, color=style["edgecolor"], linewidth=width, zorder=depth))
        return
    for polygon in [parts] if kind == "Polygon" else parts:
        rings = [Path(np.asarray(ring)[:, :2], closed=True) for ring in polygon]
        ax.add_patch(PathPatch(Path.make_compound_path(*rings), **style))


def _draw(ax: Axes, thing: Shown, colour: str) -> None:
    if is_point(thing):
        size = 34 + 12 * min(thing.count, 12)
        ax.scatter(*_find_middle(thing.geometry), s=size, color=colour, edgecolor="white", zorder=6)
    elif thing.value is not None:
        _draw_shape(ax, thing.geometry, facecolor=colour, edgecolor=EDGE, linewidth=0.4, zorder=2)
    else:
        style = {"facecolor": to_rgba(colour, 0.15), "edgecolor": colour, "linestyle": "--", "linewidth": 1.3}
        _draw_shape(ax, thing.geometry, zorder=5.5, **style)


def _explain(ax: Axes, legend: Legend, lang: str) -> None:
    if not legend.entries:
        return
    patches = [Patch(facecolor=colour, edgecolor=EDGE, linewidth=0.4, label=words) for colour, words in legend.entries]
    box = ax.legend(
        handles=patches,
        title=legend.title,
        title_fontproperties={"family": list_fonts(), "size": 9},
        loc="lower right",
        prop={"family": list_fonts(), "size": 9},
        facecolor=HALO,
        edgecolor=BORDER,
        labelcolor=INK,
        handlelength=1,
        handleheight=1,
        markerfirst=lang != "ar",
    )
    box.set_zorder(8)
    box.get_title().set_color(INK)


def _set_frame(ax: Axes, shown: Sequence[Shown], ground: Ground) -> None:
    """Set the limits to show all items with a margin, or all the land without items, as large as the axes allow."""
    geometries = [thing.geometry for thing in shown] or [place.area for place in ground.land if place.area]
    positions = np.array([position for geometry in geometries for position in iter_positions(geometry["coordinates"])])
    if len(positions):
        low, high = positions.min(axis=0), positions.max(axis=0)
        middle, reach = (low + high) / 2, np.maximum((high - low) / 2 * (1 + 2 * _MARGIN), _LEAST_SPAN / 2)
        squeeze = cos(radians(middle[1]))  # length of a degree of longitude, in degrees of latitude
        move_apart(ax)
        shape = ax.bbox.width / ax.bbox.height / squeeze
        reach = np.maximum(reach, (reach[1] * shape, reach[0] / shape))
        ax.set(xlim=(middle[0] - reach[0], middle[0] + reach[0]), ylim=(middle[1] - reach[1], middle[1] + reach[1]))
        ax.set_aspect(1 / squeeze)
    ax.set(xticks=[], yticks=[])
    for spine in ax.spines.values():
        spine.set_edgecolor(BORDER)


def _list_labels(shown: Sequence[Shown], ground: Ground, lang: str, most: int) -> list[Label]:
    """The names of the items, the most important first, then of cities that are not among them."""
    named = sorted(shown, key=lambda thing: (-(thing.value or 0), -thing.count, -(thing.share or 0)))
    chosen = [thing for thing in named if thing.name and thing.value != 0][:most]
    labels = [Label(thing.name, *_find_middle(thing.geometry), 10.5, INK) for thing in chosen]
    labelled = {label.words for label in labels}
    others = (Label(city.name(lang), *city.point, 9, SOFT_INK) for city in ground.cities)
    return labels + [label for label in others if label.words not in labelled]


def _find_middle(geometry: Geometry) -> Point:
    positions = np.array(list(iter_positions(geometry["coordinates"])))
    lon, lat = (positions.min(axis=0) + positions.max(axis=0)) / 2
    return Point(float(lon), float(lat))
