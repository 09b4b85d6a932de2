"""Split a text into passages, which are read one by one: a text of any length takes the memory of one passage.

A passage is as many whole paragraphs as come to 200,000 characters (`PASSAGE`). What one passage says about its places
is not used in the next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from buldan.geoparse.results import Mention

__all__ = ["PASSAGE", "iter_passages", "shift_mention"]

PASSAGE = 200_000
"""Characters after which a passage ends with its paragraph, or, where there is none, with its word."""


def iter_passages(text: str) -> Iterator[tuple[int, str]]:
    """The passages of a text, each with where it begins. Joined they are the text."""
    start = 0
    # Twice the length, so that no last passage is a stub that says too little of what it is about.
    while len(text) - start > 2 * PASSAGE:
        end = _find_passage_end(text, start + PASSAGE)
        yield start, text[start:end]
        start = end
    # The text itself where it is one passage: no copy of what may be long.
    if start < len(text):
        yield start, text[start:] if start else text


def _find_passage_end(text: str, wanted: int) -> int:
    """The first paragraph's end behind `wanted`, else line's, else word's, else the text's."""
    # The strongest mark within reach: what is cut off is not known in the next passage.
    for mark, reach in (("\n\n", PASSAGE // 2), ("\n", PASSAGE // 2), (". ", PASSAGE // 2), (" ", PASSAGE // 2)):
        found = text.find(mark, wanted, wanted + reach)
        if found >= 0:
            return found + len(mark)
    found = text.find(" ", wanted)
    return found + 1 if found >= 0 else len(text)


def shift_mention(mention: Mention, place: Callable[[int, int], tuple[int, int]], original: str) -> Mention:
    """A mention with every span put through `place`, and its words as they stand in `original`."""
    start, end = place(mention.start, mention.end)
    relation = mention.relation
    if relation is not None:
        first, last = place(relation.start, relation.end)
        relation = replace(relation, start=first, end=last, words=original[first:last])
    return mention._replace(start=start, end=end, text=original[start:end], relation=relation)
