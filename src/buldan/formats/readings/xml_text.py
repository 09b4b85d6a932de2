"""Text as XML 1.0 can hold it."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

__all__ = ["escape_text", "quote_attribute"]

_UNSPEAKABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 (section 2.2) has no way to write, not even escaped."""


def escape_text(text: str) -> str:
    """Escaped, so that a parser gives the same text back; a character that XML cannot hold becomes U+FFFD.

    >>> escape_text("a < b")
    'a &lt; b'
    """
    return escape(_UNSPEAKABLE.sub("\ufffd", text), {"\r": "&#13;"})


def quote_attribute(value: object) -> str:
    """Escaped and in quotation marks."""
    return quoteattr(_UNSPEAKABLE.sub("\ufffd", str(value)))
