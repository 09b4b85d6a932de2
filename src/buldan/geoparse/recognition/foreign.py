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
    flat, words, held = hits.flat, hits.words, np.empty(len(hits), np.bool_)
    mark_held_abroad(
        hits.table.data,
        flat.passages.data,
        flat.gaps.data,
        words.cue.data,
        cues.roles.data,
        words.classes.data,
        name_table.foreign.view(np.uint8).data,
        name_table.salience.data,
        np.zeros(len(flat.words) + 1, np.uint8).data,
        held.view(np.uint8).data,
    )
    return held
