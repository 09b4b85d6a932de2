"""Split a folded text into words and hash each of them, in one walk over its characters.

Hashes are those of `buldan.index.postings.hash_key`. Compiled where it can be; see `hatch_build.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from buldan.index.postings import FNV_OFFSET, FNV_PRIME

__all__ = ["TextViews", "WordList", "find_strongest_gap"]

_SPACE, _DOT, _FIRST_ARABIC = 32, 46, 0x600
"""Code points: of a space and a full stop, and of the first Arabic letter."""

_STOP, _EDGE = 5, 6
"""Gaps (`buldan.geoparse.document.flat.Gap`): of a sentence's end, and at the ends of a text."""

_START, _FACTOR, _MASK = FNV_OFFSET, FNV_PRIME, 0xFFFFFFFFFFFFFFFF


class TextViews:
    """Views of a text and of its flat form; see `buldan.geoparse.document.flat.Flat`. Taken once, for all loops.

    All but the first are room, which `tokenize` fills and cuts to what was used: two characters for each of the folded
    text, and three more.

    Args:
        original: code points of the original.
        codes: of the flat form.
        numbers: where each of those comes from in the original, and, in its second half, where each word begins.
        gaps: the strongest mark before each word, and behind the last.
        hashes: by word, its hash.
    """

    def __init__(self, original: Any, codes: Any, numbers: Any, gaps: Any, hashes: Any) -> None:
        self.original, self.codes, self.gap, self.hashes = original, codes, gaps, hashes
        self._divide_room(numbers)

    def _divide_room(self, numbers: Any) -> None:
        half = len(numbers) // 2
        self.offsets, self.starts = numbers[:half], numbers[half:]

    def tokenize(self, plain: Any, gap_of: Any, folded: Any, offsets: Any) -> tuple[int, int]:
        """Fill in the flat text and its words, and return the length of that text and the number of words.

        Args:
            plain: code points of the original, affixes of names blanked.
            gap_of: by code point, the gap that it makes.
            folded: code points of the folded text.
            offsets: where in the original each of them comes from; one more, its length.
        """
        length, count = _tokenize_into(
            plain, gap_of, folded, offsets, self.codes, self.offsets, self.starts, self.gap, self.hashes
        )
        self.offsets[length] = len(self.original)
        self.codes, self.offsets = self.codes[:length], self.offsets[: length + 1]
        self.starts, self.gap, self.hashes = self.starts[: count + 1], self.gap[: count + 1], self.hashes[:count]
        return length, count


def _tokenize_into(
    original: memoryview,
    gap_of: memoryview,
    folded: memoryview,
    offsets: memoryview,
    codes: memoryview,
    places: memoryview,
    starts: memoryview,
    gaps: memoryview,
    hashes: memoryview,
) -> tuple[int, int]:
    """Fill in the flat text and its words, and return the length of that text and the number of words.

    The flat text has one space between words and one at each end.

    Arabic letters and the figures and Latin letters that are stuck to them are words of their own: حلبhttps. All that
    is filled in has room for two characters for each of the folded text, and two more.

    Args:
        original: code points of the original.
        gap_of: by code point, the gap that it makes.
        folded: code points of the folded text.
        offsets: where in the original each of them comes from; one more, its length.
        codes: to be filled with the code points of the text.
        places: to be filled with where in the original each of those comes from.
        starts: to be filled with where each word begins; one more, where the text ends.
        gaps: to be filled with the strongest mark before each word; one more, that behind the last.
        hashes: to be filled with the hash of each word.
    """
    codes[0], places[0], starts[0] = _SPACE, 0, 1
    length, words, spaced, begun, hashed, before = 1, 0, True, 0, _START, _SPACE
    for at in range(len(folded)):
        code, place = folded[at], offsets[at]
        stuck = before > _SPACE and code > _SPACE and (before < _FIRST_ARABIC) != (code < _FIRST_ARABIC)
        before = code
        if (code == _SPACE or stuck) and not spaced:
            hashes[words] = hashed
            words += 1
            starts[words] = length + 1
            spaced, begun = True, place
            codes[length], places[length] = _SPACE, place
            length += 1
        if code != _SPACE:
            if spaced:
                strongest = 0
                for marked in range(begun, place):
                    if original[marked] == _DOT:
                        strongest = max(strongest, _classify_dot(original, gap_of, marked))
                    else:
                        strongest = max(strongest, gap_of[original[marked]])
                gaps[words] = strongest
                spaced, hashed = False, _START
            hashed = ((hashed ^ code) * _FACTOR) & _MASK
            codes[length], places[length] = code, place
            length += 1
    if not spaced:
        hashes[words] = hashed
        words += 1
        starts[words] = length + 1
        codes[length], places[length] = _SPACE, offsets[len(folded)]
        length += 1
    gaps[0] = gaps[words] = _EDGE
    return length, words


def _classify_dot(codes: memoryview, gap_of: memoryview, at: int) -> int:
    """The gap that a dot of the original makes; it ends a sentence before a blank and behind a word."""
    if at > 1 and codes[at - 2] <= _DOT:
        return gap_of[_DOT]  # what stands two characters before the dot of an initial ("J. Smith") is a blank
    last: bool = at + 1 == len(codes)
    return _STOP if last or codes[at + 1] <= _SPACE else gap_of[_DOT]


class WordList:
    """The words of a flat text, each cut out when it is asked for; `starts` has one more, where the text ends."""

    def __init__(self, text: str, starts: memoryview) -> None:
        self._text, self._starts = text, starts

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __iter__(self) -> Iterator[str]:
        return iter(self._text[1:-1].split(" ")) if len(self) else iter(())

    def __getitem__(self, at: int) -> str:
        if not 0 <= at < len(self._starts) - 1:
            raise IndexError(at)
        return self._text[self._starts[at] : self._starts[at + 1] - 1]

    def at(self, number: int) -> str:
        """A word that is known to be there, without the checks of `words[number]`."""
        return self._text[self._starts[number] : self._starts[number + 1] - 1]


def find_strongest_gap(gaps: bytes, begin: int, end: int) -> int:
    """The strongest of the gaps from one word on to before another (`Flat.gap_list`); 0 for none."""
    strongest = 0
    for word in range(begin, min(end, len(gaps))):
        strongest = max(strongest, gaps[word])
    return strongest
