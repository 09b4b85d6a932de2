"""Name in, matches out: readings of the question, candidates from the index, a calibrated score, a ranking."""

from buldan.lookup.browse import Page, browse, count_by_kind
from buldan.lookup.engine import MOST_MATCHES, THRESHOLD, Lookup
from buldan.lookup.explain import explain, reason_phrases
from buldan.lookup.ranking import Ranking
from buldan.lookup.results import Match, Reason
from buldan.lookup.reverse import Nearby
from buldan.lookup.suggest import Suggestion

__all__ = [
    "MOST_MATCHES",
    "THRESHOLD",
    "Lookup",
    "Match",
    "Nearby",
    "Page",
    "Ranking",
    "Reason",
    "Suggestion",
    "browse",
    "count_by_kind",
    "explain",
    "reason_phrases",
]
