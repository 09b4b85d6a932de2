"""A lookup as façades ask it: what is unknown narrows nothing, and what is weak is no answer.

Their clients take the first answer and show no score, so that a guess would pass for knowledge.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence, Set

from buldan.errors import QueryError
from buldan.gazetteer import Gazetteer
from buldan.geoparse.names.lexicon import is_namesake_abroad
from buldan.kinds import ADMIN_KINDS
from buldan.lookup import MOST_MATCHES, Match
from buldan.text import fold, is_kind_word, split_words

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
"""Reasons of a match whose name is the one asked for, with nothing left out and nowhere else than was said."""

_LARGE = frozenset({"city", "town", *ADMIN_KINDS})
"""Kinds as large as the towns abroad of which we know the names."""


def find_matches(
    gaz: Gazetteer,
    text: str,
    *,
    least_score: float,
    within: Sequence[str] = (),
    near: tuple[float, float] | None = None,
    kinds: Set[str] | None = None,
) -> list[Match]:
    """Matches that are firm enough to be shown without their score, best first.

    None for a text without a name: without letters, or with none but words for a kind of place.

    Args:
        gaz: the gazetteer.
        text: what to look for.
        least_score: see `is_firm`.
        within: what holds the place, the finest first; one that is unknown is ignored.
        near: (lon, lat) that settles namesakes.
        kinds: kinds to keep, and no others of their groups; None for all.
    """
    text = " ".join(text.split())  # tabs and form feeds are pasted along, and no name has them
    words = split_words(fold(text))
    if (kinds is not None and not kinds) or all(map(is_kind_word, words)):
        return []
    matches = lookup_exactly(gaz, text, within=within, near=near, kinds=kinds)
    may_be_abroad = not within and near is None and (kinds is None or not kinds.isdisjoint(_LARGE))
    are_smaller = may_be_abroad and all(match.place.kind not in _LARGE for match in matches)
    is_lesser = are_smaller and is_namesake_abroad(" ".join(words))
    return [match for match in matches if is_firm(match, least_score, has_larger_namesake=is_lesser)]


def is_firm(match: Match, least_score: float, *, has_larger_namesake: bool = False) -> bool:
    """Whether a match has the score, or bears the very name: namesakes share among them what one would have alone.

    Where a town abroad shares the name, all of ours are smaller and nothing says Syria (`has_larger_namesake`), only
    the score counts. A name read through another keyboard layout is none that was typed, and no client would see the
    reason.
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
) -> list[Match]:
    """All matches of these very kinds, where a lookup gives others of their group too; none for what is no question.

    `within` is the finest first; of several units, those that are unknown narrow nothing, and the reasons say so.
    """
    chain = [*reversed(within), ""] if within else None  # with a blank beside it, an only unit may be unknown too
    try:
        matches = gaz.lookup(text, within=chain, near=near, kinds=kinds, limit=MOST_MATCHES)
    except QueryError:
        return []
    return [match for match in matches if kinds is None or match.place.kind in kinds]
