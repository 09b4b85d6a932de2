"""Texts that are not about Syria: what is given there that nobody marked, per thousand words.

A corpus with marks says which places lie in Syria; of one without marks, all that is given counts, and a reader
says how much of it is true.
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
    """Counts of one corpus.

    Attributes:
        documents, words: read.
        marked, found: places of Syria that readers marked, and how many of them are given.
        given: all that is given.
        false: what is given on no such mark, by its words, with how often.
        touched: documents with something false.
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
        """False places in a thousand words."""
        return 1000 * self.false.total() / max(self.words, 1)


def count_elsewhere(
    documents: Iterable[AnnotatedText], read: Callable[[str], Sequence[Mention]], *, least: float = 0.0
) -> Elsewhere:
    """The counts of a corpus, of mentions of a confidence of `least` and more.

    Marks that count neither way (`embedded`: peoples, parts of other names) make nothing false.
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
