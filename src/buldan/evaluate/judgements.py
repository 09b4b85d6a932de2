"""Judgements of an evaluation, one row for each answer, saved in a file to compare two runs row by row.

A row is *asked* (the file of known answers has it: a name, a cell, a marked place) or *given* (only the answer has it:
something read where nothing is marked). A given row that a later run no longer has turned right.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from buldan.errors import SourceError
from buldan.files import open_staging

__all__ = ["Judgement", "Point", "draw_curve", "read_judgements", "trace_curve", "write_judgements"]


class Judgement(NamedTuple):
    """One answer and its judgement.

    Attributes:
        group: the measure of the row: file, column and context of a name; language of a text.
        key: the row in the group: a line, or document and span.
        question: the question, as text for people.
        answer: the answer, as text for people; empty if there was none.
        sure: score or confidence of the answer, 0..1; 0 without an answer.
        right: whether the answer is right.
        cause: why it is wrong; empty if it is right.
        given: whether the row is given and not asked (see the module).
    """

    group: str
    key: str
    question: str
    answer: str
    sure: float
    right: bool
    cause: str = ""
    given: bool = False


class Point(NamedTuple):
    """One point of the curve: the share of rows with an answer of at least a score, and the share of right answers."""

    threshold: float
    coverage: float
    precision: float


def write_judgements(path: Path, judgements: Iterable[Judgement]) -> None:
    """Write a tab-separated file, sorted by group and key; an earlier file is replaced."""
    with open_staging(path) as staging, staging.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, delimiter="\t", lineterminator="\n")
        table.writerow(Judgement._fields)
        for row in sorted(judgements):
            table.writerow([*row[:4], f"{row.sure:.4f}", int(row.right), row.cause, int(row.given)])


def read_judgements(path: Path) -> list[Judgement]:
    """The rows of a file that `write_judgements` has written.

    Raises:
        SourceError: it is not such a file; with the line.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            table = csv.reader(file, delimiter="\t")
            if tuple(next(table, ())) != Judgement._fields:
                raise SourceError("no answers of an evaluation; make them with --answers FILE", path=path, line=1)
            return [_parse(cells, path, line) for line, cells in enumerate(table, start=2)]
    except OSError as error:
        raise SourceError(f"cannot be read ({error.strerror})", path=path) from error


def _parse(cells: Sequence[str], path: Path, line: int) -> Judgement:
    try:
        group, key, question, answer, sure, right, cause, given = cells
        return Judgement(group, key, question, answer, float(sure), right == "1", cause, given == "1")
    except ValueError:
        raise SourceError(f"not a row of {', '.join(Judgement._fields)}", path=path, line=line) from None


def trace_curve(judgements: Sequence[Judgement], *, steps: int = 20) -> list[Point]:
    """The curve of precision by coverage, with thresholds from 0 to 1 in equal steps.

    This is the risk–coverage curve of El-Yaniv and Wiener 2010, with precision instead of risk. Coverage is the share
    of the rows asked that have an answer; precision is the share of all answers that are right. The curve ends at the
    first threshold without answers.
    """
    asked = sum(not each.given for each in judgements)
    points = []
    for step in range(steps + 1):
        threshold = step / steps
        answered = [each for each in judgements if each.answer and each.sure >= threshold]
        if not answered:
            break
        covered = sum(not each.given for each in answered)
        points.append(Point(threshold, covered / max(asked, 1), sum(each.right for each in answered) / len(answered)))
    return points


def draw_curve(groups: Mapping[str, Sequence[Judgement]], path: Path) -> None:
    """Draw the curves of the groups into a picture file (.svg, .png …); needs matplotlib."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - only this picture needs it

    figure = Figure(figsize=(6, 4.5), layout="constrained")
    panel = figure.subplots()
    for name, judgements in groups.items():
        points = trace_curve(judgements)
        panel.plot([p.coverage for p in points], [p.precision for p in points], marker=".", label=name)
    panel.set(xlabel="coverage: share of rows answered", ylabel="precision: share of answers right", xlim=(0, 1))
    panel.set_ylim(top=1.0)
    panel.grid(color="0.9")
    panel.legend(frameon=False, fontsize=8)
    figure.savefig(path, dpi=110)
