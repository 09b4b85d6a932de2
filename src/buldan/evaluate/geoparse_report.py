"""The report on the geoparser: Markdown tables with the command that made them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from buldan.evaluate.geoparse import Error, Score
from buldan.evaluate.judgements import Judgement
from buldan.evaluate.provenance import name_versions

__all__ = ["HEADINGS", "Measured", "format_figures", "geoparse_report"]

HEADINGS = ("precision", "recall", "F1", "exact F1", "place right", "≤1 km", "≤5 km", "≤10 km", "end to end F1")
"""Headings of the figures of `format_figures`."""

CAUSES = {
    "missed": "a marked place that was not found",
    "no place": "something given that is no place",
    "wrong place": "found, and placed outside the marked tolerance",
    "foreign place": "a place abroad given as a Syrian one",
    "found twice": "a second mention on one mark",
}


@dataclass(slots=True)
class Measured:
    """The results of an evaluation of the geoparser.

    Attributes:
        version: version of the gazetteer.
        command: the command that measured them.
        documents, marks: number of documents and marks in the file.
        readers: scores by group for each reader, in the order shown; the first is the geoparser.
        errors: errors of the geoparser, by the way of reading (`in-sample`, `held out`).
        calibration: expected calibration error of held-out confidences, None if not measured.
        judgements: a row for each mark and for each mention without a mark, of the last reading.
        alarms: places given in ordinary text, and its number of words; None if no such text was read.
    """

    version: str
    command: str
    documents: int = 0
    marks: int = 0
    readers: list[tuple[str, Mapping[str, Score]]] = field(default_factory=list)
    errors: dict[str, Sequence[Error]] = field(default_factory=dict)
    calibration: float | None = None
    alarms: tuple[int, int] | None = None
    judgements: Sequence[Judgement] = ()


def format_figures(score: Score) -> tuple[str, ...]:
    """The figures of a score under `HEADINGS`, as text."""
    shares = (score.precision, score.recall, score.f1, score.exact_f1, score.resolution)
    near = tuple(score.within_km(km) for km in (1, 5, 10))
    return tuple(f"{share:.3f}" for share in (*shares, *near, score.end_to_end_f1))


def geoparse_report(measured: Measured) -> str:
    """The page: scores by language with the baselines, by kind, errors by cause, false alarms, calibration."""
    lines = [
        "# Reading texts: what was measured",
        "",
        f"Written by `{measured.command}`. {name_versions(measured.version)}; {measured.documents} documents with"
        f" {measured.marks} places marked by a reader.",
        "",
        *_INTRODUCTION,
        *_iter_by_language(measured),
        *_iter_by_kind(measured),
        *_iter_causes(measured),
    ]
    if measured.alarms:
        given, words = measured.alarms
        lines += [
            "## Text that is not about Syria",
            f"{given} places in {words} words: {1000 * given / max(words, 1):.2f} in 1,000. Some are right.",
            "",
        ]
    if measured.calibration is not None:
        lines += [
            "## Confidence",
            f"Expected calibration error of the confidences, held out: {measured.calibration:.3f}"
            " (ten bins; Guo et al. 2017).",
            "",
        ]
    return "\n".join(lines)


_INTRODUCTION = (
    "A mention is found when its span overlaps a marked one; exact F1 asks for the same span. *Place right* is the",
    "share of the found whose place lies within the mark's tolerance; *end to end* asks for both. *Held out* reads",
    "each document with weights learned without any paragraph of its article; the tables of words are the same, and",
    "were made with these documents in sight, so that other texts are read a little worse.",
    "",
)


def _format_row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _iter_by_language(measured: Measured) -> Iterator[str]:
    yield from ("## By language, beside plain readers", _format_row(("reader", "texts", *HEADINGS)))
    yield "|---|---|" + "--:|" * len(HEADINGS)
    for reader, scores in measured.readers:
        for group in ("ar", "en", "all"):
            if group in scores:
                yield _format_row((reader, group, *format_figures(scores[group])))
    yield from ("", "The plain readers know the same names: the longest match of folded names, flashtext, and spaCy's")
    yield from ("EntityRuler, each with the best-known place of a name.", "")


def _iter_by_kind(measured: Measured) -> Iterator[str]:
    ours = [(reader, scores) for reader, scores in measured.readers if reader.startswith("buldan")]
    kinds = sorted(group for group in ours[0][1] if group.startswith("kind: "))
    if not kinds:
        return
    heads = [f"{what}, {reader.removeprefix('buldan, ')}" for reader, _ in ours for what in ("found", "place right")]
    yield from ("## By kind", _format_row(("kind", "marks", *heads)), "|---|--:|" + "--:|" * len(heads))
    for kind in kinds:
        first = ours[0][1][kind]
        shares = [
            f"{share:.3f}"
            for _, scores in ours
            if kind in scores
            for share in (scores[kind].recall, scores[kind].resolution)
        ]
        yield _format_row((kind.removeprefix("kind: "), str(first.found + first.missed), *shares))
    yield ""


def _iter_causes(measured: Measured) -> Iterator[str]:
    counts = {name: Counter(error.cause for error in errors) for name, errors in measured.errors.items()}
    yield from ("## Errors by cause", _format_row(("cause", "what it is", *counts)), "|---|---|" + "--:|" * len(counts))
    for cause, meaning in CAUSES.items():
        yield _format_row((cause, meaning, *(str(count[cause]) for count in counts.values())))
    yield ""
