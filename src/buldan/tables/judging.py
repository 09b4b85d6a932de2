"""Answer one question of a table as a row: the place of a name inside its units, and how sure it is.

A P-code is taken as correct, and name and units are checked against it. Without one, the name is looked up inside the
units. A place outside them is not accepted: a fitting place inside is the answer, or else the unit itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain

from buldan.errors import PlaceNotFound, QueryError
from buldan.gazetteer import Gazetteer
from buldan.kinds import kinds_among
from buldan.lookup import Match
from buldan.lookup.codes import parse_position
from buldan.model import Name, Place
from buldan.tables.answers import (
    Answer,
    Candidate,
    Terms,
    get_status,
    make_found,
    make_not_a_place,
    make_not_found,
    make_unit_only,
)
from buldan.tables.camps import doubt_camp, find_host, find_together
from buldan.tables.choosing import (
    choose,
    count_several,
    find_outside,
    find_twin,
    is_named,
    name_outside,
    put_town_first,
    say_outside,
)
from buldan.tables.questions import Question, as_pcode, is_total, names_nothing
from buldan.tables.spellings import merge_matches
from buldan.tables.units import Units, read_units
from buldan.text import fold, similarity

__all__ = ["answer", "answer_all"]

_UNBARRED = 0.9
"""Minimum score of a name alone for a place outside the governorate of the row."""

_SAME_NAME = frozenset({"exact", "same_sounds", "romanisation"})
"""Rules of a match with the name asked for, in the same or another spelling."""

_BY_NAME = 0.9
"""Score of a place with exactly this name in its district or sub-district, if the lookup read the name otherwise."""

_LOOSELY_ALIKE, _ALONE, _UNSURE = 0.55, 0.15, 0.55
"""Minimum similarity in sound of the name of a place inside, its minimum lead over the second, and the maximum score
of such an answer. Other names of a sub-district reach .3 to .4, and a person should check such an answer."""

_FURTHER = 5
"""Additional matches to ask for, so that some lie inside the units and are of the kinds wanted."""


def answer_all(gazetteer: Gazetteer, questions: Iterable[Question], terms: Terms) -> list[Answer]:
    """An answer to each question, in order."""
    judge = _Judge(gazetteer, terms)
    return [judge.answer(question) for question in questions]


def answer(gazetteer: Gazetteer, question: Question, terms: Terms) -> Answer:
    """The answer to one question.

    Raises:
        QueryError: the terms are not valid (an unknown kind).
    """
    return _Judge(gazetteer, terms).answer(question)


class _Judge:
    """Answers questions with the same terms; units that several rows share are read once."""

    def __init__(self, gazetteer: Gazetteer, terms: Terms) -> None:
        self._gazetteer, self._terms = gazetteer, terms
        self._wanted = kinds_among(terms.kinds) if terms.kinds else None
        self._units: dict[tuple[str, ...], Units] = {}
        self._names: dict[str, dict[str, list[tuple[Place, Name]]]] = {}

    def answer(self, question: Question) -> Answer:
        """The row for a question."""
        units = self._read_units(question.within)
        doubts = list(units.faults)
        if question.pcode and not names_nothing(question.pcode):
            place = self._find_pcode(question.pcode)
            if place is not None:
                return _judge_pcode(place, question, units)
            # With a wrong code, the name is looked up, and the code is added as a doubt.
            doubts.append(f"P-code not known: {question.pcode}")
        if units.abroad:
            return make_not_found("; ".join(doubts))
        if not question.names:
            word = next((cell for cell in question.within if is_total(cell)), None)
            if word is None and question.within:  # its unit is where it is, or is to be looked at
                return self._give_unit(units, ["empty"])
            return make_not_a_place(word or "")
        if not any(letter.isalnum() for name in question.names for letter in name):
            return self._give_unit(units, ["no letters"])
        written = [name for name in question.names if not names_nothing(name) or parse_position(name)]
        if not written:
            return make_not_a_place(question.names[0])
        # "Jandairis - Raju" in Jandairis is the village Raju there; only without such a village is it two towns.
        names = [units.strip(name) for name in written]
        # First without the names of units, which the lookup would take for further places.
        stripped = self._find(names, units, doubts)
        if names == written or get_status(stripped) in {"found", "doubtful"}:
            return stripped
        whole = self._find(written, units, doubts)
        return whole if get_status(whole) in {"found", "doubtful"} else stripped

    def _find(self, names: Sequence[str], units: Units, doubts: Sequence[str]) -> Answer:
        """The row for names within units."""
        try:
            matches = self._look_up(names, units)
        except QueryError as error:
            if error.field == "text":
                return self._give_unit(units, [str(error)])
            raise
        return self._judge(matches, names, units, list(doubts))

    def _read_units(self, cells: tuple[str, ...]) -> Units:
        if cells not in self._units:
            self._units[cells] = read_units(self._gazetteer, cells)
        return self._units[cells]

    def _find_pcode(self, cell: str) -> Place | None:
        pcode = as_pcode(cell)
        try:
            return self._gazetteer.place(pcode) if pcode else None
        except PlaceNotFound:
            return None

    def _look_up(self, names: Sequence[str], units: Units) -> list[Match]:
        """Matches of all names together, best first, only of the kinds wanted."""
        # The best, the others to list, and some more, since places outside or of another kind are dropped.
        limit = self._terms.alternatives + 1 + _FURTHER
        kinds = self._terms.kinds or None
        found = [
            list(self._gazetteer.lookup(name, within=units.chain or None, kinds=kinds, limit=limit)) for name in names
        ]
        if not units.strict:
            found = [
                find_host(self._gazetteer, name, units.chain, matches, limit) or list(matches)
                for name, matches in zip(names, found, strict=True)
            ]
        # If the name is not found, the row gets its unit from its own columns and not from the lookup.
        found = [[match for match in matches if not match.unit_only] for matches in found]
        matches = found[0] if len(found) == 1 else merge_matches(found)
        if units.strict:
            matches = put_town_first(matches)
        return [match for match in matches if self._wanted is None or match.place.kind in self._wanted]

    def _judge(self, matches: Sequence[Match], names: Sequence[str], units: Units, doubts: list[str]) -> Answer:
        """The row for the matches of a name within its units."""
        if not matches:
            named = self._find_by_name(names, units)
            return make_found(named.match, doubts=doubts) if named else self._give_unit(units, [*doubts, "no match"])
        several = count_several(matches)
        together = find_together(self._gazetteer, names, units.chain, matches) if several and not units.strict else []
        if together:
            matches = together
        elif several:
            others = [Candidate(match) for match in matches[1 : max(several, self._terms.alternatives + 1)]]
            return make_found(matches[0], others=others, doubts=[*doubts, f"{several} places in one cell"])
        # Places outside are still listed, with the reason: the unit of the row may be wrong.
        candidates = [Candidate(match, say_outside(find_outside(match, units))) for match in matches]
        chosen = (
            choose(candidates, names, units)
            or self._find_by_name(names, units)
            or (candidates[0] if self._is_unbarred(candidates[0].match, names, units) else None)
        )
        others = [other for other in candidates if other is not chosen][: self._terms.alternatives]
        if chosen is None:
            return self._give_unit(units, [*doubts, candidates[0].against], others)
        best = chosen.match
        # Below the caller's minimum the match is not the answer, but is still listed.
        if best.score < self._terms.min_score:
            low = f"below threshold {self._terms.min_score:g}"
            return self._give_unit(units, [*doubts, low], candidates[: self._terms.alternatives], best.score)
        doubts += [chosen.against or say_outside(name_outside(best))]
        doubts += [] if units.strict else [doubt_camp(self._gazetteer, names, best)]
        if best.ambiguous:
            doubts.append("another place is about as likely")
        elif twin := find_twin(best, others):
            doubts.append(f"another place is about as likely: {twin.place.id} of the same name nearby")
        if best.score < self._terms.sure_score:
            doubts.append(f"score below {self._terms.sure_score:g}")
        return make_found(best, others=others, doubts=[*filter(None, doubts)], notes=units.notes)

    def _is_unbarred(self, match: Match, names: Sequence[str], units: Units) -> bool:
        """Whether a name is sure enough for a place outside the governorate of the row.

        In rows of "Damascus", people also write the towns around it.
        """
        if units.strict or not {reason.rule for reason in match.reasons} & _SAME_NAME:
            return False
        # Looked up again without the units: a match that is sure by its name alone is accepted in spite of them.
        alone = next(iter(self._gazetteer.lookup(names[0], kinds=self._terms.kinds or None, limit=1)), None)
        return (
            alone is not None and alone.place.id == match.place.id and not alone.ambiguous and alone.score >= _UNBARRED
        )

    def _find_by_name(self, names: Sequence[str], units: Units) -> Candidate | None:
        """The only place of a district or sub-district that has this name, or sounds like it; None if there is no such.

        Among so few places a weak similarity is enough: "Qamishli" in Salqin is the village of Qamshleih. Also, the
        lookup reads "near Ali" and "south of Jdeiah" as relative locations; here they are names of villages.
        """
        if units.narrowest is None or units.narrowest.kind not in {"district", "sub-district"}:
            return None
        inside = self._read_names(units.narrowest.admin_pcode)
        exact = {
            place.id: Match(place, name, _BY_NAME) for asked in names for place, name in inside.get(fold(asked), ())
        }
        if exact:
            return Candidate(next(iter(exact.values()))) if len(exact) == 1 else None
        nearest: dict[str, Match] = {}
        # A unit has some hundred names, few enough to compare each with each spelling asked for.
        for place, name in chain.from_iterable(inside.values()):
            # The most similar pair counts, since all spellings asked for are of one place.
            alike = max(similarity(asked, name.text) for asked in names)
            # From half the minimum on, so that a second place is seen whose lead would be too small.
            if alike > nearest[place.id].score if place.id in nearest else alike >= _LOOSELY_ALIKE / 2:
                nearest[place.id] = Match(place, name, alike)
        best, second, *_ = (*sorted(nearest.values(), key=lambda match: -match.score), None, None)
        if best is None or best.score < _LOOSELY_ALIKE or (second and best.score < second.score + _ALONE):
            return None
        return Candidate(replace(best, score=min(best.score, _UNSURE)))

    def _read_names(self, pcode: str) -> dict[str, list[tuple[Place, Name]]]:
        """Places of a unit and their names, by folded name; only of the kinds wanted."""
        if pcode not in self._names:
            self._names[pcode] = defaultdict(list)
            for place in self._gazetteer.browse(unit=pcode, limit=100_000).places:
                for name in place.names if self._wanted is None or place.kind in self._wanted else ():
                    self._names[pcode][fold(name.text)].append((place, name))
        return self._names[pcode]

    def _give_unit(
        self, units: Units, reasons: Sequence[str], others: Sequence[Candidate] = (), score: float | None = None
    ) -> Answer:
        """The row with the narrowest unit, if there is one and `fallback` is set; else the row of a name not found."""
        reason = "; ".join(filter(None, reasons))
        if units.narrowest is not None and self._terms.fallback:
            return make_unit_only(units.narrowest, reason, others=others)
        return make_not_found(reason, others=others, score=score)


def _judge_pcode(place: Place, question: Question, units: Units) -> Answer:
    """The row for the place of a P-code, doubtful if name or units of the row disagree."""
    doubts, pcode = list(units.faults), as_pcode(question.pcode)
    names = [name for name in question.names if not names_nothing(name) and as_pcode(name) is None]
    if names and not any(is_named(place, units.strip(name)) for name in names):
        doubts.append(f"P-code {pcode} is {place.name()}, not {names[0]}")
    doubts += [f"P-code {pcode} lies outside {unit}" for unit in units.find_outside(place)]
    match = Match(place, place.names[0], 1.0)
    return make_found(match, doubts=doubts, notes=(*units.notes, "by its P-code"))
