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

from buldan.explore.ground import BORDER, EDGE, INK, LAND, SEA, WATER, Ground, shade
from buldan.explore.shown import Shown, certainty_of, is_point
from buldan.model import Geometry, Place

__all__ = ["OfflineMap", "explore"]

_SYRIA = ((32.2, 35.5), (37.4, 42.5))
_ACCENT = "#0b655f"


class OfflineMap(folium.Map):
    """A `folium.Map` that loads nothing from anywhere."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"tiles": None, "prefer_canvas": True, "zoom_snap": 0.25, **options})
        self.default_js = [("leaflet", _inlined("leaflet.js", "text/javascript"))]
        self.default_css = [("leaflet_css", _inlined("leaflet.css", "text/css"))]


def explore(shown: Sequence[Shown], ground: Ground, *, lang: str = "en", attribution: str = "") -> OfflineMap:
    """A map of things over the land, in view of all of them; pointing at one tells of it.

    Args:
        shown: what to show; nothing gives the land alone.
        ground: the land.
        lang: `ar` or `en`, for names.
        attribution: whose data it is, written in a corner.
    """
    made = OfflineMap(attr=attribution)
    made.get_root().html.add_child(folium.Element(f"<style>.leaflet-container{{background:{SEA}}}</style>"))  # type: ignore[attr-defined]
    _add_ground(made, ground, lang)
    most = max((thing.value or 0 for thing in shown), default=0)
    areas = [thing for thing in shown if not is_point(thing)]
    points = [thing for thing in shown if is_point(thing)]
    for things in (areas, points):
        if things:
            _layer(things, lang, most).add_to(made)
    made.fit_bounds(_bounds(shown), max_zoom=12, padding=(20, 20))
    if attribution:
        note = f'<div style="font:11px sans-serif;color:#5a5f63;padding:2px 6px">{escape(attribution)}</div>'
        made.get_root().html.add_child(folium.Element(note))  # type: ignore[attr-defined]
    return made


def _add_ground(made: OfflineMap, ground: Ground, lang: str) -> None:
    styles = (
        (ground.land, {"fillColor": LAND, "fillOpacity": 1, "color": EDGE, "weight": 2}),
        (ground.borders, {"fill": False, "color": BORDER, "weight": 1.2}),
        (ground.waters, {"fillColor": WATER, "fillOpacity": 0.9, "color": WATER, "weight": 1.6}),
    )
    for places, style in styles:
        if places:
            collection = _collection((place.area or {}, {}) for place in places)
            folium.GeoJson(collection, style_function=lambda _, style=style: style, interactive=False).add_to(made)  # type: ignore[misc]
    for city in ground.cities:
        _city(city, lang).add_to(made)


def _city(place: Place, lang: str) -> folium.Marker:
    words = escape(place.name(lang))
    label = (
        f'<div dir="auto" style="font:600 12px sans-serif;color:{INK};white-space:nowrap;'
        f'text-shadow:0 0 3px #fff,0 0 3px #fff;transform:translate(-50%,-160%);width:max-content">{words}</div>'
    )
    icon = folium.DivIcon(html=label, icon_size=(0, 0))
    return folium.Marker((place.lat, place.lon), icon=icon, interactive=False, keyboard=False)


def _layer(things: Sequence[Shown], lang: str, most: float) -> folium.GeoJson:
    collection = _collection((thing.geometry, _properties(thing, lang, most)) for thing in things)
    return folium.GeoJson(
        collection,
        style_function=lambda feature: feature["properties"]["style"],
        highlight_function=lambda _: {"weight": 4},
        marker=folium.CircleMarker(),
        tooltip=folium.GeoJsonTooltip(["told"], labels=False, sticky=False),
    )


def _collection(pairs: Iterable[tuple[Geometry, dict[str, Any]]]) -> dict[str, Any]:
    features = [
        {"type": "Feature", "id": str(at), "geometry": dict(geometry), "properties": properties}
        for at, (geometry, properties) in enumerate(pairs)
    ]
    return {"type": "FeatureCollection", "features": features}


def _properties(thing: Shown, lang: str, most: float) -> dict[str, Any]:
    name = thing.name_ar if lang == "ar" and thing.name_ar else thing.name
    other = thing.name if name == thing.name_ar else thing.name_ar
    lines = [f"<b>{escape(name)}</b> {escape(other)}"]
    if thing.value is not None:
        lines.append(f"{thing.value:g}")
    if thing.share is not None:
        lines.append(f"{certainty_of(thing.share)[0]} ({thing.share:.0%})")
    lines += [f"{escape(term)}: {escape(text)}" for term, text in thing.told]
    return {"name": name, "told": f'<div dir="auto">{"<br>".join(lines)}</div>', "style": _style(thing, most)}


def _style(thing: Shown, most: float) -> dict[str, Any]:
    if thing.value is not None:
        return {"fillColor": shade(thing.value, most), "fillOpacity": 0.85, "color": EDGE, "weight": 0.6}
    colour = _ACCENT if thing.share is None else certainty_of(thing.share)[1]
    if is_point(thing):
        size = 5 + min(6.0, thing.count**0.5)
        return {"fillColor": colour, "fillOpacity": 0.9, "color": "#ffffff", "weight": 1.5, "radius": size}
    return {"fillColor": colour, "fillOpacity": 0.12, "color": colour, "weight": 1.8, "dashArray": "6 5"}


def _bounds(shown: Sequence[Shown]) -> list[list[float]]:
    positions = [position for thing in shown for position in _positions(thing.geometry["coordinates"])]
    if not positions:
        return [list(corner) for corner in _SYRIA]
    lons, lats = zip(*positions, strict=True)
    return [[min(lats), min(lons)], [max(lats), max(lons)]]


def _positions(value: Any) -> Iterable[tuple[float, float]]:
    if isinstance(value[0], int | float):
        yield value[0], value[1]
    else:
        for part in value:
            yield from _positions(part)


@cache
def _inlined(name: str, media_type: str) -> str:
    """A file of Leaflet as a data: address."""
    from xstatic.pkg import leaflet  # noqa: PLC0415 - a package without types

    content = Path(leaflet.BASE_DIR, name).read_bytes()
    return f"data:{media_type};base64,{b64encode(content).decode()}"
