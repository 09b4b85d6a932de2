"""What is called after a place, by the place's usual name and the usual word for its kind.

Lists write such names in English and Arabic only: Damascus airport for Aéroport de Damas, سد تشرين for Tichrine dam.
"""

from __future__ import annotations

from collections.abc import Iterator

from buldan.errors import QueryError
from buldan.index import Index
from buldan.kinds import BUILT_GROUPS, LONE_KINDS, get_kind
from buldan.lookup.answering import Answerer, Question
from buldan.lookup.answers import Answer
from buldan.lookup.bare_words import get_generic_role
from buldan.lookup.query_reading import QueryReading
from buldan.lookup.results import Reason
from buldan.model import Place
from buldan.text import Words, derive_skeletons, find_words, split_plain_words
from buldan.thresholds import WELL_KNOWN

__all__ = ["UsualNames"]

_CALLED_AFTER_TOWNS = BUILT_GROUPS | {"admin"}
"""Groups of places that have the name of a town beside their word of kind."""


class UsualNames:
    """Asks again by usual names over one index."""

    def __init__(self, index: Index, answerer: Answerer) -> None:
        self._index, self._answerer = index, answerer

    def revise(self, question: Question, answer: Answer) -> Answer:
        """The answer, or that to the question with the usual name of the place found, if it is of the kind asked."""
        ranking = answer.ranking
        # A place that is no likely answer itself would be one by its usual name: Ibn Ru is not Binnish.
        if not ranking.rows or answer.several or answer.margin <= 0:
            return answer
        reading = ranking.get_hit(0).reading
        if not reading.bare or reading.left_out or not _asks_beyond_town(reading.kinds):
            return answer  # true of nearly every question
        row = ranking.rows[0]
        place = self._index.places[row]
        if place.kind in reading.kinds:
            return answer
        is_one = _is_one_of_a_place(reading.kinds)
        if not (is_one or self._index.salience[row] >= WELL_KNOWN or _sounds_like(place, reading)):
            return answer  # no school of today is called by the former name of a village
        for text in _iter_usual_texts(question.text, answer, place, reading):
            try:
                other = self._answerer.read(question._replace(text=text))
            except QueryError:
                continue
            if other.is_as_written and self._index.kind_ids[self._index.kind[other.ranking.rows[0]]] in reading.kinds:
                return other.add_reason(Reason("synonym", text))
        return answer


def _iter_usual_texts(text: str, answer: Answer, place: Place, reading: QueryReading) -> Iterator[str]:
    """A text with each usual name of the place found; that name with the usual word for each kind asked."""
    before, behind = _cut_out(text, reading.words)
    for usual in (place.name_en, place.name_ar) if before or behind else ():
        if usual and split_plain_words(usual) != reading.words:
            yield f"{before}{usual}{behind}"
    around = [word for word in split_plain_words(f"{before} {behind}") if get_generic_role(word) != "stop"]
    if len(around) != 1 and not reading.kinds <= LONE_KINDS:
        return  # a town has several hospitals: the national one is not that which a list calls the town's
    units = "".join(f", {name}" for name in answer.within.names)
    for kind in map(get_kind, sorted(reading.kinds)):
        if place.name_ar:
            yield f"{kind.label_ar} {place.name_ar}{units}"
        if place.name_en:
            yield f"{place.name_en} {kind.label_en}{units}"


def _asks_beyond_town(kinds: frozenset[str]) -> bool:
    """Whether kinds asked for are units or built things, which are called after towns; a town asked for is one."""
    return bool(kinds) and all(get_kind(kind).group in _CALLED_AFTER_TOWNS for kind in kinds)


def _is_one_of_a_place(kinds: frozenset[str]) -> bool:
    """Whether kinds are units, or things of which a place has hardly two."""
    return kinds <= LONE_KINDS or all(get_kind(kind).group == "admin" for kind in kinds)


def _sounds_like(place: Place, reading: QueryReading) -> bool:
    """Whether one of the usual names of a place sounds like the one asked for."""
    usual = (split_plain_words(name) for name in (place.name_en, place.name_ar) if name)
    return any(not set(reading.skeletons).isdisjoint(derive_skeletons(words)) for words in usual)


def _cut_out(text: str, words: Words) -> tuple[str, str]:
    """What stands in a text before some plain words, with their article, and behind; empty if it is not cut so."""
    spans = find_words(text)
    for first, (begin, _) in enumerate(spans):
        for _, end in spans[first:]:
            if split_plain_words(text[begin:end]) == words:
                return text[:begin], text[end:]
    return "", ""
