"""A text cut where its mentions begin and end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from buldan.model import Place

if TYPE_CHECKING:
    from buldan.geoparse import Mention

__all__ = ["Piece", "iter_pieces", "list_unique_places"]


class Piece(NamedTuple):
    """A stretch of text; with the mention that it is, or None for what stands between mentions."""

    text: str
    mention: Mention | None = None


def iter_pieces(text: str, mentions: Iterable[Mention]) -> Iterator[Piece]:
    """The whole text in pieces, none of them empty but mentions; a mention that begins inside another is left out."""
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
    """The places that are mentioned or that relations start from, each once, in the order of the text."""
    places: dict[str, Place] = {}
    for mention in mentions:
        anchors = mention.relation.anchors if mention.relation else ()
        for place in (mention.place, *anchors):
            if place is not None:
                places.setdefault(place.id, place)
    return list(places.values())
