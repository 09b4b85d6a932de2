"""What a lookup gives back: matches, each with its reasons. Values only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from buldan.model import Name, Place

__all__ = ["Match", "Reason"]


class Reason(NamedTuple):
    """One rule that fired on the way from the question to the name.

    Attributes:
        rule: its key in the table of reasons (`exact`, `romanisation`, `article`, `typo`, `within` …).
        detail: the part of the text that it concerned, or empty.
    """

    rule: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """One answer to a lookup.

    Attributes:
        place: the place.
        name: the name of it that matched.
        score: probability that this place is the one meant, 0..1.
        reasons: the rules that fired, as data; `buldan.lookup.explain` puts them into words.
        ambiguous: whether another place could as well be meant (the answer's first two are near each other in
            score and far from each other on the ground).
    """

    place: Place
    name: Name
    score: float
    reasons: tuple[Reason, ...] = ()
    ambiguous: bool = False

    @property
    def unit_only(self) -> bool:
        """Whether this is the unit asked for with `within`, in the stead of a place that is not known in it."""
        return any(reason.rule == "unit_only" for reason in self.reasons)
