"""Results of a lookup: matches, each with its reasons. Values only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from buldan.model import Name, Place

__all__ = ["Match", "Reason"]


class Reason(NamedTuple):
    """One reason for or against a match.

    Attributes:
        rule: its key in the table of reasons (`exact`, `romanisation`, `article`, `typo`, `within` …).
        detail: the part of the text that it is about, or empty.
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
        reasons: what supports and what weakens the match; `buldan.lookup.explain` puts them into words.
        ambiguous: whether another place may be meant instead (the scores of the first two matches are close, and the
            two places are far from each other).
    """

    place: Place
    name: Name
    score: float
    reasons: tuple[Reason, ...] = ()
    ambiguous: bool = False

    @property
    def unit_only(self) -> bool:
        """Whether this is the unit given as `within`, because the place itself is not known in it."""
        return any(reason.rule == "unit_only" for reason in self.reasons)
