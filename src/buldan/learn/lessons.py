"""Annotated texts prepared for learning: their hits with features, and labels that say which hits are mentions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from buldan.geoparse.annotated import AnnotatedText, GoldMention, parse_marked
from buldan.geoparse.document.flat import flatten
from buldan.geoparse.names.cues import encode_roles
from buldan.geoparse.names.name_table import NameTable
from buldan.geoparse.names.scan import Hits, renumber_names
from buldan.geoparse.recognition.features import LocalFeatures
from buldan.geoparse.scoring import Resources, find_hits
from buldan.rules import read_table
from buldan.thresholds import WELL_KNOWN

__all__ = ["FOLDS", "Labels", "Lesson", "fold_of", "label_hits", "make_lessons", "read_own_examples", "split_ordinary"]

FOLDS = 6  # parts of the articles; each is judged with weights learned from the five others
_ORDINARY_WORD = np.uint64(encode_roles("thing", "idea"))

_ORDINARY_WEIGHT = 0.25
"""Weight of a hit in a text without Syrian places; a hit in a text about Syria has weight 1."""

_EXAMPLE = "example "
"""The beginning of the names of the geoparser's own examples."""


class Labels(NamedTuple):
    """Arrays by hit: whether it is a mention, the weight of that, and the number of its gold mention (-1: none)."""

    right: NDArray[np.bool_]
    weight: NDArray[np.float64]
    gold: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Lesson:
    """A document prepared for learning; `alone` if it is an example of the geoparser, mostly a single sentence."""

    document: AnnotatedText
    weight: float
    hits: Hits
    name_table: NameTable
    local: Mapping[str, NDArray[Any]]
    stated: NDArray[np.uint8]
    labels: Labels
    alone: bool


def fold_of(document: AnnotatedText) -> int:
    """The number of the part of a document, by its article, so that paragraphs of one text stay together."""
    article = document.doc.rsplit(":", 1)[0]
    return sum(article.encode("utf-8")) % FOLDS


def label_hits(hits: Hits, gold: Sequence[GoldMention]) -> Labels:
    """Labels of hits: the best hit of a gold mention is right, others that touch it do not count, the rest is wrong."""
    right, weight = np.zeros(len(hits), np.bool_), np.ones(len(hits))
    number = np.full(len(hits), -1)
    spans = [
        hits.flat.locate_in_original(start, end)
        for start, end in zip(hits.start.tolist(), hits.end.tolist(), strict=True)
    ]
    for at, mention in enumerate(gold):
        touching = [
            (min(end, mention.end) - max(start, mention.start) - 0.1 * (end - start), hit)
            for hit, (start, end) in enumerate(spans)
            if start < mention.end and mention.start < end
        ]
        if mention.flag == "syria" and touching:
            weight[[hit for _, hit in touching]] = 0.0
            best = max(touching)[1]
            right[best], weight[best], number[best] = True, 1.0, at
        elif mention.flag == "embedded":
            weight[[hit for _, hit in touching]] *= 0.5
    return Labels(right, weight, number)


def _make_lesson(document: AnnotatedText, weight: float, resources: Resources) -> Lesson:
    hits, name_table = renumber_names(*find_hits(flatten(document.text), resources))
    labels, alone = label_hits(hits, document.gold), document.doc.startswith(_EXAMPLE)
    if weight < 1:
        # Well-known cities occur in any text; only other places and ordinary words are surely not meant.
        ordinary = (name_table.roles & _ORDINARY_WORD > 0) | (name_table.salience < WELL_KNOWN)
        unknown = ordinary[hits.name_id]
        labels = labels._replace(weight=labels.weight * np.where(unknown, weight, 0.0))
    # A name that no place of Syria has is never given, whatever its score, so it does not count.
    labels = labels._replace(weight=labels.weight * (name_table.kinds > 0)[hits.name_id])
    features = LocalFeatures(hits, name_table, resources.vocabulary.is_spelled, resources.cues, resources.name)
    return Lesson(document, weight, hits, name_table, features.make_feature_columns(), features.stated, labels, alone)


def make_lessons(
    documents: Sequence[AnnotatedText], ordinary: Sequence[AnnotatedText], resources: Resources
) -> list[Lesson]:
    """Prepare documents, and texts with almost no Syrian places, for learning; leave out those without weight."""
    lessons = [_make_lesson(document, 1.0, resources) for document in documents]
    lessons += [_make_lesson(document, _ORDINARY_WEIGHT, resources) for document in ordinary]
    return [lesson for lesson in lessons if lesson.labels.weight.any()]


def read_own_examples() -> list[AnnotatedText]:
    """The examples that come with the geoparser (`geoparse/examples.tsv`)."""
    rows = enumerate(read_table("geoparse/examples"))
    return [parse_marked(f"{_EXAMPLE}{number}:0", lang, text.replace("\\n", "\n")) for number, (lang, text, _) in rows]


def split_ordinary(path: Path) -> list[AnnotatedText]:
    """A text that is not about Syria, cut into documents without mentions."""
    lines = path.read_text("utf-8").splitlines()
    parts = range(0, len(lines), _ORDINARY_LINES)
    return [AnnotatedText(f"ordinary {at}:0", "ar", "\n".join(lines[at : at + _ORDINARY_LINES]), ()) for at in parts]


_ORDINARY_LINES = 40
"""Number of lines of a document that is cut from a long text."""
