"""What resolution leaves to the mentions: the hits that name a place of Syria, and which."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from buldan.geoparse.names.scan import Hits
from buldan.geoparse.resolution.ranking import ResolvedPlaces

__all__ = ["ResolvedHits"]


class ResolvedHits(NamedTuple):
    """The hits that name a place of Syria, in order, and what each means.

    Attributes:
        rows: of the place that each names.
        ranking: of each, before what longer names say of it (`short_forms`).
        outside_container: hits whose place lies elsewhere than the text says, with the hit that is said to contain
            them.
        short_forms: hits that a longer one explains, with that.
    """

    hits: Hits
    rows: NDArray[np.int64]
    ranking: ResolvedPlaces
    outside_container: Mapping[int, int]
    short_forms: Mapping[int, int]
