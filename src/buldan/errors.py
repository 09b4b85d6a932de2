"""The errors that Buldan raises, all under one root.

    BuldanError
    ├── GazetteerError              the gazetteer is missing, damaged, or of another schema
    ├── QueryError (ValueError)     a question that cannot be asked; says which part and what to do
    ├── PlaceNotFound (KeyError)    an id that names no place
    └── SourceError                 a source or curated file that cannot be read; names file and line

No error knows an HTTP status: the edge (`buldan.http.problems`) maps classes to statuses.
"""

from __future__ import annotations

__all__ = ["BuldanError", "GazetteerError", "PlaceNotFound", "QueryError", "SourceError"]


class BuldanError(Exception):
    """Root of every error that Buldan raises on purpose."""


class GazetteerError(BuldanError):
    """The gazetteer is missing, damaged, or of a schema that this version does not read."""


class QueryError(BuldanError, ValueError):
    """A question that cannot be asked.

    Attributes:
        field: the parameter at fault (`"text"`, `"near"`, `"limit"` …).
    """

    def __init__(self, message: str, *, field: str = "text") -> None:
        super().__init__(message)
        self.field = field


class PlaceNotFound(BuldanError, KeyError):  # noqa: N818 - "not found" is the field's word for it
    """An id that names no place of this gazetteer."""

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else ""


class SourceError(BuldanError):
    """A source, curated or overlay file that cannot be used.

    Attributes:
        path: the file.
        line: its line, counted from 1, or None where the whole file is at fault.
    """

    def __init__(self, message: str, *, path: object, line: int | None = None) -> None:
        where = f"{path}, line {line}" if line is not None else f"{path}"
        super().__init__(f"{where}: {message}")
        self.path = str(path)
        self.line = line
