"""What the text says about each hit, as numbers: the columns on which the two small models decide.

The first model sees the hit and the words around it; the second sees what the first made of the whole passage.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from buldan.geoparse.document.flat import Gap
from buldan.geoparse.linear_model import FeatureTable, Weights, make_feature_columns
from buldan.geoparse.names.cues import ROLES, Cues, encode_kinds
from buldan.geoparse.names.lexicon import Sense
from buldan.geoparse.names.name_forms import Form
from buldan.geoparse.names.name_table import NameTable
from buldan.geoparse.names.scan import Hits
from buldan.geoparse.recognition.evidence import Evidence
from buldan.geoparse.recognition.hopeful import add_name_scores
from buldan.geoparse.recognition.lists import Lists
from buldan.geoparse.recognition.passage_context import PASSAGE_FEATURES, PassageContext
from buldan.geoparse.recognition.support_features import SupportFeatures
from buldan.geoparse.recognition.surroundings import CODES, SURROUNDING_FEATURES, Surroundings
from buldan.thresholds import WELL_KNOWN

__all__ = ["PASSAGE_FEATURES", "LocalFeatures", "compute_name_features", "compute_passage_features"]

_CLITIC_NAMES = ("none", "and", "in", "to", "so", "like", "on")


class LocalFeatures:
    """What the words and letters of each hit, and the words around it, say; by hit.

    Attributes:
        stated: four rows by hit, 1 or 0: whether the text puts it in a place abroad; whether it stands within the name
            of a person or a body ("Jean Hama", "Safira Foods"); whether it is little known and no word beside it
            promises a place; whether it is either of the first two, and so says nothing for Syria.
    """

    def __init__(
        self, hits: Hits, name_table: NameTable, is_spelled: Callable[[str], bool], cues: Cues, weights: Weights
    ) -> None:
        self._hits, self._name_table, self._is_spelled, self._cues = hits, name_table, is_spelled, cues
        self._weights = weights
        self._log_odds, self.stated = self._fill(None, None)

    def compute_log_odds(self, name_scores: NDArray[np.float64]) -> NDArray[np.float64]:
        """The log-odds of the first model; `name_scores` are what each name of the vocabulary weighs by itself."""
        own, hits, name_table = self._log_odds.copy(), self._hits, self._name_table
        add_name_scores(hits.views, name_table.views, name_scores.data, own.data)
        if name_table.has_near_misses:  # of all other names it is known beforehand
            names = hits.name_id
            (near,) = (name_table.number.take(names) < 0).nonzero()
            own[near] += self._weights.sum_columns(compute_name_features(name_table.take(names[near])))
        return own

    def make_feature_columns(self) -> dict[str, NDArray[Any]]:
        """Every feature as a column, for those who learn; filled again, for a reading keeps none of them."""
        count = self._hits.count
        values, codes = np.empty((count, len(SURROUNDING_FEATURES))), np.empty((len(CODES), count), np.int64)
        self._fill(values.data, codes.data)
        names = compute_name_features(self._name_table)
        of_names = {name: column[self._hits.name_id] for name, column in names.items()}
        return of_names | make_feature_columns(SURROUNDING_FEATURES, values, _make_coded_tables(self._cues), codes)

    def _fill(
        self, values: memoryview | None, codes: memoryview | None
    ) -> tuple[NDArray[np.float64], NDArray[np.uint8]]:
        """What all features of each hit but those of its name weigh, and what the text states of it."""
        hits, cues = self._hits, self._cues
        log_odds, stated = np.empty(hits.count), np.empty((4, hits.count), np.uint8)
        surroundings = Surroundings(
            hits.views,
            hits.words.views,
            self._name_table.views,
            cues.views,
            Lists(hits, cues).asked.data,
            hits.flat.original,
            self._is_spelled,
            bytearray(len(hits.flat.hashes) + 1),
            np.empty(len(SURROUNDING_FEATURES)).data,
            np.empty(len(CODES), np.int64).data,
        )
        weights = self._weights.get_views(SURROUNDING_FEATURES, _make_coded_tables(cues))
        surroundings.fill(weights, log_odds.data, stated.data, values, codes)
        return log_odds, stated


@cache
def _make_coded_tables(cues: Cues) -> tuple[FeatureTable, ...]:
    """Features that all hits of one code share: role sets before, before that and behind, gaps, clitic, lengths."""
    gap_names, counted, letters = [gap.name.lower() for gap in Gap], np.arange(4), np.arange(7)
    return tuple(
        map(
            FeatureTable,
            (
                *(_make_role_columns(prefix, cues.role_sets) for prefix in ("before", "before2", "after")),
                _make_value_columns("gap before", gap_names),
                _make_value_columns("gap after", gap_names),
                _make_value_columns("clitic", _CLITIC_NAMES),
                {"words:2": counted == 2, "words:3+": counted >= 3},
                {"letters:2-3": letters <= 3, "letters:4": letters == 4, "letters:5": letters == 5},
            ),
        )
    )


def _make_role_columns(prefix: str, masks: NDArray[np.uint64]) -> dict[str, NDArray[np.bool_]]:
    has = (masks[:, None] & _ROLE_BITS) > 0
    return {f"{prefix}:{role}": has[:, bit] for bit, role in enumerate(ROLES)}


_ROLE_BITS = np.uint64(1) << np.arange(len(ROLES), dtype=np.uint64)


def _make_value_columns(prefix: str, values: Sequence[str]) -> dict[str, NDArray[np.bool_]]:
    """A column for each value but the first, which is what is mostly so."""
    # One value has no column: its weight would be the constant's once more.
    which = np.arange(len(values))
    return {f"{prefix}:{value}": which == number for number, value in enumerate(values) if number}


def compute_name_features(name_table: NameTable) -> dict[str, NDArray[Any]]:
    """What follows from each name alone."""
    form, common, salience = name_table.form, name_table.zipf, name_table.salience
    places = np.diff(name_table.first)
    return {
        **_make_role_columns("itself", name_table.roles),
        **{f"form:{made.name.lower()}": form == made for made in Form if made},
        "likeness": np.where(form == Form.NEAR_MISS, name_table.likeness, 0),
        "salience": salience / 4,
        "major": salience >= WELL_KNOWN,
        "common": common / 4,
        "common, minor": _compute_common_minor(name_table),
        "rare word": common == 0,
        "rather rare word": (common > 0) & (common < 3),
        "something else": name_table.is_not_place,
        "places:1": places == 1,
        "places:4+": places >= 4,
        "place": name_table.kinds > 0,
        "foreign": name_table.foreign & (name_table.kinds == 0),
        "foreign, ours": name_table.foreign & (name_table.kinds > 0),
        "foreign, ours, major": name_table.foreign & (salience >= WELL_KNOWN),
        "namesake": name_table.namesake & ~name_table.foreign,
        "historical": name_table.historical,
        **{f"sense:{sense.name.lower()}": name_table.sense == sense for sense in Sense if sense},
        "sense, minor": (name_table.sense != Sense.UNKNOWN) & (salience < WELL_KNOWN),
        "country": (name_table.kinds & _COUNTRY) > 0,
        "village at best": (name_table.kinds & _MORE_THAN_VILLAGES) == 0,
    }


def _compute_common_minor(name_table: NameTable) -> NDArray[np.float64]:
    return np.where(name_table.salience < WELL_KNOWN, np.maximum(name_table.zipf - 3, 0), 0)


_COUNTRY = np.uint64(encode_kinds("country"))
_MORE_THAN_VILLAGES = np.uint64(encode_kinds("admin,city,town,country"))


def compute_passage_features(
    hits: Hits,
    name_table: NameTable,
    lists: Lists,
    evidence: Evidence,
    logit: NDArray[np.float64],
    stated: NDArray[np.uint8],
    near: NDArray[np.float64],
    room: memoryview,
) -> NDArray[np.float64]:
    """By hit, the features `PASSAGE_FEATURES`: what the first model made of it, its neighbours and its namesakes.

    `stated` is of `LocalFeatures`; `near` has two rows, how far (km) the nearest of a hit's places lies from the sure
    mentions around it (infinite where there are none), and whether the text puts it in a place of Syria (1, else 0).
    `room` is lent by the table of names.
    """
    values = np.empty((hits.count, len(PASSAGE_FEATURES)))
    views, names, links = hits.views, name_table.views, lists.table.data
    support = SupportFeatures(views, names, links, evidence.by_hit.data, stated.data, near.data)
    words, paragraphs = hits.words.views, evidence.paragraphs.data
    context = PassageContext(views, words, names, links, paragraphs, logit.data, near.data, room, support)
    context.fill(values.data)
    return values
