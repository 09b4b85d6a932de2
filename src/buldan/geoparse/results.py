"""Results of reading a text: mentions, their positions and their places. Values only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from buldan.model import Geometry, Place

__all__ = ["Alternative", "Mention", "Outline", "Relation"]


class Alternative(NamedTuple):
    """Another place that a mention could name, with its share of the probability (0..1)."""

    place: Place
    confidence: float


class Outline(NamedTuple):
    """An area that is drawn when it is asked for: by what, and from which values."""

    draw: Callable[..., Geometry]
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """A place described relative to others: "5 km north of Idlib", ريف حلب الشمالي.

    Attributes:
        kind: a key of the table of relations (`direction`, `distance`, `between`, `along`, `around`, `part` …).
        words: the words that express it, as in the text.
        start, end: the position of those words (code points, half-open).
        anchors: the places that it is relative to, the mention's own place first.
        lon, lat: centre of the derived area, degrees.
        radius_km: how far the place may be from that centre.
        outline: the derived area, or the values to draw it from; use `area`.
    """

    kind: str
    words: str
    start: int
    end: int
    anchors: tuple[Place, ...]
    lon: float
    lat: float
    radius_km: float
    # An outline of the gazetteer is a mapping, which has no hash; the other members distinguish relations.
    outline: Geometry | Outline = field(hash=False)

    @property
    def area(self) -> Geometry:
        """The derived area as a GeoJSON geometry; approximate by nature."""
        outline = self.outline
        return outline.draw(*outline.values) if isinstance(outline, Outline) else outline


class Mention(NamedTuple):
    """A stretch of text that names a place.

    Attributes:
        start, end: the span in the original text (code points, half-open), without clitics and generic words.
        text: `text[start:end]` of the original.
        place: the place; None for a place outside Syria, which is given only with `foreign=True`.
        confidence: probability that this is a mention and that the place is right, 0..1.
        alternatives: other places that it may mean, the most likely first.
        relation: set if the text describes somewhere relative to the place ("5 km north of Idlib").
        foreign: whether it names a place outside Syria.
    """

    start: int
    end: int
    text: str
    place: Place | None
    confidence: float
    alternatives: tuple[Alternative, ...] = ()
    relation: Relation | None = None
    foreign: bool = False
