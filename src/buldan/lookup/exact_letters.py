"""Exact letters: chat digits and scholarly marks that stand for one Arabic letter (9fira and Ṣafīra have a ص).

By sound السفيرة and صفيرة are equally near; such a letter points to the place that has it in its Arabic name.
"""

from __future__ import annotations

from functools import cache
from math import exp

from buldan.index import Index
from buldan.lookup.ranking import Ranking
from buldan.text import Words, fold, is_arabic
from buldan.text.tables import read_table

__all__ = ["prefer_exact_letters"]

_PRICE = 1.5
"""Cost (nats) of a candidate without such a letter. Not more, as lists and people confuse these letters too."""

_MOST = 24
"""Maximum candidates that are checked."""


def prefer_exact_letters(index: Index, ranking: Ranking) -> Ranking:
    """The ranking, in which candidates whose Arabic names lack a letter written exactly are less likely."""
    for found in ranking.found:
        if _find_exact_letters(found.reading.words):
            break
    else:
        return ranking  # true of nearly every question
    kept, is_changed = list(ranking.scores), False
    for at in range(min(_MOST, len(kept))):
        exact = _find_exact_letters(ranking.get_hit(at).reading.words)
        if exact and not _has_letters(index, ranking.rows[at], exact):
            kept[at] *= exp(-_PRICE)
            is_changed = True
    if not is_changed:
        return ranking
    # Their loss is shared by the other candidates and "none of these", in proportion.
    whole = sum(kept) + 1 - sum(ranking.scores)
    order = sorted(range(len(kept)), key=lambda at: -kept[at])
    return ranking._replace(
        rows=[ranking.rows[at] for at in order],
        lines=[ranking.lines[at] for at in order],
        scores=[kept[at] / whole for at in order],
    )


def _find_exact_letters(words: Words) -> tuple[str, ...]:
    """The Arabic letters that words write exactly, in their order."""
    letters, written = _read_letters(), "".join(words)
    if written.isascii() or letters.keys().isdisjoint(written):
        return ()  # true of nearly every name
    return tuple(letters[each] for each in written if each in letters)


@cache
def _read_letters() -> dict[str, str]:
    return {written: arabic for written, arabic, _ in read_table("exact_letters")}


def _has_letters(index: Index, row: int, exact: tuple[str, ...]) -> bool:
    """Whether an Arabic name of a place has these letters in this order; true for a place without Arabic names."""
    names = [name.text for name in index.places[row].names if is_arabic(name.text[0])]
    return not names or any(_has_in_order(fold(name), exact) for name in names)


def _has_in_order(name: str, exact: tuple[str, ...]) -> bool:
    """Whether a name has these letters in this order, others between them allowed."""
    letters = iter(name)
    return all(letter in letters for letter in exact)
