"""A text made flat: folded, one space between words, every character with its place in the original.

All that follows (names, cues, gaps between words) is sought in the flat copy, by arrays, and told in code
points of the original.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from buldan.text import fold_with_offsets

__all__ = ["Flat", "Gap", "flatten"]


class Gap(IntEnum):
    """What stands between two words, from nothing to a new paragraph; of several marks, the strongest."""

    SPACE = 0
    HYPHEN = 1
    QUOTE = 2
    COMMA = 3
    BRACKET = 4
    STOP = 5
    LINE = 6


_MARKS = {
    Gap.HYPHEN: "-‐‑‒–—/_.·~",
    Gap.QUOTE: "\"'“”„‘’«»‹›*",
    Gap.COMMA: ",،、",
    Gap.BRACKET: "()[]{}<>|",
    Gap.STOP: ";؛:?؟!…",
    Gap.LINE: "\n\r\x0b\x0c\u2028\u2029",
}
_GAP_OF = np.zeros(0x110000, np.uint8)
for _gap, _characters in _MARKS.items():
    _GAP_OF[[ord(character) for character in _characters]] = _gap

_POSSESSIVE = re.compile(r"['’](?<=\w.)s\b")
_SPACE, _DOT = ord(" "), ord(".")


@dataclass(frozen=True, slots=True)
class Flat:
    """A flat text, its words and what parts them; words are numbered from 0.

    Attributes:
        original: the text as given.
        text: the flat copy, beginning and ending with a space.
        offsets: by flat character, its code point in the original; one more, the length of the original.
        starts: by word, where it begins in the flat copy; one more, the end.
        words: the words.
        gaps: by word, what stands before it; one more, what stands after the last.
    """

    original: str
    text: str
    offsets: NDArray[np.int64]
    starts: NDArray[np.int64]
    words: list[str]
    gaps: NDArray[np.uint8]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Code points of the original under flat characters `start` to `end`, marks of the last letter included."""
        first = int(self.offsets[start])
        last = max(int(self.offsets[end]), first + 1)  # one character may fold to several words: ﷺ
        while last > first + 1 and _is_outer(self.original[last - 1]):
            last -= 1
        return first, last


_QUOTES = "'’‘`´ʼ"


def _is_outer(character: str) -> bool:
    """Whether a character that the fold drops does not belong to a word when it stands behind it."""
    return character in _QUOTES or character.isspace() or unicodedata.category(character) in ("Cc", "Cf")


def flatten(text: str) -> Flat:
    """The flat form of a text; costs some 20 nanoseconds a character."""
    plain = _POSSESSIVE.sub("  ", text) if "'" in text or "’" in text else text
    folded, offsets = fold_with_offsets(plain)
    codes = np.frombuffer(f" {folded} ".encode("utf-32-le", "surrogatepass"), np.uint32)
    offsets = np.concatenate(([0], offsets[:-1], [len(text), len(text)]))
    spaces = codes == _SPACE
    kept = np.flatnonzero(~(spaces & np.concatenate(([False], spaces[:-1]))))
    codes = codes[kept]
    flat = codes.tobytes().decode("utf-32-le", "surrogatepass")
    at_space = np.flatnonzero(codes == _SPACE)
    words = flat[1:-1].split(" ") if len(flat) > 1 else []
    gaps = _gaps(plain, offsets, kept, at_space)
    return Flat(text, flat, np.append(offsets[kept], len(text)), at_space + 1, words, gaps)


def _marks(text: str) -> NDArray[np.uint8]:
    """The gap that each character of the original makes; a dot ends a sentence before a blank and after a word."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    marks = _GAP_OF[codes]
    dots = np.flatnonzero(codes == _DOT)
    following = codes[np.minimum(dots + 1, len(codes) - 1)]
    ends = (following <= _SPACE) | (dots == len(codes) - 1)
    initial = (codes[np.maximum(dots - 2, 0)] <= _DOT) & (dots > 1)
    marks[dots[ends & ~initial]] = Gap.STOP
    return marks


def _gaps(text: str, offsets: NDArray[Any], kept: NDArray[Any], at_space: NDArray[Any]) -> NDArray[np.uint8]:
    """The strongest mark of the original in each run of spaces: from its first to where the next word begins."""
    if not text:
        return np.full(len(at_space), Gap.LINE, np.uint8)
    marks = np.append(_marks(text), np.uint8(0))
    first = offsets[kept[at_space]]
    after = offsets[kept[np.minimum(at_space + 1, len(kept) - 1)]]
    bounds = np.column_stack((first, np.maximum(after, first + 1))).clip(max=len(text))
    gaps = np.maximum.reduceat(marks, bounds.ravel())[::2]
    gaps[0] = gaps[-1] = Gap.LINE
    return gaps
