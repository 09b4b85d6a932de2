"""Of names that overlap, which is kept, and how sure a name is that holds a sure one: the loops over the hits.

Compiled where it can be, see `hatch_build.py`.
"""

from __future__ import annotations

from typing import Any

from buldan.geoparse.names.hit_rows import FIRST, LAST, NAME
from buldan.geoparse.names.name_forms import Form
from buldan.geoparse.names.views import HitViews, NameViews

__all__ = ["raise_whole_names", "take_strongest"]

_NAME, _FIRST, _LAST = NAME, FIRST, LAST

_LESS_SURE = 0.5
"""How much less sure a whole name is than a sure one within it, in log-odds."""

_ABROAD = 0.0
"""Log-odds up to which a name that is also borne abroad is taken for the foreign place."""

_PER_WORD = 2.5
"""What each further word of a name adds to its claim: the longer name is the one that was written."""

_OTHER = 4.0
"""The claim of a fixed name of something else."""

_ASKED_FOR = 1.5
"""Log-odds above which a name of something else is the place that is called after it: حي سيف الدولة."""

_SYRIAN, _FOREIGN, _ELSE = range(3)
"""What a hit may mean."""

_ALL, _MEANING, _OURS, _ABROAD_ONES = range(4)
"""Rows of what is taken."""

_ATTESTED = int(Form.ATTESTED)


def raise_whole_names(hit_views: HitViews, names: NameViews, log_odds: Any) -> None:
    """Raise the log-odds of names of several words of which a part is surer: قلعة حلب, Damascus Airport.

    A whole name around a sure one is hardly less sure. What stands within a hit comes behind it, so that no raised one
    raises another.

    Args:
        hit_views: of the table of hits.
        names: all there are.
        log_odds: by hit.
    """
    hits = hit_views.table
    kinds, is_other, foreign, form = names.kinds, names.is_not_place, names.foreign, names.form
    for hit in range(hits.shape[1]):
        name, last = hits[_NAME, hit], hits[_LAST, hit]
        if last - hits[_FIRST, hit] == 1 or form[name] != _ATTESTED or not kinds[name]:
            continue
        if is_other[name] or foreign[name]:
            continue
        inner = hit + 1
        while inner < hits.shape[1] and hits[_FIRST, inner] < last:
            if hits[_LAST, inner] <= last:
                log_odds[hit] = max(log_odds[hit], log_odds[inner] - _LESS_SURE)
            inner += 1


def take_strongest(
    hit_views: HitViews, names: NameViews, log_odds: Any, threshold: float, claims: Any, taken: Any
) -> tuple[int, int]:
    """How many hits are kept as a place of Syria, and as one abroad, none overlapping another; those are filled in.

    Args:
        hit_views: of the table of hits.
        names: all there are.
        log_odds: by hit.
        threshold: log-odds from which a hit is a mention.
        claims: by hit, room for how strong its claim is.
        taken: four rows as wide as there are hits: room for all that are kept and, by hit, for what it may mean;
            then to be filled with those kept as a place of Syria, and as one abroad, in their order.
    """
    hits = hit_views.table
    kinds, is_other, foreign = names.kinds, names.is_not_place, names.foreign
    count = 0
    for hit in range(hits.shape[1]):
        name, words = hits[_NAME, hit], hits[_LAST, hit] - hits[_FIRST, hit]
        if is_other[name] and not (kinds[name] and log_odds[hit] > _ASKED_FOR):
            taken[_MEANING, hit], claims[hit] = _ELSE, _OTHER
        elif foreign[name] and (log_odds[hit] <= _ABROAD or not kinds[name]):
            taken[_MEANING, hit], claims[hit] = _FOREIGN, 1.0 + _OTHER / 2 * (words - 1)
        elif log_odds[hit] > threshold:
            taken[_MEANING, hit], claims[hit] = _SYRIAN, log_odds[hit]
        else:
            continue
        claims[hit] += _PER_WORD * words
        # The stronger claim drives out those before that it overlaps, one by one, until one is stronger.
        while (
            count
            and hits[_LAST, taken[_ALL, count - 1]] > hits[_FIRST, hit]
            and claims[taken[_ALL, count - 1]] < claims[hit]
        ):
            count -= 1
        if not count or hits[_LAST, taken[_ALL, count - 1]] <= hits[_FIRST, hit]:
            taken[_ALL, count] = hit
            count += 1
    syrian, abroad = 0, 0
    for at in range(count):
        hit = taken[_ALL, at]
        if taken[_MEANING, hit] == _SYRIAN:
            taken[_OURS, syrian] = hit
            syrian += 1
        elif taken[_MEANING, hit] == _FOREIGN:
            taken[_ABROAD_ONES, abroad] = hit
            abroad += 1
    return syrian, abroad
