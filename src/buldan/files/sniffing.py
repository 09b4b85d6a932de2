"""What a file really is: its format by its first bytes, its encoding, its delimiter, its header rows."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from buldan.errors import SourceError
from buldan.text import is_arabic

__all__ = ["Dialect", "check_format", "count_header_rows", "sniff_dialect", "sniff_encoding"]

SAMPLE_BYTES = 1 << 18
"""How much of a text file is looked at."""

_SAMPLE_ROWS = 200
_DELIMITERS = (",", ";", "\t", "|")
_ARABIC_ENCODINGS = ("windows-1256", "iso-8859-6")
_MISSING = frozenset({"", "-", "na", "n/a", "null", "none", "nan", "unknown"})

_SIGNATURES = (
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook", ()),
    (b"PK\x03\x04", "an Excel workbook", (".xlsx",)),
    (b"PAR1", "Parquet", (".parquet", ".geoparquet")),
    (b"SQLite format 3\x00", "GeoPackage", (".gpkg",)),
    (b"%PDF", "a PDF document", ()),
    (b"\x1f\x8b", "compressed with gzip", ()),
)
"""First bytes, what they mean, and the suffixes that such a file may bear."""

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


class Dialect(NamedTuple):
    """How a text table is written: Python's name of its encoding, and its delimiter."""

    encoding: str
    delimiter: str


def check_format(path: Path) -> None:
    """Refuse a file whose content is of another format than its suffix says.

    Raises:
        SourceError: missing, unreadable, empty, or another thing than its name says; what to do about it.
    """
    try:
        with path.open("rb") as file:
            head = file.read(512)
    except FileNotFoundError:
        raise SourceError("there is no such file", path=path) from None
    except OSError as error:
        raise SourceError(f"cannot be read ({error.strerror})", path=path) from error
    if not head:
        raise SourceError("the file is empty", path=path)
    suffix = path.suffix.lower()
    for signature, meaning, suffixes in _SIGNATURES:
        if head.startswith(signature) and suffix not in suffixes:
            raise SourceError(f"this is {meaning}, {_advice(suffixes, suffix)}", path=path)
        if suffix in suffixes and not head.startswith(signature):
            raise SourceError(f"this is not {meaning}, as {suffix} says; is it whole?", path=path)
    if head.lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith((b"<html", b"<table", b"<!doctype", b"<?xml")):
        raise SourceError("this is a web page or XML; open it in a spreadsheet, save it as .xlsx or .csv", path=path)


def _advice(suffixes: Sequence[str], suffix: str) -> str:
    if suffixes:
        return f"named {suffix or 'without a suffix'}; rename it to {suffixes[0]}"
    return f"named {suffix or 'without a suffix'}; open it in a spreadsheet and save it as .xlsx or .csv"


def sniff_dialect(path: Path, *, encoding: str | None = None, delimiter: str | None = None) -> Dialect:
    """Encoding and delimiter of a text table, read off its first quarter of a megabyte.

    UTF-8 (with or without a byte order mark) and UTF-16 show themselves. Of the one-byte encodings, an Arabic
    one is taken when most bytes above 127 are Arabic letters in it; for the rest charset-normalizer decides.

    Raises:
        SourceError: an encoding that does not exist, or bytes that are no text.
    """
    with path.open("rb") as file:
        sample = file.read(SAMPLE_BYTES)
    encoding = encoding or sniff_encoding(sample, path)
    try:
        text = codecs.getincrementaldecoder(encoding)("replace").decode(sample)
    except LookupError:
        raise SourceError(f"no encoding is called {encoding!r}", path=path) from None
    return Dialect(encoding, delimiter or _sniff_delimiter(text))


def sniff_encoding(sample: bytes, path: Path) -> str:
    """Python's name of the encoding of some bytes; `path` names them in an error."""
    for mark, name in _BOMS:
        if sample.startswith(mark):
            return name
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        pass
    else:
        return "utf-8"
    share, best = max((_arabic_share(sample, name), -order) for order, name in enumerate(_ARABIC_ENCODINGS))
    if share >= 0.5:
        return _ARABIC_ENCODINGS[-best]
    return _guess_encoding(sample, path)


def _arabic_share(sample: bytes, encoding: str) -> float:
    """Share of Arabic letters among the characters that are not ASCII."""
    foreign = [letter for letter in sample.decode(encoding, "replace") if not letter.isascii()]
    return sum(map(is_arabic, foreign)) / len(foreign) if foreign else 0.0


def _guess_encoding(sample: bytes, path: Path) -> str:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - slow to import, seldom needed

    best = from_bytes(sample).best()
    if best is None or b"\x00" in sample:
        raise SourceError("this is not a text table (its bytes are no text in any known encoding)", path=path)
    return best.encoding


def _sniff_delimiter(text: str) -> str:
    """The delimiter that splits most of the first rows into the header's number of cells, more cells first."""

    def evenness(delimiter: str) -> tuple[float, int]:
        lines = io.StringIO(text.lstrip("\ufeff"), newline="")
        rows = [row for _, row in zip(range(_SAMPLE_ROWS), csv.reader(lines, delimiter=delimiter), strict=False)]
        rows = [row for row in rows if row]
        width = len(rows[0]) if rows else 1
        return (0.0, 1) if width == 1 else (round(sum(len(row) == width for row in rows) / len(rows), 1), width)

    return max(_DELIMITERS, key=evenness)


def count_header_rows(header: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[int, str]:
    """1, or 2 where the first of `rows` is a second header, with the sign that shows it.

    A second header is HXL tags, the header once more, labels below blank (merged) cells, or words at the head
    of columns that hold nothing but numbers.
    """
    if not rows:
        return 1, ""
    second = [cell.strip() for cell in rows[0]]
    filled = [cell for cell in second if cell]
    if filled and sum(cell.startswith("#") for cell in filled) * 2 > len(filled):
        return 2, "HXL tags"
    first = [cell.strip().casefold() for cell in header]
    same = sum(a == b.casefold() != "" for a, b in zip(first, second, strict=False))
    if len(first) > 1 and same * 2 > len(first):
        return 2, "the header once more"
    blank = sum(not cell for cell in first)
    if blank >= 2 and blank * 3 >= len(first) and len(filled) == len(second) and _is_wordy(second):
        return 2, "labels below merged cells"
    return (2, "words above numbers") if _tops_numbers(second, rows[1:]) else (1, "")


def _is_wordy(cells: Sequence[str]) -> bool:
    return not any(_is_number(cell) for cell in cells) and len(set(cells)) == len(cells)


def _tops_numbers(cells: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether every column that is numeric from here on has a word in `cells`, and there are two such."""
    if len(rows) < 3:
        return False
    columns = [[row[i].strip() for row in rows if i < len(row)] for i in range(len(cells))]
    numeric = [
        cell
        for cell, column in zip(cells, columns, strict=True)
        if any(column) and all(_is_number(value) or not value for value in column)
    ]
    return len(numeric) >= 2 and all(not _is_number(cell) and cell.casefold() not in _MISSING for cell in numeric)


def _is_number(cell: str) -> bool:
    try:
        float(cell.replace(",", "."))
    except ValueError:
        return False
    return True
