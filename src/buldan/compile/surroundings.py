"""The surroundings of Syria, only for the base map: land and sea, neighbouring countries and their larger towns.

These are not places of the gazetteer, and no lookup finds them. Outlines come from Natural Earth, points of towns from
GeoNames; the towns and countries shown, with their names, are in `curated/surroundings.tsv`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from shapely.geometry import mapping

from buldan.compile.reading import features, iter_rows, number, read_geometry
from buldan.compile.sources.geonames import read_world_cities

__all__ = ["SURROUNDINGS", "write_surroundings"]

SURROUNDINGS = "surroundings.geojson"

_LAND = Path("natural-earth", "ne_10m_countries_around_syria.geojson")
_TOWNS = Path("geonames-cities500", "cities_around_syria.tsv")
_LABELS = "surroundings.tsv"
_LABEL_COLUMNS = ("kind", "identifier", "name_en", "name_ar", "lon", "lat", "min_zoom")
_TOLERANCE_DEG = 0.01
"""Tolerance of simplification, about a kilometre: outlines at 1:10 million are not more exact."""
_DECIMALS = 3  # degrees: about a hundred metres, enough for a map of the neighbours
_SOURCES = {"natural-earth": "Natural Earth 1:10m, public domain", "geonames": "GeoNames, CC BY 4.0"}


def write_surroundings(sources: Path, folder: Path, *, curated: Path) -> Path:
    """Write the GeoJSON file of the surroundings into `folder`; the same inputs give the same bytes.

    Raises:
        SourceError: a file is missing or damaged, or a label names a town that the source does not have.
    """
    features = [*_read_land(sources / _LAND), *_read_labels(curated / _LABELS, _read_towns(sources))]
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False, separators=(",", ":")) for feature in features)
    head = json.dumps(_SOURCES, ensure_ascii=False)
    path = folder / SURROUNDINGS
    path.write_text(
        f'{{"type":"FeatureCollection","sources":{head},"features":[\n{lines}\n]}}\n', encoding="utf-8", newline="\n"
    )
    return path


def _read_land(path: Path) -> Iterator[dict[str, Any]]:
    # Syria is included, under the gazetteer's own more exact outline: without it, the sea would be visible in the gaps
    # between the two publishers' borders.
    for feature in features(path):
        land = read_geometry(feature, path=path).buffer(0).simplify(_TOLERANCE_DEG, preserve_topology=True)
        if not land.is_empty:
            yield _make_feature("land", {}, _round_geometry(mapping(land)))


def _read_labels(path: Path, towns: Mapping[str, tuple[float, float]]) -> Iterator[dict[str, Any]]:
    for row in iter_rows(path, _LABEL_COLUMNS, delimiter="\t"):
        point = (number(row, "lon"), number(row, "lat")) if row["lon"] else towns.get(row["identifier"])
        if point is None:
            raise row.error(f"{_TOWNS} has no {row['identifier']}")
        names = {"name_en": row["name_en"], "name_ar": row["name_ar"], "min_zoom": number(row, "min_zoom")}
        yield _make_feature(row["kind"], names, {"type": "Point", "coordinates": list(point)})


def _read_towns(sources: Path) -> dict[str, tuple[float, float]]:
    cut = sources / _TOWNS
    rows = read_world_cities(sources) or iter_rows(cut, ("geonameid", "lon", "lat"), delimiter="\t", least=50)
    return {
        f"geonames:{row['geonameid']}": (round(number(row, "lon"), _DECIMALS), round(number(row, "lat"), _DECIMALS))
        for row in rows
    }


def _make_feature(kind: str, properties: Mapping[str, Any], geometry: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "properties": {"kind": kind, **properties}, "geometry": geometry}


def _round_geometry(geometry: Mapping[str, Any]) -> dict[str, Any]:
    def rounded(value: Any) -> Any:
        return round(value, _DECIMALS) if isinstance(value, float) else [rounded(part) for part in value]

    return {"type": geometry["type"], "coordinates": rounded(list(geometry["coordinates"]))}
