"""Detect what a file really is: its format by its first bytes, its encoding, its delimiter."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from buldan.errors import QueryError, SourceError
from buldan.text import is_arabic

__all__ = ["SAMPLE_BYTES", "Dialect", "check_format", "decode_line", "sniff_dialect", "sniff_encoding"]

SAMPLE_BYTES = 1 << 18
"""Number of bytes of a text file that are read to detect its encoding and delimiter."""

_SAMPLE_ROWS = 200  # enough to see which sign separates the columns
_DELIMITERS = (",", ";", "\t", "|")
_ARABIC_ENCODINGS = ("windows-1256", "iso-8859-6")
_DELIMITER_NAMES = {"\\t": "\t", "tab": "\t"}
_SURE_LETTERS = 3
"""A line that is valid UTF-8 with this number of letters that are not ASCII is in UTF-8, not in a one-byte encoding."""

_SIGNATURES = (
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook", (".xls",)),
    (b"PK\x03\x04", "an Excel workbook or another zip archive", (".xlsx", ".xlsm", ".xlsb", ".ods", ".kmz")),
    (b"PAR1", "Parquet", (".parquet", ".geoparquet")),
    (b"SQLite format 3\x00", "GeoPackage", (".gpkg",)),
    (b"%PDF", "a PDF document", ()),
    (b"\x1f\x8b", "compressed with gzip", ()),
)
"""First bytes, the format that they mean, and the suffixes that such a file may have."""

_NO_PAGES = (".kml", ".parquet", ".geoparquet", ".gpkg")
"""Suffixes of XML, and of formats whose files are never a saved web page."""

_IN_LATIN_WORDS = re.compile("[A-Za-z][^\x00-\x7f]+|[^\x00-\x7f]+[A-Za-z]")

_NO_TEXT = "this is not a CSV or TSV file: its bytes are not text in any known encoding"

SEPARATOR_LINE = re.compile("\ufeff?sep=(.)\r?\n?$", re.IGNORECASE | re.MULTILINE)
"""A first line that gives Excel the delimiter and is not a row."""

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


class Dialect(NamedTuple):
    """Python's name of the encoding of a text table, and its delimiter.

    Two encodings, `utf-8/windows-1256`, mean a file that was joined from several: each line is in the first encoding
    that can decode it.
    """

    encoding: str
    delimiter: str


def check_format(path: Path) -> None:
    """Refuse a file whose content has another format than its suffix.

    Raises:
        SourceError: the file is missing, unreadable, empty, or has another format; the message says what to do.
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
    markup = head.lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith((b"<html", b"<table", b"<!doctype", b"<?xml"))
    if markup and suffix not in _NO_PAGES:
        raise SourceError(
            "this is a web page or XML; open it in a spreadsheet program and save it as .xlsx or .csv", path=path
        )
    for signature, meaning, suffixes in _SIGNATURES:
        if head.startswith(signature) and suffix not in suffixes:
            raise SourceError(f"this is {meaning}, {_give_advice(suffixes, suffix)}", path=path)
        if suffix in suffixes and not head.startswith(signature):
            raise SourceError(
                f"this is not {meaning}, although its name ends in {suffix}; it may be damaged or incomplete", path=path
            )


def _give_advice(suffixes: Sequence[str], suffix: str) -> str:
    if suffixes:
        return f"named {suffix or 'without a suffix'}; rename it to {suffixes[0]}"
    return f"named {suffix or 'without a suffix'}; open it in a spreadsheet program and save it as .xlsx or .csv"


def sniff_dialect(path: Path, *, encoding: str | None = None, delimiter: str | None = None) -> Dialect:
    """The encoding and the delimiter of a text table, from its first 256 KB (`SAMPLE_BYTES`).

    UTF-8 (with or without a byte order mark) and UTF-16 are recognised by their bytes; if only some lines are UTF-8,
    the others get a second encoding. Of the one-byte encodings, an Arabic one is chosen if half or more of the
    characters that are not ASCII are Arabic letters in it; else charset-normalizer decides.

    Raises:
        QueryError: a delimiter of several letters.
        SourceError: an encoding that does not exist, or bytes that are not text.
    """
    delimiter = _DELIMITER_NAMES.get(delimiter or "", delimiter)
    if delimiter is not None and len(delimiter) != 1:
        raise QueryError(f"a delimiter is one character, or the word tab, not {delimiter!r}", field="delimiter")
    with path.open("rb") as file:
        sample = file.read(SAMPLE_BYTES)
    encoding = encoding or sniff_encoding(sample, path)
    for name in encoding.split("/"):
        try:
            codecs.lookup(name)
        except LookupError:
            raise SourceError(
                f"no encoding is called {name!r}; use one such as utf-8 or windows-1256", path=path
            ) from None
    try:
        text = _decode(sample, encoding)
    except UnicodeError:  # of UTF-16 and UTF-32, whose first bytes give the byte order
        raise SourceError(
            f"not {encoding}: it does not begin with a byte order mark; leave out --encoding, and it is recognised",
            path=path,
        ) from None
    if "\x00" in text:  # programs, pictures and databases may be valid UTF-8, but tables never contain NUL
        raise SourceError(_NO_TEXT, path=path)
    return Dialect(encoding, delimiter or _sniff_delimiter(text))


def _decode(sample: bytes, encoding: str) -> str:
    """The decoded beginning of a file, with replacement characters for bytes that the encoding does not have."""
    if "/" in encoding:
        return "".join(decode_line(line, encoding, "replace") for line in sample.splitlines(keepends=True))
    return codecs.getincrementaldecoder(encoding)("replace").decode(sample)


def decode_line(line: bytes, encoding: str, errors: str = "strict") -> str:
    """A line decoded with the first of several encodings (`utf-8/windows-1256`) that can decode it.

    Raises:
        UnicodeDecodeError: no encoding can decode it, and `errors` is `strict`.
    """
    *first, last = encoding.split("/")
    for name in first:
        try:
            return line.decode(name)
        except UnicodeDecodeError:
            continue
    return line.decode(last, errors)


def sniff_encoding(sample: bytes, path: Path) -> str:
    """The name of the encoding of some bytes, or of two as in `Dialect`; `path` is named in errors."""
    for mark, name in _BOMS:
        if sample.startswith(mark):
            return name
    if b"\x00" in sample and (wide := _sniff_utf16(sample)):
        return wide
    if _is_utf8(sample):
        return "utf-8"
    *whole, _ = lines = sample.split(b"\n")
    if any(_is_surely_utf8(line) for line in lines):
        rest = [line for line in whole if not _is_utf8(line)]
        return f"utf-8/{_guess_one_byte_encoding(b' '.join(rest), path)}" if rest else "utf-8"
    return _guess_one_byte_encoding(sample, path)


def _sniff_utf16(sample: bytes) -> str:
    """The name of UTF-16 without a byte order mark, by its zero bytes: each ASCII character has one, on the same side.

    Empty if the bytes are not text in either byte order.
    """
    sides = sample[0::2].count(0), sample[1::2].count(0)
    name = "utf-16-be" if sides[0] > sides[1] else "utf-16-le"
    try:
        text = codecs.getincrementaldecoder(name)().decode(sample)
    except UnicodeDecodeError:
        return ""
    known = sum(letter.isascii() or letter.isalpha() for letter in text)
    return name if min(sides) * 20 <= max(sides) and known >= 0.9 * len(text) and "\x00" not in text else ""


def _is_utf8(sample: bytes) -> bool:
    """Whether the bytes are UTF-8; the last character may be cut."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return False
    return True


def _is_surely_utf8(line: bytes) -> bool:
    return _is_utf8(line) and sum(not letter.isascii() for letter in line.decode("utf-8", "ignore")) >= _SURE_LETTERS


def _guess_one_byte_encoding(sample: bytes, path: Path) -> str:
    share, best = max((_measure_arabic(sample, name), -order) for order, name in enumerate(_ARABIC_ENCODINGS))
    return _ARABIC_ENCODINGS[-best] if share >= 0.5 else _guess_encoding(sample, path)


def _measure_arabic(sample: bytes, encoding: str) -> float:
    """Share of Arabic letters among the characters that are not ASCII; one next to a Latin letter does not count."""
    text = sample.decode(encoding, "replace")
    foreign = sum(not letter.isascii() for letter in text)
    return sum(map(is_arabic, _IN_LATIN_WORDS.sub("", text))) / foreign if foreign else 0.0


def _guess_encoding(sample: bytes, path: Path) -> str:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - slow to import, seldom needed

    best = from_bytes(sample).best()
    if best is None or b"\x00" in sample:
        raise SourceError(_NO_TEXT, path=path)
    return best.encoding


def _sniff_delimiter(text: str) -> str:
    """The delimiter of Excel's line `sep=;`, else the one that splits most of the first rows into the same width."""
    if separator := SEPARATOR_LINE.match(text):
        return separator[1]

    def evenness(delimiter: str) -> tuple[float, int]:
        lines = io.StringIO(text.lstrip("\ufeff"), newline="")
        rows = [row for _, row in zip(range(_SAMPLE_ROWS), csv.reader(lines, delimiter=delimiter), strict=False)]
        rows = [row for row in rows if row]
        width = _find_usual_width(rows)
        return (0.0, 1) if width == 1 else (round(sum(len(row) == width for row in rows) / len(rows), 1), width)

    return max(_DELIMITERS, key=evenness)


def _find_usual_width(rows: Sequence[Sequence[str]]) -> int:
    """Number of cells of the header: of the first row, or of most rows below it if the first row is a title.

    If most commas have a space after them, they are part of the text of a single column.
    """
    if not rows:
        return 1
    widths = Counter(len(row) for row in rows[1:] if len(row) > 1)
    usual, count = widths.most_common(1)[0] if widths else (1, 0)
    if len(rows[0]) >= usual or count * 2 < len(rows):
        return len(rows[0])
    if len(rows[0]) > 1:
        return usual if count * 4 >= len(rows) * 3 else len(rows[0])
    spaced = sum(cell.startswith(" ") for row in rows for cell in row[1:])
    return 1 if usual == 2 or spaced * 2 > sum(len(row) - 1 for row in rows) else usual
