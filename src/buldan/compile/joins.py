"""Find rows of our own tables that were joined with a wrong place.

A row without identifiers is joined by its name and its point. `buldan check` finds three kinds of errors: the row is a
part of the place and named after it (the farms of Hajin became the town Hajin); it has a different name; its point is
farther from the place's point than its radius allows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from buldan.compile.likeness import compare, take_spellings
from buldan.compile.record import SourceRecord
from buldan.geometry import distance_km
from buldan.kinds import SETTLEMENT_KINDS, WIDE_GROUPS, get_kind
from buldan.model import Name, identifier_values
from buldan.store import NameRecord, PlaceRecord
from buldan.text import fold, load_generic_terms

__all__ = ["find_misjoined"]

_OURS = "curated"
_LEAST_ALIKE = 0.75
"""Names less alike than this belong to the same place only if a reference says that."""

_LEAST_KM = 1.0
"""Distance in kilometres that is always accepted between two sources' points of the same place."""


def find_misjoined(
    rows: Iterable[SourceRecord], places: Iterable[PlaceRecord], names: Iterable[NameRecord]
) -> Iterator[tuple[SourceRecord, str]]:
    """The rows that were joined by name with a place that is probably another, each with the reason."""
    holders = {key: place for place in places for key in identifier_values(place.identifiers, _OURS)}
    published: dict[str, list[Name]] = {place.id: [] for place in holders.values()}
    for name in names:
        sources = tuple(source for source in name.sources if source != _OURS)
        if sources and name.place in published:
            published[name.place].append(Name(name.name, name.lang, name.script, "variant", sources))
    for row in rows:
        place = holders.get(row.source_id)
        if place is None or not row.kind or row.merge_into or not published[place.id]:
            continue
        if get_kind(row.kind).group not in WIDE_GROUPS:
            yield from ((row, why) for why in _iter_faults(row, place, published[place.id]))


def _iter_faults(row: SourceRecord, place: PlaceRecord, published: Sequence[Name]) -> Iterator[str]:
    ours = [name for name in row.names if name.kind == "official"]
    joined = f"joined by its name with {place.name_en} ({place.id})"
    if place.kind in SETTLEMENT_KINDS and (word := _find_word_of_part(ours, published)):
        yield f"{joined}, of which {word!r} makes it a part; say so by kind and part_of, or give the identifier"
    elif ours and compare(take_spellings(ours), take_spellings(published), one_spot=True).score < _LEAST_ALIKE:
        yield f"{joined}, which no source calls so; give the identifier, or take out the name that they share"
    away = distance_km(row.point, (place.lon, place.lat)) if row.lon is not None else 0.0
    if away > max(row.radius_km or 0, _LEAST_KM):
        yield f"{joined}, which lies {away:.1f} km from its point"


def _find_word_of_part(ours: Iterable[Name], published: Iterable[Name]) -> str:
    """The word that makes one of our names the name of a part of the place; empty if there is none."""
    known = {fold(name.text) for name in published}
    for name in ours:
        words = fold(name.text).split()
        of_part = [word for word in words if _is_word_of_part(word)]
        rest = " ".join(word for word in words if word not in of_part)
        if of_part and fold(name.text) not in known and rest in known:
            return of_part[0]
    return ""


def _is_word_of_part(word: str) -> bool:
    """Whether a folded word means a kind of place that is not a settlement: farms, quarter, camp."""
    term = load_generic_terms().get(word)
    return term is not None and term.role == "kind" and bool(term.kinds) and term.kinds.isdisjoint(SETTLEMENT_KINDS)
