"""Evaluate texts that are not about Syria: wrong mentions per thousand words.

The marks of a corpus say which places are in Syria. In a corpus without marks all mentions count as wrong, and a person
must say which of them are right.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from buldan.geoparse import Mention
from buldan.geoparse.annotated import AnnotatedText

__all__ = ["Elsewhere", "count_elsewhere"]


@dataclass(slots=True)
class Elsewhere:
    """The counts of one corpus.

    Attributes:
        documents, words: number of documents and words read.
        marked, found: number of marked places of Syria, and of those that were found.
        given: number of all mentions given.
        false: number of mentions without such a mark, by their text.
        touched: number of documents with such a mention.
    """

    documents: int = 0
    words: int = 0
    marked: int = 0
    found: int = 0
    given: int = 0
    false: Counter[str] = field(default_factory=Counter)
    touched: int = 0

    @property
    def false_per_thousand(self) -> float:
        """Number of wrong mentions per thousand words."""
        return 1000 * self.false.total() / max(self.words, 1)


def count_elsewhere(
    documents: Iterable[AnnotatedText], read: Callable[[str], Sequence[Mention]], *, least: float = 0.0
) -> Elsewhere:
    """The counts of a corpus, for mentions with a confidence of at least `least`.

    Mentions on marks that are not counted (`embedded`: peoples, parts of other names) are not wrong.
    """
    counts = Elsewhere()
    for document in documents:
        mentions = [mention for mention in read(document.text) if mention.place and mention.confidence >= least]
        counts.documents += 1
        counts.words += len(document.text.split())
        counts.given += len(mentions)
        ours = [gold for gold in document.gold if gold.flag == "syria"]
        counts.marked += len(ours)
        counts.found += sum(any(m.start < gold.end and gold.start < m.end for m in mentions) for gold in ours)
        neither = [gold for gold in document.gold if gold.flag != "foreign"]
        false = [m for m in mentions if not any(m.start < gold.end and gold.start < m.end for gold in neither)]
        counts.false.update(mention.text for mention in false)
        counts.touched += bool(false)
    return counts
