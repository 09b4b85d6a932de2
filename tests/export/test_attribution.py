"""Whoever gets an export is told whose data it is, on what terms, and that it was changed."""

import json
import sqlite3

import openpyxl
import pyarrow.parquet as pq
import pyogrio
import pytest

from buldan.export import export_gazetteer


def told_in(path):
    if path.suffix == ".gpkg":
        rows = sqlite3.connect(path).execute("SELECT description FROM gpkg_contents").fetchall()
        assert len(rows) == 3 and len(set(rows)) == 1
        return rows[0][0]
    if path.suffix == ".parquet":
        return " ".join(value.decode() for key, value in pq.read_schema(path).metadata.items() if key != b"geo")
    if path.suffix == ".fgb":
        return pyogrio.read_info(path)["layer_metadata"]["DESCRIPTION"]
    if path.suffix == ".xlsx":
        sheet = openpyxl.load_workbook(path)["about"]
        return " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
    if path.suffix in (".geojson", ".json"):
        return str(json.loads(path.read_text("utf-8"))["attribution"])
    return path.with_name(f"{path.name}-metadata.json").read_text("utf-8")


@pytest.mark.parametrize("ending", [".gpkg", ".parquet", ".fgb", ".xlsx", ".csv", ".tsv", ".geojson", ".lpf.json"])
def test_every_format_carries_attribution_and_changes(tmp_path, gazetteer, ending):
    path = tmp_path / f"syria{ending}"
    export_gazetteer(path, list(gazetteer)[:40], gazetteer.manifest)
    told = told_in(path)
    assert gazetteer.manifest.attribution in told
    assert "changes were made" in told
