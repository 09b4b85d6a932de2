"""`buldan evaluate geoparse`: accuracy of the geoparser on marked texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from buldan.cli.answers import answers_option, curve_option, write_answers
from buldan.cli.options import TEXT_FILE, overlay_option

if TYPE_CHECKING:
    from buldan.evaluate.geoparse import Error
    from buldan.evaluate.geoparse_report import Measured

__all__ = ["geoparse"]


@click.command()
@click.argument("file", type=TEXT_FILE)
@click.option("--ordinary", type=TEXT_FILE, help="A text that is not about Syria, to count false mentions.")
@click.option("--held-out", is_flag=True, help="Read each document with weights learned without its article.")
@click.option("--baselines/--no-baselines", default=True, help="Compare with simple methods of finding names.")
@click.option("--errors", type=click.Path(path_type=Path), help="Write every error in its context to this file.")
@click.option("--report", type=click.Path(path_type=Path), help="Write the figures to this Markdown file.")
@answers_option
@curve_option
@overlay_option
def geoparse(
    file: Path,
    ordinary: Path | None,
    held_out: bool,
    baselines: bool,
    errors: Path | None,
    report: Path | None,
    answers: Path | None,
    curve: Path | None,
    overlay: Path | None,
) -> None:
    """Read the documents in FILE (JSON lines with marked mentions) and compare the mentions with the marks."""
    from buldan.evaluate.geoparse_report import geoparse_report  # noqa: PLC0415 - a lookup starts without it

    measured = _measure(file, ordinary, overlay, held_out=held_out, baselines=baselines)
    _print(measured, ordinary)
    if errors:
        errors.write_text("\n".join(_list_errors(list(measured.errors.values())[-1])) + "\n", encoding="utf-8")
    if report:
        report.write_text(geoparse_report(measured), encoding="utf-8")
    write_answers(measured.judgements, answers, curve)


def _measure(file: Path, ordinary: Path | None, overlay: Path | None, *, held_out: bool, baselines: bool) -> Measured:
    from buldan.evaluate import geoparse as scoring  # noqa: PLC0415
    from buldan.evaluate.documents import read_documents  # noqa: PLC0415
    from buldan.evaluate.geoparse_baselines import baselines as all_baselines  # noqa: PLC0415
    from buldan.evaluate.geoparse_report import Measured  # noqa: PLC0415
    from buldan.gazetteer import load  # noqa: PLC0415
    from buldan.geoparse import Geoparser  # noqa: PLC0415
    from buldan.index import open_index  # noqa: PLC0415
    from buldan.lookup import Lookup  # noqa: PLC0415
    from buldan.reliability import calibration_error_by_width  # noqa: PLC0415

    index = open_index(overlay=overlay)
    documents = read_documents(file, index)
    geoparser = Geoparser(index, Lookup(index))
    measured = Measured(
        load(overlay=overlay).manifest.version, _write_command(file, ordinary, held_out=held_out), len(documents)
    )
    measured.marks = sum(mark.flag == "syria" for document in documents for mark in document.gold)
    scores, measured.errors["in-sample"] = scoring.score_documents(documents, geoparser.read)
    measured.readers.append(("buldan, in-sample", scores))
    if held_out:
        from buldan.learn.lessons import split_ordinary  # noqa: PLC0415
        from buldan.learn.mentions import read_held_out  # noqa: PLC0415

        others = split_ordinary(ordinary) if ordinary else []
        read = read_held_out(documents, others, geoparser)
        scores, measured.errors["held out"] = scoring.score_documents(documents, read, by_document=True)
        measured.readers.append(("buldan, held out", scores))
        measured.judgements = list(scoring.judge_documents(documents, read, by_document=True))
        judged = [(row.sure, row.right) for row in measured.judgements if row.answer]
        measured.calibration = calibration_error_by_width(judged)
    else:
        measured.judgements = list(scoring.judge_documents(documents, geoparser.read))
    if baselines:
        measured.readers += [
            (name, scoring.score_documents(documents, reader)[0]) for name, reader in all_baselines(index)
        ]
    if ordinary:
        given, words = scoring.find_false_alarms(ordinary.read_text("utf-8"), geoparser.read)
        measured.alarms = len(given), words
    return measured


def _write_command(file: Path, ordinary: Path | None, *, held_out: bool) -> str:
    parts = ["buldan evaluate geoparse", str(file)]
    parts += ["--held-out"] if held_out else []
    parts += [f"--ordinary {ordinary}"] if ordinary else []
    return " ".join([*parts, "--report FILE"])


def _print(measured: Measured, ordinary: Path | None) -> None:
    from rich.table import Table  # noqa: PLC0415

    from buldan.cli.screen import new_console  # noqa: PLC0415
    from buldan.evaluate.geoparse_report import HEADINGS, format_figures  # noqa: PLC0415

    table = Table("reader", "texts", *HEADINGS, box=None)
    for number, (reader, scores) in enumerate(measured.readers):
        for group, score in sorted(scores.items(), key=lambda item: (":" in item[0], item[0])):
            cells = list(format_figures(score))
            if ":" in group:
                if number:
                    continue
                cells[0] = cells[2] = cells[3] = cells[8] = ""
            table.add_row(reader, group, *cells)
    new_console().print(table)
    if measured.calibration is not None:
        click.echo(f"confidence, held out: expected calibration error {measured.calibration:.3f}")
    if measured.alarms and ordinary:
        given, words = measured.alarms
        click.echo(f"{ordinary.name}: {1000 * given / max(words, 1):.2f} places in 1,000 words ({given})")
    causes = Counter(error.cause for error in list(measured.errors.values())[-1])
    click.echo(", ".join(f"{cause} {count}" for cause, count in causes.most_common()))


def _list_errors(errors: Iterable[Error]) -> Iterable[str]:
    for error in sorted(errors, key=lambda error: (error.cause, error.document.lang, error.document.doc)):
        yield f"{error.cause}\t{error.document.doc}\t{error.in_context()}"
