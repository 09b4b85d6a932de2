"""Escape text for XML 1.0."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

__all__ = ["escape_text", "quote_attribute"]

_UNSPEAKABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 (section 2.2) cannot contain, not even escaped."""


def escape_text(text: str) -> str:
    """The escaped text: a parser returns the same text, except U+FFFD for characters that XML cannot contain.

    >>> escape_text("a < b")
    'a &lt; b'
    """
    return escape(_UNSPEAKABLE.sub("\ufffd", text), {"\r": "&#13;"})


def quote_attribute(value: object) -> str:
    """The value escaped and in quotation marks."""
    return quoteattr(_UNSPEAKABLE.sub("\ufffd", str(value)))
