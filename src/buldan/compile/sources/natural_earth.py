"""Natural Earth 1:10m: rivers in sections, lakes, a peak.

The sections of a river have different names, and become one river (`tables/waters.tsv`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from shapely import box, line_merge, union_all
from shapely.geometry.base import BaseGeometry

from buldan.compile.names import make_name
from buldan.compile.reading import features, need, read_geometry
from buldan.compile.record import SourceRecord
from buldan.compile.tables import read_table
from buldan.errors import SourceError
from buldan.geometry import SYRIA
from buldan.model import Name

__all__ = ["read_waters"]

_FILES = (
    "ne_10m_rivers_lake_centerlines_syria",
    "ne_10m_lakes_syria",
    "ne_10m_geography_regions_elevation_points_syria",
)


def read_waters(sources: Path) -> Iterator[SourceRecord]:
    """Rivers, lakes and the peak, each only once.

    Raises:
        SourceError: a file is missing, damaged, of another layout, or names a water that is not in the table.
    """
    table = {name: (key, kind, lang) for name, key, kind, lang, _ in read_table("waters")}
    parts: defaultdict[tuple[str, str], list[BaseGeometry]] = defaultdict(list)
    names: defaultdict[str, dict[Name, None]] = defaultdict(dict)
    for stem in _FILES:
        path = sources / "natural-earth" / f"{stem}.geojson"
        for feature in features(path):
            properties = need(feature, "properties", path=path, where="a feature")
            texts = [text for text in (properties.get("name_alt"), properties.get("name")) if text]
            if not texts or any(text not in table for text in texts):
                raise SourceError(f"unknown water {texts}; add it to tables/waters.tsv", path=path)
            for text in texts:
                key, kind, lang = table[text]
                name = make_name(text, lang, sources=["naturalearth"])
                names[key] |= {name: None} if name else {}
            parts[key, kind].append(read_geometry(feature, path=path))
    for (key, kind), geometries in parts.items():
        yield from _record(key, kind, tuple(sorted(names[key], key=lambda name: name.lang != "en")), geometries)


def _record(key: str, kind: str, names: tuple[Name, ...], geometries: list[BaseGeometry]) -> Iterator[SourceRecord]:
    shape = union_all(geometries).intersection(box(*SYRIA))
    if shape.is_empty:
        return
    if kind == "river":
        shape = line_merge(shape) if shape.geom_type == "MultiLineString" else shape
    point = shape.representative_point()
    yield SourceRecord(
        source="naturalearth",
        source_id=key,
        kind=kind,
        position="outline",
        names=names,
        lon=point.x,
        lat=point.y,
        identifiers={"naturalearth": key},
        area=None if shape.geom_type == "Point" else shape,
    )
