"""GeoPackage: the layers `places` (points), `areas` (outlines) and `names` (a table)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import pyarrow as pa
import pyogrio
import shapely

from buldan.export.flat import place_batches, place_schema
from buldan.files import open_staging
from buldan.model import Place
from buldan.store import Manifest

__all__ = ["write_package"]

_CRS = "EPSG:4326"
_NAMES = pa.schema(
    [(column, pa.string()) for column in ("place", "name", "lang", "script", "kind", "sources", "from", "to")]
)


def write_package(path: Path, places: Sequence[Place], manifest: Manifest) -> None:
    """Write all three layers; their metadata and descriptions have version, licence and attribution."""
    with open_staging(path) as staging:
        about = manifest.about
        table = pa.Table.from_batches(
            list(place_batches(places, place_schema(nested=False))), place_schema(nested=False)
        )
        points = shapely.to_wkb(shapely.points(table["lon"].to_numpy(), table["lat"].to_numpy()))
        _add_layer(staging, "places", table, points, "Point", about)
        outlined = [(place.id, place.kind, place.name(), area) for place in places if (area := place.area)]
        shapes = [shapely.to_wkb(shapely.from_geojson(json.dumps(area))) for *_, area in outlined]
        labels = pa.table(
            {
                "id": [row[0] for row in outlined],
                "kind": [row[1] for row in outlined],
                "name": [row[2] for row in outlined],
                "schematic_km": pa.array([row[3].get("schematic_km") for row in outlined], pa.float64()),
            }
        )
        _add_layer(staging, "areas", labels, shapes, "Unknown", about)
        _add_layer(staging, "names", _name_table(places), None, None, about)


def _add_layer(
    path: Path, layer: str, table: pa.Table, shapes: Iterable[bytes] | None, kind: str | None, about: dict[str, str]
) -> None:
    if shapes is not None:
        table = table.append_column("geometry", pa.array(list(shapes), pa.binary()))
    pyogrio.write_arrow(
        table,
        path,
        layer=layer,
        driver="GPKG",
        append=path.exists(),
        geometry_name=None if shapes is None else "geometry",
        geometry_type=kind,
        crs=None if shapes is None else _CRS,
        dataset_metadata=None if path.exists() else about,
        layer_options={"DESCRIPTION": f"Buldan {about['version']}. {about['licence']}. {about['attribution']}"},
        **({} if shapes is None else {"GEOMETRY_NAME": "geometry"}),
    )


def _name_table(places: Iterable[Place]) -> pa.Table:
    rows = [
        (place.id, name.text, name.lang, name.script, name.kind, " ".join(name.sources), name.start, name.end)
        for place in places
        for name in place.names
    ]
    columns = zip(*rows, strict=True) if rows else [()] * len(_NAMES)
    return pa.table([pa.array(column, pa.string()) for column in columns], schema=_NAMES)
