"""The widest units are told by their names letter by letter."""

import pytest

from buldan.index import WIDE_CLASSES, open_index
from buldan.text import make_plain_key, split_plain_words


@pytest.fixture(scope="module")
def wide():
    return open_index().wide


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("Syria", "country"),
        ("سوريا", "country"),
        ("درعا", "governorate"),
        ("As-Sweida", "governorate"),
        ("Aleppo", "governorate"),
        ("Yalda", ""),
        ("", ""),
    ],
)
def test_a_name_of_the_country_or_a_governorate_says_which(wide, name, called):
    found = wide.find(make_plain_key(split_plain_words(name)), 1)
    assert (WIDE_CLASSES[found[0]] if found else "") == called
