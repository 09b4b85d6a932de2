"""What the text says about each hit, as numbers: the columns on which the two small models decide.

The first model sees the hit and the words around it; the second sees what the first made of the whole passage.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from buldan.geoparse.abroad import held_abroad, share_abroad
from buldan.geoparse.cues import ROLES, Cues, kind_mask
from buldan.geoparse.flat import Gap
from buldan.geoparse.letters import endings_behind, feminine_before, letter_columns, whole_word_excess
from buldan.geoparse.lists import asked_kinds, at_words, links
from buldan.geoparse.nameforms import Form
from buldan.geoparse.scan import Hits
from buldan.geoparse.vocabulary import Vocabulary

__all__ = ["local_columns", "passage_columns"]

_CLITIC_NAMES = ("none", "and", "in", "to", "so", "like")
_MAJOR = 4.0
"""Salience from which on a place is known to every reader: cities, governorates, well-known towns."""


def _roles(prefix: str, masks: NDArray[np.uint64]) -> dict[str, NDArray[np.bool_]]:
    return {f"{prefix}:{role}": (masks >> np.uint64(bit)) & np.uint64(1) > 0 for bit, role in enumerate(ROLES)}


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around each hit: gaps, the roles of its neighbours, the kinds that they ask for."""

    near: NDArray[np.bool_]
    after: NDArray[np.bool_]
    before1: NDArray[np.uint64]
    before2: NDArray[np.uint64]
    after1: NDArray[np.uint64]
    asked: NDArray[np.uint64]

    @classmethod
    def of(cls, hits: Hits, cues: Cues) -> _Around:
        """The surroundings of all hits; a neighbour beyond a comma, bracket or stop says nothing."""
        gaps, role, nothing = hits.flat.gaps, cues.roles[hits.cue], np.uint64(0)
        near = gaps[hits.first] < Gap.COMMA
        near2 = near & (at_words(gaps, hits.first - 1) < Gap.COMMA)
        after = gaps[hits.last] < Gap.COMMA
        behind = hits.last + endings_behind(hits)
        reachable = after & (gaps[np.minimum(behind, len(gaps) - 1)] < Gap.COMMA)
        return cls(
            near,
            after,
            before1=np.where(near, at_words(role, hits.first - 1), nothing),
            before2=np.where(near2, at_words(role, hits.first - 2), nothing),
            after1=np.where(reachable, at_words(role, behind), nothing),
            asked=asked_kinds(hits, cues),
        )


def local_columns(hits: Hits, vocabulary: Vocabulary, cues: Cues) -> dict[str, NDArray[Any]]:
    """Columns of the hit itself and of the words around it, by name."""
    around = _Around.of(hits, cues)
    gaps, teh = hits.flat.gaps, vocabulary.teh[hits.phrase]
    columns = (
        _surroundings(hits, vocabulary, around) | _name(hits, vocabulary) | _doubts(hits, vocabulary, around, cues)
    )
    beside = around.near & (gaps[hits.first] == Gap.SPACE), around.after & (gaps[hits.last] == Gap.SPACE)
    return columns | letter_columns(hits, vocabulary, columns, teh, *beside)


def _surroundings(hits: Hits, vocabulary: Vocabulary, around: _Around) -> dict[str, NDArray[Any]]:
    gap_before, gap_after = hits.flat.gaps[hits.first], hits.flat.gaps[hits.last]
    agreed = around.asked & vocabulary.kinds[hits.phrase]
    return {
        "always": np.ones(len(hits)),
        **_roles("before", around.before1),
        **_roles("before2", around.before2),
        **_roles("after", around.after1),
        "before:nothing known": around.near & (around.before1 == 0),
        "asked kind": agreed > 0,
        "asked other kind": (around.asked > 0) & (agreed == 0),
        **{f"clitic:{name}": hits.clitic == number for number, name in enumerate(_CLITIC_NAMES) if number},
        **{f"gap before:{gap.name.lower()}": gap_before == gap for gap in Gap if gap},
        **{f"gap after:{gap.name.lower()}": gap_after == gap for gap in Gap if gap},
    }


def _name(hits: Hits, vocabulary: Vocabulary) -> dict[str, NDArray[Any]]:
    phrase, length, words = hits.phrase, hits.end - hits.start, hits.last - hits.first
    form, common, salience = vocabulary.form[phrase], vocabulary.common[phrase], vocabulary.salience[phrase]
    places = vocabulary.first[phrase + 1] - vocabulary.first[phrase]
    return {
        **_roles("itself", vocabulary.roles[phrase]),
        "words:2": words == 2,
        "words:3+": words >= 3,
        "letters:2-3": length <= 3,
        "letters:4": length == 4,
        "letters:5": length == 5,
        **{f"form:{made.name.lower()}": form == made for made in Form if made},
        "likeness": np.where(form == Form.NEAR_MISS, vocabulary.likeness[phrase], 0),
        "salience": salience / 4,
        "major": salience >= _MAJOR,
        "common": common / 4,
        "common, minor": np.where(salience < _MAJOR, np.maximum(common - 3, 0), 0),
        "rare word": common == 0,
        "rather rare word": (common > 0) & (common < 3),
        "whole word is commoner": whole_word_excess(hits, vocabulary),
        "something else": vocabulary.other[phrase],
        "places:1": places == 1,
        "places:4+": places >= 4,
        "place": vocabulary.kinds[phrase] > 0,
        "foreign": vocabulary.foreign[phrase],
        "country": (vocabulary.kinds[phrase] & _COUNTRY) > 0,
        "village at best": (vocabulary.kinds[phrase] & _SETTLED) == 0,
    }


def _doubts(hits: Hits, vocabulary: Vocabulary, around: _Around, cues: Cues) -> dict[str, NDArray[Any]]:
    """Columns where the name and its surroundings speak together, mostly against a place."""
    phrase, asked = hits.phrase, around.asked
    itself, common = vocabulary.roles[phrase], vocabulary.common[phrase]
    minor = vocabulary.salience[phrase] < _MAJOR
    unpromised = ((around.before1 & _PROMISES) == 0) & (asked == 0)
    people = (itself & _PEOPLE) > 0
    person = ((around.before1 & _PERSON) | (around.before2 & _KIN)) > 0
    one_word = hits.last - hits.first == 1
    abroad = held_abroad(hits, vocabulary, cues)
    return {
        "minor, unpromised": minor & unpromised,
        "common, minor, no cue": np.where(minor & unpromised, np.maximum(common - 3, 0), 0),
        "a people, unpromised": people & unpromised,
        "a thing, unpromised": ((itself & _THING) > 0) & unpromised,
        "an idea, no kind asked": ((itself & _IDEA) > 0) & (asked == 0),
        "a people behind a feminine": people & around.near & (hits.clitic == 0) & feminine_before(hits),
        "minor, in a person's name": minor & person & (asked == 0),
        "in a person's name": person & (asked == 0) & (hits.clitic == 0),
        "within the name of a body": ((around.before1 & _BODY) > 0) & ((around.after1 & _BODY_ENDS) > 0),
        "called after a person, unpromised": vocabulary.person[phrase] & unpromised,
        "held abroad": abroad,
        "held abroad, minor": abroad & minor,
        "adjective behind a generic": (asked > 0) & (common > 3.5) & one_word & vocabulary.teh[phrase],
    }


_PROMISES = np.uint64(
    sum(1 << ROLES.index(role) for role in ("preposition", "direction", "countryside", "surroundings", "trigger"))
)
_PERSON = np.uint64(sum(1 << ROLES.index(role) for role in ("kin", "given", "title")))
_KIN = np.uint64(1 << ROLES.index("kin"))
_BODY, _BODY_ENDS = (np.uint64(1 << ROLES.index(role)) for role in ("organisation", "after organisation"))
_PEOPLE, _THING, _IDEA = (np.uint64(1 << ROLES.index(role)) for role in ("country or people", "thing", "idea"))
_COUNTRY = np.uint64(kind_mask("country"))
_SETTLED = np.uint64(kind_mask("admin,city,town,country"))


def passage_columns(
    hits: Hits, vocabulary: Vocabulary, logit: NDArray[np.float64], nearest_km: NDArray[np.float64]
) -> dict[str, NDArray[Any]]:
    """Columns of the whole passage: what the first model made of this hit, its neighbours and its namesakes.

    `nearest_km` is how far the nearest of the hit's places lies from the sure mentions around it (infinite
    where there are none).
    """
    sure = logit > _SURE
    previous, following = links(hits)
    names = hits.phrase
    best = np.full(int(names.max()) + 1 if len(names) else 1, -np.inf)
    np.maximum.at(best, names, logit)
    other = best[names] - logit
    counts = np.concatenate(([0], np.cumsum(sure)))
    around = (
        counts[np.searchsorted(hits.start, hits.start + _REACH)]
        - counts[np.searchsorted(hits.start, hits.start - _REACH)]
    )
    around = around - sure

    abroad = share_abroad(hits, vocabulary, sure, _REACH)

    def linked(which: NDArray[np.int64]) -> NDArray[np.float64]:
        return np.where(which >= 0, np.clip(logit[which], -4, 4) / 4, 0)

    return {
        "always": np.ones(len(hits)),
        "first model": np.clip(logit, -8, 8) / 4,
        "same name is surer elsewhere": np.clip(other, 0, 6) / 4,
        "in list before": linked(previous),
        "in list after": linked(following),
        "sure ones around: none": around == 0,
        "sure ones around: 1-2": (around > 0) & (around <= 2),
        "sure ones around: 6+": around >= 6,
        "near: 5 km": nearest_km < 5,
        "near: 15 km": (nearest_km >= 5) & (nearest_km < 15),
        "near: 40 km": (nearest_km >= 15) & (nearest_km < 40),
        "far: 120 km": (nearest_km >= 120) & np.isfinite(nearest_km),
        "minor, none around": (around == 0) & (vocabulary.salience[names] < _MAJOR),
        "abroad around": abroad,
        "abroad around, minor": np.where(vocabulary.salience[names] < _MAJOR, abroad, 0),
        "minor, near": (nearest_km < 15) & (vocabulary.salience[names] < _MAJOR),
    }


_SURE, _REACH = 1.5, 600
"""Log-odds from which a hit supports others, and how many flat characters away."""
