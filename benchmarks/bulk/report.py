"""The page of bulk work."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from benchmarks.bulk.arithmetic import ARTICLES, Archive, archive
from benchmarks.bulk.corpora import PART, CorpusFigures
from benchmarks.bulk.limits import Limits
from benchmarks.bulk.tables import TableFigures
from benchmarks.pages import circumstances, mark, table
from buldan.evaluate.provenance import name_versions

__all__ = ["Outcome", "page"]

_WORKERS = (2, 16, 64, 256)


@dataclass
class Outcome:
    """All that a run measured."""

    command: str
    gazetteer: str
    tables: TableFigures
    corpus: CorpusFigures
    limits: Limits
    characters: int
    core_hour: float
    own_texts: bool
    smoke: bool = False
    loads: list[float] = field(default_factory=list)


def page(outcome: Outcome) -> str:
    """The whole page in Markdown."""
    sums = archive(outcome.corpus, outcome.limits, characters=outcome.characters)
    parts = (_head(outcome), _tables(outcome.tables), _corpus(outcome), _archive(outcome, sums), _breaks(outcome, sums))
    return "\n".join(line for part in parts for line in part).rstrip("\n") + "\n"


def _head(outcome: Outcome) -> Iterator[str]:
    yield "# Tables and corpora"
    yield ""
    yield f"Made whole by `{outcome.command}`; not edited by hand."
    if outcome.smoke:
        yield "**A smoke run, small and short; its figures mean nothing.**"
    yield ""
    yield f"{name_versions(outcome.gazetteer)} · {circumstances(outcome.loads)}"
    yield ""
    if max(outcome.loads) > 2 * (os.cpu_count() or 1):
        yield "**The machine was busy with other work: what is by the clock means little here. Run it again in quiet.**"
        yield ""
    yield (
        "Seconds are by the clock; *own* seconds are those of the processor alone, which other work on the machine "
        "does not lengthen."
    )
    yield ""


def _tables(figures: TableFigures) -> Iterator[str]:
    large, small = figures.large, figures.small
    loop_rows, loop_names = (figures.loop_seconds * count for count in (large.rows, figures.distinct))
    own_rows, own_names = (figures.loop_own_seconds * count for count in (large.rows, figures.distinct))
    yield "## A table"
    yield ""
    yield (
        f"A CSV of {large.rows:,} rows with {figures.distinct:,} distinct messy names (letters lost, doubled and "
        "swapped, generic words before, other case; made from the gazetteer's names with a fixed seed) and a column of "
        "governorates, geocoded into a CSV by one process. Beside it, a loop over `rapidfuzz.process.extractOne` with "
        f"its usual scorer and the {figures.choices:,} names of the gazetteer as choices: timed on {figures.sample} of "
        "the same names, and multiplied."
    )
    yield ""
    yield from table(
        ["", "rows", "seconds", "own seconds", "rows a second", "memory before, MB", "at most, MB"],
        (
            [
                "buldan geocode",
                f"{run.rows:,}",
                f"{run.seconds:,.1f}",
                f"{run.own_seconds:,.1f}",
                f"{run.rows / run.seconds:,.0f}",
                f"{run.loaded_mb:,.0f}",
                f"{run.peak_mb:,.0f}",
            ]
            for run in (large, small)
        ),
    )
    yield from table(
        ["loop over", "names", "seconds", "own seconds", "Buldan is faster", "on the processor", "target", ""],
        [
            _ratio_row("every row", large.rows, loop_rows, own_rows, figures, "≥ 50 ×"),
            _ratio_row("each distinct name once", figures.distinct, loop_names, own_names, figures, "–"),
        ],
    )
    grown = large.peak_mb / small.peak_mb
    yield (
        f"`extractOne` takes {1000 * figures.loop_seconds:.1f} ms a name. {large.rows / small.rows:.0f} × the rows "
        f"take {grown:.2f} × the memory (target: by the chunk, not by the file, ≤ 1.2 ×: {mark(grown <= 1.2)}). "
        f"A row whose name was there before costs {_row_cost(figures):.1f} µs. Found: "
        + ", ".join(f"{count:,} {status}" for status, count in sorted(large.counts.items()))
        + "."
    )
    yield ""


def _row_cost(figures: TableFigures) -> float:
    """Microseconds of the processor for a row more, its name known."""
    more = figures.large.rows - figures.small.rows
    return 1e6 * max(0.0, figures.large.own_seconds - figures.small.own_seconds) / max(1, more)


def _ratio_row(what: str, names: int, seconds: float, own: float, figures: TableFigures, target: str) -> Sequence[str]:
    ratio = seconds / figures.large.seconds
    return (
        what,
        f"{names:,}",
        f"{seconds:,.0f}",
        f"{own:,.0f}",
        f"{ratio:,.0f} ×",
        f"{own / figures.large.own_seconds:,.0f} ×",
        target,
        mark(ratio >= 50) if target != "–" else "",
    )


def _corpus(outcome: Outcome) -> Iterator[str]:
    figures = outcome.corpus
    small, large = figures.small, figures.large
    grown, own_grown = large.seconds / small.seconds, large.own_seconds / small.own_seconds
    times = large.documents / small.documents
    heavier = large.peak_mb / small.peak_mb
    scaling = figures.one_seconds / figures.two_seconds
    made = "given" if outcome.own_texts else "made from sentences of ours and the gazetteer's names"
    yield "## A corpus"
    yield ""
    yield (
        f"Documents of {small.characters / small.documents:,.0f} characters and "
        f"{small.mentions / small.documents:.1f} mentions, {made}, as JSONL into Parquet, {PART} to a part. Workers "
        f"have the gazetteer loaded; theirs are medians of {figures.rounds} rounds in turn."
    )
    yield ""
    yield from table(
        ["", "documents", "seconds", "own seconds", "documents a second", "memory before, MB", "at most, MB"],
        [
            *(
                [
                    "one process",
                    f"{run.documents:,}",
                    f"{run.seconds:,.1f}",
                    f"{run.own_seconds:,.1f}",
                    f"{run.documents / run.seconds:,.0f}",
                    f"{run.loaded_mb:,.0f}",
                    f"{run.peak_mb:,.0f}",
                ]
                for run in (small, large)
            ),
            *(
                [
                    f"{workers} worker{'s' if workers > 1 else ''}",
                    f"{small.documents:,}",
                    f"{seconds:,.1f}",
                    "",
                    f"{small.documents / seconds:,.0f}",
                    "",
                    "",
                ]
                for workers, seconds in ((1, figures.one_seconds), (2, figures.two_seconds))
            ),
        ],
    )
    yield from table(
        ["measure", "target", "measured", ""],
        [
            ["two workers to one", "≥ 1.7 ×", f"{scaling:.2f} ×", mark(scaling >= 1.7)],
            ["two empty loops to one, at the same time", "", f"{figures.bare_scaling:.2f} ×", ""],
            [
                f"{times:.0f} × the documents, by the clock",
                f"{times:.0f} × ± 20 %",
                f"{grown:.2f} ×",
                mark(abs(grown / times - 1) <= 0.2),
            ],
            [
                f"{times:.0f} × the documents, on the processor",
                f"{times:.0f} × ± 20 %",
                f"{own_grown:.2f} ×",
                mark(abs(own_grown / times - 1) <= 0.2),
            ],
            [f"memory at {times:.0f} × the documents", "flat, ≤ 1.2 ×", f"{heavier:.2f} ×", mark(heavier <= 1.2)],
            ["answers of one process, one and two workers", "equal to the last bit", "", mark(figures.same)],
        ],
    )


def _archive(outcome: Outcome, sums: Archive) -> Iterator[str]:
    large = outcome.corpus.large
    yield "## A hundred million articles"
    yield ""
    yield (
        f"From the figures above, for {ARTICLES:,} articles of {sums.characters:,} characters (`--characters`). One "
        f"core of this machine reads {large.characters / large.own_seconds:,.0f} characters a second, so that is "
        f"{large.own_seconds / large.characters * sums.characters * 1000:,.1f} ms an article and "
        f"**{sums.core_hours:,.0f} core-hours**: {sums.core_hours * outcome.core_hour:,.0f} USD at "
        f"{outcome.core_hour:.2f} USD a core-hour (`--core-hour`, an assumption; ask your provider)."
    )
    yield ""
    yield from table(
        ["workers, a core each", "hours", "days"],
        ([f"{workers:,}", f"{sums.hours(workers):,.0f}", f"{sums.hours(workers) / 24:,.1f}"] for workers in _WORKERS),
    )
    yield from table(
        ["what", "how much"],
        [
            ["articles as JSONL", f"{sums.bytes_in / 1e9:,.0f} GB"],
            ["mentions", f"{sums.mentions / 1e6:,.0f} million"],
            ["mentions as Parquet", f"{sums.bytes_out / 1e9:,.0f} GB"],
            ["parts, a file each", f"{sums.parts:,}"],
            ["cutting the files into parts, one client", f"{sums.plan_hours:,.2f} hours"],
            ["after a stop: seeing which parts are done", f"{sums.resume_hours * 60:,.1f} minutes"],
            ["a worker's start: gazetteer and geoparser loaded", f"{large.start_seconds:,.1f} seconds"],
            ["a worker's memory", f"{large.peak_mb:,.0f} MB"],
        ],
    )


def _breaks(outcome: Outcome, sums: Archive) -> Iterator[str]:
    limits = outcome.limits
    first, workers = sums.ceilings[0]
    yield "### What breaks first"
    yield ""
    yield (
        f"A part of {limits.part_documents} documents costs the client {1000 * limits.keep_seconds:.1f} ms to write "
        f"down and the scheduler {1000 * limits.task_seconds:.2f} ms to hand out, and "
        f"{limits.reading_bytes / 1e3:,.0f} kB come back (at the length measured above; longer articles cost more to "
        "write and to send). So many workers keep each of these busy:"
    )
    yield ""
    yield from table(["what", "workers"], ([what, f"{count:,.0f}"] for what, count in sums.ceilings))
    yield (
        f"First comes {first}, at some {workers:,.0f} workers, where all is done in "
        f"{sums.hours(max(1, int(workers))):,.1f} hours. Beyond that, split the corpus: each half with a client and "
        "an output folder of its own, read together as one table afterwards. A worker that its provider takes back "
        "costs no more than the part in its hands."
    )
    yield ""
