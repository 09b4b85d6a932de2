"""A text with its places highlighted, beside a map: one page that needs nothing from anywhere.

The map is drawn in SVG from the outlines given; every word of the text and of the gazetteer is escaped.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Sequence
from hashlib import sha256
from html import escape
from typing import TYPE_CHECKING, Any

from buldan.geometry import Bounds

if TYPE_CHECKING:
    from buldan.geoparse import Mention
    from buldan.model import Geometry, Place
    from buldan.store import Manifest

__all__ = ["STYLE_SHA256", "mentions_page"]

_WIDTH = 640.0
_MARGIN_DEG = 0.15
_STRETCH = 1.22
"""How much longer a degree north is than a degree east in the middle of Syria."""

_NARROWEST, _FLATTEST = 0.8, 0.5
"""Width beside height, and height beside width, that a map has at least."""

_STYLE = """
:root { color-scheme: light dark; --ink: #1d2433; --paper: #fbfaf7; --mark: #ffe3a3; --line: #b9b2a3; --dot: #b3261e }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8e4da; --paper: #16181d; --mark: #5c4a12; --line: #5d594f; --dot: #ff8a80 }
}
body { margin: 0; color: var(--ink); background: var(--paper) }
body { font: 1.05rem/1.9 system-ui, "Noto Sans Arabic", sans-serif }
main { display: grid; grid-template-columns: minmax(0, 3fr) minmax(16rem, 2fr); gap: 1.5rem }
main { max-width: 80rem; margin: auto; padding: 1.5rem }
@media (max-width: 50rem) { main { grid-template-columns: 1fr } }
article { white-space: pre-wrap; overflow-wrap: anywhere }
mark { background: var(--mark); color: inherit; border-radius: .25em; padding: 0 .15em }
mark.foreign { background: none; border-bottom: 1px dotted }
mark:target { outline: 2px solid var(--dot) }
aside { position: sticky; top: 1rem; align-self: start }
svg { direction: ltr; width: 100%; height: auto; max-height: 85vh; border: 1px solid var(--line); border-radius: .5rem }
svg .land { fill: none; stroke: var(--line); stroke-width: 1 }
svg .area { fill: var(--dot); fill-opacity: .12; stroke: var(--dot); stroke-width: .6 }
svg .area.line { fill: none; stroke-width: 2 }
svg circle { fill: var(--dot); fill-opacity: .75 }
svg text { font-size: 15px; fill: currentColor; paint-order: stroke; stroke: var(--paper); stroke-width: 3px }
ul { padding-inline-start: 1.2rem; font-size: .9rem; line-height: 1.6 } footer { font-size: .8rem; opacity: .75 }
"""

STYLE_SHA256 = b64encode(sha256(_STYLE.encode()).digest()).decode()
"""Of the page's one style sheet, for a Content-Security-Policy that lets in no other."""


def mentions_page(
    text: str, mentions: Sequence[Mention], manifest: Manifest, *, title: str = "", outline: Geometry | None = None
) -> str:
    """An HTML page: the text with its mentions marked, a map of their places, and who made the data.

    Args:
        text: as it was read; offsets of the mentions are code points into it.
        mentions: in the order of the text; one that begins inside another is not marked again.
        manifest: of the gazetteer.
        title: of the page; the first words of the text where empty.
        outline: of the country, to draw behind the points.
    """
    heading = escape(title or " ".join(text.split()[:8]) or "Buldan")
    arabic = sum("\u0600" <= letter <= "\u06ff" for letter in text[:2000]) > len(text[:2000]) / 3
    lang, direction = ("ar", "rtl") if arabic else ("en", "ltr")
    return (
        f'<!doctype html>\n<html lang="{lang}" dir="{direction}">\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{heading}</title>\n<style>{_STYLE}</style>\n<main>\n"
        f'<article dir="auto">{_marked(text, mentions)}</article>\n'
        f"<aside>{_map(mentions, outline, lang)}\n<ul>{''.join(_items(mentions, lang))}</ul>\n"
        f'<footer dir="ltr">{escape(manifest.attribution)} ({escape(manifest.version)})</footer></aside>\n'
        "</main>\n</html>\n"
    )


def _marked(text: str, mentions: Iterable[Mention]) -> str:
    pieces, copied = [], 0
    for number, mention in enumerate(mentions):
        if mention.start < copied:
            continue
        pieces.append(escape(text[copied : mention.start]))
        pieces.append(f'<mark id="m{number}"{_attributes(mention)}>{escape(text[mention.start : mention.end])}</mark>')
        copied = mention.end
    pieces.append(escape(text[copied:]))
    return "".join(pieces)


def _attributes(mention: Mention) -> str:
    if mention.place is None:
        return ' class="foreign" title="outside Syria"'
    place = mention.place
    names = " · ".join(filter(None, (place.name_en, place.name_ar, place.kind, place.pcode or "")))
    return f' title="{escape(names)} ({mention.confidence:.2f})"'


def _places(mentions: Iterable[Mention]) -> dict[str, tuple[Place, list[int]]]:
    """Places by id, each with the numbers of its mentions."""
    places: dict[str, tuple[Place, list[int]]] = {}
    for number, mention in enumerate(mentions):
        if mention.place is not None:
            places.setdefault(mention.place.id, (mention.place, []))[1].append(number)
    return places


def _items(mentions: Sequence[Mention], lang: str) -> Iterable[str]:
    for place, numbers in _places(mentions).values():
        links = " ".join(f'<a href="#m{number}">{position}</a>' for position, number in enumerate(numbers, start=1))
        kind = escape(f"{place.kind} {place.pcode or ''}")
        yield f"<li>{escape(place.name(lang))} <small>{kind}</small> {links}</li>"


def _map(mentions: Sequence[Mention], outline: Geometry | None, lang: str) -> str:
    """The points of all places, and the outlines of what is described relative to them."""
    places = [place for place, _ in _places(mentions).values()]
    areas = [mention.relation.area for mention in mentions if mention.relation]
    corners = [*((place.lon, place.lat) for place in places), *(point for area in areas for point in _points(area))]
    if not corners:
        return ""
    west, south, east, north = _frame(corners)
    scale = _WIDTH / (east - west)
    height = (north - south) * scale * _STRETCH

    def at(lon: float, lat: float) -> tuple[float, float]:
        return round((lon - west) * scale, 1), round((north - lat) * scale * _STRETCH, 1)

    drawn = [f'<svg viewBox="0 0 {_WIDTH:.0f} {height:.0f}" role="img" dir="ltr" aria-label="map">']
    drawn += [_path(area, at, "land") for area in ([outline] if outline else [])]
    drawn += [_path(area, at, "area") for area in areas]
    for place in places:
        x, y = at(place.lon, place.lat)
        drawn.append(
            f'<circle cx="{x}" cy="{y}" r="5"/><text x="{x + 8}" y="{y + 5}">{escape(place.name(lang))}</text>'
        )
    return "".join([*drawn, "</svg>"])


def _frame(corners: Sequence[tuple[float, float]]) -> Bounds:
    """A box around all corners, neither so tall nor so flat that what it shows would be small."""
    lons, lats = zip(*corners, strict=True)
    wide, tall = max(lons) - min(lons), (max(lats) - min(lats)) * _STRETCH
    east = (max(wide, tall * _NARROWEST) - wide) / 2 + _MARGIN_DEG
    north = (max(tall, wide * _FLATTEST) - tall) / 2 / _STRETCH + _MARGIN_DEG
    return Bounds(min(lons) - east, min(lats) - north, max(lons) + east, max(lats) + north)


def _points(geometry: Geometry) -> Iterable[tuple[float, float]]:
    def walk(part: Any) -> Iterable[tuple[float, float]]:
        if part and isinstance(part[0], (int, float)):
            yield part[0], part[1]
        else:
            for inner in part:
                yield from walk(inner)

    return walk(geometry["coordinates"])


def _path(geometry: Geometry, at: Any, style: str) -> str:
    """The rings of a polygon or several, or a line, as one path."""
    if geometry["type"] == "LineString":
        return f'<path class="{style} line" d="{_steps(geometry["coordinates"], at)}"/>'
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    steps = (_steps(ring, at) + "Z" for polygon in polygons for ring in polygon)
    return f'<path class="{style}" fill-rule="evenodd" d="{"".join(steps)}"/>'


def _steps(positions: Any, at: Any) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in (at(*point[:2]) for point in positions))
