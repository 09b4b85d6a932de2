"""Keys hashed many at once have the hashes that they have alone."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from buldan.index.postings import hash_deletions, hash_key, hash_keys, list_deletions
from buldan.text import derive_first_skeleton, derive_skeletons, split_plain_words

KEYS = st.lists(st.text(max_size=12), max_size=20)


@given(KEYS)
def test_many_keys_hash_as_one_by_one(keys: list[str]) -> None:
    assert hash_keys(keys).tolist() == [hash_key(key) for key in keys]


@given(KEYS)
def test_deletions_hash_as_their_strings(keys: list[str]) -> None:
    hashes, rows = hash_deletions(keys)
    expected = {(hash_key(part), row) for row, key in enumerate(keys) for part in list_deletions(key)}
    assert set(zip(hashes.tolist(), rows.tolist(), strict=True)) == expected
    assert rows.dtype == np.int32


@given(st.text(alphabet="abdefhlsz 'âحلبهاي و", max_size=20))
def test_the_first_skeleton_is_the_first_of_all(name: str) -> None:
    words = split_plain_words(name)
    assert [derive_first_skeleton(words)] == list(derive_skeletons(words)[:1] or ("",))
