"""The collections of OGC API – Features for a gazetteer."""

from __future__ import annotations

from collections.abc import Iterable

from buldan.describe import extent
from buldan.errors import PlaceNotFound
from buldan.formats.ogc import ALL_PLACES, OUTLINED, Collection, list_collections
from buldan.gazetteer import Gazetteer
from buldan.geometry import SYRIA, Bounds
from buldan.http.facades.parts import COUNTRY_ID
from buldan.kinds import get_kind
from buldan.model import Place

__all__ = ["collections_in"]


def collections_in(gaz: Gazetteer) -> dict[str, Collection]:
    """All places, then one collection for each kind that has places, each with the box of its features."""
    counts = gaz.counts()
    whole = _get_country_box(gaz)
    boxes = {
        kind: whole if kind in OUTLINED else _get_box(gaz.browse(kinds=[get_kind(kind)], limit=count).places)
        for kind, count in counts.items()
    }
    boxes[ALL_PLACES] = _get_box(gaz.browse(limit=sum(counts.values())).places)
    return list_collections(counts, boxes)


def _get_country_box(gaz: Gazetteer) -> Bounds:
    """The box around the outlines of all units, which is that of the country."""
    try:
        return extent(gaz.place(COUNTRY_ID))
    except PlaceNotFound:
        return SYRIA


def _get_box(places: Iterable[Place]) -> Bounds:
    """The box around the points of at least one place."""
    return Bounds.around((round(place.lon, 5), round(place.lat, 5)) for place in places)
