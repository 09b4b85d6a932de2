"""Ids that stay the same when the gazetteer is compiled again: `bd` and eight letters of a hash of an identifier."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from buldan.errors import GazetteerError
from buldan.model import identifier_values

__all__ = ["SCHEMES", "assign_ids", "make_id", "retire_ids"]

SCHEMES = (
    "pcode",
    "ocha_area",
    "geonames",
    "wikidata",
    "curated",
    "whosonfirst",
    "pleiades",
    "icao",
    "syriaca",
    "opensyria",
    "naturalearth",
    "ucdp",
    "wri",
    "nga",
)
"""Schemes in the order in which they are used for ids. Appending a scheme is safe; another order changes ids."""

_CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"


def make_id(identifier: str) -> str:
    """The id of the place with the identifier `identifier` (`pcode:C1001`): 40 bits of its SHA-256 in base 32.

    >>> make_id("pcode:C1001")
    'bdr9zwqvg1'
    """
    bits = int.from_bytes(hashlib.sha256(identifier.encode()).digest()[:5], "big")
    return "bd" + "".join(_CROCKFORD[bits >> shift & 31] for shift in range(35, -1, -5))


def _list_anchors(identifiers: Mapping[str, str]) -> Iterator[str]:
    """All identifiers of a place as `scheme:value`, in the order in which they are used for ids."""
    for scheme in SCHEMES:
        yield from (f"{scheme}:{value}" for value in identifier_values(identifiers, scheme))


def assign_ids(places: Sequence[Mapping[str, str]]) -> list[str]:
    """The id of each place, from the first of its identifiers that no other place has.

    Raises:
        GazetteerError: a place has no identifier of its own, or two have the same hash.
    """
    bearers = Counter(anchor for identifiers in places for anchor in set(_list_anchors(identifiers)))
    ids: dict[str, str] = {}
    assigned = []
    for identifiers in places:
        anchor = next((anchor for anchor in _list_anchors(identifiers) if bearers[anchor] == 1), None)
        if anchor is None:
            raise GazetteerError(f"a place without an identifier of its own: {dict(identifiers)}")
        id_ = make_id(anchor)
        if ids.setdefault(id_, anchor) != anchor:
            raise GazetteerError(f"{anchor} and {ids[id_]} have the same id {id_}; lengthen the ids")
        assigned.append(id_)
    return assigned


def retire_ids(
    before: Iterable[tuple[str, Mapping[str, str]]],
    now: Iterable[tuple[str, Mapping[str, str]]],
    retired: Mapping[str, str],
) -> dict[str, str]:
    """For each id that no longer exists, the id of the place that now has one of its identifiers, or "".

    `before` and `now` are (id, identifiers) of the gazetteer that is replaced and of the new one; `retired`
    has the ids that were retired earlier.
    """
    now = list(now)
    alive = {id_ for id_, _ in now}
    holders: dict[str, str] = {}
    for id_, identifiers in now:
        for anchor in _list_anchors(identifiers):
            holders.setdefault(anchor, id_)
    gone = dict(retired)
    for id_, identifiers in before:
        if id_ not in alive:
            gone[id_] = next((holders[anchor] for anchor in _list_anchors(identifiers) if anchor in holders), "")
    return {old: _follow(old, gone, alive) for old in gone if old not in alive}


def _follow(id_: str, gone: Mapping[str, str], alive: set[str]) -> str:
    """The existing id at the end of a chain of replacements, or ""."""
    seen = {id_}
    while (id_ := gone.get(id_, "")) and id_ not in alive:
        if id_ in seen:
            return ""
        seen.add(id_)
    return id_
