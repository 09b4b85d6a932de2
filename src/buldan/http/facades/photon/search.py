"""Places for Photon's queries: by a typed text, by parts of an address, around a point."""

from __future__ import annotations

from collections.abc import Iterable
from math import exp

from buldan.describe import COUNTRY_CODE, display_name, lies_in
from buldan.gazetteer import Gazetteer
from buldan.geometry import distance_km
from buldan.http.facades.asking import find_matches
from buldan.http.facades.completion import complete_beside, complete_name
from buldan.http.facades.kind_questions import find_beside_kinds, find_of_kinds, read_kind_question
from buldan.http.facades.parts import COUNTRY_ID, find_by_parts
from buldan.http.facades.photon.parameters import CATEGORIES, MOST, ReverseQuery, SearchQuery, StructuredQuery
from buldan.kinds import ADMIN_KINDS, get_kind
from buldan.lookup.checks import looks_swapped
from buldan.model import Place

__all__ = ["find_around", "list_languages", "search_parts", "search_text"]

_COMPLETION_SCORE = 0.5
"""Score of a completion, compared with a place of exactly the name, when it is combined with nearness."""

# About the width of a town, with a little more weight for nearness than for the score.
_USUAL_ZOOM, _USUAL_SCALE = 12, 0.4
_WIDEST_ZOOM_KM = 25_000.0
"""Distance in kilometres within which nearness counts at zoom 0; half of it with each further step."""


def list_languages(gaz: Gazetteer) -> list[str]:
    """The languages that clients can request: those in which the country has a name."""
    return sorted({name.lang for name in gaz.place(COUNTRY_ID).names})


def search_text(gaz: Gazetteer, asked: SearchQuery, *, least_score: float) -> list[Place]:
    """Places with the name, then places whose name it may begin; without a name, the places of the categories."""
    if not _is_ours(asked.countrycode):
        return []
    text, classes = _part_classes(asked.q or "")
    asked = asked.model_copy(update={"include": [*asked.include, *classes]})
    if not text:
        wanted = [get_kind(kind) for kind in asked.kinds or ()]
        page = gaz.browse(kinds=wanted, bounds=asked.bbox, by_weight=True, limit=MOST)
        return _choose(page.places, asked)
    question = read_kind_question(text)
    if question and question.where:  # without a location it may be the beginning of a name: Dam, Jisr
        return _choose(find_of_kinds(gaz, question, view=asked.bbox, least_score=least_score), asked)
    matches = find_matches(gaz, text, least_score=least_score, near=asked.near, kinds=asked.kinds)
    found = {match.place.id: (match.place, match.score) for match in matches}
    # Letters of the category are evidence like those of the name: `#osm.amenity.hospital Ibn R`.
    letters = sum(len(each.rpartition(".")[2]) for each in classes)
    for place in complete_name(
        gaz, text, near=asked.near, kinds=asked.kinds if classes else None, letters_beside=letters
    ):
        found.setdefault(place.id, (place, _COMPLETION_SCORE))
    # Only if the text is not a name: these readings guess the order of the words.
    beside = [] if found else find_beside_kinds(gaz, text, least_score=least_score)
    begun = [] if found or beside else complete_beside(gaz, text, near=asked.near, least_score=least_score)
    named = [*found.values(), *((place, 1.0) for place in (*beside, *begun))]
    # Without both the client has not given a distance, and the lookup's own weight of nearness is used.
    if asked.near is not None and (asked.zoom is not None or asked.location_bias_scale is not None):
        named.sort(key=lambda found: -_rate(found[0], found[1], asked))
    return _choose([place for place, _ in named], asked)


def search_parts(gaz: Gazetteer, asked: StructuredQuery, *, least_score: float) -> list[Place]:
    """Places for the smallest known part, within the others; the country if there are no other parts."""
    if not _is_ours(asked.countrycode):
        return []
    if not asked.parts:
        return _choose([gaz.place(COUNTRY_ID)], asked)
    matches = find_by_parts(gaz, asked.parts, least_score=least_score, kinds=asked.kinds)
    return _choose([match.place for match in matches], asked)


def find_around(gaz: Gazetteer, asked: ReverseQuery) -> list[Place]:
    """Places at and around a point, nearest first."""
    wanted = asked.kinds
    # The parameters name lat and lon: a point that looks swapped to a lookup is really in Turkey.
    if (wanted is not None and not wanted) or looks_swapped((asked.lon, asked.lat)):
        return []
    nearby = gaz.reverse(lon=asked.lon, lat=asked.lat, radius_km=asked.radius, kinds=wanted, limit=MOST)
    # With kinds, a reverse begins with the units that contain the point, and without them it ends with these: a filter
    # must not reverse the order.
    places = sorted((found.place for found in nearby), key=lambda place: place.kind in ADMIN_KINDS)
    return [place for place in places if wanted is None or place.kind in wanted][: asked.most]


def _part_classes(text: str) -> tuple[str, list[str]]:
    """A text without categories among its words (`#osm.amenity.hospital`), and these categories."""
    words = text.split()
    classes = [word[1:] for word in words if word.startswith("#") and CATEGORIES.fullmatch(word[1:])]
    return " ".join(word for word in words if word[1:] not in classes), classes


def _rate(place: Place, score: float, asked: SearchQuery) -> float:
    """Score and nearness of a place, combined with the weights of Photon's `location_bias_scale` and `zoom`."""
    zoom = _USUAL_ZOOM if asked.zoom is None else max(0, min(18, asked.zoom))
    scale = _USUAL_SCALE if asked.location_bias_scale is None else max(0.0, min(1.0, asked.location_bias_scale))
    away = distance_km(asked.near or place.point, place.point)
    # Decreases to a third at the width of the map: farther away the distance has little effect.
    return scale * score + (1 - scale) * exp(-away / (_WIDEST_ZOOM_KM / 2**zoom))


def _choose(places: Iterable[Place], asked: SearchQuery | StructuredQuery) -> list[Place]:
    """The first places that pass the filters, up to the requested number, without repeated lines of text."""
    wanted, seen, chosen = asked.kinds, set(), list[Place]()
    for place in places:
        # The line of a list of choices: two equal lines do not help people to choose.
        looks = place.kind, display_name(place)
        inside = asked.bbox is None or lies_in(place, asked.bbox)
        if inside and (wanted is None or place.kind in wanted) and not (asked.dedupe and looks in seen):
            seen.add(looks)
            chosen.append(place)
    return chosen[: asked.most]


def _is_ours(codes: Iterable[str]) -> bool:
    given = {code.lower() for code in codes}
    return not given or COUNTRY_CODE in given
