"""Letters that were escaped on their way into a table: for a page, for an address, for a program."""

from __future__ import annotations

import re
from urllib.parse import unquote

__all__ = ["undo_escapes"]

_CODE_POINT = re.compile(r"&#(\d{2,6});|&#[xX]([\da-fA-F]{2,5});|\\u([\da-fA-F]{4})")
"""The number of a letter in a page, decimal or hexadecimal, and in a program."""

_UNREADABLE = "\ufffd"


def undo_escapes(text: str) -> str:
    r"""A text with its escaped letters as letters; as it is where nothing is escaped.

    >>> undo_escapes("&#1581;&#1604;&#1576;"), undo_escapes("%D8%AD%D9%84%D8%A8"), undo_escapes(r"\u062d\u0644\u0628")
    ('حلب', 'حلب', 'حلب')
    >>> undo_escapes("100%"), undo_escapes("R&D")
    ('100%', 'R&D')
    """
    if "&#" not in text and "%" not in text and "\\u" not in text:
        return text  # true of nearly every text
    undone = _CODE_POINT.sub(_write_letter, unquote(text, errors="replace"))
    return undone if undone.isprintable() and _UNREADABLE not in undone else text


def _write_letter(code: re.Match[str]) -> str:
    """The letter of a number; `_UNREADABLE` for a number that is none of a letter."""
    decimal, *hexadecimal = code.groups()
    point = int(decimal) if decimal else int(next(filter(None, hexadecimal)), 16)
    return chr(point) if point <= 0x10FFFF else _UNREADABLE
