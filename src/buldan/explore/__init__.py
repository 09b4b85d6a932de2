"""Maps of results, made in one call: interactive (folium) or for print (matplotlib).

shown     the items of a map, one for each place, area or row of a result
ground    the land under them: borders, waters and cities of the gazetteer
legend    colours and what they mean
words     the few words of the map itself, in Arabic and English
folio     a folium map that needs no network, since it contains Leaflet
sheet     a matplotlib map, with Arabic letters joined and in reading order
labels    names on the sheet, if there is room

They are called by `gaz.explore(…)`, `result.explore()` and `result.plot()`. Both libraries are imported only then.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from buldan.errors import needs_extra
from buldan.explore.ground import GROUND_KINDS, sort_into_layers
from buldan.model import Place

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from buldan.explore.folio import OfflineMap

__all__ = ["GROUND_KINDS", "explore", "plot"]


def explore(
    what: Any,
    land: Sequence[Place],
    *,
    lang: str = "en",
    value: str | None = None,
    title: str = "",
    attribution: str = "",
) -> OfflineMap:
    """An interactive map of anything that `buldan.explore.shown.collect_shown` accepts.

    Args:
        what: matches, mentions, places or a GeoDataFrame.
        land: places of `GROUND_KINDS`, drawn as the background.
        lang: `ar` or `en`, for names and words.
        value: the column of a frame with the amounts to show.
        title: written above the map.
        attribution: the source of the data, written on the map.

    Raises:
        QueryError: `what` cannot be shown on a map.
        MissingExtra: the extra `notebook` is not installed.
    """
    with needs_extra("notebook"):
        from buldan.explore import folio  # noqa: PLC0415 - folium only if it is used
        from buldan.explore.shown import collect_shown  # noqa: PLC0415 - with pictures that a lookup need not wait for
    shown = collect_shown(what, lang=lang, value=value)
    return folio.explore(shown, sort_into_layers(land), lang=lang, value=value, title=title, attribution=attribution)


def plot(
    what: Any,
    land: Sequence[Place],
    *,
    lang: str = "en",
    value: str | None = None,
    title: str = "",
    labels: int = 40,
    attribution: str = "",
    ax: Axes | None = None,
) -> Axes:
    """The same as a map for print, with at most `labels` names; drawn on `ax` if it is given."""
    with needs_extra("notebook"):
        from buldan.explore import sheet  # noqa: PLC0415 - matplotlib only if it is used
        from buldan.explore.shown import collect_shown  # noqa: PLC0415 - as above
    shown = collect_shown(what, lang=lang, value=value)
    return sheet.plot(
        shown,
        sort_into_layers(land),
        lang=lang,
        value=value,
        title=title,
        labels=labels,
        attribution=attribution,
        ax=ax,
    )
