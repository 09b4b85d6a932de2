"""Tokens with IOB2 tags in the format of CoNLL-2003, to train or evaluate a recogniser."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from buldan.formats.readings.head import Head
from buldan.formats.readings.spans import iter_pieces

if TYPE_CHECKING:
    from buldan.geoparse import Mention

__all__ = ["write_iob"]

_TOKEN = re.compile(r"\w[\w\u064b-\u065f\u0670]*|\n|[^\w\s]")
"""A word with its vowel signs, a line end, or one sign."""


def write_iob(text: str, mentions: Sequence[Mention], _: Head) -> str:
    """One token per line: token, id of the place or `-`, tag (`B-LOC`, `I-LOC`, `O`), separated by tabs.

    An empty line marks the end of a line of the text. Clitics before a name are tokens of their own.
    """
    lines = list(_iter_lines(text, mentions))
    return "".join(f"{line}\n" for line in [*lines, ""] if lines)


def _iter_lines(text: str, mentions: Sequence[Mention]) -> Iterator[str]:
    """The lines of the output; an empty line is never first, last, or after another empty line."""
    due = begun = False
    for piece in iter_pieces(text, mentions):
        mention, position = piece.mention, "B"
        place = mention.place.id if mention and mention.place else "-"
        for token in _TOKEN.findall(piece.text):
            if token == "\n":
                due = begun and mention is None
                continue
            if due:
                yield ""
            due, begun = False, True
            yield f"{token}\t{place}\t{f'{position}-LOC' if mention else 'O'}"
            position = "I"
