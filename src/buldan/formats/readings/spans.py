"""A text cut into pieces at the ends of its mentions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from buldan.model import Place

if TYPE_CHECKING:
    from buldan.geoparse import Mention

__all__ = ["Piece", "iter_pieces", "list_unique_places"]


class Piece(NamedTuple):
    """A piece of text, with its mention, or with None if it is between mentions."""

    text: str
    mention: Mention | None = None


def iter_pieces(text: str, mentions: Iterable[Mention]) -> Iterator[Piece]:
    """The pieces of the whole text; those between mentions are never empty.

    A mention that begins inside another is left out.
    """
    copied = 0
    for mention in mentions:
        if mention.start < copied:
            continue
        if mention.start > copied and (between := text[copied : mention.start]):
            yield Piece(between)
        yield Piece(mention.text, mention)
        copied = mention.end
    if rest := text[copied:]:
        yield Piece(rest)


def list_unique_places(mentions: Iterable[Mention]) -> list[Place]:
    """The places of mentions and the anchors of their relations, each only once, in the order of the text."""
    places: dict[str, Place] = {}
    for mention in mentions:
        anchors = mention.relation.anchors if mention.relation else ()
        for place in (mention.place, *anchors):
            if place is not None:
                places.setdefault(place.id, place)
    return list(places.values())
