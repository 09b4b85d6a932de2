"""Names that stand in a list, and what the words beside one ask of all."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from buldan.geoparse.names.cues import Cues
from buldan.geoparse.names.scan import Hits
from buldan.geoparse.recognition.list_links import link_lists

__all__ = ["Lists"]


class Lists(NamedTuple):
    """What hits have from the lists that they stand in; arrays by hit.

    Attributes:
        links: two rows, the hits before and behind it in a list (comma, و, "and", or nothing between), or -1.
            Of several that end at one word, the longest; of several that begin at one word, the longest.
        asked: bits of the kinds that the words beside it ask of it; lists hand them on (محافظتي حماة وحمص).
    """

    links: NDArray[np.int64]
    asked: NDArray[np.uint64]

    @classmethod
    def of(cls, hits: Hits, cues: Cues) -> Lists:
        """The lists of some passages."""
        count = len(hits)
        # Not `zeros`, for the loop writes every place.
        links, asked = np.empty((2, count), np.int64), np.empty(count, np.uint64)
        link_lists(
            hits.table.data,
            hits.words.views,
            cues.views,
            np.empty((2, len(hits.flat.words) + 2), np.int64).data,
            links.data,
            asked.data,
            np.empty(count, np.uint8).data,
        )
        return cls(links, asked)
