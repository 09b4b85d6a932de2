"""Radii are checked against points that others publish."""

import pytest

from buldan.evaluate.points import Check, check_by_names, check_by_sources, count_coverage
from buldan.geometry import distance_km
from buldan.index import find_packaged_gazetteer


@pytest.fixture(scope="module")
def by_sources(gazetteer):
    """The checks of our own tables, by key."""
    return {check.place: check for check in check_by_sources(list(gazetteer), find_packaged_gazetteer() / "curated")}


def test_an_estimate_is_measured_from_the_point_that_a_source_gives_today(gazetteer, by_sources):
    today = gazetteer.place("curated:zara-power")
    check = by_sources["zara-power"]
    assert today.position == "surveyed"
    assert check.away_km == pytest.approx(distance_km((36.67, 34.928), (today.lon, today.lat)), abs=0.05)
    assert check.holds


def test_nine_in_ten_estimates_hold(by_sources):
    assert len(by_sources) > 40
    assert sum(check.holds for check in by_sources.values()) / len(by_sources) >= 0.87


def test_a_table_of_points_checks_what_bears_the_name(gazetteer, tmp_path):
    place = gazetteer.place("curated:qabr-al-sitt-airbase")
    table = tmp_path / "points.tsv"
    rows = [("name", "adm1", "lat", "lon"), (place.name_ar, "", str(place.lat + 0.02), str(place.lon))]
    table.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
    (check,) = check_by_names(gazetteer, table)
    assert (check.place, check.kind) == (place.id, "airbase")
    assert check.away_km == pytest.approx(2.22, abs=0.02)


def test_coverage_counts_both_halves():
    checks = [Check("a", "dam", "estimated", 1.0, 2.0), Check("b", "dam", "estimated", 3.0, 2.0)]
    (group,) = count_coverage(checks, [])
    assert (group.checked, group.held, group.share) == (2, 1, 0.5)
    assert sorted(group.halves) == [(0, 1), (1, 1)]
