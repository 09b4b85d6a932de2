"""GeoJSON (RFC 7946) and newline-delimited GeoJSON (RFC 8142): the formats with the most details."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from buldan.files import open_staging
from buldan.formats import geojson
from buldan.model import Place
from buldan.store import Manifest

__all__ = ["write_geojson", "write_geojson_seq"]


def write_geojson(path: Path, places: Sequence[Place], manifest: Manifest) -> None:
    """Write one FeatureCollection with version, licence and attribution, one feature per line."""
    head = manifest.about
    with open_staging(path) as staging, staging.open("w", encoding="utf-8", newline="\n") as file:
        file.write('{"type":"FeatureCollection",' + _dump_json(head)[1:-1] + ',"features":[')
        for position, place in enumerate(places):
            file.write(("," if position else "") + "\n" + _dump_json(geojson.place_feature(place)))
        file.write("\n]}\n")


def write_geojson_seq(path: Path, places: Sequence[Place], _: Manifest) -> None:
    """Write one feature per line."""
    with open_staging(path) as staging, staging.open("w", encoding="utf-8", newline="\n") as file:
        for place in places:
            file.write(_dump_json(geojson.place_feature(place)) + "\n")


def _dump_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
