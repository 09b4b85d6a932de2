"""Other ways to read what was typed: letters of another script, chat digits, scanned shapes, the other keyboard.

A habit of writing is a few rows of `respellings.tsv`: a pattern, and what a reader takes it for.
`respelling_habits.tsv` says in which texts it may be at work, what it costs to suppose it, and whether only a name
written exactly so counts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial

from buldan.text.folding import fold
from buldan.text.generic import is_forming_word, is_generic_word, is_kind_word
from buldan.text.scripts import is_arabic
from buldan.text.sounds import count_articles, split_folded_words
from buldan.text.tables import read_table

__all__ = ["Respelling", "iter_respellings", "may_be_garbled", "respell"]

_VARIANTS = 2
"""Variants of a text where a letter has several readings: all the first ones, all the second ones."""


_LETTERS = re.compile(r"[^\W\d_]+")
_WORDS = re.compile(r"[^\s,،]+")
_MOST_REORDERED, _ORDER_PRICE, _ANY_ORDER_PRICE = 4, 1.5, 4.0
"""Words of a text that may stand in another order, and nats that it costs to suppose it: less where a word shows that
it is a place's name, for a person's may be another's turned round (علي حسن).
"""

_SIGNS = re.compile(r"[^\w\s'’-]")
"""What no name has in it."""

_GARBLED = re.compile(r"[\x80-\xff]")
_GARBLED_WORD = re.compile(r"(?<![A-Za-z])[^\x00-\x7f\u0600-\u06ff]+(?![A-Za-z])")
"""Letters beyond ASCII that are no Arabic: a whole word of it, since all Arabic letters are read so."""

_WRITTEN_IN = ("utf-8", "cp1256")
"""Encodings of Arabic that are read as Western. In the latter French letters are the same, and stay what they are."""

_MISREAD_PRICE = 0.3
"""Nats that it costs to suppose it."""


@dataclass(frozen=True, slots=True)
class Respelling:
    """A text as it may be meant.

    Attributes:
        text: the text respelled.
        rule: what was supposed, for people: `script`, `keyboard`, `encoding`, `word_order` or `respelled`.
        price: nats that it costs to suppose it.
        is_exact: whether only a name written exactly so counts.
    """

    text: str
    rule: str
    price: float
    is_exact: bool


def iter_respellings(text: str) -> Iterator[Respelling]:
    """The texts that may be meant by a text, by the habits that can be at work in it.

    >>> [respelling.text for respelling in iter_respellings("Хомс")]
    ['homs', 'khoms']
    >>> [respelling.text for respelling in iter_respellings("pgf") if respelling.rule == "keyboard"]
    ['حلب']
    """
    spelled = unicodedata.normalize("NFC", text)
    for habit, applies, price, is_exact, rule in _load_habits():
        # Case tells letters apart in a transliteration alone.
        read = spelled if habit == "vowelless" else spelled.lower()
        if applies.search(read):
            pattern, targets = _compile_patterns(habit)
            kept = _find_kind_words(read) if rule == "respelled" else []
            met = {text.lower(), text}
            for variant in range(_VARIANTS):
                respelled = pattern.sub(partial(_read_as, targets, variant, kept), read)
                # Signs among the letters show that it is no name in the other layout: جكل would be [;g.
                if respelled not in met and not (rule == "keyboard" and _SIGNS.search(respelled)):
                    met.add(respelled)
                    yield Respelling(respelled, rule, price, is_exact)
    yield from _iter_decoded(spelled)
    yield from _iter_reordered(text)


def respell(text: str, habit: str) -> str:
    """A text in small letters as one habit has it read, each letter the first way.

    >>> respell("salquine", "french")
    'salqine'
    """
    pattern, targets = _compile_patterns(habit)
    return pattern.sub(partial(_read_as, targets, 0, ()), text)


def may_be_garbled(text: str) -> bool:
    """Whether a text has letters that come about where another encoding is read as Western; French has them too."""
    return _GARBLED.search(text) is not None


def _iter_decoded(text: str) -> Iterator[Respelling]:
    """The Arabic text whose bytes were read by the wrong encoding: ÍáÈ and Ø­Ù„Ø¨ are حلب.

    Parts of a cell may come from different files: what is Arabic or ASCII already stays as it is.
    """
    if not may_be_garbled(text):
        return
    for encoding in _WRITTEN_IN:
        decoded = _GARBLED_WORD.sub(partial(_decode, encoding), text)
        if decoded != text and not _GARBLED.search(decoded):
            yield Respelling(decoded, "encoding", _MISREAD_PRICE, False)
            return


def _decode(encoding: str, match: re.Match[str]) -> str:
    """What a stretch was before it was read as Western; as it is where that is no Arabic."""
    try:
        decoded = b"".join(map(_encode_western, match.group())).decode(encoding)
    except UnicodeError:
        return match.group()
    return decoded if all(is_arabic(letter) for letter in decoded if letter.isalpha()) else match.group()


def _encode_western(letter: str) -> bytes:
    """The byte that a letter was read from; five bytes are no letters in Windows-1252 and are kept as they are."""
    return letter.encode("latin-1" if "\x80" <= letter <= "\x9f" else "cp1252")


def _find_kind_words(text: str) -> list[tuple[int, int]]:
    """Where the words of a text that only tell a kind begin and end: camp is no Turkish "jamp"."""
    return [match.span() for match in _LETTERS.finditer(text) if is_kind_word(fold(match.group()))]


def _iter_reordered(text: str) -> Iterator[Respelling]:
    """The text with its last word first, and with its first word last: زيتا كفر, "Aswad, al-Hajar al-"."""
    words = _WORDS.findall(text)
    price = _ORDER_PRICE if any(map(_shows_a_place, words)) else _ANY_ORDER_PRICE
    if 1 < len(words) <= _MOST_REORDERED:
        for ordered in dict.fromkeys(((words[-1], *words[:-1]), (*words[1:], words[0]))):
            yield Respelling(" ".join(ordered), "word_order", price, True)


def _shows_a_place(word: str) -> bool:
    """Whether a word has an article, or is one that names of places begin with or that tells a kind: زيتا كفر."""
    words = split_folded_words(word)
    return count_articles(word) > 0 or any(is_forming_word(each) or is_generic_word(each) for each in words)


def _read_as(
    targets: Sequence[Sequence[str]], variant: int, kept: Sequence[tuple[int, int]], match: re.Match[str]
) -> str:
    """What the pattern that matched is read as; as it is within the words to be kept."""
    if any(start <= match.start() < end for start, end in kept):
        return match.group()
    readings = targets[(match.lastindex or 1) - 1]
    return readings[min(variant, len(readings) - 1)]


@cache
def _load_habits() -> tuple[tuple[str, re.Pattern[str], float, bool, str], ...]:
    """By habit its name, the texts that it applies to, its price in nats, whether it is exact, and its rule."""
    return tuple(
        (habit, re.compile(applies), float(price), exact == "yes", rule)
        for habit, applies, price, exact, rule, _ in read_table("respelling_habits")
    )


@cache
def _compile_patterns(habit: str) -> tuple[re.Pattern[str], tuple[tuple[str, ...], ...]]:
    """One pattern of all letters of a habit, words and pairs before single ones, and what each is read as."""
    rows = [(pattern, to) for of, pattern, to, _ in read_table("respellings") if of == habit]
    rows.sort(key=lambda row: -len(row[0].replace(chr(92), "")))
    # The empty group behind each pattern tells which one matched.
    joined = "|".join(f"(?:{pattern})()" for pattern, _ in rows)
    return re.compile(joined), tuple(tuple(to.split("|")) for _, to in rows)
