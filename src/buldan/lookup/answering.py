"""Answer a question: the cell is read whole and its name searched inside its units; else any part may be the name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from buldan.index import Index
from buldan.kinds import ADMIN_KINDS, SETTLEMENT_KINDS
from buldan.lookup.answers import Answer, make_answer, make_answer_of_several
from buldan.lookup.bare_words import get_generic_role, hints_at_quarter, is_had_by_any_town, strip_generics
from buldan.lookup.cell_fit import (
    FITTING_MARGIN,
    fits_cell,
    is_elsewhere,
    is_hosted,
    is_of_another_kind,
    lacks_kind_asked,
)
from buldan.lookup.cell_reading import CellReader, CellReading, is_only_generic
from buldan.lookup.cells import Part, cut_cell, names_side
from buldan.lookup.codes import find_row_of_code
from buldan.lookup.context import Container
from buldan.lookup.evidence import EVIDENCE, Weights
from buldan.lookup.exact_letters import prefer_exact_letters
from buldan.lookup.namesakes import share_among_namesakes
from buldan.lookup.plain_names import is_plain_name
from buldan.lookup.query import ParsedQuery, make_query, parse_query
from buldan.lookup.ranker import Ranker
from buldan.lookup.ranking import Ranking
from buldan.lookup.results import Reason
from buldan.lookup.units import UnitReader
from buldan.lookup.weighing import Constraints, mark_places_wanted
from buldan.text import Words, derive_plain_key, make_plain_key, split_folded_words, split_plain_words

__all__ = ["Answerer", "Question"]


_UNITS = ADMIN_KINDS[1:]
"""Kinds of units that a countryside may be the land of."""


_SAME_FOLD = EVIDENCE.index("same_fold")


class Question(NamedTuple):
    """A question: the cell, the units given with it, and all constraints that follow."""

    text: str
    within: str | Sequence[object] | None
    asked: Constraints


class Answerer:
    """Answers questions over one index."""

    def __init__(self, index: Index, units: UnitReader, ranker: Ranker, weights: Weights) -> None:
        self._index, self._units, self._ranker, self._weights = index, units, ranker, weights
        self._cells = CellReader(index, units)

    def add_unit_beside(self, question: Question) -> Question:
        """The question, with the unit of a column added to the cell, if it is a facility, a part of a town or a kind.

        Sham Hotel in a row of Aleppo becomes "Sham Hotel, Aleppo", and countryside becomes "countryside, Aleppo".
        """
        chain = question.asked.within
        if not chain.containers:
            return question
        # A code would not be read as a name, so it is replaced by the name of its unit.
        *wider, narrowest = (
            name if find_row_of_code(self._index, name) is None else self._index.places[container.rows[0]].name()
            for container, name in zip(chain.containers, chain.names, strict=True)
        )
        if not (self._is_nothing_alone(question.text, narrowest) or is_hosted(question.text)):
            return question
        cell = self._cells.read(question.text)
        if cell is not None and (len(cell.names) > 1 or cell.units or cell.near or cell.is_land):
            return question  # the cell itself says where the place is
        asked = question.asked._replace(within=self._units.read_within(wider))
        return Question(f"{question.text}, {narrowest}", wider or None, asked)

    def _is_nothing_alone(self, text: str, unit: str) -> bool:
        """Whether a text is only a kind or a side of the unit beside it: countryside, القلعة."""
        words = split_folded_words(text)
        if names_side(text) or is_only_generic(words):
            # "The town" in a unit may be any of its towns.
            stripped = strip_generics(("x", *split_plain_words(text)))
            return stripped.asks == "part" or not stripped.kinds or not stripped.kinds.issubset(SETTLEMENT_KINDS)
        return len(words) == 1 and bool(get_generic_role(words[0])) and self._units.named.is_name(f"{text} {unit}")

    def read(self, question: Question) -> Answer:
        """The answer to a cell read whole: its name within its units, several places, or any of its parts."""
        cell = self._cells.read(question.text)
        if cell is None:
            if not is_plain_name(question.text):
                alone = CellReading((Part(question.text, "first"),))
                question = question._replace(asked=self._constrain_to_town(question.text, alone, question.asked))
            return self._answer_any_part(question)
        asked = self._constrain_to_units(question, cell)
        if cell.is_land:
            return self._answer_land(question.text, cell, asked)
        is_several = len(cell.names) > 1
        asked = self._constrain_to_town(question.text, cell, asked)
        answer = (self._answer_several_places if is_several else self._answer_one_place)(question.text, cell, asked)
        # Names without units have no other reading, nor has a name with only words of kind.
        is_alone = not cell.units and (is_several or not (cell.near or cell.is_bold))
        is_another = bool(cell.units or cell.near) and lacks_kind_asked(self._index, answer.ranking)
        if not is_alone and (is_another or not fits_cell(answer.ranking, cell, bool(asked.within.containers))):
            is_unknown = is_another or is_elsewhere(answer.ranking)
            hosts = self._find_hosts(cell) if not is_several and is_unknown else []
            at_host = self._find_host_known(question, hosts)
            answer = at_host or self._answer_any_part(question)
            answer = answer._replace(
                is_makeshift=True, cell_units=frozenset() if at_host else _collect_words(cell.units)
            )
        if any(map(self._cells.is_unnamed, cell.names)) or is_of_another_kind(question.text, answer.ranking):
            # A place that is only described by one nearby is a guess, and so is a town found for "river".
            answer = answer.add_reason(Reason("unnamed"))
        if cell.is_aside and self._is_settlement(answer.ranking):
            answer = answer.add_reason(Reason("aside"))
        return answer

    def _constrain_to_town(self, text: str, cell: CellReading, asked: Constraints) -> Constraints:
        """The constraints; if every town has the thing asked for, only the one of the town in the cell is wanted.

        A column of units says less: a governorate there means no town, and other towns are excluded only if the
        thing is known in the town that heads the unit.
        """
        name, *others = cell.names
        if is_plain_name(name.text):
            return asked  # true of most names
        is_had = not others and is_had_by_any_town(name.text)
        if not is_had and (others or not cell.units or not _is_quarter(name.text)):
            return asked
        town = self._units.find_seat(asked.within, of_governorate=bool(cell.units))
        if town is None:
            return asked
        ranking = self._ranker.rank(_make_query_of_part(name, text), asked)
        of_town = [row for row in ranking.rows if self._units.is_of_town(row, town)]
        if not is_had and not (of_town and self._bears_name(of_town[0], ranking)):
            return asked  # a quarter of another town of the unit
        if not of_town and not cell.units:
            return asked
        return asked.narrow_to(self._mark_places(of_town))

    def _mark_places(self, rows: Collection[int]) -> NDArray[np.bool_]:
        """A mask by place row of some places."""
        marked = np.zeros(len(self._index.kind), np.bool_)
        marked[list(rows)] = True
        return marked

    def _bears_name(self, row: int, ranking: Ranking) -> bool:
        """Whether a place that was found is written as it was asked for."""
        return ranking.get_evidence(ranking.rows.index(row))[_SAME_FOLD] > 0

    def _is_settlement(self, ranking: Ranking) -> bool:
        """Whether the first candidate is a settlement. A quarter in brackets after its town is meant itself."""
        return bool(ranking.rows) and self._index.kind_ids[self._index.kind[ranking.rows[0]]] in SETTLEMENT_KINDS

    def _find_hosts(self, cell: CellReading) -> list[Part]:
        """The parts of a cell that contain the facility or quarter it asks for, from wide to narrow; empty for
        other names.
        """
        hosts = (*cell.units, *cell.near)
        words = split_plain_words(cell.names[0].text)
        bare = strip_generics(words)
        if bare.asks == "part" and bare.words != words:
            return []  # Western Tal Mabtuh is a part of that, and not of what contains it
        return [part for part in hosts if not self.is_ours(part)] if is_hosted(cell.names[0].text) else []

    def _find_host_known(self, question: Question, hosts: Sequence[Part]) -> Answer | None:
        """The answer with the narrowest known place that contains the unknown thing.

        The town in the cell is a better answer than a street of that name in another town.
        """
        for at in range(len(hosts) - 1, -1, -1):
            host = CellReading((hosts[at],), tuple(hosts[:at]))
            asked = self._constrain_to_units(question, host)
            answer = self._answer_one_place(question.text, host, asked)
            if fits_cell(answer.ranking, host, bool(asked.within.containers)):
                return answer._replace(reasons=(Reason("host"),))
        return None

    def is_wide(self, text: str) -> bool:
        """Whether a text is the name of the country, or of a governorate or its city."""
        return bool(self._units.get_widest_class(derive_plain_key(text)))

    def is_ours(self, part: Part) -> bool:
        """Whether a part of a cell is the name of Syria."""
        return self._units.classify(part.text) == "country"

    def _answer_any_part(self, question: Question) -> Answer:
        """The answer if any part of the cell may be the name."""
        query = parse_query(question.text)
        ranking = prefer_exact_letters(
            self._index, self._ranker.rank(query, self.add_contexts_of_segments(query, question.asked))
        )
        if question.asked.is_anything:
            ranking = share_among_namesakes(self._index, ranking, self._weights)
        return make_answer(self._index, ranking, question.asked.within)

    def _answer_one_place(self, text: str, cell: CellReading, asked: Constraints) -> Answer:
        """The answer to a cell with one name, inside its units and near the places that it mentions."""
        if cell.units and not cell.units[-1].level:
            asked = asked._replace(find_quarters=partial(self._units.find_quarters, asked.within))
        ranking = self._rank_part(cell.names[0], text, self._constrain_by_contexts(asked, cell))
        return make_answer(self._index, ranking, asked.within)

    def _answer_land(self, text: str, cell: CellReading, asked: Constraints) -> Answer:
        """The admin unit whose land the cell means; if the place heads no unit, the place itself."""
        query, of_units = _make_query_of_part(cell.names[0], text), mark_places_wanted(self._index, _UNITS)
        ranking = self._ranker.rank(query, asked.narrow_to(of_units))
        rule = "land"
        if ranking.margin < FITTING_MARGIN:
            ranking, rule = self._ranker.rank(query, asked), "land_of_place"
        side = (Reason("side", cell.side),) if cell.side else ()
        reasons = (Reason(rule, cell.names[0].text), *side)
        return make_answer(self._index, ranking, asked.within)._replace(reasons=reasons, is_land=True)

    def _answer_several_places(self, text: str, cell: CellReading, asked: Constraints) -> Answer:
        """The answer to a cell with several places: the likeliest of each, then the others, all doubtful."""
        contexts = self.add_contexts_of_segments(make_query(cell.names, text), asked).contexts
        # Each name is ranked alone: in one ranking a well-known place would leave the others without probability.
        rankings = [
            self._rank_part(part, text, asked._replace(contexts={0: contexts.get(number, ())}))
            for number, part in enumerate(cell.names)
        ]
        answer = make_answer_of_several(self._index, rankings, asked.within)
        return answer._replace(reasons=(Reason("several_places", str(len(rankings))),))

    def _rank_part(self, part: Part, text: str, asked: Constraints) -> Ranking:
        """The ranking of one part of a cell; of a part with two spellings, only places that have both names."""
        find = self._units.named.find_exact
        if part.also and (both := set(find(part.text)).intersection(find(part.also))):
            asked = asked.narrow_to(self._mark_places(both))
        return prefer_exact_letters(self._index, self._ranker.rank(_make_query_of_part(part, text), asked))

    def may_be_borne(self, text: str) -> bool:
        """Whether a text may hold a stored name, spelled exactly. Cheap, as most respellings are no names."""
        words = split_plain_words(text)
        # If neither the whole text nor any of its words is a name, the cell need not be read.
        if not any(map(self._is_stored, (words, strip_generics(words).words, *((word,) for word in words)))):
            return False
        if self._is_borne(parse_query(text)):
            return True
        cell = self._cells.read(text)
        return cell is not None and any(self._is_borne(_make_query_of_part(part, text)) for part in cell.names)

    def _is_borne(self, query: ParsedQuery) -> bool:
        """Whether a reading of a question is a stored name, spelled exactly."""
        readings = (reading for reading in query.plain_readings if reading.role == "first")
        return any(self._is_stored(reading.words) for reading in readings)

    def _is_stored(self, words: Words) -> bool:
        """Whether plain words are a stored name."""
        return bool(self._index.plain.find(make_plain_key(words), 1))

    def _constrain_to_units(self, question: Question, cell: CellReading) -> Constraints:
        """The constraints, narrowed by the units in the cell."""
        within = self._units.read_within(question.within, [part.text for part in cell.units])
        return question.asked._replace(within=within)

    def _constrain_by_contexts(self, asked: Constraints, cell: CellReading) -> Constraints:
        """The constraints, with the larger places that the cell names near the one meant."""
        if not cell.near:
            return asked
        near = [self._units.find_container(part.text, False) for part in cell.near]
        return asked._replace(contexts={0: [container for container in near if container is not None]})

    def add_contexts_of_segments(self, query: ParsedQuery, asked: Constraints) -> Constraints:
        """The constraints, with the places of all other segments as context of each segment."""
        if len(query.segments) < 2:
            return asked
        contexts: dict[int, list[Container]] = {}
        for segment in range(len(query.segments)):
            named = (self._units.find_container(text, False) for text in query.get_context(segment))
            # The country holds every place: it is no narrower context than none.
            contexts[segment] = [each for each in named if each is not None and not self._units.is_country(each)]
        return asked._replace(contexts=contexts)


def _make_query_of_part(part: Part, text: str) -> ParsedQuery:
    """The query for one part of a cell, in both of its spellings."""
    if not part.also and (is_plain_name(part.text) or [piece.text for piece in cut_cell(part.text)] == [part.text]):
        return parse_query(part.text)  # cached since the parts were classified
    spellings = [part] if not part.also else [part, Part(part.also, "slash")]
    return make_query(spellings, text, is_one_place=True)


def _collect_words(units: Iterable[Part]) -> frozenset[Words]:
    """The words of units, with and without words of kind and level."""
    words = [split_plain_words(text) for part in units for text in (part.text, part.name, part.also) if text]
    return frozenset((*words, *(strip_generics(each).words for each in words)))


def _is_quarter(name: str) -> bool:
    """Whether a word of a name tells that it is a quarter: حي القصور, in a cell of Homs that of the city."""
    return hints_at_quarter(strip_generics(split_plain_words(name)).kinds)
