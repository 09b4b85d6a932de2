"""Repair text that was decoded with the wrong encoding.

Arabic in UTF-8 or Windows-1256 that a program decoded as Windows-1252 reads `Ø­Ù„Ø¨` or `ÍáÈ` for حلب. Text in UTF-8 is
repaired by ftfy; text in Windows-1256 is repaired here, because ftfy does not know that encoding. A column is changed
only if most of its cells become Arabic.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import pyarrow as pa

from buldan.errors import SourceError
from buldan.files.headers import make_distinct
from buldan.files.table import Table
from buldan.text import is_arabic

__all__ = ["mend_mojibake"]

_SAMPLE_CELLS = 500  # of each column: usually every cell of a file is damaged
_ENOUGH = 8
"""Minimum number of Arabic letters in a repaired sample; fewer may be chance."""

_DIFFERENT = 3
"""Minimum number of different letters among them: one letter repeated is not a name."""

_ARABIC_WORD = re.compile("[\u0621-\u064a]{2}")
_IN_LATIN_WORDS = re.compile("[A-Za-z][\u0600-\u06ff]|[\u0600-\u06ff][A-Za-z]")
"""An Arabic letter next to a Latin one: a sign of a Latin word with accents, wrongly decoded as Arabic."""

_TO_LATIN_1 = {
    ord(bytes([byte]).decode("windows-1252")): byte for byte in range(0x80, 0xA0) if byte not in b"\x81\x8d\x8f\x90\x9d"
}
"""Bytes by the characters that Windows-1252 has for 80 to 9F, where ISO 8859-1 has the same numbers as the bytes."""


class _Mending(NamedTuple):
    """A repair: the real encoding of the cells, in words, and a function that restores a cell."""

    misread: str
    undo: Callable[[str], str]


def _restore_utf8(cell: str) -> str:
    from ftfy import fix_encoding  # noqa: PLC0415 - seldom needed

    return str(fix_encoding(cell))


def _restore_arabic(cell: str) -> str:
    try:
        return cell.translate(_TO_LATIN_1).encode("latin-1").decode("windows-1256")
    except UnicodeError:
        return cell


_MENDINGS = (_Mending("UTF-8", _restore_utf8), _Mending("Windows-1256", _restore_arabic))


def mend_mojibake(table: Table) -> Table:
    """The table with wrongly decoded cells and column names repaired; the same table if there are none."""
    try:
        sample = next(table.batches(), None)
    except SourceError:  # it is raised again when the rows are read
        return table
    mendings = {
        at: mending
        for at, kind in enumerate(table.schema.types)
        if sample is not None and pa.types.is_string(kind)
        if (mending := _find_mending(sample.column(at).slice(0, _SAMPLE_CELLS).to_pylist()))
    }
    names = table.schema.names
    of_names = _find_mending(names)
    if of_names:
        names = make_distinct([_mend(name, of_names) for name in names])
    return _mend_table(table, names, mendings, of_names) if mendings or of_names else table


def _find_mending(cells: Iterable[str | None]) -> _Mending | None:
    """The repair that makes Arabic of most cells that are not ASCII; None if there is no such repair."""
    foreign = [cell for cell in cells if cell and not cell.isascii()]
    for mending in _MENDINGS:
        mended = [repaired for cell in foreign if (repaired := _mend(cell, mending)) != cell]
        letters = [letter for repaired in mended for letter in repaired if is_arabic(letter)]
        if len(mended) * 2 > len(foreign) and len(letters) >= _ENOUGH and len(set(letters)) >= _DIFFERENT:
            return mending
    return None


def _mend(cell: str, mending: _Mending) -> str:
    """The repaired cell, if it has Arabic words and the cell has no Arabic letters; else the cell unchanged."""
    if cell.isascii() or any(map(is_arabic, cell)):
        return cell
    repaired = mending.undo(cell)
    return repaired if _ARABIC_WORD.search(repaired) and not _IN_LATIN_WORDS.search(repaired) else cell


def _mend_table(
    table: Table, names: Sequence[str], mendings: Mapping[int, _Mending], of_names: _Mending | None
) -> Table:
    schema = pa.schema([field.with_name(name) for field, name in zip(table.schema, names, strict=True)])

    def batches() -> Iterator[pa.RecordBatch]:
        for batch in table.batches():
            columns = [
                _mend_column(column, mendings[at]) if at in mendings else column
                for at, column in enumerate(batch.columns)
            ]
            yield pa.record_batch(columns, schema=schema)

    columns = tuple(
        column._replace(
            name=name, labels=tuple(_mend(label, of_names) if of_names else label for label in column.labels)
        )
        for column, name in zip(table.columns, names, strict=True)
    )
    misread = " and ".join(dict.fromkeys(mending.misread for mending in (*mendings.values(), of_names) if mending))
    where = ", ".join(names[at] for at in mendings) or "the names of columns"
    note = f"mojibake undone in {where} ({misread} that was read as another encoding)"
    return replace(table, schema=schema, batches=batches, columns=columns, notes=(*table.notes, note))


def _mend_column(column: pa.Array, mending: _Mending) -> pa.Array:
    """The column with its cells repaired; each distinct cell is repaired only once."""
    coded = column.dictionary_encode()
    repaired = pa.array([cell and _mend(cell, mending) for cell in coded.dictionary.to_pylist()], pa.string())
    return repaired.take(coded.indices)
