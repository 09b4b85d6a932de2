"""Weigh candidates: evidence for each, from it utilities, from them probabilities."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from functools import lru_cache
from math import log
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from buldan.index import Index, measure_distances_km
from buldan.kinds import BUILT_GROUPS, LONE_KINDS, get_kind, kinds, kinds_among
from buldan.lookup.context import NOWHERE, Container, Within
from buldan.lookup.evidence import EVIDENCE, Weights
from buldan.lookup.evidence_table import EvidenceTable
from buldan.lookup.ranking import EMPTY, Evidence, Ranking, view_as_table
from buldan.lookup.search import SLIP_COST, FormHits
from buldan.text import is_arabic, split_plain_words

__all__ = ["Constraints", "Weigher", "mark_places_wanted"]

_LONG_NAME = 6
"""Sounds of a name, words of kind apart, from which on it is known again where a letter is wrong."""

_SURELY_DIFFERS = 3.0
"""How often another kind counts where the name is known to be one of the kind asked for, too."""

_WIDTH = len(EVIDENCE)
_COLUMN = {evidence: position for position, evidence in enumerate(EVIDENCE)}
_KIND_AGREES, _KIND_DIFFERS = _COLUMN["kind_agrees"], _COLUMN["kind_differs"]
_GENERIC_KEPT = _COLUMN["generic_kept"]
_ROLE_COLUMN = {
    "comma": _COLUMN["role_comma"],
    "colon": _COLUMN["role_colon"],
    "bracket": _COLUMN["role_bracket"],
    "either": _COLUMN["role_either"],
    "listed": _COLUMN["role_either"],
    "beside": _COLUMN["role_beside"],
}
_VARIANT, _ANOTHERS = _COLUMN["variant"], _COLUMN["anothers"]
_RULE_KIND, _ARTICLES_DIFFER = _COLUMN["rule_kind"], _COLUMN["articles_differ"]
_WITHIN_INSIDE = _COLUMN["within_inside"]
_WITHIN_COLUMNS = _WITHIN_INSIDE, _COLUMN["within_outside"]
_CONTEXT_COLUMNS = _COLUMN["context_inside"], _COLUMN["context_outside"]
_GROUP_COLUMN = {
    "admin": _COLUMN["group_admin"],
    "settlement": -1,
    "quarter": _COLUMN["group_quarter"],
    "camp": _COLUMN["group_quarter"],
    "site": _COLUMN["group_site"],
    "region": _COLUMN["group_land"],
    "water": _COLUMN["group_land"],
    "natural": _COLUMN["group_land"],
}


class Constraints(NamedTuple):
    """What a question asks for beside the name; None where it does not.

    Attributes:
        within: the units that should hold the place.
        near: (lon, lat) that it should be near to.
        wanted: by place row, whether it is of a kind asked for.
        contexts: by segment, what the other segments of the question name that may be around it.
        find_quarters: finds the place rows of the quarters of the town that the question names.
    """

    within: Within = NOWHERE
    near: tuple[float, float] | None = None
    wanted: NDArray[np.bool_] | None = None
    contexts: Mapping[int, Sequence[Container]] = MappingProxyType({})
    find_quarters: Callable[[], Set[int]] | None = None

    @property
    def is_anything(self) -> bool:
        """Whether nothing is asked for beside the name."""
        return not (self.within.containers or self.contexts) and self.near is None

    def narrow_to(self, wanted: NDArray[np.bool_]) -> Constraints:
        """The constraints, with only those of the wanted places that a mask by place row has."""
        return self._replace(wanted=wanted if self.wanted is None else wanted & self.wanted)


def mark_places_wanted(index: Index, kinds: Iterable[str]) -> NDArray[np.bool_]:
    """A mask by place row of the kinds asked for; `kinds` may name groups.

    Raises:
        QueryError: there is no such kind.
    """
    asked = kinds_among(kinds)
    by_kind = np.array([kind in asked for kind in index.kind_ids])
    wanted: NDArray[np.bool_] = by_kind[index.kind]
    return wanted


class Weigher:
    """Weighs what was found over one index.

    Attributes:
        quarters: the rows of all quarters.
    """

    def __init__(self, index: Index, weights: Weights) -> None:
        self._index = index
        columns = np.array([_GROUP_COLUMN.get(kind.group, _COLUMN["group_other"]) for kind in kinds().values()])
        group = columns[index.kind]
        # The country is as likely to be meant as a city.
        group = np.where(index.kind == 0, -1, group).astype(np.int8)
        coded = index.coded.view(np.uint8)
        self._evidence_table = EvidenceTable(
            (index.form_place, index.form_rule, index.form_articles, index.form_standing, index.form_arabic),
            (index.kind, index.salience, coded, group),
            weights.values,
            weights.nothing,
        )
        self._place = memoryview(index.form_place)
        self.quarters = frozenset(np.flatnonzero(mark_places_wanted(index, ["group:quarter"])).tolist())
        self._is_built = [get_kind(kind).group in BUILT_GROUPS for kind in index.kind_ids]

    def weigh(
        self, fresh: Sequence[FormHits], asked: Constraints, before: Ranking = EMPTY, *, segments: int
    ) -> Ranking:
        """Candidates with their evidence and probabilities: what was found now, and what was ranked before.

        `segments` is the number of segments of the question, each of which may be context of the others.
        """
        if asked.wanted is not None:
            fresh = list(self._select_kinds(fresh, asked.wanted))
        places = [self._place[form] for forms in fresh for form in forms.forms]
        if not places:
            return before
        evidence = self._collect_evidence(fresh, places, asked)
        found = list(fresh)
        if before.found:
            # Appended, so that what earlier stages found is not weighed out again but ranked beside the new.
            evidence, found, places = before.evidence + evidence, [*before.found, *fresh], before.places + places
        if segments > 1:
            _add_filled(view_as_table(evidence), _group_lines_by_segment(found))
        if any(forms.letters == 1 for forms in found):
            _level_with_slips(view_as_table(evidence), found)
        lines, scores, margin = self._evidence_table.rank(evidence, places)
        return Ranking([places[line] for line in lines], lines, scores, margin, found, places, evidence)

    def _select_kinds(self, found: Iterable[FormHits], wanted: NDArray[np.bool_]) -> Iterator[FormHits]:
        """What was found, as far as it is of a kind asked for."""
        for forms in found:
            kept = [at for at, form in enumerate(forms.forms) if wanted[self._place[form]]]
            yield forms._replace(forms=[forms.forms[at] for at in kept], costs=[forms.costs[at] for at in kept])

    def _collect_evidence(self, found: Sequence[FormHits], places: list[int], asked: Constraints) -> array[float]:
        """What speaks for each form found, but for what all have to say to each other."""
        # Zeros in one block: the compiled table fills it by position, and most columns stay zero.
        evidence = array("d", bytes(8 * _WIDTH * len(places)))
        line = 0
        for forms in found:
            reading = forms.reading
            # Where all but a letter is the same, a kind word is a part of the name: ريف دمشق.
            sounds = len(reading.sounds) or 1 if forms.letters < 2 else reading.own_sounds
            read = _list_reading_evidence(
                sounds, reading.left_out, reading.clitic != "", reading.clitic_article, reading.role
            )
            agreement = find_kind_agreement(reading.kinds, reading.asks) if reading.kinds else b""
            # A slip in a short name makes another name: the camp of Amal is not that of Raml.
            is_known = forms.letters == 0 or (forms.letters == 1 and reading.own_sounds >= _LONG_NAME)
            self._evidence_table.add(
                evidence,
                line,
                forms.forms,
                forms.costs,
                forms.letters,
                read,
                sounds,
                reading.articles,
                bool(reading.words) and is_arabic(reading.words[0]),
                agreement,
                reading.bare,
                is_known and not reading.bare,
            )
            if agreement and not (reading.bare or is_known):
                self._keep_generic_word(evidence, line, forms)
            if (reading.bare and reading.kinds <= LONE_KINDS) or (forms.letters == 0 and reading.asks == "camp"):
                self._prefer_kind_asked_for(evidence, line, forms.costs)
            elif reading.asks == "facility" and forms.letters == 0:
                self._prefer_built(evidence, line, forms.forms)
            line += len(forms.forms)
        if not asked.is_anything:
            self._add_surroundings(evidence, found, places, asked)
        return evidence

    def _keep_generic_word(self, evidence: array[float], line: int, found: FormHits) -> None:
        """A misspelled name whose word of kind is spelled right has it as a part of the name: Wadi Elayoun is the town
        of Wadi al-Uyun.
        """
        index, (first, *others) = self._index, found.reading.words
        for at, form in enumerate(found.forms):
            start = (line + at) * _WIDTH
            if others and evidence[start + _KIND_DIFFERS] and not index.form_rule.data[form]:
                name = split_plain_words(index.names[int(index.form_name[form])].text)
                if len(name) > 1 and name[0] == first:
                    evidence[start + _KIND_DIFFERS] = 0.0

    def _prefer_kind_asked_for(self, evidence: array[float], line: int, costs: Sequence[float]) -> None:
        """Where a place of the name is of the kind asked for, a town whose name is no nearer is hardly meant."""
        starts = [(line + at) * _WIDTH for at in range(len(costs))]
        agreed = [cost for start, cost in zip(starts, costs, strict=True) if evidence[start + _KIND_AGREES]]
        if agreed:
            least = min(agreed)
            for start, cost in zip(starts, costs, strict=True):
                if cost >= least and not (evidence[start + _KIND_AGREES] or evidence[start + _GENERIC_KEPT]):
                    evidence[start + _KIND_DIFFERS] = _SURELY_DIFFERS

    def _prefer_built(self, evidence: array[float], line: int, forms: Sequence[int]) -> None:
        """Where a thing of the kind asked for bears the very name, the village of that name is hardly meant; the kind
        was said, so that the name is the thing's as well as the village's: the industrial city of Sheikh Najjar.
        """
        starts = [(line + at) * _WIDTH for at in range(len(forms))]
        rules = self._index.form_rule.data
        built = [rules[form] == 0 and self._is_built[self._index.kind[self._place[form]]] for form in forms]
        own = [at for at, is_built in zip(starts, built, strict=True) if is_built and evidence[at + _KIND_AGREES]]
        for at in own:
            evidence[at + _VARIANT] = evidence[at + _ANOTHERS] = 0.0
        for at in starts if own else ():
            if at not in own:
                evidence[at + _KIND_DIFFERS] = _SURELY_DIFFERS

    def _add_surroundings(
        self, evidence: array[float], found: Sequence[FormHits], rows: Sequence[int], asked: Constraints
    ) -> None:
        """How the places lie to what is asked for beside the name."""
        containers = asked.within.containers
        if containers:
            # Of a chain the widest and the narrowest say what the ones between say too.
            ends = containers[:1] + containers[1:][-1:]
            apart = [container.extent.measure_outside_km(rows) for container in ends]
            self._evidence_table.add_distances(evidence, list(range(len(rows))), *_WITHIN_COLUMNS, apart)
        if asked.contexts:
            self._add_contexts(evidence, asked.contexts, found, rows)
        if asked.find_quarters is not None:
            self._know_quarters(evidence, found, rows, asked.find_quarters)
        if asked.near is not None:
            at = np.array(rows)
            apart_km = measure_distances_km(self._index.lon[at], self._index.lat[at], point=asked.near)
            # A logarithm: from 5 to 10 km is as far as from 50 to 100; ten kilometres is the grain of one's own area.
            view_as_table(evidence)[:, _COLUMN["near"]] = np.log1p(apart_km / 10)

    def _know_quarters(
        self,
        evidence: array[float],
        found: Iterable[FormHits],
        rows: Sequence[int],
        find_quarters: Callable[[], Set[int]],
    ) -> None:
        """Beside its town a quarter needs no word for one, and has its article though its name is stored without:
        حي الأربعين بحماة is the الأربعين of حماة - الأربعين.
        """
        if self.quarters.isdisjoint(rows):
            return  # true of most names
        articles = [forms.reading.articles for forms in found for _ in forms.forms]
        for line, row in enumerate(rows):
            start = line * _WIDTH
            is_weakened = evidence[start + _RULE_KIND] or evidence[start + _ARTICLES_DIFFER]
            # Inside first: of most names only quarters of other towns are found.
            if row in self.quarters and is_weakened and evidence[start + _WITHIN_INSIDE] and row in find_quarters():
                evidence[start + _RULE_KIND] = 0.0
                if articles[line]:
                    evidence[start + _ARTICLES_DIFFER] = 0.0

    def _add_contexts(
        self,
        evidence: array[float],
        contexts: Mapping[int, Sequence[Container]],
        found: Iterable[FormHits],
        rows: Sequence[int],
    ) -> None:
        """How candidates of each segment lie to what the other segments name; the nearest of these counts."""
        for segment, lines in _group_lines_by_segment(found).items():
            places = [rows[line] for line in lines]
            apart = [container.extent.measure_outside_km(places) for container in contexts.get(segment, ())]
            if apart:
                nearest = list(map(min, zip(*apart, strict=True)))
                self._evidence_table.add_distances(evidence, lines, *_CONTEXT_COLUMNS, [nearest])


def _group_lines_by_segment(found: Iterable[FormHits]) -> dict[int, list[int]]:
    """The lines of the evidence that are about each segment of the question."""
    lines: dict[int, list[int]] = {}
    line = 0
    for forms in found:
        lines.setdefault(forms.reading.segment, []).extend(range(line, line + len(forms.forms)))
        line += len(forms.forms)
    return lines


def _level_with_slips(evidence: Evidence, found: Sequence[FormHits]) -> None:
    """Where a name is one slip of the finger away, one that sounds farther off is no likelier to be meant for that.

    What was found before is spelled by ear with the same consonants.
    """
    slipped: set[int] = set()
    line = 0
    # In the order of the stages of a search: what is one slip away stands before what sounds alike.
    for forms in found:
        end = line + len(forms.forms)
        segment = forms.reading.segment
        if forms.letters == 1 and not evidence[line:end, _COLUMN["within_outside"]].all():
            slipped.add(segment)
        elif segment in slipped and not forms.is_typed:
            is_far = evidence[line:end, _COLUMN["cost"]] > SLIP_COST
            evidence[line:end, _COLUMN["one_letter"]] = is_far | (forms.reading.left_out > 0)
        line = end


def _add_filled(evidence: Evidence, by_segment: Mapping[int, list[int]]) -> None:
    """How well a place of the first segment fits inside what the others name: they are then but its context."""
    first = by_segment.get(0, [])
    inside = [line for line in first if evidence[line, _COLUMN["context_inside"]]]
    if not inside:
        return
    # As a share of 1: e to minus the cost, times what of the segment is used.
    fit = np.exp(-evidence[inside, _COLUMN["cost_per_sound"]]) * (1 - evidence[inside, _COLUMN["left_out"]])
    for segment, lines in by_segment.items():
        if segment:
            evidence[lines, _COLUMN["filled"]] = fit.max()


@lru_cache(maxsize=256)
def find_kind_agreement(hinted: frozenset[str], asks: str = "") -> bytes:
    """By kind code: 2 for a kind hinted at, 3 where a place has hardly two of it, 1 for another of its group, else 0.

    What is a part of a town or stands in it may be answered by the town, and a castle by the village called so.
    """
    table = kinds()
    groups = {table[kind].group for kind in hinted}
    if asks in {"part", "facility"} or (groups == {"site"} and not asks):
        groups |= {"settlement", "admin"}
    return bytes(2 + (kind in LONE_KINDS) if kind in hinted else table[kind].group in groups for kind in table)


@lru_cache(maxsize=1024)
def _list_reading_evidence(
    sounds: int, left_out: float, clitic: bool, clitic_article: bool, role: str
) -> tuple[list[int], list[float]]:
    """Columns that the reading alone decides, and their values; zeros left out."""
    values = {
        _COLUMN["length"]: log(sounds),
        _COLUMN["left_out"]: left_out,
        _COLUMN["clitic"]: float(clitic),
        _COLUMN["clitic_article"]: float(clitic_article),
    }
    if role in _ROLE_COLUMN:
        values[_ROLE_COLUMN[role]] = 1.0
    present = {column: value for column, value in values.items() if value}
    return list(present), list(present.values())
