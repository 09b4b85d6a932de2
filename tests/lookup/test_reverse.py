"""What is at a point: the smallest that holds it, the nearest around it, and how far."""

import pytest

import buldan
from buldan.geometry import distance_km
from buldan.kinds import ADMIN_KINDS

POINTS = [(36.3211, 33.4645), (36.28, 33.51), (37.16, 36.2), (40.14, 35.33), (36.1, 32.62), (38.0, 34.5)]


@pytest.mark.parametrize("point", POINTS)
def test_of_units_that_hold_a_point_the_smallest_comes_first(gazetteer: buldan.Gazetteer, point) -> None:
    lon, lat = point
    found = gazetteer.reverse(lon=lon, lat=lat, kinds=ADMIN_KINDS, limit=10)
    held = [nearby.place for nearby in found if nearby.distance_km == 0]
    widths = {"sub-district": 0, "district": 1, "governorate": 2, "country": 3}
    levels = [widths[place.kind] for place in held if place.kind in widths]
    assert len(levels) >= 3
    assert levels == sorted(levels)


@pytest.mark.parametrize("point", POINTS)
@pytest.mark.parametrize("radius_km", [3, 12])
def test_around_a_point_distances_rise_and_end_at_the_radius(gazetteer: buldan.Gazetteer, point, radius_km) -> None:
    lon, lat = point
    found = gazetteer.reverse(lon=lon, lat=lat, kinds=["town", "village", "city"], radius_km=radius_km, limit=100)
    around = [nearby for nearby in found if nearby.distance_km > 0]
    distances = [nearby.distance_km for nearby in around]
    assert distances == sorted(distances)
    for nearby in around:
        assert nearby.distance_km <= radius_km
        assert nearby.distance_km == pytest.approx(distance_km(point, nearby.place.point), abs=0.01)
    every = [place for place in gazetteer if place.kind in {"town", "village", "city"}]
    within = {place.id for place in every if distance_km(point, place.point) < radius_km - 0.01}
    assert within <= {nearby.place.id for nearby in found} or len(found) == 100


@pytest.mark.parametrize("point", POINTS)
def test_all_units_that_hold_a_point_are_given_from_narrow_to_wide_behind_the_places(
    gazetteer: buldan.Gazetteer, point
) -> None:
    lon, lat = point
    held = [nearby.place for nearby in gazetteer.reverse(lon=lon, lat=lat, kinds=ADMIN_KINDS, limit=10)]
    units = [place.kind for place in held if place.kind in ADMIN_KINDS]
    kinds = [nearby.place.kind for nearby in gazetteer.reverse(lon=lon, lat=lat)]
    assert [kind for kind in kinds if kind in ADMIN_KINDS] == kinds[-len(units) :] == units
    assert kinds[0] not in ADMIN_KINDS


@pytest.mark.parametrize("limit", [1, 2, 7])
def test_the_limit_counts_places_and_units_come_beside_them(gazetteer: buldan.Gazetteer, limit: int) -> None:
    found = gazetteer.reverse(lon=36.3, lat=33.5, limit=limit)
    assert len([nearby for nearby in found if nearby.place.kind not in ADMIN_KINDS]) == limit
    assert len([nearby for nearby in found if nearby.place.kind in ADMIN_KINDS]) >= 4


def test_of_kinds_asked_for_no_more_are_given_than_the_limit(gazetteer: buldan.Gazetteer) -> None:
    for limit in (1, 2, 7):
        assert len(gazetteer.reverse(lon=36.3, lat=33.5, kinds=["village", "district"], limit=limit)) == limit


def test_coordinates_as_a_question_keep_to_the_limit_of_a_lookup(gazetteer: buldan.Gazetteer) -> None:
    for limit in (1, 3, 5, 9):
        assert len(gazetteer.lookup("33.5, 36.3", limit=limit)) == limit
