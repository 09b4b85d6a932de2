"""The places of the names that are kept, ranked, each with the probability that it is what is meant."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from buldan.geoparse.linear_model import Weights
from buldan.geoparse.names.name_forms import Form
from buldan.geoparse.names.name_table import NameTable
from buldan.geoparse.resolution.choices import Choices
from buldan.geoparse.resolution.place_arrays import PlaceArrays
from buldan.geoparse.resolution.ranking_loop import rank_places
from buldan.geoparse.results import Alternative
from buldan.model import Place

__all__ = ["ResolvedPlaces", "cap_misspelled"]


class ResolvedPlaces(NamedTuple):
    """By hit that is kept, what it names.

    Attributes:
        confidence: that it is a mention and that its likeliest place is right.
        alternatives: the next places.
    """

    confidence: list[float]
    alternatives: list[tuple[Alternative, ...]]

    @classmethod
    def from_choices(
        cls,
        which: NDArray[np.int64],
        choices: Choices,
        log_odds: NDArray[np.float64],
        place_arrays: PlaceArrays,
        weights: Weights,
        places: Sequence[Place],
    ) -> ResolvedPlaces:
        """The ranking of the hits `which`, each of which has a place; `log_odds`, of these, say how sure each is."""
        # Platt's calibration: a line through the log-odds of both being right, that it is a mention and which place.
        confidence, alternatives = rank_places(
            which.data,
            choices,
            place_arrays.views,
            log_odds.data,
            # Without learned weights the line is the log-odds themselves.
            (weights.get("slope", 1.0), weights.get("intercept", 0.0)),
            places,
            _MAKE_ALTERNATIVE,
        )
        return cls(confidence, alternatives)


_MAKE_ALTERNATIVE: Callable[[tuple[Place, float]], Alternative] = partial(tuple.__new__, Alternative)
"""An alternative from both its members, without the step of Python that a call of its class is."""


def cap_misspelled(
    confidence: list[float], name_id: NDArray[np.int64], rows: NDArray[np.int64], name_table: NameTable
) -> None:
    """Lower the confidence of near misses, in place, to what the lookup's score of their spelling allows.

    All arguments but `name_table` are by hit that is kept; `rows` are those of the places.

    Context can tell that some place is meant, and which of those that bear a name; it cannot tell a name from another
    one that it hardly resembles.
    """
    if not name_table.has_near_misses:
        return  # true of most texts
    (near,) = (name_table.form.take(name_id) == int(Form.NEAR_MISS)).nonzero()
    for hit in near.tolist():
        own = slice(int(name_table.first[name_id[hit]]), int(name_table.first[name_id[hit] + 1]))
        shares = np.exp(name_table.share[own][name_table.places[own] == rows[hit]])
        likeness = min(float(shares.max(initial=0.0)) / _AS_SURE, 1.0)
        confidence[hit] = min(confidence[hit], _SPELLED_UNLIKE + (1.0 - _SPELLED_UNLIKE) * likeness)


_SPELLED_UNLIKE, _AS_SURE = 0.4, 0.5
"""The highest confidence of a near miss that the lookup gives a score of 0, and the score from which on it is not
lowered. In our own texts six of sixteen are right of those that the lookup gives less than 0.2."""
