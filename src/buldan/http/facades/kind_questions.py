"""Queries for places of a kind somewhere: "hospitals in Aleppo", "[bridge] Raqqa", "مشافي في حلب"."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from buldan.errors import QueryError
from buldan.gazetteer import Gazetteer
from buldan.geometry import Bounds, Point
from buldan.http.facades.asking import find_matches
from buldan.kinds import BUILT_GROUPS, get_kind, kinds
from buldan.model import Place
from buldan.rules import read_table
from buldan.text import fold, load_generic_terms, load_joining_words, load_parting_words

__all__ = ["KindQuestion", "find_beside_kinds", "find_of_kinds", "read_kind_question", "read_kind_word"]

_GROUPS = BUILT_GROUPS | {"water", "natural"}
"""Groups of kinds that such queries are for; for settlements people ask which one, and not what kind."""

_BRACKETED = re.compile(r"(?P<before>.*)\[(?P<tag>\w+(?:=\w+)?)\](?P<after>.*)")

_AROUND_KM = 11.0
"""Radius around a place that is not an admin unit: a tenth of a degree, as in Nominatim."""

_MOST = 40  # Nominatim's maximum number of results


class KindQuestion(NamedTuple):
    """The kinds of a query, and the text of its location; empty if there is none."""

    kinds: frozenset[str]
    where: str


def read_kind_question(text: str) -> KindQuestion | None:
    """The query of a text without position; None if the text is the name of a place.

    The kind is OpenStreetMap's tag or a word in brackets, or a word before `in` or `near`, or the whole text. Brackets
    may also hold a second spelling of a name: حلب [Aleppo].

    >>> read_kind_question("[amenity=hospital] Homs")
    KindQuestion(kinds=frozenset({'hospital'}), where='Homs')
    >>> read_kind_question("bridges near Raqqa").where
    'Raqqa'
    >>> read_kind_question("مشافي في حلب")
    KindQuestion(kinds=frozenset({'hospital'}), where='حلب')
    >>> read_kind_question("Homs hospital")
    """
    bracketed = _BRACKETED.fullmatch(text)
    if bracketed:
        key, _, value = bracketed["tag"].partition("=")
        wanted = _find_kinds_of_tag(key, value) if value else read_kind_word(key)
        if wanted or value:
            return KindQuestion(wanted, f"{bracketed['before']} {bracketed['after']}".strip())
    words = text.split()
    # From the second word on: a word for a kind must be before "in".
    for position, word in enumerate(words[1:], start=1):
        if fold(word) in load_joining_words("beside") or load_parting_words().get(word.lower()) == "in":
            wanted = read_kind_word(" ".join(words[:position]))
            return KindQuestion(wanted, " ".join(words[position + 1 :])) if wanted else None
    wanted = read_kind_word(text)
    return KindQuestion(wanted, "") if wanted else None


def find_beside_kinds(gaz: Gazetteer, text: str, *, least_score: float) -> list[Place]:
    """Places for a text that is not a name, and whose first or last word means a kind.

    "Airport Damascus" is Damascus Airport in the Arabic order; "bridge Raqqa" means all bridges of Raqqa.
    """
    words = text.split()
    for word, rest in ((words[0], words[1:]), (words[-1], words[:-1])) if len(words) > 1 else ():
        if wanted := read_kind_word(word):
            where = " ".join(rest)
            turned = find_matches(gaz, f"{where} {word}", least_score=least_score, kinds=wanted)
            asked = KindQuestion(wanted, where)
            return [match.place for match in turned] or find_of_kinds(gaz, asked, least_score=least_score)
    return []


def read_kind_word(text: str) -> frozenset[str]:
    """The kinds that one or two words mean, in English or Arabic; empty for a name."""
    return _read_words().get(fold(text).strip(), frozenset())


def find_of_kinds(
    gaz: Gazetteer,
    asked: KindQuestion,
    *,
    position: Point | None = None,
    view: Bounds | None = None,
    least_score: float,
) -> list[Place]:
    """Places of the kinds of the query: around the position, else in the place that is named, else in the box.

    Empty if there is no location or an unknown one: a word for a kind is not a name.
    """
    if not asked.kinds:
        return []
    if position is not None:
        return _list_around(gaz, asked.kinds, position) if not asked.where else []
    if not asked.where:
        return _list_in_unit(gaz, asked.kinds, bounds=view) if view else []
    named = find_matches(gaz, asked.where, least_score=least_score)
    if not named:
        return []
    where = named[0].place
    # A unit has an outline; a town may have none, and then places around it count.
    if where.kind == "country":
        return _list_in_unit(gaz, asked.kinds)
    if get_kind(where.kind).group == "admin" and where.pcode:
        return _list_in_unit(gaz, asked.kinds, unit=where.pcode)
    return _list_around(gaz, asked.kinds, where.point, radius_km=max(where.radius_km, _AROUND_KM))


def _list_in_unit(
    gaz: Gazetteer, wanted: frozenset[str], *, unit: str | None = None, bounds: Bounds | None = None
) -> list[Place]:
    # By weight: if there are too many to show, the best known ones.
    page = gaz.browse(kinds=map(get_kind, sorted(wanted)), unit=unit, bounds=bounds, by_weight=True, limit=_MOST)
    return list(page.places)


def _list_around(gaz: Gazetteer, wanted: frozenset[str], at: Point, *, radius_km: float = _AROUND_KM) -> list[Place]:
    try:
        found = gaz.reverse(lon=at.lon, lat=at.lat, kinds=sorted(wanted), radius_km=radius_km, limit=_MOST)
    except QueryError:  # a text may have a latitude of more than 90 degrees
        return []
    return [near.place for near in found if near.place.kind in wanted]


def _find_kinds_of_tag(key: str, value: str) -> frozenset[str]:
    return frozenset(kind.id for kind in kinds().values() if (kind.osm_class, kind.osm_type) == (key, value))


@cache
def _read_words() -> dict[str, frozenset[str]]:
    """Kinds by the folded words for them: labels of kinds, generic terms for one kind, `arabic_plurals.tsv`."""
    asked = {kind.id for kind in kinds().values() if kind.group in _GROUPS}
    words: dict[str, frozenset[str]] = {}
    for term, entry in load_generic_terms().items():
        if entry.role == "kind" and entry.kinds & asked:
            words[term] = entry.kinds & asked
    for kind in map(get_kind, sorted(asked)):
        # Only English: an Arabic plural is a different word and is in a table.
        plural = "es" if kind.label_en.endswith(("ch", "s", "x")) else "s"
        for label in (kind.label_en, kind.label_en + plural, kind.label_ar):
            words[fold(label)] = words.get(fold(label), frozenset()) | {kind.id}
    for form, kind_id, _ in read_table("http/facades/arabic_plurals"):
        words[fold(form)] = words.get(fold(form), frozenset()) | {kind_id}
    return words
