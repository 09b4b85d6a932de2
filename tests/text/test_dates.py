"""Days of the year among the words of names and texts."""

from __future__ import annotations

import pytest

from buldan.text import fold, is_date


@pytest.mark.parametrize(
    "text",
    ["8 March", "March 8", "8th of March", "23 شباط", "الثامن من آذار", "التاسع والعشرين من أيار", "16 تشرين الثاني"],
)
def test_dates(text: str) -> None:
    assert is_date(fold(text).split())


@pytest.mark.parametrize("text", ["March", "17 April Dam", "شارع 29 أيار", "الثامن", "Marchana 8", "8"])
def test_no_dates(text: str) -> None:
    assert not is_date(fold(text).split())
