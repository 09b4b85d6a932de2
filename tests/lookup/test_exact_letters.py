"""A digit of chat letters or a mark of scholars tells the Arabic letter: the name that has it is meant."""

from __future__ import annotations

import pytest

from buldan import Gazetteer


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("9fira", "صفيرة"),
        ("Ṣfira", "صفيرة"),
        ("el haba6", "الهباط"),
        ("al-Habāṭ", "الهباط"),
        ("el 8ad2a, Idleb", "الغدقة"),
    ],
)
def test_the_place_that_has_the_letter_is_meant(gazetteer: Gazetteer, asked: str, name: str) -> None:
    assert gazetteer.lookup(asked)[0].place.name_ar == name


@pytest.mark.parametrize("asked", ["Sfira", "Al-Habat"])
def test_a_plain_letter_tells_nothing(gazetteer: Gazetteer, asked: str) -> None:
    assert len({match.place.name_ar for match in gazetteer.lookup(asked)}) > 1


@pytest.mark.parametrize(
    ("asked", "pcode"), [("7alab", "C1007"), ("7omos", "C2528"), ("el 2amishli", "C4564"), ("3afrin", "C1366")]
)
def test_chat_spellings_of_cities(gazetteer: Gazetteer, asked: str, pcode: str) -> None:
    assert gazetteer.lookup(asked)[0].place.pcode == pcode
