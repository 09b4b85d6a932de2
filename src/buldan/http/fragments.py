"""Answers to lookups put together from bytes: a place's feature is written once and kept.

What a match adds (score, reasons, the name that matched) is written for each answer and spliced in at the
end of the properties, the last member of a feature. The answer is that of `buldan.formats.geojson`, only
sooner; a test compares them.
"""

from __future__ import annotations

from collections.abc import Sequence

import orjson

from buldan.formats import geojson
from buldan.formats.geojson.features import DECIMALS
from buldan.lookup import Match
from buldan.model import Place
from buldan.store import Manifest

__all__ = ["Fragments"]

_KEPT = 1 << 14
"""Features, each a place in a language; about 17 MB, every place in one language."""


class Fragments:
    """Writes lookups of one gazetteer."""

    def __init__(self, manifest: Manifest) -> None:
        self._nothing_found = geojson.matches_collection((), manifest, query="")
        self._written: dict[tuple[str, str], bytes] = {}

    def matches(self, matches: Sequence[Match], *, query: str, lang: str) -> bytes:
        """The body of `geojson.matches_collection`."""
        features = b",".join([self._match(match, lang) for match in matches])
        collection = {**self._nothing_found, "query": query, "features": orjson.Fragment(b"[%b]" % features)}
        if matches:
            collection["bbox"] = _bbox(matches)
        return orjson.dumps(collection)

    def place(self, place: Place, *, lang: str, head: dict[str, str]) -> bytes:
        """The body of `geojson.place_feature` with `head` beside it."""
        return self._place(place, lang)[:-1] + b"," + orjson.dumps(head)[1:]

    def _match(self, match: Match, lang: str) -> bytes:
        members = orjson.dumps(geojson.match_members(match))
        return b"%b,%b}" % (self._place(match.place, lang)[:-2], members[1:])

    def _place(self, place: Place, lang: str) -> bytes:
        key = (place.id, lang)
        written = self._written.get(key)
        if written is None:
            if len(self._written) >= _KEPT:
                del self._written[next(iter(self._written))]  # the oldest
            written = self._written[key] = orjson.dumps(geojson.place_feature(place, lang=lang))
        return written


def _bbox(matches: Sequence[Match]) -> list[float]:
    lons = [match.place.lon for match in matches]
    lats = [match.place.lat for match in matches]
    return [round(side, DECIMALS) for side in (min(lons), min(lats), max(lons), max(lats))]
