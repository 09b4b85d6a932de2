"""Name in, matches out: readings of the question, candidates from the index, a calibrated score, a ranking."""

from buldan.lookup.results import Match, Reason

__all__ = ["Match", "Reason"]
