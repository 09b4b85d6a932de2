"""Names on a map for print, if there is room for them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from matplotlib import font_manager
from matplotlib.patheffects import withStroke
from matplotlib.transforms import Bbox

from buldan.explore.ground import HALO

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Label", "list_fonts", "move_apart", "write_labels"]

_FONTS = ("Noto Sans Arabic", "Noto Sans", "Amiri", "Geeza Pro", "Segoe UI", "Tahoma", "DejaVu Sans")
_SIDES = ((0, 7, "center", "bottom"), (0, -7, "center", "top"), (8, 0, "left", "center"), (-8, 0, "right", "center"))
"""Positions of a name next to its point, the best first: points to the right, points up, and alignment."""

_POINT = 5.0  # half the side of the square at other points that a name must not cover, in pixels


class Label(NamedTuple):
    """A name to write: the words, their position (degrees), size (points), colour and weight."""

    words: str
    lon: float
    lat: float
    size: float
    colour: str
    weight: str = "normal"


def write_labels(ax: Axes, labels: Iterable[Label], *, avoid: Iterable[tuple[float, float]] = ()) -> list[str]:
    """Write names next to their points; a name that would cover another name, a point or the edge is left out.

    Args:
        ax: a map whose limits are set.
        labels: the names, the most important first.
        avoid: points (lon, lat) that no name may cover.

    Returns:
        The names that were written.
    """
    move_apart(ax)
    at_points = [ax.transData.transform(point) for point in avoid]
    taken = [Bbox.from_extents(x - _POINT, y - _POINT, x + _POINT, y + _POINT) for x, y in at_points]
    written = []
    for label in labels:
        box = _write(ax, label, taken)
        if box is not None:
            taken.append(box)
            written.append(label.words)
    return written


def move_apart(ax: Axes) -> None:
    """Compute the layout of the figure, so that the position and size of the axes in pixels are known."""
    figure = ax.get_figure(root=True)
    if figure is not None:
        figure.draw_without_rendering()


def _write(ax: Axes, label: Label, taken: list[Any]) -> Any:
    """Write a name on the first side with room; return its box, or None if no side has room."""
    text = ax.annotate(
        label.words,
        (label.lon, label.lat),
        textcoords="offset points",
        xytext=(0, 0),
        fontsize=label.size,
        fontweight=label.weight,
        fontfamily=list_fonts(),
        color=label.colour,
        zorder=7,
        path_effects=[withStroke(linewidth=2.5, foreground=HALO)],
    )
    text.set_in_layout(False)
    for right, up, horizontal, vertical in _SIDES:
        text.set(ha=horizontal, va=vertical)
        text.xyann = (right, up)
        box = text.get_window_extent()
        if ax.bbox.fully_containsx(box.x0) and ax.bbox.fully_containsx(box.x1) and _is_free(ax, box, taken):
            return box
    text.remove()
    return None


def _is_free(ax: Axes, box: Any, taken: list[Any]) -> bool:
    inside = ax.bbox.fully_containsy(box.y0) and ax.bbox.fully_containsy(box.y1)
    return inside and not any(box.overlaps(other) for other in taken)


def list_fonts() -> list[str]:
    """Installed fonts, those made for Arabic first. DejaVu Sans, which matplotlib includes, also has Arabic."""
    here = set(font_manager.get_font_names())
    return [font for font in _FONTS if font in here]
