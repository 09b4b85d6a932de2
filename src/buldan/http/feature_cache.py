"""Make answers to lookups from cached bytes: the feature of a place is written only once.

Parts that differ between answers are written each time and inserted: the name in the language of the request, and the
last properties, of a match (score, reasons, the name that matched) or a distance. The answer is the same as that of
`buldan.formats.geojson`, but faster; a test compares them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import orjson

from buldan.formats import geojson
from buldan.formats.geojson.features import DECIMALS
from buldan.lookup import Match, Nearby, Reason
from buldan.model import Place
from buldan.store import Manifest

__all__ = ["FeatureCache"]

_NAME_SLOT = b"\0"
"""Placeholder of the name while a feature is written: JSON never contains this byte."""

_CLOSE = b"}}"
"""The closing braces of the properties and of the feature."""


class _SerializedFeature(NamedTuple):
    """A feature in two parts: before the name to show, and from there to the last of its properties."""

    before: bytes
    after: bytes

    @classmethod
    def of(cls, place: Place) -> _SerializedFeature:
        feature = geojson.place_feature(place)
        with_slot = feature["properties"] | {"name": orjson.Fragment(_NAME_SLOT)}
        # The placeholder is not escaped, because a Fragment is copied unchanged.
        before, after = orjson.dumps({**feature, "properties": with_slot}).split(_NAME_SLOT)
        return cls(before, after.removesuffix(_CLOSE))


class FeatureCache:
    """Writes places and lookups of one gazetteer; it keeps about 1 kB per place."""

    def __init__(self, manifest: Manifest) -> None:
        self._empty = geojson.collect_places((), manifest)
        self._written: dict[str, _SerializedFeature] = {}

    def write_out(self, places: Iterable[Place]) -> None:
        """Write these places before the first request for them."""
        for place in places:
            self._cut_feature(place, "en")

    def matches(self, matches: Sequence[Match], *, query: str, reasons: Sequence[Reason] = (), lang: str) -> bytes:
        """The body of `geojson.matches_collection`."""
        features = [self._splice(match.place, geojson.match_members(match), lang) for match in matches]
        members: dict[str, Any] = {"query": query}
        if reasons:
            members["reasons"] = geojson.list_reasons(reasons)
        return self._write_collection(features, [match.place for match in matches], **members)

    def nearby(self, nearby: Sequence[Nearby], *, lang: str) -> bytes:
        """The body of `geojson.nearby_collection`."""
        features = [self._splice(found.place, geojson.list_nearby_members(found), lang) for found in nearby]
        return self._write_collection(features, [found.place for found in nearby])

    def place(self, place: Place, *, lang: str, head: dict[str, str]) -> bytes:
        """The body of `geojson.place_feature` with the members of `head` added."""
        return b"%b%b%b},%b" % (*self._cut_feature(place, lang), orjson.dumps(head)[1:])

    def _write_collection(self, features: list[bytes], places: Sequence[Place], **members: Any) -> bytes:
        written = orjson.Fragment(b"[%b]" % b",".join(features))
        if places:
            members["bbox"] = _get_bbox(places)
        return orjson.dumps({**self._empty, "features": written, **members})

    def _splice(self, place: Place, members: geojson.PlaceProperties, lang: str) -> bytes:
        return b"%b%b%b,%b}" % (*self._cut_feature(place, lang), orjson.dumps(members)[1:])

    def _cut_feature(self, place: Place, lang: str) -> tuple[bytes, bytes, bytes]:
        """A feature in three pieces without its end: before the name, the name, and after the name."""
        # No lock is needed: two threads that write a place at the same time write the same bytes.
        written = self._written.get(place.id)
        if written is None:
            written = self._written[place.id] = _SerializedFeature.of(place)
        return written.before, orjson.dumps(place.name(lang)), written.after


def _get_bbox(places: Sequence[Place]) -> list[float]:
    lons, lats = [place.lon for place in places], [place.lat for place in places]
    return [round(side, DECIMALS) for side in (min(lons), min(lats), max(lons), max(lats))]
