"""Lookups for façades: unknown units are ignored, and weak matches are left out.

Clients of façades take the first answer and show no score, and people would trust a guess.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence, Set

from buldan.errors import QueryError
from buldan.gazetteer import Gazetteer
from buldan.kinds import ADMIN_KINDS
from buldan.lookup import MOST_MATCHES, Match
from buldan.text import fold, is_kind_word, is_namesake_abroad, split_words

__all__ = ["find_matches", "is_firm", "lookup_exactly"]

_BEARS_THE_NAME = frozenset(
    {
        "exact",
        "identifier",
        "qualifier",
        "kind_agrees",
        "word_order",
        "context_inside",
        "within_inside",
        "unit_unknown",
        "unit_unread",
    }
)
"""Reasons of a match that has exactly the name of the query, with no word left out, and is where the query says."""

_LARGE = frozenset({"city", "town", *ADMIN_KINDS})
"""Kinds as large as the towns abroad whose names are known."""


def find_matches(
    gaz: Gazetteer,
    text: str,
    *,
    least_score: float,
    within: Sequence[str] = (),
    near: tuple[float, float] | None = None,
    kinds: Set[str] | None = None,
) -> list[Match]:
    """Matches that are certain enough to be shown without their score, best first.

    Empty for a text without a name: without letters, or only with words for a kind of place.

    Args:
        gaz: the gazetteer.
        text: the name to look up.
        least_score: see `is_firm`.
        within: places that contain the place, the smallest first; unknown ones are ignored.
        near: (lon, lat) to choose between places of the same name.
        kinds: exact kinds to keep, without others of their groups; None for all.
    """
    text = " ".join(text.split())  # tabs and form feeds may be pasted with a name, and are never part of it
    words = split_words(fold(text))
    if (kinds is not None and not kinds) or all(map(is_kind_word, words)):
        return []
    matches = lookup_exactly(gaz, text, within=within, near=near, kinds=kinds)
    may_be_abroad = not within and near is None and (kinds is None or not kinds.isdisjoint(_LARGE))
    are_smaller = may_be_abroad and all(match.place.kind not in _LARGE for match in matches)
    is_lesser = are_smaller and is_namesake_abroad(" ".join(words))
    return [match for match in matches if is_firm(match, least_score, has_larger_namesake=is_lesser)]


def is_firm(match: Match, least_score: float, *, has_larger_namesake: bool = False) -> bool:
    """Whether a match has at least the score, or exactly the name: several places of one name have low scores.

    If a town abroad has the same name, all places of Syria with it are smaller, and the query does not say Syria
    (`has_larger_namesake`), only the score counts. A name that was typed with the wrong keyboard layout never counts,
    because clients do not show the reason.
    """
    rules = {reason.rule for reason in match.reasons}
    if "keyboard" in rules:
        return False
    bears = "exact" in rules and rules <= _BEARS_THE_NAME and not has_larger_namesake
    return bears or match.score >= least_score


def lookup_exactly(
    gaz: Gazetteer,
    text: str,
    *,
    within: Sequence[str] = (),
    near: tuple[float, float] | None = None,
    kinds: Collection[str] | None = None,
    limit: int = MOST_MATCHES,
) -> list[Match]:
    """All matches of exactly these kinds (a lookup also gives others of their groups); empty for an invalid query.

    `within` has the smallest unit first; unknown units are ignored, and the reasons say so.
    """
    chain = [*reversed(within), ""] if within else None  # with an empty unit added, a single unit may be unknown, too
    try:
        matches = gaz.lookup(text, within=chain, near=near, kinds=kinds, limit=limit)
    except QueryError:
        return []
    return [match for match in matches if kinds is None or match.place.kind in kinds]
