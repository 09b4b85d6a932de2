"""Text in, mentions out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain, islice
from typing import NamedTuple

from buldan.geoparse.document.markup import PlainText, looks_like_html, strip_html
from buldan.geoparse.document.passages import iter_passages, shift_mention
from buldan.geoparse.pipeline import read_passages, run_stages
from buldan.geoparse.results import Mention
from buldan.geoparse.scoring import Resources
from buldan.geoparse.trace import STAGES, StageRecord, TracedStretch, trace_passage
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
        return Resources.from_index(self._index, self._lookup)

    def read(self, text: str, *, foreign: bool = False) -> list[Mention]:
        """The places that a text mentions, in its order; with `foreign`, also those outside Syria.

        HTML is read as text; offsets are code points of the text as given.
        """
        return list(self.iter_mentions(text, foreign=foreign))

    def iter_mentions(self, text: str, *, foreign: bool = False) -> Iterator[Mention]:
        """As `read`, passage by passage: a long text costs no more memory than one of its passages."""
        return chain.from_iterable(self._read_by_passage(text, foreign))

    def _read_by_passage(self, text: str, foreign: bool) -> Iterator[Iterable[Mention]]:
        """The mentions of each passage."""
        page = strip_html(text) if looks_like_html(text) else None
        for start, passage in iter_passages(text if page is None else page.text):
            (mentions,) = read_passages([passage], self.resources, bases=[start], foreign=foreign)
            yield mentions if page is None else _shift_to_page(mentions, page, text)

    def read_traced(self, text: str, *, foreign: bool = False) -> tuple[list[Mention], tuple[StageRecord, ...]]:
        """As `read`, with what each stage found, kept and dropped, and why: a record for each of `STAGES`."""
        document = _Document.from_text(text)
        mentions: list[Mention] = []
        stretches: dict[str, list[TracedStretch]] = {stage: [] for stage in STAGES}
        for start, passage in document.passages:
            stages = run_stages([passage], self.resources, bases=[start], foreign=foreign)
            mentions += stages.mentions[0]
            for record in trace_passage(stages, self.resources, start):
                stretches[record.stage] += record.stretches
        page = document.page
        if page is not None:
            mentions = list(_shift_to_page(mentions, page, text))
            stretches = {
                stage: [_shift_stretch_to_page(one, page, text) for one in found] for stage, found in stretches.items()
            }
        return mentions, tuple(StageRecord(stage, tuple(found)) for stage, found in stretches.items())

    def read_many(self, texts: Iterable[str], *, foreign: bool = False) -> Iterator[list[Mention]]:
        """As `read` for each text, in their order, many at once: a short text costs less than alone.

        Texts are taken from `texts` as they are needed, some tens of thousands of characters ahead.
        """
        batch: list[_Document] = []
        room = _BATCH
        for text in texts:
            document = _Document.from_text(text)
            batch.append(document)
            # Counted per text as well: ten thousand empty cells are not read at once.
            room -= len(text) + _PER_TEXT
            if room < 0:
                yield from self._read_batch(batch, foreign)
                batch, room = [], _BATCH
        yield from self._read_batch(batch, foreign)

    def _read_batch(self, batch: Sequence[_Document], foreign: bool) -> Iterator[list[Mention]]:
        """The mentions of each document of a batch, whose passages are read together."""
        parts = [part for document in batch for part in document.passages]
        if len(parts) == 0:
            yield from ([] for _ in batch)
            return
        bases, passages = zip(*parts, strict=True)
        # One iterator for all: each document takes as many as it has passages.
        read = iter(read_passages(passages, self.resources, bases=bases, foreign=foreign))
        for document in batch:
            mentions = list(chain.from_iterable(islice(read, len(document.passages))))
            page = document.page
            yield mentions if page is None else list(_shift_to_page(mentions, page, document.text))


class _Document(NamedTuple):
    """A text, its page if it is HTML, and its passages, each with where it begins."""

    text: str
    page: PlainText | None
    passages: list[tuple[int, str]]

    @classmethod
    def from_text(cls, text: str) -> _Document:
        page = strip_html(text) if looks_like_html(text) else None
        return cls(text, page, list(iter_passages(text if page is None else page.text)))


def _shift_to_page(mentions: Iterable[Mention], page: PlainText, html: str) -> Iterator[Mention]:
    """Mentions of what a page says, with their offsets in its HTML."""
    return (shift_mention(mention, page.locate_in_input, html) for mention in mentions)


def _shift_stretch_to_page(stretch: TracedStretch, page: PlainText, html: str) -> TracedStretch:
    """A stretch of what a page says, with its offsets in its HTML."""
    start, end = page.locate_in_input(stretch.start, stretch.end)
    return stretch._replace(start=start, end=end, text=html[start:end])


_BATCH, _PER_TEXT = 100_000, 50
"""Characters read at once, and what a text counts besides: enough to share what each call costs, and little memory."""
