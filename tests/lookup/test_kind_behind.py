"""The kind of a place told behind its name, by a sign: Afrin, city; سلقين (ناحية)."""

from __future__ import annotations

import pytest

from buldan import Gazetteer


@pytest.mark.parametrize(
    ("cell", "kind", "pcode"),
    [
        ("Jarablus, city", "city", "C2227"),
        ("Idleb - governorate", "governorate", "SY07"),
        ("درعا (محافظة)", "governorate", "SY12"),
        ("درعا - مدينة", "city", "C5993"),
        ("حارم (ناحية)", "sub-district", "SY070300"),
        ("Harim (mintaqat)", "district", "SY0703"),
        ("Hama (gouvernorat)", "governorate", "SY05"),
        ("Darkush, town, Idleb", "town", "C4252"),
        ("دركوش (بلدة)، إدلب", "town", "C4252"),
    ],
)
def test_the_word_of_kind_belongs_to_the_name_before_it(gazetteer: Gazetteer, cell: str, kind: str, pcode: str) -> None:
    first, *_ = gazetteer.lookup(cell)
    assert (first.place.kind, first.place.pcode) == (kind, pcode)
    assert first.score >= 0.6


@pytest.mark.parametrize("cell", ["حلب (المحافظة)", "حلب، المحافظة"])
def test_with_its_article_it_is_a_name(gazetteer: Gazetteer, cell: str) -> None:
    assert gazetteer.lookup(cell)[0].place.kind == "neighbourhood"


@pytest.mark.parametrize("cell", ["village, Hama", "قرية، حماة"])
def test_before_the_name_of_a_governorate_it_is_some_village(gazetteer: Gazetteer, cell: str) -> None:
    assert all(match.score < 0.6 for match in gazetteer.lookup(cell))
