"""Read source files; errors name the file and line if one is missing, incomplete or has another layout."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from buldan.errors import SourceError

__all__ = ["Row", "features", "iter_lines", "iter_rows", "need", "number", "read_geometry", "read_json"]


class Row(dict[str, str]):
    """One row of a table by column, with the line of the file on which it ends."""

    __slots__ = ("line", "path")

    def __init__(self, cells: Mapping[str, str], *, path: Path, line: int) -> None:
        super().__init__(cells)
        self.path, self.line = path, line

    def error(self, message: str) -> SourceError:
        """The error to raise about this row."""
        return SourceError(message, path=self.path, line=self.line)


def _read_text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except FileNotFoundError:
        raise SourceError("the file is missing; get it from its publisher", path=path) from None
    except OSError as error:
        raise SourceError(f"cannot be read ({error.strerror})", path=path) from error
    except UnicodeDecodeError as error:
        raise SourceError(f"not UTF-8 at byte {error.start}", path=path) from error


def iter_rows(path: Path, columns: Sequence[str], *, delimiter: str = ",", least: int = 0) -> Iterator[Row]:
    """The rows of a CSV or TSV file that has at least `columns` and `least` rows, in the file's order.

    Raises:
        SourceError: the file is missing, empty or cut, a column is missing, or a row has another number of cells.
    """
    count = 0
    lines = io.StringIO(_read_text(path), newline="")
    if delimiter == "\t":
        reader = csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE, strict=True)
    else:
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
    try:
        header = next(reader, [])
        missing = [column for column in columns if column not in header]
        if missing:
            raise SourceError(f"the column {missing[0]!r} is missing; its layout has changed", path=path, line=1)
        for cells in reader:
            if len(cells) != len(header):
                raise SourceError(
                    f"{len(cells)} cells instead of {len(header)}; the file is cut or damaged",
                    path=path,
                    line=reader.line_num,
                )
            count += 1
            yield Row(dict(zip(header, cells, strict=True)), path=path, line=reader.line_num)
        if count < least or not lines.getvalue().endswith("\n"):
            expected = f"expected {least} or more" if count < least else "and no line end after the last"
            raise SourceError(f"{count} rows, {expected}; the file is cut", path=path, line=reader.line_num)
    except csv.Error as error:
        raise SourceError(f"not a table ({error})", path=path, line=reader.line_num) from error


def iter_lines(path: Path, columns: Sequence[str]) -> Iterator[Row]:
    """The rows of a tab-separated file without a header, however large, one line at a time.

    Raises:
        SourceError: the file is missing, not UTF-8 or cut, or a row has another number of cells.
    """
    line = 0
    try:
        with path.open(encoding="utf-8", newline="\n") as lines:
            for line, text in enumerate(lines, 1):
                cells = text.removesuffix("\n").removesuffix("\r").split("\t")
                if len(cells) != len(columns) or not text.endswith("\n"):
                    raise SourceError(
                        f"{len(cells)} cells instead of {len(columns)}, or no line end; the file is cut or damaged",
                        path=path,
                        line=line,
                    )
                yield Row(dict(zip(columns, cells, strict=True)), path=path, line=line)
    except FileNotFoundError:
        raise SourceError("the file is missing; get it from its publisher", path=path) from None
    except OSError as error:
        raise SourceError(f"cannot be read ({error.strerror})", path=path) from error
    except UnicodeDecodeError as error:
        raise SourceError(f"not UTF-8 after line {line}", path=path) from error
    if line == 0:
        raise SourceError("the file is empty", path=path)


def number(row: Row, column: str) -> float:
    """A cell as a number. Raises SourceError if it is not a number."""
    try:
        return float(row[column])
    except ValueError:
        raise row.error(f"{column} is {row[column]!r}, not a number") from None


def read_json(path: Path) -> Any:
    """A JSON document. Raises SourceError with the line of the error."""
    try:
        return json.loads(_read_text(path))
    except json.JSONDecodeError as error:
        raise SourceError(f"not JSON: {error.msg}; the file is cut or damaged", path=path, line=error.lineno) from error


def features(path: Path) -> list[dict[str, Any]]:
    """The features of a GeoJSON FeatureCollection, at least one. Raises SourceError."""
    document = read_json(path)
    found = document.get("features") if isinstance(document, dict) else None
    if not isinstance(found, list) or not found:
        raise SourceError("not a GeoJSON FeatureCollection with features", path=path)
    return found


def need(properties: Mapping[str, Any], key: str, *, path: object, where: str) -> Any:
    """A member that every feature of the publisher has. Raises SourceError if it is missing."""
    try:
        return properties[key]
    except KeyError:
        raise SourceError(f"{where} has no {key!r}; its layout has changed", path=path) from None


def read_geometry(feature: Mapping[str, Any], *, path: object) -> BaseGeometry:
    """The geometry of a feature. Raises SourceError if it is missing or malformed."""
    try:
        geometry = shape(feature["geometry"])
    except (KeyError, TypeError, AttributeError, ValueError, ShapelyError) as error:
        raise SourceError(f"a feature without a readable geometry ({error})", path=path) from error
    if geometry.is_empty:
        raise SourceError("a feature with an empty geometry", path=path)
    return geometry
