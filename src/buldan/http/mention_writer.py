"""Write the mentions of a text as the bytes of a collection; the facts of a place are written once and cached.

A report names the same towns many times, each with about four hundred values: writing them each time took almost as
long as reading the text. Only the members of the mention are written each time, and joined with the cached bytes.
The answer is the same as that of `buldan.formats.geojson`, but faster; a test compares them byte by byte.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import orjson

from buldan.formats import geojson
from buldan.formats.geojson.features import RoundedOutline, keep_outline, point
from buldan.geometry import Bounds
from buldan.geoparse import Alternative, Mention, Relation
from buldan.geoparse.results import Outline
from buldan.model import Place
from buldan.store import Manifest

__all__ = ["MentionWriter"]

_KEPT = 8_192
"""Maximum number of places, of alternatives and of derived areas in the cache; all together need about 20 MB.

Most mentions are of a few thousand settlements.
"""


class _Written(NamedTuple):
    """The cached parts of a place: its point, and its properties in three pieces, because a relation replaces one.

    Attributes:
        point: the geometry.
        lon_lat: the same, as numbers.
        before, position, after: members of the properties; `position` is replaced by that of a relation.
    """

    point: bytes
    lon_lat: tuple[float, float]
    before: bytes
    position: bytes
    after: bytes


class MentionWriter:
    """Writes the mentions of one gazetteer, from any thread."""

    def __init__(self, manifest: Manifest) -> None:
        self._empty = geojson.collect_mentions((), manifest)
        self._place = lru_cache(_KEPT)(_write_place)
        self._alternative = lru_cache(_KEPT)(_write_alternative)
        self._drawing = lru_cache(_KEPT)(_draw)

    def write(self, mentions: Sequence[Mention], *, lang: str, **members: Any) -> bytes:
        """The body of `geojson.mentions_collection`, one feature per mention, with `members` at its end."""
        # Bytes, because the parts are only joined once at the end.
        features: list[bytes] = []
        corners: list[tuple[float, float]] = []
        for mention in mentions:
            features.append(self._write_feature(mention, lang, corners))
        box = {"bbox": list(Bounds.around(corners))} if corners else {}
        written = orjson.Fragment(b"[%b]" % b",".join(features))
        return orjson.dumps({**self._empty, "features": written, **box, **members})

    def _write_feature(self, mention: Mention, lang: str, corners: list[tuple[float, float]]) -> bytes:
        """The feature of a mention; adds the corners of a box around it to `corners`."""
        place, relation = mention.place, mention.relation
        area = self._write_area(relation) if relation else None
        drawn: Any = orjson.Fragment(area.written) if area else None
        own_members = geojson.list_members(mention, lang, write_alternative=self._shape_alternative, area=drawn)
        # Without its closing brace: the members of the place follow in the same object.
        properties = orjson.dumps(own_members)[:-1]
        if place is None:
            return b'{"type":"Feature","id":"%d-%d","geometry":null,"properties":%b}}' % (*mention[:2], properties)
        known = self._place(place, lang)
        geometry, position = known.point, known.position
        if relation and area:
            geometry, (west, south, east, north) = area.written, area.bounds
            corners += ((west, south), (east, north))
            position = _dump_members({"lon": relation.lon, "lat": relation.lat, "radius_km": relation.radius_km})
        else:
            corners.append(known.lon_lat)
        return b'{"type":"Feature","id":"%d-%d","geometry":%b,"properties":%b,%b,%b,%b}}' % (
            *(mention.start, mention.end),
            *(geometry, properties, known.before, position, known.after),
        )

    def _write_area(self, relation: Relation) -> RoundedOutline:
        outline = relation.outline
        # The cache compares shapes by value: the same circle is found even if each text makes it again.
        return self._drawing(outline) if isinstance(outline, Outline) else keep_outline(outline)

    def _shape_alternative(self, alternative: Alternative, lang: str) -> Any:
        confidence = orjson.dumps(round(alternative.confidence, 4))
        return orjson.Fragment(b"%b%b}" % (self._alternative(alternative.place, lang), confidence))


_POSITION = ("lon", "lat", "radius_km")
"""Properties next to each other that come from the derived area if the text describes one relative to the place."""


def _write_place(place: Place, lang: str) -> _Written:
    properties = geojson.place_properties(place, lang)
    # In the order of the format, where these three follow each other: all before them, the three, all after them.
    names = list(properties)
    first, last = names.index(_POSITION[0]), names.index(_POSITION[-1]) + 1
    before, position, after = (
        _dump_members({name: properties[name] for name in part})  # type: ignore[literal-required]
        for part in (names[:first], names[first:last], names[last:])
    )
    lon_lat = properties["lon"], properties["lat"]
    return _Written(orjson.dumps(point(*lon_lat)), lon_lat, before, position, after)


def _write_alternative(place: Place, lang: str) -> bytes:
    """The bytes of an alternative up to its confidence."""
    return orjson.dumps(geojson.make_alternative(Alternative(place, 0.0), lang)).removesuffix(b"0.0}")


def _draw(outline: Outline) -> RoundedOutline:
    return RoundedOutline(outline.draw(*outline.values))


def _dump_members(members: Mapping[str, Any]) -> bytes:
    """`{"lon":36.3}` without its braces."""
    return orjson.dumps(members)[1:-1]
