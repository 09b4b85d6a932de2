"""Text in, mentions out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from buldan.geoparse.flat import Flat, flatten
from buldan.geoparse.model import probability
from buldan.geoparse.results import Alternative, Mention
from buldan.geoparse.settling import settle
from buldan.geoparse.weighing import Tools, Weighed, place_choice, weigh
from buldan.index import Index

if TYPE_CHECKING:
    from buldan.lookup import Lookup

__all__ = ["Geoparser"]

THRESHOLD = 0.0
"""Log-odds from which a name is taken for a mention."""


class Geoparser:
    """Reads texts with one gazetteer; made once, used from any thread."""

    def __init__(self, index: Index, lookup: Lookup) -> None:
        self._index, self._lookup = index, lookup

    @cached_property
    def tools(self) -> Tools:
        """What reading needs, made when the first text comes."""
        return Tools.of(self._index)

    def read(self, text: str, *, foreign: bool = False) -> list[Mention]:
        """The places that a text mentions, in its order; with `foreign`, also those outside Syria."""
        flat = flatten(text)
        return sorted(self._read_passage(flat, foreign=foreign), key=lambda mention: mention.start)

    def _read_passage(self, flat: Flat, *, foreign: bool) -> Iterator[Mention]:
        tools = self.tools
        weighed = weigh(flat, tools)
        settled = settle(weighed.hits, tools.vocabulary, weighed.log_odds, THRESHOLD)
        sure = np.zeros(len(weighed.hits), np.bool_)
        sure[settled.syrian] = True
        choice = place_choice(weighed.hits, weighed.candidates, tools, sure)
        chance = probability(weighed.log_odds)
        for hit in settled.syrian.tolist():
            yield self._mention(weighed, choice, hit, float(chance[hit]))
        if foreign:
            for hit in settled.foreign.tolist():
                start, end = flat.span(int(weighed.hits.start[hit]), int(weighed.hits.end[hit]))
                yield Mention(start, end, flat.original[start:end], None, round(1 - float(chance[hit]), 3), foreign=True)

    def _mention(self, weighed: Weighed, choice, hit: int, chance: float) -> Mention:
        hits, candidates = weighed.hits, weighed.candidates
        flat = hits.flat
        start, end = flat.span(int(hits.start[hit]), int(hits.end[hit]))
        begin, stop = int(candidates.first[hit]), int(candidates.first[hit + 1])
        order = begin + np.argsort(-choice.share[begin:stop], kind="stable")[:4]
        ranked = [
            Alternative(self._index.places[int(candidates.row[pair])], round(chance * float(choice.share[pair]), 3))
            for pair in order.tolist()
        ]
        best, *others = ranked
        return Mention(
            start=start,
            end=end,
            text=flat.original[start:end],
            place=best.place,
            confidence=best.confidence,
            alternatives=tuple(other for other in others if other.confidence >= 0.01),
        )
