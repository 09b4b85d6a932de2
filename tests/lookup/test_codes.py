"""Codes and coordinates as questions, and kinds as filters."""

import pytest

import buldan
from buldan.kinds import kinds_named


@pytest.mark.parametrize(
    ("code", "pcode"),
    [
        ("SY-DR", "SY12"),
        ("sy-id", "SY07"),
        ("SY.HL", "SY02"),
        ("SY", "SY"),
        ("SYR", "SY"),
        ("SY03", "SY03"),
        ("C2302", "C2302"),
    ],
)
def test_a_code_is_its_place(gazetteer: buldan.Gazetteer, code: str, pcode: str) -> None:
    match = gazetteer.lookup(code)[0]
    assert (match.place.pcode, match.score) == (pcode, 1.0)


def test_a_code_is_a_unit_to_look_within(gazetteer: buldan.Gazetteer) -> None:
    assert gazetteer.lookup("Nawa", within="SY-DR")[0].place.pcode == "C6124"


@pytest.mark.parametrize(
    "written", ["33.46450, 36.32110", "33.46450 N, 36.32110 E", "36.32110E 33.46450N", "33°27'52\"N 36°19'16\"E"]
)
def test_coordinates_are_answered_by_what_lies_there(gazetteer: buldan.Gazetteer, written: str) -> None:
    matches = gazetteer.lookup(written)
    there = gazetteer.reverse(lon=36.3211, lat=33.4645, limit=1)[0].place
    assert matches[0].place == there
    assert matches[0].reasons[0].rule == "coordinates"


def test_kinds_filter_strictly(gazetteer: buldan.Gazetteer) -> None:
    assert {match.place.kind for match in gazetteer.lookup("الصالحية", kinds=["town"], limit=20)} <= {"town"}


def test_a_group_has_a_name_of_its_own() -> None:
    assert kinds_named("military") == {"military"}
    assert kinds_named("group:military") == {"airbase", "military", "checkpoint"}
    assert kinds_named("settlement") == kinds_named("group:settlement") == {"city", "town", "village"}
