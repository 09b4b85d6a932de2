"""Text in, mentions out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from buldan.geoparse.document.flat import flatten
from buldan.geoparse.document.markup import looks_like_html, strip_html
from buldan.geoparse.document.passages import iter_passages, shift_mention
from buldan.geoparse.pipeline import resolve_passage
from buldan.geoparse.results import Mention
from buldan.geoparse.scoring import Resources
from buldan.index import Index
from buldan.lookup import Lookup

__all__ = ["Geoparser"]


class Geoparser:
    """Reads texts with one gazetteer; made once, used from any thread."""

    def __init__(self, index: Index, lookup: Lookup) -> None:
        self._index, self._lookup = index, lookup

    @cached_property
    def resources(self) -> Resources:
        """What reading needs, made when the first text comes."""
        return Resources.of(self._index, self._lookup)

    def read(self, text: str, *, foreign: bool = False) -> list[Mention]:
        """The places that a text mentions, in its order; with `foreign`, also those outside Syria.

        HTML is read as text; offsets are code points of the text as given.
        """
        return list(self.iter_mentions(text, foreign=foreign))

    def iter_mentions(self, text: str, *, foreign: bool = False) -> Iterator[Mention]:
        """As `read`, passage by passage: a long text costs no more memory than one of its passages."""
        bare = strip_html(text) if looks_like_html(text) else None
        for start, passage in iter_passages(text if bare is None else bare.text):
            mentions = resolve_passage(flatten(passage), self.resources, foreign=foreign, base=start)
            yield from (
                mentions if bare is None else (shift_mention(mention, bare.written, text) for mention in mentions)
            )
