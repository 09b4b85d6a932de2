"""What the text says about each hit, as numbers: the columns on which the two small models decide.

The first model sees the hit and the words around it; the second sees what the first made of the whole passage.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from buldan.geoparse.document.flat import Gap
from buldan.geoparse.linear_model import EACH, FeatureGroup
from buldan.geoparse.names.cues import ROLES, Cues, kind_mask
from buldan.geoparse.names.name_forms import Form
from buldan.geoparse.names.name_table import NameTable
from buldan.geoparse.names.scan import Hits
from buldan.geoparse.recognition.foreign import foreign_share, is_in_foreign_place
from buldan.geoparse.recognition.letters import Letters, adjective_follows, latin_features, letter_features
from buldan.geoparse.recognition.lists import Lists, at_words

__all__ = ["local_features", "passage_features"]

_CLITIC_NAMES = ("none", "and", "in", "to", "so", "like")
_MAJOR = 4.0
"""Salience from which on a place is known to every reader: cities, governorates, well-known towns."""


def _roles(prefix: str, masks: NDArray[np.uint64]) -> dict[str, NDArray[np.bool_]]:
    has = (masks[:, None] & _ROLE_BITS) > 0
    return {f"{prefix}:{role}": has[:, bit] for bit, role in enumerate(ROLES)}


_ROLE_BITS = np.uint64(1) << np.arange(len(ROLES), dtype=np.uint64)


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around each hit: gaps, the roles of its neighbours, the kinds that they ask for.

    Roles are bits; their sets are numbers in `Cues.role_sets`.
    """

    near: NDArray[np.bool_]
    after: NDArray[np.bool_]
    sets: dict[str, NDArray[np.int64]]
    before1: NDArray[np.uint64]
    before2: NDArray[np.uint64]
    after1: NDArray[np.uint64]
    asked: NDArray[np.uint64]

    @classmethod
    def of(cls, hits: Hits, cues: Cues) -> _Around:
        """The surroundings of all hits; a neighbour beyond a comma, bracket or stop says nothing."""
        gaps, cue = hits.flat.gaps, hits.words.cue
        near = gaps[hits.first] < Gap.COMMA
        near2 = near & (at_words(gaps, hits.first - 1) < Gap.COMMA)
        after = gaps[hits.last] < Gap.COMMA
        behind = hits.last + adjective_follows(hits)
        reachable = after & (gaps[np.minimum(behind, len(gaps) - 1)] < Gap.COMMA)
        sets = {
            "before": np.where(near, cues.role_set[at_words(cue, hits.first - 1)], 0),
            "before2": np.where(near2, cues.role_set[at_words(cue, hits.first - 2)], 0),
            "after": np.where(reachable, cues.role_set[at_words(cue, behind)], 0),
        }
        before1, before2, after1 = (cues.role_sets[numbers] for numbers in sets.values())
        return cls(near, after, sets, before1, before2, after1, Lists.of(hits, cues).asked)


def local_features(
    hits: Hits, name_table: NameTable, is_spelled: Callable[[str], bool], cues: Cues
) -> list[FeatureGroup]:
    """Columns of the hit itself and of the words around it, by name."""
    around, letters = _Around.of(hits, cues), Letters.of(hits)
    gaps, teh = hits.flat.gaps, name_table.ends_teh_marbuta[hits.name_id]
    beside = around.near & (gaps[hits.first] == Gap.SPACE), around.after & (gaps[hits.last] == Gap.SPACE)
    no_trigger = (around.before1 & _TRIGGER) == 0, (around.after1 & _TRIGGER) == 0
    minor = (name_table.salience < _MAJOR)[hits.name_id]
    return [
        *_surroundings(hits, name_table, around, cues),
        *_name(hits, name_table),
        FeatureGroup(EACH, _doubts(hits, name_table, around, cues)),
        FeatureGroup(EACH, letter_features(hits, letters, is_spelled, teh, minor, *beside)),
        latin_features(hits, letters, _common_minor(name_table)[hits.name_id], beside, no_trigger),
    ]


def _surroundings(hits: Hits, name_table: NameTable, around: _Around, cues: Cues) -> Iterator[FeatureGroup]:
    gaps = hits.flat.gaps
    agreed = around.asked & name_table.kinds[hits.name_id]
    for prefix, numbers in around.sets.items():
        yield FeatureGroup(numbers, _roles(prefix, cues.role_sets))
    for where, position in (("before", hits.first), ("after", hits.last)):
        yield FeatureGroup(gaps[position], _one_of(f"gap {where}", [gap.name.lower() for gap in Gap]))
    yield FeatureGroup(hits.clitic, _one_of("clitic", _CLITIC_NAMES))
    yield FeatureGroup(
        EACH,
        {
            "always": np.ones(len(hits)),
            "before:nothing known": around.near & (around.before1 == 0),
            "asked kind": agreed > 0,
            "asked other kind": (around.asked > 0) & (agreed == 0),
        },
    )


def _one_of(prefix: str, values: Sequence[str]) -> dict[str, NDArray[np.bool_]]:
    """A column for each value but the first, which is what is mostly so."""
    which = np.arange(len(values))
    return {f"{prefix}:{value}": which == number for number, value in enumerate(values) if number}


def _name(hits: Hits, name_table: NameTable) -> Iterator[FeatureGroup]:
    form, common, salience = name_table.form, name_table.zipf, name_table.salience
    places, counted, letters = np.diff(name_table.first), np.arange(4), np.arange(7)
    yield FeatureGroup(
        hits.name_id,
        {
            **_roles("itself", name_table.roles),
            **{f"form:{made.name.lower()}": form == made for made in Form if made},
            "likeness": np.where(form == Form.NEAR_MISS, name_table.likeness, 0),
            "salience": salience / 4,
            "major": salience >= _MAJOR,
            "common": common / 4,
            "common, minor": _common_minor(name_table),
            "rare word": common == 0,
            "rather rare word": (common > 0) & (common < 3),
            "something else": name_table.is_not_place,
            "places:1": places == 1,
            "places:4+": places >= 4,
            "place": name_table.kinds > 0,
            "foreign": name_table.foreign,
            "country": (name_table.kinds & _COUNTRY) > 0,
            "village at best": (name_table.kinds & _SETTLED) == 0,
        },
    )
    yield FeatureGroup(np.minimum(hits.last - hits.first, 3), {"words:2": counted == 2, "words:3+": counted >= 3})
    yield FeatureGroup(
        np.minimum(hits.end - hits.start, 6),
        {"letters:2-3": letters <= 3, "letters:4": letters == 4, "letters:5": letters == 5},
    )
    yield FeatureGroup(EACH, {"whole word is commoner": _whole_word_excess(hits, name_table)})


def _common_minor(name_table: NameTable) -> NDArray[np.float64]:
    return np.where(name_table.salience < _MAJOR, np.maximum(name_table.zipf - 3, 0), 0)


def _whole_word_excess(hits: Hits, name_table: NameTable) -> NDArray[np.float64]:
    """By how much a word with its clitic is commoner than the name behind it: وزارة is not و and زارة."""
    excess = np.zeros(len(hits))
    behind = np.flatnonzero(hits.clitic)
    excess[behind] = np.clip(hits.words.common(hits.first[behind]) - name_table.zipf[hits.name_id[behind]], 0, 3)
    return excess


def _doubts(hits: Hits, name_table: NameTable, around: _Around, cues: Cues) -> dict[str, NDArray[Any]]:
    """Columns where the name and its surroundings speak together, mostly against a place."""
    phrase, unasked = hits.name_id, around.asked == 0
    minor = (name_table.salience < _MAJOR)[phrase]
    people, thing, idea = (((name_table.roles & role) > 0)[phrase] for role in (_PEOPLE, _THING, _IDEA))
    unpromised = ((around.before1 & _PROMISES) == 0) & unasked
    person = ((around.before1 & _PERSON) | (around.before2 & _KIN)) > 0
    one_word = hits.last - hits.first == 1
    abroad = is_in_foreign_place(hits, name_table, cues)
    common_adjective = (name_table.ends_teh_marbuta & (name_table.zipf > 3.5))[phrase]
    return {
        "minor, unpromised": minor & unpromised,
        "common, minor, no cue": np.where(unpromised, _common_minor(name_table)[phrase], 0),
        "a people, unpromised": people & unpromised,
        "a thing, unpromised": thing & unpromised,
        "an idea, no kind asked": idea & unasked,
        "a people behind a feminine": people
        & around.near
        & (hits.clitic == 0)
        & at_words(hits.words.feminine, hits.first - 1),
        "minor, in a person's name": minor & person & unasked,
        "in a person's name": person & unasked & (hits.clitic == 0),
        "within the name of a body": ((around.before1 & _BODY) > 0) & ((around.after1 & _BODY_ENDS) > 0),
        "called after a person, unpromised": name_table.person[phrase] & unpromised,
        "held abroad": abroad,
        "held abroad, minor": abroad & minor,
        "adjective behind a generic": ~unasked & one_word & common_adjective,
    }


_PROMISES = np.uint64(
    sum(1 << ROLES.index(role) for role in ("preposition", "direction", "countryside", "surroundings", "trigger"))
)
_PERSON = np.uint64(sum(1 << ROLES.index(role) for role in ("kin", "given", "title")))
_TRIGGER = np.uint64(1 << ROLES.index("trigger"))
_KIN = np.uint64(1 << ROLES.index("kin"))
_BODY, _BODY_ENDS = (np.uint64(1 << ROLES.index(role)) for role in ("organisation", "after organisation"))
_PEOPLE, _THING, _IDEA = (np.uint64(1 << ROLES.index(role)) for role in ("country or people", "thing", "idea"))
_COUNTRY = np.uint64(kind_mask("country"))
_SETTLED = np.uint64(kind_mask("admin,city,town,country"))


def passage_features(
    hits: Hits, name_table: NameTable, lists: Lists, logit: NDArray[np.float64], nearest_km: NDArray[np.float64]
) -> dict[str, NDArray[Any]]:
    """Columns of the whole passage: what the first model made of this hit, its neighbours and its namesakes.

    `nearest_km` is how far the nearest of the hit's places lies from the sure mentions around it (infinite
    where there are none).
    """
    sure = logit > _SURE
    names = hits.name_id
    minor = (name_table.salience < _MAJOR)[names]
    best = np.full(len(name_table), -np.inf)
    np.maximum.at(best, names, logit)
    other = best[names] - logit
    counts = np.concatenate(([0], np.cumsum(sure)))
    around = (
        counts[np.searchsorted(hits.start, hits.start + _REACH)]
        - counts[np.searchsorted(hits.start, hits.start - _REACH)]
    )
    around = around - sure

    abroad = foreign_share(hits, name_table, sure, _REACH)

    def linked(which: NDArray[np.int64]) -> NDArray[np.float64]:
        return np.where(which >= 0, np.clip(logit[which], -4, 4) / 4, 0)

    return {
        "always": np.ones(len(hits)),
        "first model": np.clip(logit, -8, 8) / 4,
        "same name is surer elsewhere": np.clip(other, 0, 6) / 4,
        "in list before": linked(lists.previous),
        "in list after": linked(lists.following),
        "sure ones around: none": around == 0,
        "sure ones around: 1-2": (around > 0) & (around <= 2),
        "sure ones around: 6+": around >= 6,
        "near: 5 km": nearest_km < 5,
        "near: 15 km": (nearest_km >= 5) & (nearest_km < 15),
        "near: 40 km": (nearest_km >= 15) & (nearest_km < 40),
        "far: 120 km": (nearest_km >= 120) & np.isfinite(nearest_km),
        "minor, none around": (around == 0) & minor,
        "abroad around": abroad,
        "abroad around, minor": np.where(minor, abroad, 0),
        "minor, near": (nearest_km < 15) & minor,
    }


_SURE, _REACH = 1.5, 600
"""Log-odds from which a hit supports others, and how many flat characters away."""
