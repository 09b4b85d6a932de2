"""Keys with numbers, kept as hashes: they answer as a dictionary does."""

import pytest

from buldan.index.numbered import NumberedKeys
from buldan.index.phrases import Phrases

NUMBERS = {"يلدا": 4, "يلد": 0, "": 9, "deir": 4, "Deir": 2, "كفر تخاريم": 7, "x" * 200: 1}


def test_each_key_has_its_number_and_other_keys_none() -> None:
    kept = NumberedKeys.from_columns(NumberedKeys.make_columns("of", list(NUMBERS), NUMBERS.values()), "of")
    assert len(kept) == len(NUMBERS)
    assert {key: kept.find(key) for key in NUMBERS} == NUMBERS
    assert [kept.find(key) for key in ("يلدة", "dei", "deir ", "x" * 199, "كفر")] == [-1] * 5


def test_no_key_is_in_an_empty_one() -> None:
    kept = NumberedKeys.from_columns(NumberedKeys.make_columns("of", [], []), "of")
    assert (len(kept), kept.find("يلدا"), kept.find("")) == (0, -1, -1)


@pytest.mark.parametrize(
    ("phrase", "number"),
    [
        ("دير الزور", 0),
        ("دير", 1),
        ("deir ez zor", 2),
        ("دير الزور الغربية", None),
        ("الزور", None),
        ("deir ez", None),
        ("zor", None),
        ("", None),
        ("  ", None),
    ],
)
def test_the_number_of_a_phrase_is_that_of_all_its_words(phrase: str, number: int | None) -> None:
    assert Phrases.build(["دير الزور", "دير", "deir ez zor"]).get(phrase) == number
