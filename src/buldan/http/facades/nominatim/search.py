"""Places by name, chosen and ordered like those of Nominatim's search."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from buldan.describe import COUNTRY_CODE, display_name, lies_in
from buldan.errors import PlaceNotFound, QueryError
from buldan.formats import nominatim as wire
from buldan.gazetteer import Gazetteer
from buldan.geometry import distance_km
from buldan.http.facades.asking import find_matches
from buldan.http.facades.coordinates import split_position
from buldan.http.facades.kind_questions import (
    KindQuestion,
    find_beside_kinds,
    find_of_kinds,
    read_kind_question,
    read_kind_word,
)
from buldan.http.facades.nominatim.kinds import find_kinds_of_layers, find_kinds_of_ranks
from buldan.http.facades.nominatim.parameters import ReverseQuery, SearchQuery
from buldan.http.facades.nominatim.reverse import place_at
from buldan.http.facades.parts import COUNTRY_ID, find_by_parts, find_wholes, is_ours
from buldan.model import Place

__all__ = ["find_by_ids", "search_places"]

_AROUND_KM = 11.0
"""Maximum distance of a place from a position in the query: a tenth of a degree, as in Nominatim."""

Found = tuple[Place, float]
"""A place and its score."""


def search_places(gaz: Gazetteer, asked: SearchQuery, *, least_score: float) -> list[wire.Found]:
    """The places that a query means, best first, with their scores as importance.

    Raises:
        QueryError: the query is empty, both free and structured, or has invalid ids.
    """
    excluded, view = set(asked.excluded), asked.view
    found = _find(gaz, asked, least_score)
    if asked.codes and COUNTRY_CODE not in asked.codes:
        return []
    kept = [
        each for each in found if not excluded & _list_ids(each[0]) and (_is_inside(each, asked) or not asked.bounded)
    ]
    if view is not None:  # a preference: places inside come first, with any score
        kept.sort(key=lambda each: not lies_in(each[0], view))
    shown = _without_twins(kept) if asked.dedupe else kept
    return [wire.Found(place, score, find_wholes(gaz, place)) for place, score in list(shown)[: asked.most]]


def find_by_ids(gaz: Gazetteer, ids: Iterable[str]) -> list[wire.Found]:
    """The places with these ids (OpenStreetMap's, Buldan's, P-codes); unknown ids are left out."""
    places = [place for each in ids if (place := _find_by_id(gaz, each))]
    return [wire.Found(place, wire.guess_importance(place), find_wholes(gaz, place)) for place in places]


def _find(gaz: Gazetteer, asked: SearchQuery, least_score: float) -> list[Found]:
    parts = asked.parts
    if asked.q is not None:
        if parts:
            raise QueryError("structured parameters cannot be used together with q", field="q")
        return _find_by_text(gaz, asked, least_score)
    if not parts:
        raise QueryError("Nothing to search for: give q, or one of city, county, state, country", field="q")
    return _find_by_parts(gaz, asked, parts, least_score)


def _find_by_text(gaz: Gazetteer, asked: SearchQuery, least_score: float) -> list[Found]:
    """Places for a free query: a position, a kind of place somewhere, a name near a position, or a name."""
    text, position = split_position(" ".join((asked.q or "").split()))
    if position is not None and not text:
        here = {"lat": position.lat, "lon": position.lon, "layer": ",".join(asked.layer)}
        place = place_at(gaz, ReverseQuery.model_validate(here))
        return [(place, wire.guess_importance(place))] if place else []
    if wanted := read_kind_question(text):
        view = asked.view if asked.bounded else None
        return _rate_by_kind(find_of_kinds(gaz, wanted, position=position, view=view, least_score=least_score))
    if not text.strip():
        return []
    matches = find_matches(gaz, text, least_score=least_score, near=position, kinds=_choose_kinds(asked))
    if not matches and position is None:
        return _rate_by_kind(find_beside_kinds(gaz, text, least_score=least_score))
    found = [(match.place, match.score) for match in matches]
    return [each for each in found if position is None or distance_km(each[0].point, position) <= _AROUND_KM]


def _find_by_parts(gaz: Gazetteer, asked: SearchQuery, parts: dict[str, str], least_score: float) -> list[Found]:
    """Places for the smallest part, within the others; the country if there are no other parts."""
    country, allowed = parts.pop("country", ""), _choose_kinds(asked)
    if country and not is_ours(gaz, country):
        return []
    if country and not parts:
        return [(gaz.place(COUNTRY_ID), 1.0)] if allowed is None or "country" in allowed else []
    amenities = read_kind_word(parts.get("amenity", ""))
    if amenities and len(parts) > 1:
        where = ", ".join(part for name, part in parts.items() if name not in {"amenity", "postcode"})
        asked_kinds = KindQuestion(amenities, where)
        return _rate_by_kind(find_of_kinds(gaz, asked_kinds, least_score=least_score))
    matches = find_by_parts(gaz, parts, least_score=least_score, kinds=allowed)
    return [(match.place, match.score) for match in matches]


def _rate_by_kind(places: Iterable[Place]) -> list[Found]:
    return [(place, wire.guess_importance(place)) for place in places]


def _choose_kinds(asked: SearchQuery) -> frozenset[str] | None:
    """The kinds of feature type and layers together; None for all."""
    ranked = find_kinds_of_ranks(asked.featureType)
    return find_kinds_of_layers(asked.layer) if ranked is None else ranked


def _is_inside(found: Found, asked: SearchQuery) -> bool:
    return asked.view is None or lies_in(found[0], asked.view)


def _list_ids(place: Place) -> set[str]:
    return {place.id, str(wire.place_number(place.id)), *place.identifiers.get("osm", "").split(",")}


def _without_twins(found: Iterable[Found]) -> Iterator[Found]:
    """The places without those of the same kind and with the same line of text as an earlier one."""
    seen = set()
    for place, score in found:
        looks = place.kind, display_name(place)
        if looks not in seen:
            seen.add(looks)
            yield place, score


def _find_by_id(gaz: Gazetteer, asked: str) -> Place | None:
    identifier = f"osm:{asked.upper()}" if re.fullmatch("[NWR][0-9]+", asked, re.IGNORECASE) else asked
    try:
        return gaz.place(identifier)
    except PlaceNotFound:
        return None
