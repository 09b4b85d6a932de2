"""Maps of what was found, in one call: to move about in (folium) or to print (matplotlib).

shown     what a map shows: one thing a place, an area or a row, from whatever it was asked to show
ground    the land under it: our own borders, waters and cities
legend    colours and what they mean
words     the few words that a map says itself, in Arabic and English
folio     a folium map that needs no network: Leaflet is written into it
sheet     a matplotlib map with Arabic names shaped and ordered as they are read
labels    names on the sheet, where there is room

The door calls them: `gaz.explore(…)`, `result.explore()`, `result.plot()`. Both libraries are opened only then.
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
    """A map to move about in of what `buldan.explore.shown.collect_shown` takes.

    Args:
        what: matches, mentions, places or a GeoDataFrame.
        land: places of `GROUND_KINDS` to draw it over.
        lang: `ar` or `en`, for names and words.
        value: the column of a frame whose amounts are shown.
        title: stands over the map.
        attribution: whose data it is.

    Raises:
        QueryError: nothing that can be shown.
        MissingExtra: the extra `notebook` is not installed.
    """
    with needs_extra("notebook"):
        from buldan.explore import folio  # noqa: PLC0415 - folium only when asked for
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
    """The same as a map to print, with up to `labels` labels; on `ax` where there is one."""
    with needs_extra("notebook"):
        from buldan.explore import sheet  # noqa: PLC0415 - matplotlib only when asked for
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
