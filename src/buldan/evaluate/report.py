"""The figures of an evaluation as a page of Markdown, and the reliability of its scores as a picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import TypeAlias

from buldan.evaluate.names import BEYOND_NAMES, CAUSES, NameAnswer, NameResult
from buldan.evaluate.provenance import name_versions
from buldan.reliability import bin_equally, calibration_error

__all__ = ["describe_miss", "list_accuracy", "list_errors", "names_report", "plot_reliability"]


Misses: TypeAlias = Sequence[Sequence[tuple[NameAnswer, str]]]
"""The misses of each result, with their causes."""


def list_accuracy(results: Sequence[NameResult]) -> list[tuple[str, ...]]:
    """A header and one row per result: shares of rows, and the expected calibration error."""
    rows: list[tuple[str, ...]] = [("names", "rows", "first ≤ 5 km", "first ≤ 10 km", "five ≤ 5 km", "ECE")]
    for result in results:
        shares = (result.share(), result.share(km=10.0), result.share(first=5))
        ece = calibration_error(result.judged)
        rows.append((result.title, str(len(result.answers)), *(f"{share:.3f}" for share in (*shares, ece))))
    return rows


def describe_miss(miss: NameAnswer) -> str:
    """A text for a miss: the question, the answer, its score and its distance."""
    if not miss.matches:
        return f"{miss.row.text} → nothing"
    place = miss.matches[0].place
    return f"{miss.row.text} → {place.name('en')} ({miss.score:.2f}, {miss.distances_km[0]:.0f} km away)"


def list_errors(results: Sequence[NameResult], misses: Misses) -> str:
    """All misses as tab-separated text, one in each line."""
    lines = ["names\tline\tmiss\tcause"]
    for result, missed in zip(results, misses, strict=True):
        lines += [f"{result.title}\t{miss.row.line}\t{describe_miss(miss)}\t{cause}" for miss, cause in missed]
    return "\n".join(lines) + "\n"


def names_report(results: Sequence[NameResult], misses: Misses, *, version: str) -> str:
    """Accuracy by file and column, then the misses by cause, as Markdown tables."""
    rows = list_accuracy(results)
    lines = [
        f"{name_versions(version)}.",
        "",
        _format_row(rows[0]),
        "|---|--:|--:|--:|--:|--:|",
        *map(_format_row, rows[1:]),
        "",
    ]
    pooled = calibration_error(each for result in results for each in result.judged)
    lines += [
        f"Of all {sum(len(result.answers) for result in results):,} answers together the ECE is {pooled:.3f}.",
        "",
    ]
    lines += [
        "Misses by cause:",
        "",
        _format_row(("names", *CAUSES, "reachable")),
        "|---" + "|--:" * (len(CAUSES) + 1) + "|",
    ]
    for result, missed in zip(results, misses, strict=True):
        counts = Counter(cause for _, cause in missed)
        reach = 1 - sum(counts[cause] for cause in BEYOND_NAMES) / max(len(result.answers), 1)
        lines.append(_format_row((result.title, *(str(counts[cause]) for cause in CAUSES), f"{reach:.3f}")))
    lines += ["", *(f"- **{cause}**: {meaning}." for cause, meaning in CAUSES.items())]
    lines += ["- **reachable**: the share of rows that are right or missed for a cause other than the last two.", ""]
    return "\n".join(lines)


def _format_row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def plot_reliability(results: Sequence[NameResult], path: Path) -> None:
    """Draw the share of right answers by score, one line for each result; needs matplotlib."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - only this picture needs it

    figure = Figure(figsize=(9, 4.5), layout="constrained")
    panels = figure.subplots(1, 2, sharey=True)
    for panel, (with_context, group) in zip(
        panels, groupby(sorted(results, key=lambda r: r.with_context), key=lambda r: r.with_context), strict=False
    ):
        panel.plot([0, 1], [0, 1], color="0.7", linestyle="--", linewidth=1)
        for result in group:
            points = bin_equally(result.judged)
            label = f"{result.file.removeprefix('names-').removesuffix('.tsv')} {result.column}"
            panel.plot([p[0] for p in points], [p[1] for p in points], marker="o", markersize=3.5, label=label)
        panel.set(title="with governorate" if with_context else "name alone", xlabel="score", xlim=(0, 1), ylim=(0, 1))
        panel.legend(frameon=False, fontsize=8)
    panels[0].set_ylabel("share right (within 5 km)")
    figure.savefig(path, dpi=110)
