"""Bytes to text, or a clear refusal: never mojibake read in silence."""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import NamedTuple

from buldan.errors import QueryError
from buldan.geoparse.tables import read_table

__all__ = ["Decoded", "decode"]


class Decoded(NamedTuple):
    """A text and the encoding that it was in."""

    text: str
    encoding: str


_MAGIC = {
    b"%PDF": "a PDF file",
    b"PK\x03\x04": "a ZIP file (DOCX and XLSX are such)",
    b"\x89PNG": "a PNG image",
    b"GIF8": "a GIF image",
    b"\xff\xd8\xff": "a JPEG image",
    b"\x1f\x8b": "a gzip file",
    b"\x7fELF": "a program",
    b"\xd0\xcf\x11\xe0": "an old Office file",
    b"SQLite format 3": "an SQLite database",
}
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))

_ARABIC_ENCODINGS = ("cp1256", "iso8859_6")
_ARABIC_WORDS = "|".join(form for form, lang, _ in read_table("everyday_words") if lang == "ar")
_EVERYDAY = re.compile(rf"(?<!\w)(?:{_ARABIC_WORDS}|ال\w{{2,}})(?!\w)")
"""Words of any Arabic text, and words with the article; not folded, as what the bytes spell is in doubt."""

_LEAST_COMMON, _MARGIN = 0.15, 1.5
"""Share of words that must be everyday Arabic ones, and how many times as many as in the other encoding: read in the
wrong one, Arabic is letters in another order, of which next to none are words."""

_SAMPLE = 200_000
"""Number of characters that are checked: the beginning of a long file is enough to find its encoding."""

_MOST_CONTROLS = 0.01
"""Share of characters without a meaning above which a file is no text, or not in that encoding."""


def decode(content: bytes, *, name: str = "the input") -> Decoded:
    """The text in `content`: UTF-8, UTF-16 with its mark, or Windows-1256 or ISO 8859-6 where the words are Arabic.

    Raises:
        QueryError: a binary file, or one whose encoding is in doubt; the message says what to do.
    """
    for magic, what in _MAGIC.items():
        if content.startswith(magic):
            raise QueryError(f"{name} is {what}, not text; extract its text first")
    # UTF-8 unless a mark says otherwise: it cannot be read by mistake, for other encodings break its rules.
    encoding = next((encoding for mark, encoding in _MARKS if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        return _decode_arabic(content, name, error)
    # Bytes below 32 are valid UTF-8, so that a binary file may decode.
    if _measure_control_share(text) > _MOST_CONTROLS:
        raise QueryError(f"{name} is binary, not text: it is full of control characters")
    return Decoded(text, encoding)


def _measure_control_share(text: str) -> float:
    """Share of control characters other than blanks, in a sample."""
    sample = text[:_SAMPLE]
    return sum(unicodedata.category(c) == "Cc" and c not in "\t\n\r\f\v\x00" for c in sample) / max(len(sample), 1)


def _decode_arabic(content: bytes, name: str, error: UnicodeDecodeError) -> Decoded:
    """The text in the single-byte Arabic encoding in which it reads as Arabic, if one stands out."""
    scores = {encoding: _measure_arabic_share(content, encoding) for encoding in _ARABIC_ENCODINGS}
    # Both encodings give Arabic letters for the same bytes; only everyday words show which is right.
    best, second = sorted(scores, key=scores.__getitem__, reverse=True)[:2]
    if scores[best] < _LEAST_COMMON or scores[best] < _MARGIN * scores[second]:
        raise QueryError(
            f"{name} is not UTF-8 (byte {error.start}: {error.reason}) and not clearly Windows-1256 either; "
            "convert it first, for example: iconv -f WINDOWS-1256 -t UTF-8 FILE"
        )
    return Decoded(content.decode(best, "replace"), best)


def _measure_arabic_share(content: bytes, encoding: str) -> float:
    """Share of the words that are everyday Arabic ones, or carry the article; 0 where bytes mean nothing."""
    text = content[:_SAMPLE].decode(encoding, "replace")
    beyond_ascii = sum(byte >= 0x80 for byte in content[:_SAMPLE])
    controls = sum(unicodedata.category(c) == "Cc" and c not in "\t\n\r\f\v" for c in text)
    # Of the bytes beyond ASCII alone: these differ between encodings, and a text in Latin letters has few.
    if text.count("\ufffd") + controls > _MOST_CONTROLS * max(beyond_ascii, 1):
        return 0.0
    words = re.findall(r"[^\W\d_]*[^\W\d_a-zA-Z][^\W\d_]*", text)
    return len(_EVERYDAY.findall(text)) / len(words) if words else 0.0
