"""Chains of units in a cell: which holds which is told by the ground, and what contradicts is not sure."""

from __future__ import annotations

import pytest

from buldan import Gazetteer

CHAINS = [
    ("Idlib, Harim, Quneitra", "C4177"),
    ("محافظة طرطوس - القنيطرة", "C5311"),
    ("Quneitra, Suluk, Tell Abiad, Raqqa", "C5872"),
    ("Azmarin, Salqin, Harim, Idlib", "C4143"),
    ("عزمارين، سلقين، حارم، إدلب", "C4143"),
]


@pytest.mark.parametrize(("cell", "pcode"), CHAINS)
def test_the_narrowest_of_a_chain_is_the_name_in_either_order(gazetteer: Gazetteer, cell: str, pcode: str) -> None:
    best = gazetteer.lookup(cell)[0]
    assert best.place.pcode == pcode
    assert best.score > 0.8
    assert "unit_contradicts" not in {reason.rule for reason in best.reasons}


@pytest.mark.parametrize(
    "cell",
    ["الرشيد، مركز الرقة، الرقة", "الرقة، مركز الرقة، الرشيد", "Rashid, Ar-Raqqa, Ar-Raqqa", "مركز الرقة - الرشيد"],
)
def test_an_old_name_of_a_governorate_beside_its_own_is_a_place_in_it(gazetteer: Gazetteer, cell: str) -> None:
    """Raqqa was the governorate of Rashid; villages and a quarter there still bear the name."""
    first, *_ = gazetteer.lookup(cell)
    assert first.place.kind in {"neighbourhood", "village"}
    assert "الرشيد" in first.place.name("ar")


@pytest.mark.parametrize("cell", ["Homs, Homs, Homs", "حماة، حماة، حماة"])
def test_a_unit_s_own_name_again_and_again_is_its_city(gazetteer: Gazetteer, cell: str) -> None:
    assert gazetteer.lookup(cell)[0].place.kind == "city"


@pytest.mark.parametrize("cell", ["Tartous, Safita, Mashta Elhiu, Quneitra", "حماة، مصياف، القنيطرة"])
def test_what_contradicts_the_cell_is_not_sure(gazetteer: Gazetteer, cell: str) -> None:
    best = gazetteer.lookup(cell)[0]
    assert "unit_contradicts" in {reason.rule for reason in best.reasons}
    assert best.score < 0.6


def test_a_village_in_brackets_behind_its_town_may_be_told_beside_it(gazetteer: Gazetteer) -> None:
    best = gazetteer.lookup("Tal Aran (Balat)")[0]
    assert "aside" in {reason.rule for reason in best.reasons}
    assert best.score < 0.6
    assert gazetteer.lookup("Nawa (Daraa)")[0].score > 0.9


def test_a_facility_that_bears_a_villages_name_is_meant_by_its_kind(gazetteer: Gazetteer) -> None:
    assert gazetteer.lookup("مدينة الشيخ نجار الصناعية")[0].place.kind == "industry"
    assert gazetteer.lookup("الشيخ نجار")[0].place.kind == "village"


def test_the_point_of_a_desert_stands_for_all_of_it(gazetteer: Gazetteer) -> None:
    best = gazetteer.lookup("البادية - السخنة")[0]
    assert best.place.kind == "desert"
    assert best.score > 0.6
