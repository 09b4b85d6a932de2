"""Rows of an overlay file, CSV or GeoJSON, each with its position in the file."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from buldan.errors import SourceError
from buldan.geometry import WORLD, iter_positions
from buldan.model import Geometry

__all__ = ["Row", "iter_rows"]

_ALIASES = {
    "longitude": "lon",
    "lng": "lon",
    "x": "lon",
    "latitude": "lat",
    "y": "lat",
    "other_names": "names",
}


class Row(NamedTuple):
    """One place as it is in the file, with its position: `line`, or `label` ("feature 3") if `line` is None."""

    cells: Mapping[str, Any]
    geometry: Geometry | None
    path: object
    line: int | None
    label: str

    def fault(self, column: str, message: str) -> SourceError:
        """An error that names file, line or feature, and column."""
        where = f"{self.label}, {column}" if self.label else column
        return SourceError(f"{where}: {message}", path=self.path, line=self.line)


def iter_rows(overlay: str | Path | Mapping[str, Any]) -> Iterator[Row]:
    """Every row of a file, or of a GeoJSON FeatureCollection as a dict.

    Raises:
        SourceError: the file, a line or a feature cannot be read.
    """
    if isinstance(overlay, Mapping):
        yield from _iter_features(overlay, "overlay")
        return
    path = Path(overlay)
    content = _read_text(path)
    if path.suffix.lower() in {".geojson", ".json"}:
        try:
            collection = json.loads(content)
        except ValueError as error:
            raise SourceError(f"not JSON ({error})", path=path, line=getattr(error, "lineno", None)) from error
        except RecursionError:
            raise SourceError("not GeoJSON: lists or objects nested far too deep", path=path) from None
        yield from _iter_features(collection, path)
    elif path.suffix.lower() in {".csv", ".tsv", ".txt"}:
        yield from _iter_table(content, path)
    else:
        raise SourceError("an overlay is a .csv or .geojson file", path=path)


def _read_text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise SourceError(f"cannot be read ({error.strerror})", path=path) from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise SourceError(
            "not UTF-8 from here; own places are a CSV file in UTF-8, or GeoJSON", path=path, line=line
        ) from error


def _iter_table(content: str, path: Path) -> Iterator[Row]:
    first = content.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        labels = next(reader, [])
        header = [_simplify_column(label) for label in labels]
        if fault := _find_fault(header):
            shown = f"{fault}; its columns are: {', '.join(map(str.strip, labels))}"
            raise SourceError(shown if any(header) else _EMPTY, path=path, line=1)
        line = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                if len(cells) != len(header):
                    message = f"this row has {len(cells)} cells, the header has {len(header)}"
                    raise SourceError(message, path=path, line=line)
                yield Row(dict(zip(header, map(str.strip, cells), strict=True)), None, path, line, "")
            line = reader.line_num + 1
    except csv.Error as error:
        raise SourceError(f"not a table ({error})", path=path, line=line) from error


_EMPTY = "the file is empty; it needs the columns name, lon and lat"


def _find_fault(header: Sequence[str]) -> str:
    """A message on what is wrong with the columns; empty if they can be used."""
    if missing := [column for column in ("lon", "lat") if column not in header]:
        return f"no column {missing[0]}"
    if not {"name", "name_en", "name_ar"} & set(header):
        return "no column name, name_en or name_ar"
    twice = [column for column, count in Counter(header).items() if count > 1 and column]
    return f"the column {twice[0]} twice" if twice else ""


def _simplify_column(cell: str) -> str:
    column = cell.strip().lower().replace(" ", "_")
    return _ALIASES.get(column, column)


def _iter_features(collection: Any, path: object) -> Iterator[Row]:
    features = collection.get("features") if isinstance(collection, Mapping) else None
    if not isinstance(features, Sequence) or isinstance(features, str):
        raise SourceError("not a GeoJSON FeatureCollection (no list of features)", path=path)
    for number, feature in enumerate(features, start=1):
        label = f"feature {number}"
        if not isinstance(feature, Mapping) or not isinstance(feature.get("properties") or {}, Mapping):
            raise SourceError(f"{label}: not a GeoJSON feature", path=path)
        cells = {_simplify_column(str(key)): value for key, value in (feature.get("properties") or {}).items()}
        if feature.get("id") is not None:
            cells.setdefault("id", feature["id"])
        row = Row(cells, feature.get("geometry"), path, None, label)
        if row.geometry is not None:
            _check_geometry(row)
        yield row


def _check_geometry(row: Row) -> None:
    """Refuse a geometry that is not a Point, Polygon or MultiPolygon of numbers."""
    depth = {"Point": 1, "Polygon": 3, "MultiPolygon": 4}
    geometry = row.geometry
    kind = geometry.get("type") if isinstance(geometry, Mapping) else None
    if not isinstance(kind, str) or kind not in depth:
        raise row.fault("geometry", f"{kind or geometry!r} instead of a Point, Polygon or MultiPolygon")
    if not _is_nested(geometry.get("coordinates") if geometry else None, depth[kind]):
        raise row.fault("geometry", f"the coordinates are not those of a {kind}")
    if geometry and not all(map(WORLD.holds, iter_positions(geometry["coordinates"]))):
        raise row.fault("geometry", "a position is not a longitude from -180 to 180 and a latitude from -90 to 90")


def _is_nested(value: Any, depth: int) -> bool:
    """Whether lists are nested to `depth`, down to positions of two or more numbers; a ring has 4 or more corners."""
    if not isinstance(value, Sequence) or isinstance(value, str) or len(value) < {1: 2, 2: 4}.get(depth, 1):
        return False
    if depth == 1:
        return all(type(number) in (int, float) for number in value)
    return all(_is_nested(part, depth - 1) for part in value)
