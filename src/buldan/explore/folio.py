"""A map to move about in: folium, with Leaflet written into the map, so that it shows without a network.

folium's own maps load Leaflet, jQuery and Bootstrap from three hosts; `OfflineMap` is a `folium.Map` all the
same, so that everything for folium (`GeoDataFrame.explore(m=…)`, plugins) takes it.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Sequence
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import folium

from buldan.explore.ground import BORDER, EDGE, HALO, INK, LAND, SEA, SOFT_INK, WATER, Ground
from buldan.explore.legend import Legend, certainty_word, colour_of, legend_of
from buldan.explore.shown import Shown, is_point
from buldan.geometry import SYRIA, iter_positions
from buldan.model import Geometry, Place

__all__ = ["OfflineMap", "explore"]

_STYLE = f"""
.leaflet-container {{ background: {SEA}; font: 13px/1.5 system-ui, "Noto Sans Arabic", Tahoma, sans-serif }}
.leaflet-tooltip.town {{ padding: 0; border: 0; background: none; box-shadow: none; color: {INK}; font-weight: 600;
  text-shadow: 0 0 2px {HALO}, 0 0 3px {HALO}, 0 0 4px {HALO} }}
.leaflet-tooltip.town::before {{ display: none }}
.leaflet-tooltip td {{ padding: 0 }}
.leaflet-container .leaflet-control-attribution {{ max-width: 70vw; font-size: 10px; color: {SOFT_INK} }}
.leaflet-attribution-flag {{ display: none !important }}
.legend {{ position: absolute; z-index: 1000; right: 12px; bottom: 48px; padding: 6px 12px; border-radius: 8px;
  background: {HALO}; color: {INK}; font: 13px/1.7 system-ui, "Noto Sans Arabic", Tahoma, sans-serif;
  box-shadow: 0 1px 4px #0003 }}
.legend i {{ display: inline-block; width: 11px; height: 11px; margin-inline-end: 7px; border-radius: 3px }}
"""


class OfflineMap(folium.Map):
    """A `folium.Map` that loads nothing from anywhere."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"tiles": None, "prefer_canvas": True, "zoom_snap": 0.25, **options})
        self.default_js = [("leaflet", _inlined("leaflet.js", "text/javascript"))]
        self.default_css = [("leaflet_css", _inlined("leaflet.css", "text/css"))]


def explore(
    shown: Sequence[Shown], ground: Ground, *, lang: str = "en", value: str | None = None, attribution: str = ""
) -> OfflineMap:
    """A map of things over the land, in view of all of them; pointing at one tells of it.

    Args:
        shown: what to show; nothing gives the land alone.
        ground: the land.
        lang: `ar` or `en`, for names and words.
        value: what the amounts are of, where there are any.
        attribution: whose data it is, written in a corner.
    """
    made = OfflineMap()
    _add_html(made, f"<style>{_STYLE}</style>")
    most = max((thing.value or 0 for thing in shown), default=0)
    amounts = [thing for thing in shown if not is_point(thing) and thing.value is not None]
    areas = [thing for thing in shown if not is_point(thing) and thing.value is None]
    _add_land(made, ground.land, attribution, fillColor=LAND, fillOpacity=1, color=EDGE, weight=2)
    _add_things(made, amounts, lang, most)
    _add_land(made, ground.borders, attribution, fill=False, color=BORDER, weight=1.2)
    _add_land(made, ground.waters, attribution, fillColor=WATER, fillOpacity=0.9, color=WATER, weight=1.6)
    for town in ground.cities:
        _town(town, lang).add_to(made)
    _add_things(made, areas, lang, most)
    _add_things(made, [thing for thing in shown if is_point(thing)], lang, most)
    _add_legend(made, legend_of(shown, lang=lang, value=value), lang)
    made.fit_bounds(_bounds(shown), max_zoom=12, padding=(24, 24))
    return made


def _add_html(made: OfflineMap, html: str) -> None:
    page: Any = made.get_root()
    page.html.add_child(folium.Element(html))


def _add_land(made: OfflineMap, places: Sequence[Place], attribution: str, **style: Any) -> None:
    """Outlines that tell nothing when pointed at."""
    if not places:
        return
    folium.GeoJson(
        _collection((place.area or {}, {}) for place in places),
        style_function=lambda _: style,
        interactive=False,
        attribution=escape(attribution),
    ).add_to(made)


def _add_things(made: OfflineMap, things: Sequence[Shown], lang: str, most: float) -> None:
    if not things:
        return
    folium.GeoJson(
        _collection((thing.geometry, _properties(thing, lang, most)) for thing in things),
        style_function=lambda feature: feature["properties"]["style"],
        highlight_function=lambda _: {"weight": 4},
        marker=folium.CircleMarker(fill=True),
        tooltip=folium.GeoJsonTooltip(["told"], labels=False, sticky=False),
    ).add_to(made)


def _add_legend(made: OfflineMap, legend: Legend, lang: str) -> None:
    if not legend.entries:
        return
    title = f"<div>{escape(legend.title)}</div>" if legend.title else ""
    lines = (f'<div><i style="background:{colour}"></i>{escape(words)}</div>' for colour, words in legend.entries)
    _add_html(made, f'<div class="legend" dir="{_direction(lang)}">{title}{"".join(lines)}</div>')


def _town(town: Place, lang: str) -> folium.CircleMarker:
    """A large city with its name, always to be read; the browser shapes and orders Arabic."""
    name = folium.Tooltip(_isolated(town.name(lang)), sticky=False, permanent=True, direction="top", class_name="town")
    return folium.CircleMarker(
        (town.lat, town.lon),
        radius=2.5,
        color=INK,
        weight=1,
        fill_color="#fff",
        fill_opacity=1,
        interactive=False,
        tooltip=name,
    )


def _collection(pairs: Iterable[tuple[Geometry, dict[str, Any]]]) -> dict[str, Any]:
    features = [
        {"type": "Feature", "id": str(at), "geometry": dict(geometry), "properties": properties}
        for at, (geometry, properties) in enumerate(pairs)
    ]
    return {"type": "FeatureCollection", "features": features}


def _properties(thing: Shown, lang: str, most: float) -> dict[str, Any]:
    lines = [f"<b>{_isolated(thing.name)}</b> {_isolated(thing.other_name)}"]
    if thing.value is not None:
        lines.append(f"{thing.value:.3g}")
    if thing.share is not None:
        lines.append(f"{certainty_word(thing.share, lang)} ({thing.share:.0%})")
    lines += [f"{escape(term)}: {_isolated(text)}" for term, text in thing.told]
    told = f'<div dir="{_direction(lang)}">{"<br>".join(lines)}</div>'
    return {"name": thing.name, "told": told, "style": _style(thing, most)}


def _style(thing: Shown, most: float) -> dict[str, Any]:
    colour = colour_of(thing, most)
    if is_point(thing):
        size = 5 + min(6.0, thing.count**0.5)
        return {"fillColor": colour, "fillOpacity": 0.9, "color": "#ffffff", "weight": 1.5, "radius": size}
    if thing.value is not None:
        return {"fillColor": colour, "fillOpacity": 0.85, "color": EDGE, "weight": 0.6}
    return {"fillColor": colour, "fillOpacity": 0.12, "color": colour, "weight": 1.8, "dashArray": "6 5"}


def _bounds(shown: Sequence[Shown]) -> list[list[float]]:
    positions = [position for thing in shown for position in iter_positions(thing.geometry["coordinates"])]
    if not positions:
        return [[SYRIA.south, SYRIA.west], [SYRIA.north, SYRIA.east]]
    lons, lats = zip(*positions, strict=True)
    return [[min(lats), min(lons)], [max(lats), max(lons)]]


def _isolated(text: str) -> str:
    """Text in a line of another direction, kept in its own."""
    return f"<bdi>{escape(text)}</bdi>" if text else ""


def _direction(lang: str) -> str:
    return "rtl" if lang == "ar" else "ltr"


@cache
def _inlined(name: str, media_type: str) -> str:
    """A file of Leaflet as a data: address."""
    from xstatic.pkg import leaflet  # noqa: PLC0415 - a package without types

    content = Path(leaflet.BASE_DIR, name).read_bytes()
    return f"data:{media_type};base64,{b64encode(content).decode()}"
