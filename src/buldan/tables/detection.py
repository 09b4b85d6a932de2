"""Find the columns of names, units and P-codes of a table, if nobody has named them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa

from buldan.errors import QueryError
from buldan.files import Table
from buldan.files.columns import guess_role
from buldan.tables.questions import AskedColumns, as_pcode

__all__ = ["NO_COLUMN", "choose_columns", "describe_columns", "detect_columns", "detect_pcode", "require_columns"]

NO_COLUMN = "none"
"""The word for a column that a table does not have."""

_UNITS = ("adm1", "adm2", "adm3")
_SAMPLE_ROWS = 200
"""Rows that a column is judged by: enough to see its content, and quick to read."""
_MOSTLY = 0.8
"""Minimum share of the filled cells of a column that are P-codes of places, for a column of P-codes."""


def choose_columns(
    table: Table, names: Sequence[str] = (), within: Sequence[str] = (), pcode: str | None = None
) -> AskedColumns:
    """The columns that were named, and the others found by their labels; `pcode` may be `none`.

    Raises:
        QueryError: there is no such column, or no column is labelled as a name.
    """
    given_pcode = None if pcode == NO_COLUMN else pcode
    if names:
        columns = require_columns(table, names, within, given_pcode)
        return columns if pcode else columns._replace(pcode=detect_pcode(table, exclude=columns.all))
    found = detect_columns(table)
    columns = require_columns(table, found.names, within or found.within, given_pcode)
    return columns if pcode else columns._replace(pcode=found.pcode)


def detect_columns(table: Table) -> AskedColumns:
    """The columns that are labelled or tagged as names, units and P-codes; units from wide to narrow.

    Raises:
        QueryError: no column is labelled as a name; the message lists the columns.
    """
    roles = {column.name: guess_role(column) for column in table.columns}
    names = _place_names(roles)
    if not names:
        raise QueryError(f"{table.path}: {_advise_name(table.schema.names)}", field="name")
    within = tuple(name for unit in _UNITS for name, role in roles.items() if role == unit)
    return AskedColumns(tuple(names), within, detect_pcode(table, exclude=(*names, *within)))


def _advise_name(columns: Sequence[str]) -> str:
    """The advice in the error if no column is labelled as names."""
    if len(columns) == 1:
        return (
            f"the label {columns[0]!r} does not say that the column holds places; if it does, add --name {columns[0]!r}"
        )
    shown = ", ".join(map(repr, columns[:20]))
    return f"no column is labelled as the name of a place; choose one with --name: {shown}"


def _place_names(roles: Mapping[str, str]) -> list[str]:
    """Columns labelled as places; else as addresses; else as names, unless the rows are of persons."""
    labels = ("name", "address") if "person" in roles.values() else ("name", "address", "bare")
    found = ([name for name, role in roles.items() if role == label] for label in labels)
    return next((names for names in found if names), [])


def detect_pcode(table: Table, *, exclude: Sequence[str] = ()) -> str | None:
    """The one column that is labelled or tagged as P-codes of places and has them; None if there is none or several."""
    labelled = [column.name for column in table.columns if guess_role(column) == "pcode" and column.name not in exclude]
    batch = next(table.batches(), None) if labelled else None
    if batch is None:
        return None
    found = [name for name in labelled if _holds_pcodes(batch.column(name).slice(0, _SAMPLE_ROWS))]
    return found[0] if len(found) == 1 else None


def _holds_pcodes(column: pa.Array) -> bool:
    cells = [str(cell) for cell in column.to_pylist() if cell is not None and str(cell).strip()]
    # Codes of units begin with SY and codes of places do not: a column of codes of units is not one of places.
    places = sum((as_pcode(cell) or "SY")[:2] != "SY" for cell in cells)
    return bool(cells) and places >= _MOSTLY * len(cells)


def require_columns(
    table: Table, names: Sequence[str], within: Sequence[str] = (), pcode: str | None = None
) -> AskedColumns:
    """The columns of these names, if they can contain text.

    Raises:
        QueryError: a column does not exist, there are several of its name, or it has no text.
    """
    return AskedColumns(
        tuple(_require_text(table, column) for column in names),
        tuple(_require_text(table, column) for column in within),
        None if pcode is None else _require_text(table, pcode),
    )


def _require_text(table: Table, column: str) -> str:
    found = table.require(column)
    kind = table.schema.field(found).type
    if pa.types.is_nested(kind) or pa.types.is_binary(kind):
        raise QueryError(f"{table.path}: column {found!r} has {kind}, not names", field="name")
    return found


def describe_columns(columns: AskedColumns) -> str:
    """A text for people that says how each column is read."""
    parts = [f"names in {_format_list(columns.names, ' and ')}"]
    if columns.within:
        parts.append(f"units in {_format_list(columns.within, ' > ')}")
    if columns.pcode:
        parts.append(f"P-codes in {_format_list([columns.pcode], '')}")
    return ", ".join(parts)


def _format_list(names: Sequence[str], between: str) -> str:
    # Labels in narrow columns may have line breaks; here they are written in one line.
    return between.join(repr(" ".join(name.split())) for name in names)
