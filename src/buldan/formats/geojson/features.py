"""Features and collections: their shapes, what travels with them, and their geometry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any, Literal, NotRequired, TypedDict

import numpy as np

from buldan.geometry import Bounds, iter_positions
from buldan.model import Geometry
from buldan.store import Manifest

__all__ = ["DECIMALS", "Collection", "Feature", "Shape", "bbox_of", "collection_of", "point", "rounded"]

Shape = Literal["point", "area"]
"""What the geometry of a feature is: the point, or the outline where there is one."""

DECIMALS = 5
"""Of a coordinate in degrees: about a metre."""


class Feature(TypedDict):
    """One place, match or mention."""

    type: Literal["Feature"]
    id: str
    bbox: NotRequired[list[float]]
    geometry: Geometry | None
    properties: dict[str, Any]


class Collection(TypedDict):
    """Features, with what must travel with them."""

    type: Literal["FeatureCollection"]
    bbox: NotRequired[list[float]]
    version: str
    attribution: str
    licence: str
    query: NotRequired[str]
    features: list[Feature]


def collection_of(features: list[Feature], manifest: Manifest, *, query: str | None = None) -> Collection:
    """A FeatureCollection with version, attribution, licence, and a box where anything is located."""
    made: Collection = {
        "type": "FeatureCollection",
        "version": manifest.version,
        "attribution": manifest.attribution,
        "licence": manifest.licence,
        "features": features,
    }
    if query is not None:
        made["query"] = query
    if any(feature["geometry"] for feature in features):
        made["bbox"] = bbox_of(features)
    return made


def point(lon: float, lat: float) -> Geometry:
    """A Point."""
    return {"type": "Point", "coordinates": [round(lon, DECIMALS), round(lat, DECIMALS)]}


def rounded(geometry: Geometry) -> Geometry:
    """The geometry to so many decimals."""
    return {**geometry, "coordinates": _rounded_positions(geometry["coordinates"])}


def _rounded_positions(value: Any) -> Any:
    """Positions of two numbers, nested as they were; a height is left out."""
    if isinstance(value[0], int | float):
        return [round(part, DECIMALS) for part in value[:2]]
    if isinstance(value[0][0], int | float):
        # Outlines have hundreds of corners: a ring of them is one array, not a call for each number.
        return np.round(np.array([position[:2] for position in value], dtype=float), DECIMALS).tolist()
    return [_rounded_positions(part) for part in value]


def bbox_of(features: Iterable[Mapping[str, Any]]) -> list[float]:
    """[west, south, east, north] of all geometries; there must be one."""
    geometries = (feature["geometry"] for feature in features)
    positions = (iter_positions(geometry["coordinates"]) for geometry in geometries if geometry)
    return list(Bounds.around(chain.from_iterable(positions)))
