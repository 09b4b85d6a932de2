"""HTML read as text: tags and scripts blank, entities decoded, every character with its place in the input."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape

import numpy as np
from numpy.typing import NDArray

__all__ = ["PlainText", "looks_like_html", "strip_html"]

_SIGN = re.compile(
    r"<(?:!doctype\s+html|html|head|body|article|section|div|span|p|br|h[1-6]|table|ul|ol|li|a)\b[^<>]*>", re.I
)
_LOOK = 20_000
"""Characters in which HTML must show its first tag: a page begins with them, a long text is not searched."""

_BLANK = re.compile(r"<!--.*?-->|<(script|style|template|noscript)\b[^>]*>.*?</\1\s*>|<[a-zA-Z/!?][^<>]*>", re.I | re.S)
_BLOCK = re.compile(
    r"</?(?:p|div|br|li|ul|ol|tr|td|th|table|h[1-6]|article|section|header|footer|title|body|blockquote)\b", re.I
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]\w{1,31});")


@dataclass(frozen=True, slots=True)
class PlainText:
    """A text without its markup.

    Attributes:
        text: what is left to read.
        offsets: by character, its code point in the input.
        ends: by character, where its writing ends in the input (an entity is longer than what it stands for).
    """

    text: str
    offsets: NDArray[np.int64]
    ends: NDArray[np.int64]

    def locate_in_input(self, start: int, end: int) -> tuple[int, int]:
        """Where, in the input, the characters `start` to `end` are written."""
        return int(self.offsets[start]), int(self.ends[end - 1])


def looks_like_html(text: str) -> bool:
    """Whether a text has HTML's tags near its beginning."""
    return "<" in text[:_LOOK] and _SIGN.search(text[:_LOOK]) is not None


def strip_html(html: str) -> PlainText:
    """The text of an HTML page. Tags that end a block become line ends, all others leave nothing behind.

    >>> plain = strip_html("<p>من &quot;حلب&quot;</p>")
    >>> plain.text.strip(), int(plain.offsets[plain.text.index("ح")])
    ('من "حلب"', 12)
    """
    pieces: list[str] = []
    offsets: list[NDArray[np.int64]] = []
    ends: list[NDArray[np.int64]] = []

    def add(piece: str, start: int, end: int) -> None:
        """Put a piece of text, which is written from `start` to `end` in the HTML, behind the others."""
        # A piece as long as its writing is text as it stands; all characters of any other are written by the whole.
        plain = len(piece) == end - start
        pieces.append(piece)
        offsets.append(np.arange(start, end) if plain else np.full(len(piece), start))
        ends.append(np.arange(start + 1, end + 1) if plain else np.full(len(piece), end))

    # One walk from tag to tag, so that every character keeps its place in the input.
    at = 0
    for tag in _BLANK.finditer(html):
        _add_text(add, html, at, tag.start())
        # A line end, for names never go on from one block to the next; scripts part what stands around them, too.
        if _BLOCK.match(tag.group()) or tag.group(1):
            add("\n", tag.start(), tag.end())
        at = tag.end()
    _add_text(add, html, at, len(html))
    empty = np.zeros(0, np.int64)
    return PlainText("".join(pieces), np.concatenate([empty, *offsets]), np.concatenate([empty, *ends]))


def _add_text(add: Callable[[str, int, int], None], html: str, start: int, end: int) -> None:
    """Add a stretch of HTML without tags, entities decoded; `add` takes a piece of text and its bounds in `html`."""
    at = start
    # Here and not before: an entity may stand for a sign of markup, which is then text.
    for entity in _ENTITY.finditer(html, start, end):
        if entity.start() > at:
            add(html[at : entity.start()], at, entity.start())
        add(unescape(entity.group()), entity.start(), entity.end())
        at = entity.end()
    if end > at:
        add(html[at:end], at, end)
