"""Arabic letters without their dots, which scans and hasty typing lose or misplace: سراقت for سراقب."""

from __future__ import annotations

from functools import cache

from buldan.text.folding import fold
from buldan.text.tables import read_table

__all__ = ["draw_without_dots"]


def draw_without_dots(text: str) -> str:
    """The shapes of the folded letters of a text, by the table `letter_shapes.tsv`.

    >>> draw_without_dots("سراقت") == draw_without_dots("سراقب")
    True
    >>> draw_without_dots("حلب") == draw_without_dots("حلن")
    False
    """
    joined, last = _load_shapes()
    return " ".join(word[:-1].translate(joined) + word[-1:].translate(last) for word in fold(text).split())


@cache
def _load_shapes() -> tuple[dict[int, str], dict[int, str]]:
    """The shape of each letter within a word, and at its end."""
    joined, last = dict[int, str](), dict[int, str]()
    for shape, letters, where, _ in read_table("letter_shapes"):
        for letter in letters:
            if where != "last":
                joined[ord(letter)] = shape
            if where != "joined":
                last[ord(letter)] = shape
    return joined, last
