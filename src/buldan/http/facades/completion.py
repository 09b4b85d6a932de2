"""What a text may be the beginning of, while its last word is being typed, for façades that show no score.

Typed letters are evidence, and so is how well a place is known: Damascus is told by three letters, a village when most
of its name is there.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from itertools import islice

from buldan.gazetteer import Gazetteer
from buldan.geoparse.names.lexicon import Sense, find_phrase_sense, load_names_abroad
from buldan.http.facades.asking import find_matches
from buldan.http.facades.kind_questions import read_kind_word
from buldan.kinds import ADMIN_KINDS
from buldan.lookup import MOST_MATCHES
from buldan.model import Place
from buldan.text import (
    fold,
    is_bare_article,
    is_foreign,
    is_kind_alone,
    is_kind_word,
    make_plain_key,
    split_plain_words,
)

__all__ = ["complete_beside", "complete_name"]

_LEAST_LETTERS = 3
"""Letters from which on what was typed is completed; "no", "id" and "sy" stand in tables and are no places."""

_LEAST_GROUND = 5.0
"""What a completion needs: the place's salience and the letters typed, less those still missing from the word.

Lower, ordinary words and towns abroad are completed to villages (home: Al Homerah); higher, villages are found only
when they are typed whole.
"""

_SENSES_OF_WHOLE_WORDS = {Sense.WORD, Sense.ELSEWHERE}
_GROUND_AGAINST_A_WHOLE_WORD = 2.0
"""What a completion needs beyond that where the letters typed are a word or a town abroad already."""

_MOST_UNITS = 3
"""How many units are tried that one beginning may be of: each is a lookup."""


def complete_name(
    gaz: Gazetteer,
    text: str,
    *,
    near: tuple[float, float] | None = None,
    kinds: Set[str] | None = None,
    letters_beside: int = 0,
) -> Iterator[Place]:
    """Places of which a name begins as the text does, where there is ground for it, the likeliest first.

    A word that is whole already is a name to look up, not the beginning of "Friday market"; a word for a kind of place
    after a name may be both, and where the kind is told the word may be the whole of the name but for the kind (Ibn
    Rushd). Nothing is completed from a place abroad, from an article, or from a kind alone.

    Args:
        gaz: the gazetteer.
        text: what was typed so far.
        near: (lon, lat) of who typed it.
        kinds: kinds that are told beside the name, and asked for alone; None where none is told.
        letters_beside: how many letters told them, which are ground too.
    """
    # As lookups compare names: without article and generic words, in one spelling of letters.
    words = split_plain_words(fold(text))
    typed, phrase = make_plain_key(words), " ".join(words)
    if (
        len(typed) < _LEAST_LETTERS
        or is_bare_article(fold(text).strip())
        or is_kind_alone(fold(text))
        or is_foreign(words)
    ):
        return
    is_known = find_phrase_sense(phrase) in _SENSES_OF_WHOLE_WORDS or phrase in load_names_abroad()
    is_whole = is_known or all(map(is_kind_word, words))
    least = _LEAST_GROUND + (_GROUND_AGAINST_A_WHOLE_WORD if is_whole else 0) - letters_beside
    for suggestion in gaz.suggest(text, near=near, limit=MOST_MATCHES):
        found = split_plain_words(suggestion.text)
        begun = make_plain_key(found[: len(words)])
        # Each letter typed is for it, and each of the same word that is still missing against it.
        ground = suggestion.salience + len(typed) - (len(begun) - len(typed))
        is_begun = begun != typed or is_kind_word(words[-1]) or kinds is not None
        is_asked = kinds is None or suggestion.place.kind in kinds
        if is_asked and is_begun and ground >= least and make_plain_key(found).startswith(typed):
            yield suggestion.place


def complete_beside(
    gaz: Gazetteer, text: str, *, near: tuple[float, float] | None = None, least_score: float
) -> list[Place]:
    """Completions of a text that is more than a name: "hospital Ibn Ru", "Maaloula, Rural Dama"."""
    words = text.replace(",", " ").replace("،", " ").split()
    if len(words) < 2:
        return []
    # Arabic puts the kind before the name, English behind it.
    for word, rest in ((words[0], words[1:]), (words[-1], words[:-1])):
        if told := read_kind_word(word):
            return list(complete_name(gaz, " ".join(rest), near=near, kinds=told, letters_beside=len(word)))
    for end in range(1, len(words)):  # the unit of most words first: Rural Damascus, not the Damascus in it
        begun = complete_name(gaz, " ".join(words[end:]))
        for unit in islice((unit for unit in begun if unit.kind in ADMIN_KINDS), _MOST_UNITS):
            inside = find_matches(gaz, " ".join(words[:end]), within=[unit.id], least_score=least_score)
            if inside:
                return [match.place for match in inside]
    return []
