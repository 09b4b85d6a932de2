"""`buldan evaluate`: accuracy on files of known answers."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from buldan.cli.answers import answers_option, curve_option, write_answers
from buldan.cli.evaluate_compare import compare
from buldan.cli.evaluate_elsewhere import elsewhere
from buldan.cli.evaluate_geoparse import geoparse
from buldan.cli.evaluate_held_out import held_out
from buldan.cli.options import TEXT_FILE, overlay_option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from buldan.evaluate.judgements import Judgement
    from buldan.gazetteer import Gazetteer

__all__ = ["evaluate"]


@click.group()
def evaluate() -> None:
    """Measure accuracy on files of known answers."""


@evaluate.command()
@click.argument("files", nargs=-1, required=True, type=TEXT_FILE)
@click.option("--misses", default=5, show_default=True, help="Number of the worst misses to list for each column.")
@click.option("--errors", type=click.Path(path_type=Path), help="Write every miss with its cause to this TSV file.")
@click.option("--report", type=click.Path(path_type=Path), help="Write the figures to this Markdown file.")
@click.option(
    "--plot", type=click.Path(path_type=Path), help="Draw scores against the share of right answers (needs matplotlib)."
)
@answers_option
@curve_option
@overlay_option
def names(
    files: tuple[Path, ...],
    misses: int,
    errors: Path | None,
    report: Path | None,
    plot: Path | None,
    answers: Path | None,
    curve: Path | None,
    overlay: Path | None,
) -> None:
    """Look up the names in FILES and compare the answers with their coordinates."""
    from buldan.cli.screen import new_console  # noqa: PLC0415
    from buldan.evaluate import report as pages  # noqa: PLC0415 - a lookup starts without the evaluation
    from buldan.evaluate.names import evaluate_file, find_cause, judge_result  # noqa: PLC0415
    from buldan.gazetteer import load  # noqa: PLC0415

    console = new_console()
    gazetteer = load(overlay=overlay)
    results = []
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("looking up", total=None)
        for path in files:
            results += evaluate_file(
                gazetteer,
                path,
                on_row=lambda: progress.advance(task),
                on_skip=lambda error: progress.console.print(f"row skipped: {error}", markup=False),
            )
        sorted_misses = [[(miss, find_cause(gazetteer, miss)) for miss in result.misses] for result in results]
    header, *rows = pages.list_accuracy(results)
    table = Table(*header, box=None)
    for row in rows:
        table.add_row(*row)
    console.print(table)
    for result, missed in zip(results, sorted_misses, strict=True):
        console.print(f"\n{result.title}: {dict(Counter(cause for _, cause in missed))}")
        for miss, cause in missed[:misses]:
            console.print(f"  {pages.describe_miss(miss)}: {cause}")
    if errors:
        errors.write_text(pages.list_errors(results, sorted_misses), encoding="utf-8")
    if report:
        report.write_text(pages.names_report(results, sorted_misses, version=gazetteer.version), encoding="utf-8")
    if plot:
        pages.plot_reliability(results, plot)
    if answers or curve:
        judged = (judge_result(result, dict(missed)) for result, missed in zip(results, sorted_misses, strict=True))
        write_answers(chain.from_iterable(judged), answers, curve)


@evaluate.command()
@click.argument("files", nargs=-1, required=True, type=TEXT_FILE)
@click.option("--misses", default=5, show_default=True, help="Number of wrong answers to list for each cause.")
@answers_option
@curve_option
@overlay_option
def cells(files: tuple[Path, ...], misses: int, answers: Path | None, curve: Path | None, overlay: Path | None) -> None:
    """Look up the cells in FILES (TSV: query, within, point, cause) and count the right answers by cause."""
    from buldan.cli.screen import new_console  # noqa: PLC0415
    from buldan.evaluate.cells import judge_cells  # noqa: PLC0415
    from buldan.gazetteer import load  # noqa: PLC0415

    console, loaded = new_console(), load(overlay=overlay)
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("looking up", total=None)
        judged = [each for path in files for each in judge_cells(loaded, path, on_row=lambda: progress.advance(task))]
    table = Table("cause", "rows", "right", "share", box=None)
    for cause, rows in (*_group_by_cause(judged).items(), ("all", judged)):
        right = sum(row.right for row in rows)
        table.add_row(cause, str(len(rows)), str(right), f"{right / max(len(rows), 1):.3f}")
    console.print(table)
    for cause, rows in _group_by_cause(judged).items():
        for row in [row for row in rows if not row.right][:misses]:
            console.print(f"  {cause}: {row.question} → {row.answer or 'nothing'} {row.sure:.2f}", markup=False)
    write_answers(judged, answers, curve)


@evaluate.command()
@click.option("--misses", default=5, show_default=True, help="Number of missed forms to list for each measure.")
@click.option(
    "--points",
    "tables",
    multiple=True,
    type=TEXT_FILE,
    help="Table of names with points (TSV, as for `evaluate names`) to check radii against; may be repeated.",
)
@overlay_option
def gazetteer(misses: int, tables: tuple[Path, ...], overlay: Path | None) -> None:
    """Look up names that several places have, and check the radii of estimated points.

    The names come from the gazetteer itself. Radii are checked where a source has since published the point, and with
    the tables of --points.
    """
    from buldan.cli.screen import new_console  # noqa: PLC0415
    from buldan.evaluate.gazetteer import MEASURES, draw_questions, measure_names  # noqa: PLC0415
    from buldan.gazetteer import load  # noqa: PLC0415

    console = new_console()
    loaded = load(overlay=overlay)
    questions = list(draw_questions(list(loaded)))
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("asking", total=len(questions))
        measures = measure_names(loaded, questions, on_question=lambda: progress.advance(task))
    table = Table("measure", "right is", "asked", "right", "share", box=None)
    for name, measure in measures.items():
        table.add_row(name, MEASURES[name], str(measure.asked), str(measure.right), f"{measure.share:.3f}")
    console.print(table)
    for name, measure in measures.items():
        if measure.missed and misses:
            console.print(f"\n{name}: {'، '.join(measure.missed[:misses])}")
    _print_radii(loaded, tables, console)


def _print_radii(gazetteer: Gazetteer, tables: Sequence[Path], console: Console) -> None:
    """Print how many of the points that can be checked are within their stated radius."""
    from buldan.evaluate.points import check_by_names, check_by_sources, count_coverage  # noqa: PLC0415
    from buldan.index import find_packaged_gazetteer  # noqa: PLC0415

    checks = list(check_by_sources(gazetteer, find_packaged_gazetteer() / "curated"))
    checks += [check for path in tables for check in check_by_names(gazetteer, path)]
    rows = Table("point", "kind", "checked", "within radius", "share", "halves", "median radius, km", box=None)
    for group in count_coverage(checks, gazetteer):
        halves = " ".join(f"{held}/{checked}" for held, checked in group.halves)
        share, middle = f"{group.share:.3f}", f"{group.median_km:.1f}"
        rows.add_row(group.position, group.kind, str(group.checked), str(group.held), share, halves, middle)
    guessed = [check.holds for check in checks if check.position == "estimated"]
    if guessed:
        share = f"{sum(guessed) / len(guessed):.3f}"
        rows.add_row("estimated", "all", str(len(guessed)), str(sum(guessed)), share, "", "")
    console.print()
    console.print(rows)


def _group_by_cause(judged: list[Judgement]) -> dict[str, list[Judgement]]:
    """Rows by their cause, the most frequent first."""
    groups: dict[str, list[Judgement]] = defaultdict(list)
    for row in judged:
        groups[row.cause].append(row)
    return dict(sorted(groups.items(), key=lambda group: (-len(group[1]), group[0])))


evaluate.add_command(geoparse)
evaluate.add_command(compare)
evaluate.add_command(elsewhere)
evaluate.add_command(held_out)
