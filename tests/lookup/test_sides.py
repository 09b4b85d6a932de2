"""Sides and distances beside a name in a cell: letters of them are no letters of a name."""

from __future__ import annotations

import pytest

from buldan import Gazetteer


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("S. Hama", "Hama"),
        ("N Hama", "Hama"),
        ("N. Idlib", "Idlib"),
        ("SE Idlib", "Idlib"),
        ("NW Syria", "Northwest Syria"),
        ("E. Ghouta", "Eastern Ghouta"),
        ("Jisr e Shughur", "Jisr al-Shughur"),
        ("Al-Bab, N. Aleppo", "al-Bab"),
    ],
)
def test_the_letter_of_a_side(gazetteer: Gazetteer, cell: str, name: str) -> None:
    assert gazetteer.lookup(cell)[0].place.name("en") == name


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("2 km E of Salamiyah", "Salamiyah"),
        ("5 km north of Manbij", "Manbij"),
        ("12.5 km SW of Jarablus", "Jarabulus"),
        ("3 كم شرق سراقب", "Saraqib"),
    ],
)
def test_what_lies_kilometres_away_is_not_known(gazetteer: Gazetteer, cell: str, name: str) -> None:
    first, *_ = gazetteer.lookup(cell)
    assert first.place.name("en") == name
    assert first.score <= 0.5
    assert "unnamed" in [reason.rule for reason in first.reasons]
