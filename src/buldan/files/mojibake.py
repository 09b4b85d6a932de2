"""Text that was decoded with the wrong encoding, and how it was meant.

Arabic in UTF-8 or Windows-1256 that some program took for Windows-1252 reads `Ø­Ù„Ø¨` or `ÍáÈ` for حلب. What was
taken for another encoding on its way through UTF-8 is undone by ftfy, Windows-1256 here, since ftfy does not know it.
A column is touched only where most of its cells become Arabic that way.
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

_SAMPLE_CELLS = 500  # of each column: damage runs through a whole file
_ENOUGH = 8
"""Arabic letters that a mended sample has at least; fewer may be chance."""

_DIFFERENT = 3
"""How many of them differ at least: one letter again and again is no name."""

_ARABIC_WORD = re.compile("[\u0621-\u064a]{2}")
_IN_LATIN_WORDS = re.compile("[A-Za-z][\u0600-\u06ff]|[\u0600-\u06ff][A-Za-z]")
"""An Arabic letter that touches a Latin one: an accent in a Latin word was taken for it."""

_TO_LATIN_1 = {
    ord(bytes([byte]).decode("windows-1252")): byte for byte in range(0x80, 0xA0) if byte not in b"\x81\x8d\x8f\x90\x9d"
}
"""What Windows-1252 shows for the bytes 80 to 9F, back to their numbers; ISO 8859-1 has them as they are."""


class _Mending(NamedTuple):
    """How cells were misread, in words, and what undoes it."""

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
    """The table with misread cells and column names as they were meant; the same where nothing was misread."""
    try:
        sample = next(table.batches(), None)
    except SourceError:  # which is told when the rows are read
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
    """What turns most of the cells that are not ASCII into Arabic; None where they are well as they are."""
    foreign = [cell for cell in cells if cell and not cell.isascii()]
    for mending in _MENDINGS:
        mended = [meant for cell in foreign if (meant := _mend(cell, mending)) != cell]
        letters = [letter for meant in mended for letter in meant if is_arabic(letter)]
        if len(mended) * 2 > len(foreign) and len(letters) >= _ENOUGH and len(set(letters)) >= _DIFFERENT:
            return mending
    return None


def _mend(cell: str, mending: _Mending) -> str:
    """The cell as it was meant, where that has Arabic words and the cell as it stands has none."""
    if cell.isascii() or any(map(is_arabic, cell)):
        return cell
    meant = mending.undo(cell)
    return meant if _ARABIC_WORD.search(meant) and not _IN_LATIN_WORDS.search(meant) else cell


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
    """Each distinct cell is mended once."""
    coded = column.dictionary_encode()
    meant = pa.array([cell and _mend(cell, mending) for cell in coded.dictionary.to_pylist()], pa.string())
    return meant.take(coded.indices)
