"""The text of a web page, with the offsets of its characters in the page."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from dataclasses import dataclass, field

__all__ = ["PageText", "page_text"]

_MARKUP = re.compile(
    r"<!--.*?-->|<(script|style|noscript|template)\b.*?</\1\s*>|</?([a-zA-Z][\w:-]*)[^>]*>|<[!?][^>]*>|&\#?\w{1,32};",
    re.DOTALL | re.IGNORECASE,
)
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "cite",
        "code",
        "em",
        "font",
        "i",
        "mark",
        "q",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "u",
        "wbr",
        "tt",
        "ins",
        "del",
        "dfn",
    ]
)
"""Tags that do not end a word; any other ends a line."""


@dataclass(slots=True)
class PageText:
    """What a page says.

    Attributes:
        text: its text, markup taken out and character references resolved.
    """

    text: str = ""
    _starts: list[int] = field(default_factory=list)
    _origins: list[tuple[int, int]] = field(default_factory=list)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of `text` stands in the page (code points, half-open)."""
        return self._origin(start)[0], self._origin(end - 1)[1]

    def _origin(self, offset: int) -> tuple[int, int]:
        """Where one character of the text begins and ends in the page."""
        piece = bisect_right(self._starts, offset) - 1
        begin, length = self._origins[piece]
        if length:  # a character reference: several characters of the page make one
            return begin, begin + length
        at = begin + offset - self._starts[piece]
        return at, at + 1


def page_text(page: str) -> PageText:
    """The text of an HTML page.

    >>> page_text("<p>في <b>حل</b>ب</p>").text.strip()
    'في حلب'
    """
    pieces: list[str] = []
    made = PageText()
    length = last = 0

    def add(piece: str, begin: int, reference: int) -> None:
        nonlocal length
        if piece:
            made._starts.append(length)
            made._origins.append((begin, reference))
            pieces.append(piece)
            length += len(piece)

    for markup in _MARKUP.finditer(page):
        add(page[last : markup.start()], last, 0)
        add(_meaning(markup), markup.start(), markup.end() - markup.start())
        last = markup.end()
    add(page[last:], last, 0)
    made.text = "".join(pieces)
    return made


def _meaning(markup: re.Match[str]) -> str:
    """The characters that a piece of markup stands for."""
    if markup[0].startswith("&"):
        return html.unescape(markup[0])
    return "" if (markup[2] or "").lower() in _INLINE else "\n"
