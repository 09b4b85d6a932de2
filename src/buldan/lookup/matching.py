"""From an answer to matches: what is due to be given, in which order, with score, reasons and doubts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import repeat
from operator import itemgetter

from buldan.index import Index
from buldan.kinds import BUILT_GROUPS, get_kind
from buldan.lookup.answers import Answer
from buldan.lookup.bare_words import has_camp_word, is_of_nature
from buldan.lookup.co_located import CoLocated
from buldan.lookup.context import Within, find_seats, get_unit
from buldan.lookup.doubts import LEAST_COARSE_KM, doubt, is_coarse
from buldan.lookup.evidence import EVIDENCE, Weights
from buldan.lookup.explain import is_mistyped, list_reasons
from buldan.lookup.other_words import (
    begins_otherwise,
    has_other_consonants,
    is_formed_otherwise,
    is_near_by_chance,
    lacks_a_word,
)
from buldan.lookup.query_reading import QueryReading
from buldan.lookup.ranking import Hit, Ranking
from buldan.lookup.results import Match, Reason
from buldan.lookup.weighing import Constraints
from buldan.model import Name, Place
from buldan.text import Words, fold_word, is_forming_word, make_plain_key, split_plain_words
from buldan.thresholds import FAMOUS, WELL_KNOWN

__all__ = ["THRESHOLD", "MatchWriter", "list_unit_reasons", "measure_outside_km", "put_unit_first"]

THRESHOLD = 0.13
"""Where the first match has a lower score than this, there is no answer, unless it is one of many namesakes."""

_LIKELY = 0.5
"""Probability of a spot from which on its score is above that threshold, whatever the calibration."""

_NAMESAKE_COST = 0.7
"""Cost per sound up to which a name is the one asked for, spelled otherwise."""

_AMBIGUITY_RATIO = 0.5
"""Share of the first spot's score at which the second makes the answer ambiguous."""

_WITHIN_INSIDE, _KIND_AGREES = EVIDENCE.index("within_inside"), EVIDENCE.index("kind_agrees")

_OUTSHINES, _OUTSHONE_SHARE = 2.0, 0.4
"""By how much of salience a town outshines its namesake, and up to which share of its probability that one has."""

_LEAST_SCORE = 0.01
"""Scores below this are left out of an answer."""

_COMPARED = 5
"""How many matches, the likeliest ones, change places by their doubts; the others stay behind them, however many are
asked for."""

_NEXT_DOOR_KM = 10.0
"""How far outside a district or sub-district a place may lie and still be the one meant: lists assign the villages at
a border to either side."""

_SHARPNESS = {"alone": 3.0, "within": 2.0}
"""Power to which the probabilities of spots are raised where these share a whole, without units and with them. They are
too even, since the first is right more often than they say. Of powers from 1 to 4 these keep the scores of names whose
places are known nearest to how often they are right."""

_IN_TOWNS = frozenset({"quarter", "facility"})
"""Groups of places whose names recur from town to town."""

_ANOTHER_TOWN_KM = 6.5
"""How far outside a unit asked for a quarter is that of another town; a village may be assigned to either side."""

_UNIT_SCORE = 0.45
"""The score of a unit that is given since the place in it is not known: for a person to look at."""


class MatchWriter:
    """Makes matches of answers over one index."""

    def __init__(self, index: Index, weights: Weights) -> None:
        self._index, self._calibration = index, weights.calibration
        self._group = [get_kind(kind).group for kind in index.kind_ids]
        # A number of a view is compared with another faster than a number of an array.
        self._kind, self._radius_km = index.kind.data, index.radius_km.data
        self._name, self._rule = index.form_name.data, index.form_rule.data
        self._is_usual = index.name_usual.data

    def write(self, answer: Answer, limit: int) -> list[Match]:
        """The answer as matches: the spots in their order, each with the score of all its candidates."""
        context = "within" if answer.within.containers else "alone"
        calibration, spots = self._calibration[context], answer.spots
        if not spots:
            return []
        ranking = answer.ranking
        first, best = spots[0], ranking.get_hit(spots[0].positions[0])
        spelled_off = self._measure_misspelling(answer, spots[0].positions[0], best)
        if first.score < _LIKELY and calibration.of(first.score) < THRESHOLD and not _is_namesake(best):
            return []
        # Within a unit lesser shares count for more, but for a village beside the town of that name: Afrin, Aleppo.
        lesser = self._calibration["alone"] if self._is_outshone(answer) else calibration
        shown = [first, *(spot for spot in spots[1:] if spot.score >= _LEAST_SCORE)]
        rated = [calibration.rate(first.score, spelled_off)]
        rated += [lesser.rate(spot.score, spelled_off) for spot in shown[1:]]
        is_rivalled = len(shown) > 1 and rated[1][1] > _AMBIGUITY_RATIO * rated[0][1]
        ambiguous = answer.several > 0 or is_rivalled
        # What doubt lowers may change places with what follows: that is settled before the answer is cut.
        most_left = doubt(answer.within.reasons + answer.reasons, 1.0)[1] if limit > _COMPARED else 1.0
        least = limit if answer.several else _COMPARED
        matches: list[tuple[Match, float]] = []
        is_shared = len(shown) > 1 and not answer.several
        shares = _share_out(shown, rated[0][0], _SHARPNESS[context]) if is_shared else repeat(1.0)
        curve = calibration
        for spot, own, share in zip(shown, rated, shares, strict=False):
            if len(matches) >= least and (
                answer.several or _is_settled(matches, limit, curve.weigh(spot.score) * most_left)
            ):
                break
            for at in spot.positions:
                hit, (score, weight) = (ranking.get_hit(at) if matches else best), own
                if at != spot.positions[0]:
                    # What shares a spot with the first is no surer of its own letters for that.
                    off = max(spelled_off, self._measure_misspelling(answer, at, hit))
                    score, weight = curve.rate(spot.score, off)
                if matches and min(score, share) < _LEAST_SCORE and not answer.several:
                    continue  # doubts only lower it
                match, left = self._write_match(answer, at, hit, min(score, share), ambiguous)
                matches.append((match, weight * left))
            curve = lesser
        # Several places stand as the cell names them; of one, what doubt has lowered stands behind.
        if answer.several:
            return [match for match, _ in matches][:limit]
        ordered = _put_in_order([*_sort(matches[:_COMPARED]), *_sort(matches[_COMPARED:])])
        return [match for match in ordered[:limit] if match.score >= _LEAST_SCORE or match is ordered[0]]

    def _is_outshone(self, answer: Answer) -> bool:
        """Whether the second spot is a namesake of a town that everybody knows, and much less known itself."""
        if not answer.within.containers or answer.several or len(answer.spots) < 2:
            return False
        if not answer.ranking.get_evidence(answer.spots[0].positions[0])[_WITHIN_INSIDE]:
            return False
        first, second = (self._index.salience[answer.ranking.rows[spot.positions[0]]] for spot in answer.spots[:2])
        is_close = answer.spots[1].score > _OUTSHONE_SHARE * answer.spots[0].score
        return bool(first >= FAMOUS and first - second >= _OUTSHINES) and not is_close

    def _measure_misspelling(self, answer: Answer, position: int, hit: Hit) -> float:
        """What the letters of a candidate take from the log-odds of its score."""
        reading = hit.reading
        calibration = self._calibration["within" if answer.within.containers else "alone"]
        return calibration.measure_doubt(answer.ranking.get_evidence(position), len(reading.sounds), reading.own_share)

    def _write_match(
        self, answer: Answer, position: int, hit: Hit, score: float, ambiguous: bool
    ) -> tuple[Match, float]:
        """The match for a candidate, and the share that its doubts leave beside the others."""
        index, ranking, reading = self._index, answer.ranking, hit.reading
        row = ranking.rows[position]
        place, group = index.places.read(row), self._group[self._kind[row]]
        reasons = list_reasons(hit, "", ranking.get_evidence(position), rule=self._rule[hit.form])
        outside_km: Sequence[float] = ()
        if answer.within.containers:
            outside_km = measure_outside_km(row, answer.within)
            reasons += list_unit_reasons(answer.within, outside_km)
        reasons += answer.within.reasons + answer.reasons
        if answer.cell_units and reading.words in answer.cell_units:
            # What is not known in a city may be far off, what is not known in a lesser town is mostly in it.
            rule = "unknown_there" if index.wide.find(make_plain_key(reading.words), 1) else "unknown_in_town"
            reasons += (Reason(rule, " ".join(reading.words)),)
        if reading.asks == "facility" and group not in BUILT_GROUPS:
            reasons += (Reason("facility_there"),)
        elif reading.asks == "site" and group != "site":
            reasons += (Reason("site_there"),)
        elif not hit.letters and reading.bare and self._lies_at_what_is_asked(reading, row):
            reasons += (Reason("nature_there"),)
        if answer.asks_camp and index.kind_ids[self._kind[row]] == "camp":
            # Beside a camp stands where it is: "Kelly Camps" answer a camp in brackets of Kelly, if not by its name.
            reasons = tuple(Reason("camps_there") if reason.rule == "qualifier" else reason for reason in reasons)
        elif answer.asks_camp and not _bears_camp(hit):
            # A camp that the gazetteer does not hold is not the town that it may be named after.
            reasons += (Reason("no_camp"),)
        if outside_km and group in _IN_TOWNS and max(outside_km) >= _ANOTHER_TOWN_KM:
            reasons += (Reason("quarter_elsewhere"),)
        if self._radius_km[row] > LEAST_COARSE_KM and is_coarse(place):  # else the place need not be read
            reasons += (Reason("point_coarse", f"{place.radius_km:.0f} km"),)
        if reading.is_headless:
            reasons += (Reason("first_word_left_out"),)
        row_of_name = self._name[hit.form]
        name = index.names.read(row_of_name)
        if not hit.cost and not self._is_usual[row_of_name]:  # for others no name need be read
            name = _find_name_as_written(place, name, reading.words)
        if hit.letters:
            reasons += tuple(self._iter_differences(ranking, position, hit, name.text))
        left, share = doubt(reasons, score)
        return Match(place, name, round(left, 4), reasons, ambiguous), share

    def _lies_at_what_is_asked(self, reading: QueryReading, row: int) -> bool:
        """Whether a river, a lake or another feature of the land is asked for, and a place is none."""
        return is_of_nature(reading.kinds) and not is_of_nature({self._index.kind_ids[self._kind[row]]})

    def _iter_differences(self, ranking: Ranking, position: int, hit: Hit, name: str) -> Iterator[Reason]:
        """What speaks against a place found by a name that is spelled otherwise than asked for."""
        evidence, words = ranking.get_evidence(position), hit.reading.words
        if rule := self._find_difference(hit, ranking.rows[position], name):
            yield Reason(rule, "" if rule == "other_beginning" else " ".join(words[1:]))
        if not evidence[_WITHIN_INSIDE] or evidence[_KIND_AGREES] or not is_mistyped(hit):
            return
        if ranking.bears_name_elsewhere(words):
            yield Reason("exact_elsewhere")
        elif hit.letters > 1 and has_other_consonants(words, name):
            yield Reason("other_consonants")

    def _find_difference(self, hit: Hit, row: int, name: str) -> str:
        """The rule by which what was asked for is another name than the one found; empty if it is a spelling of it."""
        words = hit.reading.words
        if hit.cost and begins_otherwise(words, name):
            return "other_beginning"
        if is_formed_otherwise(words, name) or (
            hit.cost > 0 and (self._holds_a_known_name(words) or lacks_a_word(words, name))
        ):
            return "other_name"
        return "other_word" if len(words) > 1 and is_near_by_chance(hit, name, float(self._index.salience[row])) else ""

    def _holds_a_known_name(self, words: Words) -> bool:
        """Whether words are a first word that forms names and a name that everybody knows: Umm Manbij is no slip."""
        index = self._index
        if len(words) < 2 or not is_forming_word(fold_word(words[0])):
            return False
        forms = index.plain.find(make_plain_key(words[1:]), 1)
        return bool(forms) and bool(index.salience[index.form_place[forms[0]]] >= WELL_KNOWN)


def _share_out(spots: Sequence[CoLocated], first: float, sharpness: float) -> list[float]:
    """By spot, the highest score that it may have; `first` is the one of the first by itself.

    Each spot excludes the others, so that their scores are not more than 1 together: of two villages of one name and
    unit each has one half. What the first leaves is shared among the others.
    """
    first = min(first, spots[0].score ** sharpness / sum([spot.score**sharpness for spot in spots]))
    left = (1.0 - first) / sum([spot.score for spot in spots[1:]])
    return [round(first, 4), *(round(spot.score * left, 4) for spot in spots[1:])]


def _is_settled(matches: Sequence[tuple[Match, float]], limit: int, most: float) -> bool:
    """Whether a match that is left `most` at the most comes behind the first `limit` of those written."""
    behind = limit - _COMPARED
    if behind <= 0 or len(matches) < limit:
        return behind <= 0
    left = sorted((left for _, left in matches[_COMPARED:]), reverse=True)
    return left[behind - 1] >= most


def _sort(matches: Sequence[tuple[Match, float]]) -> list[Match]:
    """Matches in the order of what their doubts left them."""
    if len(matches) < 2:
        return [match for match, _ in matches]
    return [match for match, _ in sorted(matches, key=itemgetter(1), reverse=True)]


def _put_in_order(matches: Iterable[Match]) -> list[Match]:
    """Matches, none likelier than the one before."""
    ordered: list[Match] = []
    most = 1.0
    for match in matches:
        ordered.append(match if match.score <= most else replace(match, score=most))
        most = ordered[-1].score
    return ordered


def put_unit_first(index: Index, asked: Constraints, matches: Sequence[Match], limit: int) -> list[Match]:
    """The matches, before them the district or sub-district asked for where the best of them lies far outside it.

    A place elsewhere that bears the name is hardly the one meant; the unit at least holds that. Its seat stands before
    it: people live around it, and what is asked for is nearer to it than to the middle of the outline. A governorate
    says too little of where: the namesake stays first.
    """
    containers = asked.within.containers
    row = containers[-1].rows[0] if containers and len(containers[-1].rows) == 1 else -1
    is_narrow = row >= 0 and int(index.level[row]) > 1 and get_unit(index, row) is not None
    if not (matches and is_narrow) or (asked.wanted is not None and not asked.wanted[row]):
        return list(matches)
    best = index.find_row(matches[0].place.id)
    if best is None or containers[-1].extent.measure_km(best) <= _NEXT_DOOR_KM:
        return list(matches)
    reason = Reason("unit_only", asked.within.names[-1])
    behind = [replace(match, score=min(match.score, _UNIT_SCORE)) for match in matches]
    first = []
    for at in filter(lambda at: asked.wanted is None or asked.wanted[at], (*find_seats(index, [row])[:1], row)):
        place, outside_km = index.places[at], measure_outside_km(at, asked.within)
        first.append(Match(place, place.names[0], _UNIT_SCORE, (reason, *list_unit_reasons(asked.within, outside_km))))
    return [*first, *behind][:limit]


def measure_outside_km(row: int, within: Within) -> list[float]:
    """How far a place lies outside each unit asked for; 0 where it lies in it."""
    return [container.extent.measure_km(row) for container in within.containers]


def list_unit_reasons(within: Within, outside_km: Iterable[float]) -> tuple[Reason, ...]:
    """For each unit asked for, whether a place lies in it, or how far outside."""
    return tuple(
        Reason("within_outside", f"{name}: {apart:.0f} km") if apart > 0 else Reason("within_inside", name)
        for name, apart in zip(within.names, outside_km, strict=True)
    )


def _find_name_as_written(place: Place, name: Name, words: Words) -> Name:
    """The name of a place that is written as asked; else the one found, whose spelling may be another language's."""
    # Of names that fold alike, a place keeps one form: Hələb stands for Halab as well.
    if split_plain_words(name.text) == words:
        return name
    return next((each for each in place.names if split_plain_words(each.text) == words), name)


def _is_namesake(hit: Hit) -> bool:
    """Whether a hit takes the whole question for a name and finds the name itself."""
    return not hit.reading.left_out and hit.cost < _NAMESAKE_COST * len(hit.reading.sounds)


def _bears_camp(hit: Hit) -> bool:
    """Whether the word for a camp is a part of the name that was found."""
    return hit.letters == 0 and has_camp_word(hit.reading.words)
