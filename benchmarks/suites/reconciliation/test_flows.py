"""What the text promises, in Syrian places: a town, a quarter and a street are called Qanawat."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.suites.reconciliation.asking import match, reconcile

MAALOULA = "bd571vgkcx"
PCODE = "C2393"
"""Maaloula's."""


def told(**units: Any) -> list[dict[str, Any]]:
    return [{"pid": name, "v": value} for name, value in units.items()]


def types(candidates: list[dict[str, Any]]) -> set[str]:
    return {each["id"] for candidate in candidates for each in candidate["type"]}


@pytest.mark.parametrize("name", ["Maaloula", "معلولا"])
def test_the_name_of_one_place(name: str) -> None:
    best = reconcile(query=name, type="town")[0]
    assert (best["id"], best["match"]) == (MAALOULA, True)
    assert best["features"]


@pytest.mark.parametrize("identifier", [MAALOULA, PCODE])
def test_an_id_is_its_entity(identifier: str) -> None:
    best = reconcile(query=identifier)[0]
    assert (best["name"], best["match"]) == (reconcile(query="Maaloula", type="town")[0]["name"], True)


def test_limit() -> None:
    assert [each["id"] for each in reconcile(query="Zahraa", limit=2)] == [
        each["id"] for each in reconcile(query="Zahraa")[:2]
    ]


def test_all_of_one_type() -> None:
    assert types(reconcile(query="Qanawat", type="town", type_strict="all")) == {"town"}


def test_any_of_two_types() -> None:
    found = types(reconcile(query="Qanawat", type=["town", "neighbourhood"], type_strict="any"))
    assert found == {"town", "neighbourhood"}


def test_a_type_that_should_be() -> None:
    assert types(reconcile(query="Qanawat", type="town", type_strict="should")) > {"town"}


@pytest.mark.parametrize("unit", ["As-Sweida", "السويداء", "SY13", {"id": "SY13", "name": "As-Sweida"}])
def test_a_unit_settles_namesakes(unit: Any) -> None:
    best = reconcile(query="Qanawat", properties=told(governorate=unit))[0]
    assert "Sweida" in best["description"]
    assert types([best]) == {"town"}


def test_another_unit_settles_them_otherwise() -> None:
    best = reconcile(query="Qanawat", properties=told(governorate="Damascus"))[0]
    assert types([best]) == {"neighbourhood"}


def test_an_unknown_finer_unit_keeps_the_coarser() -> None:
    best = reconcile(query="Qanawat", properties=told(governorate="Damascus", district="Xqzw"))[0]
    assert "Damascus" in best["description"]
    assert not best["match"]


def test_a_kind() -> None:
    assert types(reconcile(query="Qanawat", properties=told(kind="neighbourhood"))[:1]) == {"neighbourhood"}


def test_a_position() -> None:
    assert types(reconcile(query="Qanawat", properties=told(lat=33.507, lon=36.292))[:1]) == {"neighbourhood"}


def test_a_code_whatever_the_name() -> None:
    best = reconcile(query="anything", properties=told(pcode=PCODE))[0]
    assert (best["id"], best["match"]) == (MAALOULA, True)


@pytest.mark.parametrize("name", ["village", "قرية", "Tripoli", "Istanbul"])
def test_a_word_or_a_town_abroad_is_no_match(name: str) -> None:
    assert not any(each["match"] for each in reconcile(query=name))


def test_namesakes_are_no_match() -> None:
    found = reconcile(query="Zahraa", type="village")
    assert len(found) > 1
    assert not any(each["match"] for each in found)


def test_nothing() -> None:
    assert reconcile(query="xywxkrf") == []


def test_an_unknown_property_does_no_harm() -> None:
    assert reconcile(query="Maaloula", properties=told(colour="red"))[0]["id"] == MAALOULA


# The 1.0 draft: conditions in the place of a query and its properties


def named(name: str) -> dict[str, Any]:
    return {"matchType": "name", "propertyValue": name}


def test_a_name_of_the_draft() -> None:
    best = match(named("Maaloula"), type="town")[0]
    assert (best["id"], best["match"]) == (MAALOULA, True)


def test_a_property_of_the_draft() -> None:
    unit = {"matchType": "property", "propertyId": "governorate", "propertyValue": "Damascus"}
    assert "Damascus" in match(named("Qanawat"), unit)[0]["description"]


def test_an_id_of_the_draft() -> None:
    best = match({"matchType": "id", "propertyValue": MAALOULA})[0]
    assert (best["id"], best["match"]) == (MAALOULA, True)
