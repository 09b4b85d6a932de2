"""Interactive maps: folium, with Leaflet written into the map, so that it works without a network.

folium's own maps load Leaflet, jQuery and Bootstrap from three hosts. `OfflineMap` is a subclass of `folium.Map`, so
that everything for folium (`GeoDataFrame.explore(m=…)`, plugins) accepts it.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import folium
from branca.element import MacroElement
from jinja2 import Template

from buldan.explore.ground import BORDER, EDGE, HALO, INK, LAND, QUARTER, ROAD, SEA, SOFT_INK, WATER, Ground
from buldan.explore.legend import Legend, choose_colour, make_legend, word_certainty
from buldan.explore.shown import Shown, is_point
from buldan.geometry import SYRIA, Bounds, iter_positions
from buldan.model import Geometry, Place

__all__ = ["OfflineMap", "explore"]

_STYLE = f"""
.leaflet-container {{ background: {SEA}; font: 13px/1.5 system-ui, "Noto Sans Arabic", Tahoma, sans-serif }}
.leaflet-tooltip.town, .leaflet-tooltip.named {{
  padding: 0; border: 0; background: none; box-shadow: none; color: {INK}; font-weight: 600;
  text-shadow: 0 0 2px {HALO}, 0 0 3px {HALO}, 0 0 4px {HALO} }}
.leaflet-tooltip.town {{ color: {SOFT_INK} }}
.leaflet-tooltip.town::before, .leaflet-tooltip.named::before {{ display: none }}
.leaflet-tooltip td {{ padding: 0 }}
.leaflet-container .leaflet-control-attribution {{ max-width: 70vw; font-size: 10px; color: {SOFT_INK} }}
.leaflet-attribution-flag {{ display: none !important }}
.legend {{ position: absolute; z-index: 1000; right: 12px; bottom: 48px; padding: 6px 12px; border-radius: 8px;
  background: {HALO}; color: {INK}; font: 13px/1.7 system-ui, "Noto Sans Arabic", Tahoma, sans-serif;
  box-shadow: 0 1px 4px #0003 }}
.map-title {{ position: absolute; z-index: 1000; top: 12px; left: 56px; right: 56px; text-align: center;
  font: 600 17px/1.5 system-ui, "Noto Sans Arabic", Tahoma, sans-serif; color: {INK}; pointer-events: none;
  text-shadow: 0 0 3px {HALO}, 0 0 4px {HALO}, 0 0 5px {HALO} }}
.legend i {{ display: inline-block; width: 11px; height: 11px; margin-inline-end: 7px; border-radius: 3px }}
"""


class OfflineMap(folium.Map):
    """A `folium.Map` that loads nothing from the network."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"tiles": None, "prefer_canvas": True, "zoom_snap": 0.25, **options})
        self.default_js = [("leaflet", _inline("leaflet.js", "text/javascript"))]
        self.default_css = [("leaflet_css", _inline("leaflet.css", "text/css"))]


def explore(
    shown: Sequence[Shown],
    ground: Ground,
    *,
    lang: str = "en",
    value: str | None = None,
    title: str = "",
    attribution: str = "",
) -> OfflineMap:
    """A map of items over the land, zoomed to show all of them, with a description of each on hover.

    Args:
        shown: the items; without any, the map shows only the land.
        ground: the land.
        lang: `ar` or `en`, for names and words.
        value: the name of the amounts, for the legend; None if there are none.
        title: written above the map.
        attribution: the source of the data, written in a corner.
    """
    made = OfflineMap(control_scale=True)
    _add_html(made, f"<style>{_STYLE}</style>")
    most = max((thing.value or 0 for thing in shown), default=0)
    amounts = [thing for thing in shown if not is_point(thing) and thing.value is not None]
    areas = [thing for thing in shown if not is_point(thing) and thing.value is None]
    _add_land(made, ground.land, attribution, fillColor=LAND, fillOpacity=1, color=EDGE, weight=2)
    _add_things(made, amounts, lang, most)
    _add_land(made, ground.borders, attribution, fill=False, color=BORDER, weight=1.2)
    _add_land(made, ground.waters, attribution, fillColor=WATER, fillOpacity=0.9, color=WATER, weight=1.6)
    bounds = _get_bounds(shown)
    roads = _add_land(made, ground.roads, attribution, fill=False, color=ROAD, weight=1.3, dashArray="1 4")
    near = [place for place in ground.quarters if _is_near(place, bounds)] if shown else []
    quarters = _add_land(made, near, attribution, fill=False, color=QUARTER, weight=0.9)
    _add_things(made, areas, lang, most)
    points = [thing for thing in shown if is_point(thing)]
    _add_things(made, points, lang, most)
    for label in _iter_labels(points, ground.cities, lang):
        label.add_to(made)
    _Arranged({roads: _ROADS_FROM, quarters: _QUARTERS_FROM}).add_to(made)
    if title:
        _add_html(made, f'<div class="map-title" dir="auto">{escape(title)}</div>')
    _add_legend(made, make_legend(shown, lang=lang, value=value), lang)
    made.fit_bounds(bounds, max_zoom=12, padding=(24, 24))
    return made


def _add_html(made: OfflineMap, html: str) -> None:
    page: Any = made.get_root()
    page.html.add_child(folium.Element(html))


def _add_land(made: OfflineMap, places: Sequence[Place], attribution: str, **style: Any) -> str:
    """Add outlines without a description; return the name of their layer in the script, empty without outlines."""
    if not places:
        return ""
    layer = folium.GeoJson(
        _make_collection((place.area or {}, {}) for place in places),
        style_function=lambda _: style,
        interactive=False,
        attribution=escape(attribution),
    )
    layer.add_to(made)
    name: str = layer.get_name()
    return name


def _is_near(place: Place, bounds: list[list[float]]) -> bool:
    (south, west), (north, east) = bounds
    return south - _NEAR < place.lat < north + _NEAR and west - _NEAR < place.lon < east + _NEAR


_NEAR = 0.15  # degrees around the items within which quarters are drawn
_ROADS_FROM, _QUARTERS_FROM = 7.5, 11.5  # zooms from which they are shown, since below they crowd the map


class _Arranged(MacroElement):
    """Shows each layer from its zoom on, and of overlapping names only the first."""

    _template = Template(
        """
{% macro script(this, kwargs) %}
(function (map, layers) {
  function arrange() {
    layers.forEach(function ([layer, from]) {
      if (map.getZoom() >= from) map.addLayer(layer);
      else map.removeLayer(layer);
    });
    const taken = [];
    map.getPane("tooltipPane").querySelectorAll(".town, .named").forEach(function (name) {
      name.style.visibility = "";
      const box = name.getBoundingClientRect();
      const covers = taken.some((other) => box.left < other.right && other.left < box.right
        && box.top < other.bottom && other.top < box.bottom);
      if (covers) name.style.visibility = "hidden";
      else taken.push(box);
    });
  }
  map.on("zoomend moveend", arrange);
  map.whenReady(() => setTimeout(arrange));
})({{ this._parent.get_name() }}, [{% for layer, zoom in this.layers.items() %}[{{ layer }}, {{ zoom }}],{% endfor %}]);
{% endmacro %}
"""
    )

    def __init__(self, layers: dict[str, float]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Arranged"
        self.layers = {layer: zoom for layer, zoom in layers.items() if layer}


def _add_things(made: OfflineMap, things: Sequence[Shown], lang: str, most: float) -> None:
    if not things:
        return
    folium.GeoJson(
        _make_collection((thing.geometry, _get_properties(thing, lang, most)) for thing in things),
        style_function=lambda feature: feature["properties"]["style"],
        highlight_function=lambda _: {"weight": 4},
        marker=folium.CircleMarker(fill=True),
        tooltip=folium.GeoJsonTooltip(["facts"], labels=False, sticky=False),
    ).add_to(made)


def _add_legend(made: OfflineMap, legend: Legend, lang: str) -> None:
    if not legend.entries:
        return
    title = f"<div>{escape(legend.title)}</div>" if legend.title else ""
    lines = (f'<div><i style="background:{colour}"></i>{escape(words)}</div>' for colour, words in legend.entries)
    _add_html(made, f'<div class="legend" dir="{_get_direction(lang)}">{title}{"".join(lines)}</div>')


def _iter_labels(points: Sequence[Shown], cities: Sequence[Place], lang: str) -> Iterator[folium.CircleMarker]:
    """Names that are always visible: of the items, the most mentioned first, then of large cities."""
    drawn = set()
    for thing in sorted(points, key=lambda thing: (-thing.count, -(thing.share or 0)))[:_MOST_NAMES]:
        lon, lat = thing.geometry["coordinates"][:2]
        drawn.add(thing.name)
        yield _make_label(lon, lat, thing.name, "named", radius=0.1, opacity=0)
    for town in cities:
        if town.name(lang) not in drawn:
            yield _make_label(*town.point, town.name(lang), "town", radius=2.5, color=INK, weight=1, fill_color="#fff")


_MOST_NAMES = 150  # maximum number of names on the map: more would overlap


def _make_label(lon: float, lat: float, words: str, style: str, **point: Any) -> folium.CircleMarker:
    """A point with its name above it. The browser joins and orders Arabic letters."""
    name = folium.Tooltip(_isolate(words), sticky=False, permanent=True, direction="top", class_name=style)
    return folium.CircleMarker((lat, lon), fill=True, fill_opacity=1, interactive=False, tooltip=name, **point)


def _make_collection(pairs: Iterable[tuple[Geometry, dict[str, Any]]]) -> dict[str, Any]:
    features = [
        {"type": "Feature", "id": str(at), "geometry": dict(geometry), "properties": properties}
        for at, (geometry, properties) in enumerate(pairs)
    ]
    return {"type": "FeatureCollection", "features": features}


def _get_properties(thing: Shown, lang: str, most: float) -> dict[str, Any]:
    lines = [f"<b>{_isolate(thing.name)}</b> {_isolate(thing.other_name)}"]
    if thing.value is not None:
        lines.append(f"{thing.value:.3g}")
    if thing.share is not None:
        lines.append(f"{word_certainty(thing.share, lang)} ({thing.share:.0%})")
    lines += [f"{escape(term)}: {_isolate(text)}" for term, text in thing.facts]
    facts = f'<div dir="{_get_direction(lang)}">{"<br>".join(lines)}</div>'
    return {"name": thing.name, "facts": facts, "style": _choose_style(thing, most)}


def _choose_style(thing: Shown, most: float) -> dict[str, Any]:
    colour = choose_colour(thing, most)
    if is_point(thing):
        size = 5 + min(6.0, thing.count**0.5)
        return {"fillColor": colour, "fillOpacity": 0.9, "color": "#ffffff", "weight": 1.5, "radius": size}
    if thing.value is not None:
        return {"fillColor": colour, "fillOpacity": 0.85, "color": EDGE, "weight": 0.6}
    return {"fillColor": colour, "fillOpacity": 0.12, "color": colour, "weight": 1.8, "dashArray": "6 5"}


def _get_bounds(shown: Sequence[Shown]) -> list[list[float]]:
    positions = [position for thing in shown for position in iter_positions(thing.geometry["coordinates"])]
    if not positions:
        return [[SYRIA.south, SYRIA.west], [SYRIA.north, SYRIA.east]]
    box = Bounds.around(positions)
    return [[box.south, box.west], [box.north, box.east]]


def _isolate(text: str) -> str:
    """HTML of a text that keeps its own direction in a line of the other direction."""
    return f"<bdi>{escape(text)}</bdi>" if text else ""


def _get_direction(lang: str) -> str:
    return "rtl" if lang == "ar" else "ltr"


@cache
def _inline(name: str, media_type: str) -> str:
    """A file of Leaflet as a `data:` URL."""
    from xstatic.pkg import leaflet  # noqa: PLC0415 - a package without types

    content = Path(leaflet.BASE_DIR, name).read_bytes()
    return f"data:{media_type};base64,{b64encode(content).decode()}"
