"""What speaks for another country: a foreign place that holds the name."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from buldan.geoparse.names.cues import Cues
from buldan.geoparse.names.name_table import NameTable
from buldan.geoparse.names.scan import Hits
from buldan.geoparse.recognition.foreign_loop import mark_held_abroad

__all__ = ["is_in_foreign_place"]


def is_in_foreign_place(hits: Hits, name_table: NameTable, cues: Cues) -> NDArray[np.bool_]:
    """Hits that the text puts in a place abroad: ربيعة في نينوى, "Hit, Iraq", "the Lebanese city of Tripoli"."""
    held, begins = np.empty(len(hits), np.uint8), np.zeros(len(hits.flat.words) + 1, np.uint8)
    mark_held_abroad(hits.table.data, hits.words.views, cues.views, name_table.views, begins.data, held.data)
    return held.view(np.bool_)
