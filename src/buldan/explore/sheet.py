"""A map to print: matplotlib, which shapes Arabic letters and orders them (by libraqm, since 3.11)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import cos, radians
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib import font_manager
from matplotlib import pyplot as plt
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from buldan.explore.ground import BORDER, EDGE, INK, LAND, SEA, WATER, Ground, shade
from buldan.explore.shown import Shown, certainty_of, is_point
from buldan.model import Geometry, Place

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["plot"]

_FONTS = ("Noto Sans Arabic", "Noto Sans", "Amiri", "Geeza Pro", "Segoe UI", "DejaVu Sans")
_ACCENT = "#0b655f"
_MARGIN = 0.12
_LEAST_SPAN = 0.4


def plot(
    shown: Sequence[Shown],
    ground: Ground,
    *,
    lang: str = "ar",
    labels: int = 40,
    attribution: str = "",
    ax: Axes | None = None,
) -> Axes:
    """A map of things over the land, with their names where there is room.

    Args:
        shown: what to show; nothing gives the land alone.
        ground: the land.
        lang: `ar` or `en`, for names.
        labels: at most so many names.
        attribution: whose data it is, written below.
        ax: where to draw; a new figure where None.

    Returns:
        The axes, lon and lat in degrees at their right proportion.
    """
    if ax is None:
        _, ax = plt.subplots(figsize=(9, 7), layout="constrained")
    _draw_ground(ax, ground)
    most = max((thing.value or 0 for thing in shown), default=0)
    for thing in sorted(shown, key=is_point):
        _draw(ax, thing, most)
    _frame(ax, shown, ground)
    fonts = _fonts()
    named = sorted(shown, key=lambda thing: (-(thing.value or 0), -thing.count, -(thing.share or 0)))
    candidates = [
        (thing.name_ar if lang == "ar" and thing.name_ar else thing.name, _middle(thing.geometry), 10.5, INK)
        for thing in named[:labels]
    ]
    candidates += [(place.name(lang), (place.lon, place.lat), 9, "#857c69") for place in ground.cities]
    _write(ax, candidates, fonts)
    if attribution:
        ax.text(0.01, 0.01, attribution, transform=ax.transAxes, fontsize=6, color="#5a5f63", wrap=True, va="bottom")
    return ax


def _draw_ground(ax: Axes, ground: Ground) -> None:
    ax.set_facecolor(SEA)
    _areas(ax, ground.land, facecolor=LAND, edgecolor=EDGE, linewidth=1.6, zorder=1)
    _areas(ax, ground.borders, facecolor="none", edgecolor=BORDER, linewidth=0.9, zorder=2)
    _areas(ax, ground.waters, facecolor=WATER, edgecolor=WATER, linewidth=1.2, zorder=3)
    for city in ground.cities:
        ax.plot(city.lon, city.lat, "o", ms=3, mfc="white", mec=INK, mew=0.8, zorder=4)


def _areas(ax: Axes, places: Iterable[Place], **style: Any) -> None:
    for place in places:
        if place.area:
            _shape(ax, place.area, **style)


def _shape(ax: Axes, geometry: Geometry, **style: Any) -> None:
    """Polygons as one path each, holes cut out; lines as lines."""
    kind, parts = geometry["type"], geometry["coordinates"]
    if kind in {"LineString", "MultiLineString"}:
        lines = [np.asarray(line)[:, :2] for line in ([parts] if kind == "LineString" else parts)]
        ax.add_collection(
            LineCollection(lines, color=style["edgecolor"], linewidth=style["linewidth"], zorder=style["zorder"])
        )
        return
    for polygon in [parts] if kind == "Polygon" else parts:
        rings = [Path(np.asarray(ring)[:, :2], closed=True) for ring in polygon]
        ax.add_patch(PathPatch(Path.make_compound_path(*rings), **style))


def _draw(ax: Axes, thing: Shown, most: float) -> PathCollection | None:
    colour = _ACCENT if thing.share is None else certainty_of(thing.share)[1]
    if is_point(thing):
        lon, lat = _middle(thing.geometry)
        return ax.scatter(lon, lat, s=34 + 12 * min(thing.count, 12), color=colour, edgecolor="white", zorder=6)
    if thing.value is not None:
        _shape(ax, thing.geometry, facecolor=shade(thing.value, most), edgecolor=EDGE, linewidth=0.5, zorder=2.5)
    else:
        style = {"facecolor": (*_rgb(colour), 0.15), "edgecolor": colour, "linestyle": "--", "linewidth": 1.3}
        _shape(ax, thing.geometry, zorder=5, **style)
    return None


def _frame(ax: Axes, shown: Sequence[Shown], ground: Ground) -> None:
    """Show all things with a margin, else all the land."""
    geometries = [thing.geometry for thing in shown] or [place.area for place in ground.land if place.area]
    positions = np.array([position for geometry in geometries for position in _positions(geometry["coordinates"])])
    if len(positions):
        low, high = positions.min(axis=0), positions.max(axis=0)
        middle, reach = (low + high) / 2, np.maximum((high - low) / 2 * (1 + 2 * _MARGIN), _LEAST_SPAN / 2)
        ax.set(xlim=(middle[0] - reach[0], middle[0] + reach[0]), ylim=(middle[1] - reach[1], middle[1] + reach[1]))
        ax.set_aspect(1 / cos(radians(middle[1])), adjustable="datalim")
    ax.set(xticks=[], yticks=[])
    for spine in ax.spines.values():
        spine.set_edgecolor(BORDER)


def _write(ax: Axes, candidates: Iterable[tuple[str, tuple[float, float], float, str]], fonts: list[str]) -> None:
    """Names above their points, the first first; one that would cover another, or leave the map, is left out."""
    ax.figure.canvas.draw()
    taken: list[Any] = []
    for words, (lon, lat), size, colour in candidates:
        text = ax.annotate(
            words,
            (lon, lat),
            xytext=(0, 7),
            textcoords="offset points",
            ha="center",
            fontsize=size,
            color=colour,
            fontfamily=fonts,
            zorder=7,
            annotation_clip=True,
            path_effects=_halo(),
            clip_on=True,
        )
        box = text.get_window_extent().expanded(1.05, 1.1)
        inside = ax.bbox.containsx(box.x0) and ax.bbox.containsx(box.x1) and ax.bbox.containsy(box.y1)
        if not inside or any(box.overlaps(other) for other in taken):
            text.remove()
        else:
            taken.append(box)


def _halo() -> list[Any]:
    from matplotlib.patheffects import withStroke  # noqa: PLC0415 - a name used once

    return [withStroke(linewidth=2.5, foreground="#fdfaf3")]


def _fonts() -> list[str]:
    """Fonts that are here, those made for Arabic first; DejaVu Sans, which matplotlib brings, has it too."""
    here = set(font_manager.get_font_names())
    return [font for font in _FONTS if font in here]


def _rgb(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _middle(geometry: Geometry) -> tuple[float, float]:
    positions = np.array(list(_positions(geometry["coordinates"])))
    lon, lat = (positions.min(axis=0) + positions.max(axis=0)) / 2
    return float(lon), float(lat)


def _positions(value: Any) -> Iterator[tuple[float, float]]:
    if isinstance(value[0], int | float):
        yield value[0], value[1]
    else:
        for part in value:
            yield from _positions(part)
