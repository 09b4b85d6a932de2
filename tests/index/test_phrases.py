"""The numbers of words and phrases, kept as hashes: they answer as a dictionary does."""

import pytest

from buldan.index.phrases import Phrases
from buldan.index.postings import Postings

NUMBERS = {"يلدا": 4, "يلد": 0, "": 9, "deir": 4, "Deir": 2, "كفر تخاريم": 7, "x" * 200: 1}


def test_each_key_has_its_number_and_other_keys_none() -> None:
    kept = Postings.from_columns(Postings.build(NUMBERS.items()).to_columns("of"), "of")
    assert len(kept.keys) == len(NUMBERS)
    assert {key: kept.find(key) for key in NUMBERS} == {key: [number] for key, number in NUMBERS.items()}
    assert [kept.find(key) for key in ("يلدة", "dei", "deir ", "x" * 199, "كفر")] == [[]] * 5


def test_no_key_is_in_an_empty_one() -> None:
    kept = Postings.from_columns(Postings.build([]).to_columns("of"), "of")
    assert (len(kept.keys), kept.find("يلدا"), kept.find("")) == (0, [], [])


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
