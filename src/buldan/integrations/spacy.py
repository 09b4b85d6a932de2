"""A component of spaCy: places of Syria as entities, with their ids, in addition to other entities of the pipeline.

`nlp.add_pipe("buldan")` works in any language; it reads the original text and not the tokens of spaCy.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans, minibatch

from buldan.formats.mentions import make_record
from buldan.gazetteer import Gazetteer, Reading, load

__all__ = ["PlaceFinder", "make_place_finder"]

SPANS_KEY = "buldan"
"""The key in `doc.spans` of all places found, also of those that are not among the entities."""

# Plain values, because spaCy saves them with a document; `Gazetteer.place` gives the place for an id.
if not Span.has_extension("buldan"):
    Span.set_extension("buldan", default=None)
    Doc.set_extension("buldan", getter=lambda doc: [span._.buldan for span in doc.spans.get(SPANS_KEY, ())])


class PlaceFinder:
    """Marks places in documents.

    `span.kb_id_` is the place's id, empty abroad; `span._.buldan` the flat record of the mention
    (`buldan.formats.mentions.COLUMNS`), whose `start` and `end` are exact, while a token may begin with a clitic
    that is not part of the name. `doc._.buldan` has all records, `doc.spans["buldan"]` all spans.

    Args:
        gazetteer: the gazetteer to read with.
        label: the label of the entities.
        foreign: whether to mark places abroad, too.
        min_confidence: the minimum confidence of a place to mark, 0..1.
        overwrite: if entities overlap, whether those of other components are removed; else the places are left out.
    """

    def __init__(
        self, gazetteer: Gazetteer, *, label: str, foreign: bool, min_confidence: float, overwrite: bool
    ) -> None:
        self.gazetteer = gazetteer
        self.label = label
        self.foreign = foreign
        self.min_confidence = min_confidence
        self.overwrite = overwrite

    def __call__(self, doc: Doc) -> Doc:
        """The same document, with places marked."""
        return self._mark(doc, self.gazetteer.geoparse(doc.text, foreign=self.foreign))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 128) -> Iterator[Doc]:
        """The same documents, with places marked. Batches of texts are read together, which is faster."""
        for docs in minibatch(stream, batch_size):
            texts = [doc.text for doc in docs]
            readings = self.gazetteer.geoparse_many(texts, foreign=self.foreign)
            yield from map(self._mark, docs, readings)

    def _mark(self, doc: Doc, reading: Reading) -> Doc:
        spans = []
        for mention in reading:
            span = doc.char_span(
                mention.start,
                mention.end,
                label=self.label,
                kb_id=mention.place.id if mention.place else "",
                alignment_mode="expand",
            )
            if span is not None and mention.confidence >= self.min_confidence:
                span._.buldan = make_record(mention)
                spans.append(span)
        ours = filter_spans(spans)
        doc.spans[SPANS_KEY] = ours
        first, second = (ours, doc.ents) if self.overwrite else (doc.ents, ours)
        taken = {token.i for span in first for token in span}
        doc.ents = [*first, *(span for span in second if taken.isdisjoint(range(span.start, span.end)))]
        return doc


@Language.factory(
    "buldan",
    default_config={"label": "LOC", "foreign": False, "min_confidence": 0.0, "overwrite": True, "gazetteer": None},
    assigns=["doc.ents", "doc.spans", "token.ent_kb_id", "span._.buldan"],
)
def make_place_finder(
    nlp: Language,  # noqa: ARG001 - spaCy gives pipeline and name to every factory
    name: str,  # noqa: ARG001
    label: str,
    foreign: bool,
    min_confidence: float,
    overwrite: bool,
    gazetteer: str | None,
) -> Any:
    """The component for `nlp.add_pipe("buldan", config={…})`; `gazetteer` is the folder of another gazetteer."""
    return PlaceFinder(
        load(gazetteer), label=label, foreign=foreign, min_confidence=min_confidence, overwrite=overwrite
    )
