"""Complete a text while its last word is being typed, for façades that show no score.

The evidence is the number of letters typed and how well known a place is: three letters are enough for Damascus, and a
village needs most of its name.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from itertools import islice

from buldan.gazetteer import Gazetteer
from buldan.geoparse.names.lexicon import Sense, find_phrase_sense
from buldan.http.facades.asking import find_matches
from buldan.http.facades.kind_questions import read_kind_word
from buldan.kinds import ADMIN_KINDS
from buldan.lookup import MOST_MATCHES, Suggestion
from buldan.model import Place
from buldan.text import (
    Words,
    fold,
    is_bare_article,
    is_foreign,
    is_kind_alone,
    is_kind_word,
    load_names_abroad,
    make_plain_key,
    script_of,
    split_plain_words,
)

__all__ = ["complete_beside", "complete_name"]

_LEAST_LETTERS = 3
"""Minimum number of letters of a text to complete; "no", "id" and "sy" are common in tables and are not places."""

_LEAST_GROUND = 5.0
"""Minimum evidence for a completion: the place's salience plus the letters typed, minus those missing from the word.

With a lower value, ordinary words and towns abroad are completed to villages (home: Al Homerah); with a higher one,
villages are found only by their whole name.
"""

_SENSES_OF_WHOLE_WORDS = {Sense.WORD, Sense.ELSEWHERE}
_GROUND_AGAINST_A_WHOLE_WORD = 2.0
"""Further evidence needed if the letters typed are already a word or a town abroad."""

_MOST_UNITS = 3
"""Maximum number of units tried for one beginning: each needs a lookup."""


def complete_name(
    gaz: Gazetteer,
    text: str,
    *,
    near: tuple[float, float] | None = None,
    kinds: Set[str] | None = None,
    letters_beside: int = 0,
) -> Iterator[Place]:
    """Places with a name that begins with the text, if there is enough evidence, the most probable first.

    A complete word is a name to look up and not the beginning of "Friday market". A word for a kind of place after a
    name may be both. If the kind is given, the word may be the whole name without the kind (Ibn Rushd). Nothing is
    completed from a place abroad, from an article, or only from a kind.

    Args:
        gaz: the gazetteer.
        text: the text typed until now.
        near: (lon, lat) of the person who types.
        kinds: kinds given with the name, the only ones wanted; None if no kind is given.
        letters_beside: number of letters of the words for these kinds, which count as evidence.
    """
    # Compared as in lookups: without article and generic words, with folded letters.
    words = split_plain_words(fold(text))
    typed, phrase = make_plain_key(words), " ".join(words)
    if len(typed) < _LEAST_LETTERS or is_bare_article(fold(text).strip()) or is_foreign(words):
        return
    is_known = find_phrase_sense(phrase) in _SENSES_OF_WHOLE_WORDS or phrase in load_names_abroad()
    is_alone = is_kind_alone(fold(text))  # it may still begin a longer word: Dam, Damascus
    is_whole = is_known or is_alone or all(map(is_kind_word, words))
    least = _LEAST_GROUND + (_GROUND_AGAINST_A_WHOLE_WORD if is_whole else 0) - letters_beside
    # A complete word may still be completed if it is a word for a kind, or beside one.
    may_be_whole = (is_kind_word(words[-1]) and not is_alone) or kinds is not None
    for suggestion in gaz.suggest(text, near=near, limit=MOST_MATCHES):
        # Each letter typed is evidence for a place, and each missing letter of the same word is evidence against it.
        most_missing = suggestion.salience + len(typed) - least
        if most_missing < (0 if may_be_whole else 1) or (kinds is not None and suggestion.place.kind not in kinds):
            continue
        if _is_begun(suggestion, words, script_of(text), most_missing=most_missing, may_be_whole=may_be_whole):
            yield suggestion.place


def _is_begun(suggestion: Suggestion, words: Words, script: str, *, most_missing: float, may_be_whole: bool) -> bool:
    """Whether a name of the place begins with these words and few letters of the last one are missing.

    Whole words, of which nothing is missing, begin no name unless they may be whole.
    """
    typed = make_plain_key(words)
    # The name shown comes first, because it is enough for most places. It is not enough for all: with a further
    # spelling of a place another name may be shown, and the place would no longer be completed.
    for text in (suggestion.text, *(name.text for name in suggestion.place.names if name.script == script)):
        found = split_plain_words(fold(text))
        key = make_plain_key(found)
        if key == typed and not may_be_whole:
            return False
        if not key.startswith(typed):
            continue
        # The words may be written together: the last one is then not the one with the same number in the name.
        ends = (len(make_plain_key(found[:count])) for count in range(1, len(found) + 1))
        missing = next(end for end in ends if end >= len(typed)) - len(typed)
        if (missing or may_be_whole) and missing <= most_missing:
            return True
    return False


def complete_beside(
    gaz: Gazetteer, text: str, *, near: tuple[float, float] | None = None, least_score: float
) -> list[Place]:
    """Completions of a text with more than a name: "hospital Ibn Ru", "Maaloula, Rural Dama"."""
    words = text.replace(",", " ").replace("،", " ").split()
    if len(words) < 2:
        return []
    # The kind is before the name in Arabic, and after it in English.
    for word, rest in ((words[0], words[1:]), (words[-1], words[:-1])):
        if kinds_of_word := read_kind_word(word):
            return list(complete_name(gaz, " ".join(rest), near=near, kinds=kinds_of_word, letters_beside=len(word)))
    for end in range(1, len(words)):  # the unit with the most words first: Rural Damascus before Damascus
        begun = complete_name(gaz, " ".join(words[end:]))
        for unit in islice((unit for unit in begun if unit.kind in ADMIN_KINDS), _MOST_UNITS):
            inside = find_matches(gaz, " ".join(words[:end]), within=[unit.id], least_score=least_score)
            if inside:
                return [match.place for match in inside]
    return []
