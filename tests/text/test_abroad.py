"""Names of places abroad are known by the whole of their letters, whichever they end in."""

import pytest

from buldan.text import is_foreign, load_foreign_names, make_plain_key, split_plain_words


def test_every_name_of_the_table_is_foreign():
    assert all(is_foreign(split_plain_words(name)) for name in load_foreign_names())


def test_a_key_ends_as_its_name_does():
    assert not [name for name in load_foreign_names() if not make_plain_key(split_plain_words(name)).endswith(name[-1])]


@pytest.mark.parametrize("name", ["Salamiyah", "سلمية", "", "ال"])
def test_what_is_ours_or_nothing_is_not(name):
    assert not is_foreign(split_plain_words(name))
