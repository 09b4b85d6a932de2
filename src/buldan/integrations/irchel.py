"""The Irchel Geoparser (`geoparser`, Gomes et al., University of Zurich) with Buldan as its recogniser and resolver.

Each can be combined with a module of that library. Ids are those of Buldan's gazetteer, which the library installs from
`irchel.yaml` in this folder, so that its documents have the places.
"""

from __future__ import annotations

from collections.abc import Sequence

from geoparser.modules.recognizers import Recognizer
from geoparser.modules.resolvers import Resolver

from buldan.gazetteer import Reading, load

__all__ = ["BuldanRecognizer", "BuldanResolver"]

_Span = tuple[int, int]


class BuldanRecognizer(Recognizer):  # type: ignore[misc] # the library has no types
    """Finds the places of Syria that texts mention."""

    NAME = "BuldanRecognizer"

    def __init__(self, min_confidence: float = 0.0) -> None:
        super().__init__(min_confidence=min_confidence)
        self.min_confidence = min_confidence

    def predict(self, texts: Sequence[str]) -> list[list[_Span]]:
        """The spans of each text, in code points."""
        readings = load().geoparse_many(texts)
        return [[(m.start, m.end) for m in reading if m.confidence >= self.min_confidence] for reading in readings]


class BuldanResolver(Resolver):  # type: ignore[misc]
    """Gives the place of each span: that of the mention with the largest overlap, or None without a mention."""

    NAME = "BuldanResolver"

    def __init__(self, gazetteer_name: str = "buldan") -> None:
        super().__init__(gazetteer_name=gazetteer_name)
        self.gazetteer_name = gazetteer_name

    def predict(
        self, texts: Sequence[str], references: Sequence[Sequence[_Span]]
    ) -> list[list[tuple[str, str] | None]]:
        """The name of the gazetteer and the id of the place, or None, for each span of each text."""
        readings = load().geoparse_many(texts)
        return [
            [self._resolve(reading, span) for span in spans]
            for reading, spans in zip(readings, references, strict=True)
        ]

    def _resolve(self, reading: Reading, span: _Span) -> tuple[str, str] | None:
        shared = [(min(m.end, span[1]) - max(m.start, span[0]), m.place.id) for m in reading.mentions if m.place]
        length, place = max(shared, default=(0, ""), key=lambda each: each[0])
        return (self.gazetteer_name, place) if length > 0 else None
