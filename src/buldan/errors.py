"""The errors that Buldan raises; all are subclasses of `BuldanError`.

    BuldanError
    ├── GazetteerError              the gazetteer is missing, damaged, or of another schema
    ├── QueryError (ValueError)     an argument cannot be used; the message says which, and what to do
    ├── PlaceNotFound (KeyError)    no place has this id
    ├── SourceError                 a source, curated or overlay file cannot be used; has file and line
    └── MissingExtra (ImportError)  a library of an extra is not installed; the message says which extra

Errors have no HTTP status: `buldan.http.schema.problems` maps classes to statuses.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

__all__ = [
    "BuldanError",
    "GazetteerError",
    "MissingExtra",
    "PlaceNotFound",
    "QueryError",
    "SourceError",
    "needs_extra",
]


class BuldanError(Exception):
    """Root of every error that Buldan raises on purpose."""


class GazetteerError(BuldanError):
    """The gazetteer is missing, damaged, or of a schema that this version does not read."""


class QueryError(BuldanError, ValueError):
    """An argument that cannot be used.

    Attributes:
        field: the name of the argument (`"text"`, `"near"`, `"limit"` …).
    """

    def __init__(self, message: str, *, field: str = "text") -> None:
        super().__init__(message)
        self.field = field


class PlaceNotFound(BuldanError, KeyError):  # noqa: N818 - "not found" is the field's word for it
    """No place of this gazetteer has the id."""

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else ""


class SourceError(BuldanError):
    """A source, curated or overlay file that cannot be used.

    Attributes:
        path: the file.
        line: its line, counted from 1, or None if the error concerns the whole file.
    """

    def __init__(self, message: str, *, path: object, line: int | None = None) -> None:
        where = f"{path}, line {line}" if line is not None else f"{path}"
        super().__init__(f"{where}: {message}")
        self._message = message
        self.path = str(path)
        self.line = line

    def __reduce__(self) -> tuple[partial[SourceError], tuple[str]]:
        """How to pickle the error, to send it from a worker to the client."""
        return partial(SourceError, path=self.path, line=self.line), (self._message,)


class MissingExtra(BuldanError, ImportError):  # noqa: N818 - what is missing is the error
    """A library that comes with an extra of Buldan is not installed.

    Attributes:
        extra: the extra to install (`geo`, `server` …).
    """

    def __init__(self, extra: str, *, library: str) -> None:
        from buldan.extras import install_command  # noqa: PLC0415 - reading metadata is slow, and rarely needed

        advice = install_command(extra)
        super().__init__(f"{library} is not installed; install the extra `{extra}`: {advice}")
        self.extra = extra


@contextmanager
def needs_extra(extra: str) -> Iterator[None]:
    """A context or decorator for code that imports libraries of an extra (`""`: only those of `_BROUGHT_BY`).

    Raises:
        MissingExtra: such a library is not installed.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        library = (error.name or "").partition(".")[0]
        needed = _BROUGHT_BY.get(library, extra)
        if library in ("", "buldan") or not needed:
            raise
        raise MissingExtra(needed, library=library) from None


_BROUGHT_BY = {
    "dask": "dask",
    "dask_geopandas": "dask",
    "distributed": "dask",
    "matplotlib": "notebook",
    "folium": "notebook",
    "osmium": "osm",
    "psycopg": "postgis",
}
"""The extra of each library that may be needed in addition to the extra of the command or function."""
