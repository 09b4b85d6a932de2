"""Whether what was asked for is another name than the one found, and no other spelling of it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from buldan.lookup.bare_words import get_generic_role
from buldan.lookup.ranking import Hit
from buldan.text import (
    Words,
    derive_first_skeleton,
    derive_skeletons,
    draw_without_dots,
    fold_word,
    is_arabic,
    is_forming_word,
    is_generic_word,
    load_given_names,
    split_plain_words,
)
from buldan.text.joining import ONE_LETTER_CLITICS
from buldan.thresholds import WELL_KNOWN

__all__ = ["begins_otherwise", "has_other_consonants", "is_formed_otherwise", "is_near_by_chance", "lacks_a_word"]

_SHORT_ARABIC, _SHORT_LATIN = 5, 6
"""Maximum letters of a word that by chance is one letter away from that of some name with the same first word."""

_KNOWN_BY_SLIP = 3.1
"""Salience from which on a place is likelier mistyped than met by chance."""

_HALF_VOWELS = "WY"
"""Letters of a skeleton that spell a vowel at the beginning of a name as well: Orm, أورم."""

_NO_VOWELS = str.maketrans("", "", "aeiouy'’‘ʿ")

_NO_HALF_VOWELS = str.maketrans("", "", _HALF_VOWELS)


def begins_otherwise(words: Words, name: str) -> bool:
    """Whether words begin with another consonant than each word of a name, and differ by more than dots; one that may
    be a clitic is no beginning.
    """
    heard = derive_first_skeleton(words).lstrip(_HALF_VOWELS)
    begun = {derive_first_skeleton((word,)).lstrip(_HALF_VOWELS)[:1] for word in split_plain_words(name)}
    clad = len(heard) > 1 and words[0].startswith(ONE_LETTER_CLITICS) and heard[1] in begun
    if not heard or "" in begun or heard[0] in begun or clad:
        return False
    return draw_without_dots("".join(words)) != draw_without_dots("".join(split_plain_words(name)))


def lacks_a_word(words: Words, name: str) -> bool:
    """Whether a name of one word was found for words none of which only begins names: Suleiman Shah is no Sulaymaniyah,
    though Tall Amarah is Tal'amarah.
    """
    return len(words) > 1 and len(split_plain_words(name)) == 1 and not any(map(is_forming_word, map(fold_word, words)))


def is_formed_otherwise(words: Words, name: str) -> bool:
    """Whether words and a name begin with two words of those that names are formed with: جب عندان is not جبل عندان."""
    if len(words) < 2 or not is_forming_word(first := fold_word(words[0])):
        return False
    named = split_plain_words(name)
    if len(named) < 2 or first == (other := fold_word(named[0])) or not get_generic_role(other):
        return False
    heard, known = (derive_first_skeleton((word,)).translate(_NO_HALF_VOWELS) for word in (words[0], named[0]))
    return heard != known


def is_near_by_chance(hit: Hit, name: str, salience: float) -> bool:
    """Whether a word that forms names, or says of what kind the place is, and another word are like a name by no slip:
    hundreds of names begin with تل, so that each short word behind it is one letter away from some of them.
    """
    words, named = hit.reading.words, split_plain_words(name)
    is_in_arabic = is_arabic(words[0])
    if len(words) > 1 and len(named) == 1 and is_forming_word(first := fold_word(words[0])):
        if _lacks_first_word(words, named):
            return is_in_arabic or hit.cost > 0
        if not named[0].startswith(first) or named[0] == first:
            return False
        named = (first, named[0].removeprefix(first))
    own_words, known_words = _without_shared_word(words, named)
    if not own_words or (not hit.cost and not (is_in_arabic and hit.letters == 1)):
        return False  # another spelling of the same sounds
    if not _differ_in_consonants(own_words, known_words, is_slip=hit.letters == 1):
        return False
    if len(own_words) == 1 and "" in load_given_names().get(fold_word(own_words[0]), ()):
        return True  # that word is no slip: تل حسن is not تل حسان
    if hit.letters > 1:
        return salience < WELL_KNOWN and is_forming_word(fold_word(words[0]))
    own, known = ("".join(map(fold_word, each)) for each in (own_words, known_words))
    is_short = len(own) <= (_SHORT_ARABIC if is_in_arabic else _SHORT_LATIN)
    is_dots = draw_without_dots(own) == draw_without_dots(known)  # which are lost by slips alone
    return is_short and salience < _KNOWN_BY_SLIP and is_in_arabic == is_arabic(known) and not is_dots


def has_other_consonants(words: Words, name: str) -> bool:
    """Whether a word has other consonants than a name of one word: few slips change more than one letter."""
    named = split_plain_words(name)
    return len(words) == len(named) == 1 and _differ_in_consonants(words, named, is_slip=False)


def _without_shared_word(words: Words, named: Words) -> tuple[Words, Words]:
    """Words and those of a name without what many names share: the first word of such as form names, or a word of kind
    that both begin or end with. Empty for other words.
    """
    if len(words) < 2 or len(named) < 2:
        return (), ()
    first, last = fold_word(words[0]), fold_word(words[-1])
    if is_forming_word(first) or (first == fold_word(named[0]) and is_generic_word(first)):
        return words[1:], named[1:]
    if last == fold_word(named[-1]) and is_generic_word(last):
        return words[:-1], named[:-1]
    return (), ()


def _lacks_first_word(words: Words, named: Words) -> bool:
    """Whether a name of one word is not a first word and another written together: أم الورد is not المورد, though Tall
    Amarah is Tal'amarah.
    """
    if is_arabic(words[0]) and is_arabic(named[0]):
        return not named[0].startswith(words[0])
    if is_arabic(words[0]) and (named[0][0] in "aeiou") != words[0].startswith("ا"):
        return True
    heard = {key.translate(_NO_HALF_VOWELS) for key in derive_skeletons(words)}
    return heard.isdisjoint(key.translate(_NO_HALF_VOWELS) for key in derive_skeletons(named))


def _differ_in_consonants(words: Words, named: Words, *, is_slip: bool) -> bool:
    """Whether words have other consonants than those of a name, one written twice aside; if more than one letter
    differs, in whatever way both are read.
    """
    if is_arabic(words[0]) or is_arabic(named[0]):
        return _list_consonants(words, _NO_HALF_VOWELS).isdisjoint(_list_consonants(named, _NO_HALF_VOWELS))
    letters, letters_named = ("".join(each).translate(_NO_VOWELS) for each in (words, named))
    if _write_once(letters) == _write_once(letters_named):
        return False
    return is_slip or _list_consonants(words, {}).isdisjoint(_list_consonants(named, {}))


def _list_consonants(words: Words, left_out: Mapping[int, int | None]) -> set[str]:
    """The consonants of words, in each way to read them, without some letters."""
    return {_write_once(key.translate(left_out)) for key in derive_skeletons(words)}


def _write_once(letters: str) -> str:
    """Letters, each of those that stand together once."""
    return "".join(letter for letter, _ in groupby(letters))
