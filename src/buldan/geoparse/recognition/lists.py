"""Which hits are in one list, and the kinds of place that the words beside one ask of all."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from buldan.geoparse.names.cues import Cues
from buldan.geoparse.names.scan import Hits
from buldan.geoparse.recognition.list_links import ASKED, ROWS, ListLinks

__all__ = ["Lists"]


class Lists:
    """The lists of some hits: by hit, its neighbours in its list, and the kinds that are asked of it.

    Attributes:
        table: its first rows are, by hit, the hits before and behind it in a list (comma, و, "and", or nothing
            between), or -1, and `asked`; the others are what the loop noted on its way. Of several hits that end, or
            begin, at one word, the longest is in the list. Wider than there are hits where there are more words.
        asked: by hit, bits of the kinds that the words beside it ask of it; lists hand them on (محافظتي حماة وحمص).
    """

    def __init__(self, hits: Hits, cues: Cues) -> None:
        # One table for all: to make an array and a view of it costs more than the loop over a short text.
        count = len(hits)
        self.table = np.empty((ROWS, max(count, len(hits.flat.words) + 2)), np.int64)
        ListLinks(hits.views, hits.words.views, cues.views, self.table.data).fill()
        self.asked: NDArray[np.int64] = self.table[ASKED, :count]
