"""From what was measured to an archive: workers, hours, cost, and what breaks first."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.bulk.corpora import CorpusFigures
from benchmarks.bulk.limits import Limits

__all__ = ["ARTICLES", "Archive", "archive"]

ARTICLES = 100_000_000


@dataclass(frozen=True)
class Archive:
    """A hundred million articles of so many characters.

    Attributes:
        characters: of an article.
        core_hours: of reading, on cores like that of the measurement.
        bytes_in, bytes_out: of the articles as JSONL, and of their mentions as Parquet.
        mentions: in all.
        parts: files that they become.
        ceilings: (what, how many workers keep it busy), the lowest first: what breaks first.
        plan_hours, resume_hours: of the client, to cut all files, and to see what is done.
    """

    characters: int
    core_hours: float
    bytes_in: float
    bytes_out: float
    mentions: float
    parts: int
    ceilings: list[tuple[str, float]]
    plan_hours: float
    resume_hours: float

    def hours(self, workers: int) -> float:
        """Hours with so many workers, no ceiling in the way."""
        return self.core_hours / workers


def archive(corpus: CorpusFigures, limits: Limits, *, characters: int) -> Archive:
    """The sums; time, mentions and bytes grow with the characters.

    A part's cost to the client does not depend on how many workers there are, so a ceiling is the time that a worker
    needs for a part over the time that the client, the scheduler or a network of 1 Gbit/s needs for it.
    """
    large = corpus.large
    share = characters * ARTICLES / large.characters
    longer = characters / (large.characters / large.documents)
    part_seconds = large.own_seconds / large.documents * limits.part_documents * longer
    parts = ARTICLES // limits.part_documents
    bytes_in = corpus.bytes_in / corpus.small.characters * characters * ARTICLES
    ceilings = {
        "one client that writes the parts": part_seconds / (limits.keep_seconds * longer),
        "one scheduler that hands out tasks": part_seconds / limits.task_seconds,
        "1 Gbit/s into the client": part_seconds / (limits.reading_bytes * longer / 125e6),
        "1 Gbit/s out of the store of articles": part_seconds / (bytes_in / parts / 125e6),
    }
    return Archive(
        characters,
        large.own_seconds * share / 3600,
        bytes_in,
        limits.part_bytes * longer * parts,
        large.mentions * share,
        parts,
        sorted(ceilings.items(), key=lambda each: each[1]),
        bytes_in / limits.cut_bytes_a_second / 3600,
        parts * limits.facts_seconds / 3600,
    )
