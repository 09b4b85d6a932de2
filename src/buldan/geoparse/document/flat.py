"""A text made flat: folded, one space between words, every character with its place in the original.

All later stages search the flat copy (for names, cues, gaps between words), by arrays, and give their results in code
points of the original.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from buldan.enumerations import NumberInArrays
from buldan.geoparse.document.words import TextViews, WordList
from buldan.geoparse.tables import read_table
from buldan.text import fold_codes, list_code_points

__all__ = ["Flat", "Gap", "flatten", "flatten_all"]


class Gap(NumberInArrays, IntEnum):
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
_GAP_BY_CODE = np.zeros(0x110000, np.uint8)
for _gap, _characters in _MARKS.items():
    _GAP_BY_CODE[[ord(character) for character in _characters]] = _gap
_GAP_BY_CODE_VIEW = _GAP_BY_CODE.data

# Each pattern begins with a rare character and looks behind from there, so that a search jumps from one to the next.
# There is a pattern for each apostrophe: to search for one character takes a third of the time of a search for two.
_APOSTROPHES = "'’"
_ELIDED = {sign: re.compile(rf"{sign}(?<=\b[dDlL].)(?=[^\W\d_])") for sign in _APOSTROPHES}
"""The sign behind a letter that French writes before a name in its word: d'Alep, l'Oronte."""

_SUFFIXES = r"(?<=\w\w\w.)(?:d[ea]n?|t[ea]n?|n?[ıiuü]n|n[dt][ea]n?|y?[eaıiuü]|y?l[ea]|d[ea]ki|t[ea]ki|n[eaıiuü])\b"
_SUFFIXED = {sign: re.compile(sign + _SUFFIXES) for sign in _APOSTROPHES}
"""What Turkish writes behind a name's apostrophe: İdlib'de, Suriye'nin."""

_TURKISH_WORDS = "|".join(form for form, lang, _ in read_table("everyday_words") if lang == "tr")
_TURKISH = re.compile(rf"[ığşİüöç]|\b(?:{_TURKISH_WORDS})\b")
"""Shows that a text is Turkish: `'de` and the like are cut from names in Turkish texts alone."""

_HYPHENATED = re.compile(r"-\n(?<=[^\W\d_]-\n)(?:(?=[a-zß-öø-ÿ])|(?=([A-ZÀ-ÖØ-Þ])))")
"""A word that is parted at a line end, or, with a group, a name parted at its own hyphen: Jisr-esh-⏎Shughr."""

_PARTED_ARTICLE = re.compile(r"ا ل(?=[^\W\d_]{2})(?:(?<=\bا ل)|(?<=\b[وفبك]ا ل))")
"""A blank that a reader of print put into the article: ا لزبداني, وا لنبك."""

_POSSESSIVES = {sign: re.compile(rf"{sign}s(?<=\w..)\b") for sign in _APOSTROPHES}
_DROPPED = "\u00ad"
"""A character that the fold leaves out."""


# Not frozen: it is made for each text, and a frozen one takes a call for each of its attributes.
@dataclass(eq=False, slots=True)
class Flat:
    """A flat text, its words and the gaps between them; words are numbered from 0.

    Attributes:
        original: the text as given; `original_codes`, its code points.
        text: the flat copy, beginning and ending with a space; `codes`, its code points.
        offsets: by flat character, its code point in the original; one more, the length of the original.
        starts: by word, where it begins in the flat copy; one more, the end.
        words: the words; `hashes`, the hash of each (`buldan.index.postings.hash_key`).
        gap_list: by word, what stands before it (`Gap`); one more, what stands after the last.
        passages: the word at which each passage begins; one more, the number of words.
        origins: by passage, where it begins in the original, and where it ends; of one alone, which is all, none.
        views: what compiled loops read of all this; of one of several passages, none.
    """

    original: str
    original_codes: NDArray[np.uint32]
    text: str
    codes: NDArray[np.uint32]
    offsets: NDArray[np.int64]
    starts: NDArray[np.int64]
    words: WordList
    hashes: NDArray[np.uint64]
    gap_list: bytes
    passages: NDArray[np.int64]
    origins: NDArray[np.int64] | None
    views: TextViews | None = None

    def take_passage(self, number: int) -> Flat:
        """One of several passages as if it stood alone, its words and characters counted from its own begin."""
        if self.origins is None:
            return self
        first, last = self.passages[number : number + 2].tolist()
        begin, end = self.origins[number].tolist()
        # The space before its first word and the one behind its last are the passage's own.
        start, stop = (int(self.starts[word]) for word in (first, last))
        starts, offsets = self.starts[first : last + 1] - (start - 1), self.offsets[start - 1 : stop + 1] - begin
        # Its first and last blank stand for the edges of the passage, whatever stood between passages there.
        offsets[0], offsets[-1] = 0, end - begin
        text = self.text[start - 1 : stop]
        return Flat(
            self.original[begin:end],
            self.original_codes[begin:end],
            text,
            self.codes[start - 1 : stop],
            offsets,
            starts,
            WordList(text, starts.data),
            self.hashes[first:last],
            self.gap_list[first : last + 1],
            np.array([0, last - first]),
            None,
        )

    def find_paragraphs(self) -> NDArray[np.int64]:
        """The word at which each paragraph of the passages begins, behind a blank line; one more, how many words."""
        blank = [line.end() for line in _BLANK_LINE.finditer(self.original)] if "\n" in self.original else []
        if not blank:
            return self.passages
        begins = self.offsets.take(self.starts[:-1]).searchsorted(blank)
        # A set is several times as quick as `np.union1d` for the few paragraphs of a text.
        return np.array(sorted({*self.passages.tolist(), *begins.tolist()}), np.int64)

    def join_words(self, first: int, last: int) -> str:
        """Words `first` to `last` (outside), with a space between."""
        return self.text[self.starts[first] : self.starts[last] - 1]

    def locate_in_original(self, start: int, end: int) -> tuple[int, int]:
        """Code points of the original under flat characters `start` to `end`, marks of the last letter included."""
        first = int(self.offsets[start])
        last = max(int(self.offsets[end]), first + 1)  # one character may fold to several words: ﷺ
        while last > first + 1 and _belongs_to_no_word(self.original[last - 1]):
            last -= 1
        return first, last


_QUOTES = "'’‘`´ʼ"


def _belongs_to_no_word(character: str) -> bool:
    """Whether a character that the fold drops does not belong to a word when it stands behind it."""
    return character in _QUOTES or character.isspace() or unicodedata.category(character) in ("Cc", "Cf")


def flatten(text: str) -> Flat:
    """The flat form of a text, as one passage."""
    return _flatten(text, _blank_affixes(text))


def _blank_affixes(text: str) -> str:
    """The text with blanks over what is written on to names (possessives, suffixes, d' and l'), as long as before."""
    plain = text
    signs = [sign for sign in _APOSTROPHES if sign in text]
    if signs:
        for sign in signs:
            plain = _POSSESSIVES[sign].sub("  ", plain)
        plain = _blank_elided(plain, signs)
        # The suffix is sought first: it is rare, and a search for words of Turkish goes through the whole text.
        if any(_SUFFIXED[sign].search(plain) for sign in signs) and _TURKISH.search(text):
            for sign in signs:
                plain = _SUFFIXED[sign].sub(lambda suffix: " " * len(suffix.group()), plain)
    if "ا ل" in text:
        plain = _PARTED_ARTICLE.sub("ا" + _DROPPED + "ل", plain)
    if "." in text:
        plain = _ABBREVIATED.sub(" ", plain)
    if "-\n" in text:
        plain = _HYPHENATED.sub(lambda parted: "- " if parted[1] else 2 * _DROPPED, plain)
    return plain


def _blank_elided(text: str, signs: Sequence[str]) -> str:
    """The text with blanks over d' and l' before a name, as long as before; `signs` are the apostrophes in it."""
    found = sorted(elided.start() for sign in signs for elided in _ELIDED[sign].finditer(text))
    if not found:
        return text
    pieces: list[str] = []
    begin = 0
    for at in found:
        pieces += (text[begin : at - 1], "  ")
        begin = at + 1
    return "".join((*pieces, text[begin:]))


def _compile_title_dots() -> re.Pattern[str]:
    """A pattern of the dot behind an abbreviated title (Dr., د.), which ends no sentence."""
    by_length: dict[int, list[str]] = {}
    for form, _ in read_table("abbreviations"):
        by_length.setdefault(len(form), []).append(form)
    return re.compile(r"\.(?=\s)(?:" + "|".join(rf"(?<=\b(?:{'|'.join(of)}).)" for of in by_length.values()) + ")")


_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")

_ABBREVIATED = _compile_title_dots()
"""The dot of a title, which ends no sentence; titles by their length, for so a pattern looks behind."""


def _flatten(text: str, plain: str) -> Flat:
    """The flat form of a text; `plain` is the same text, as long, with affixes blanked (`_blank_affixes`)."""
    original_codes = list_code_points(text)
    unowned = original_codes if plain == text else list_code_points(plain)
    folded, offsets = fold_codes(unowned)
    # Room for the worst case, cut to what was used: one walk, and no growing within it.
    most = 2 * len(folded) + 3  # never more: a blank between any two characters, and one at each end
    codes, numbers = np.empty(most, np.uint32), np.empty(2 * most, np.int64)
    gaps, hashes = bytearray(most), np.empty(most, np.uint64)
    views = TextViews(original_codes.data, codes.data, numbers.data, gaps, hashes.data)
    length, count = views.tokenize(unowned.data, _GAP_BY_CODE_VIEW, folded.data, offsets.data)
    codes, starts = codes[:length], numbers[most : most + count + 1]
    passages = np.zeros(2, np.int64)
    passages[1] = count
    # By this name, for Python has its decoder at hand and seeks those of other names.
    flat = codes.tobytes().decode("utf-32", "surrogatepass")
    return Flat(
        text,
        original_codes,
        flat,
        codes,
        numbers[: length + 1],
        starts,
        WordList(flat, starts.data),
        hashes[:count],
        bytes(gaps[: count + 1]),
        passages,
        None,
        views,
    )


def flatten_all(passages: Sequence[str]) -> Flat:
    """Several passages as one flat text, with the bounds of each; every passage is read as if it stood alone."""
    if len(passages) == 1:
        return flatten(passages[0])
    flat = _flatten(_BETWEEN.join(passages), _BETWEEN.join(map(_blank_affixes, passages)))
    # Where each passage lies among the joined, whose first word is the first to begin at or behind that.
    lengths = np.array([len(passage) for passage in passages])
    ends = np.cumsum(lengths + len(_BETWEEN)) - len(_BETWEEN)
    origins = np.stack((ends - lengths, ends), axis=1)
    begins = np.searchsorted(flat.offsets[flat.starts[:-1]], origins[:, 0])
    return replace(flat, passages=np.append(begins, len(flat.words)), origins=origins)


_BETWEEN = "\n\n\u2029\u2029"
"""Stands between passages so that each reads as alone: a blank ends the last sentence (`_classify_dot`), what stands
two characters before the first dot is no sign of an initial, and lines that are parted so are of no one name."""
