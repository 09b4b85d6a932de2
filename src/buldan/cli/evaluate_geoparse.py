"""`buldan evaluate geoparse`: how well texts are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from buldan.cli.options import overlay_option

if TYPE_CHECKING:
    from buldan.evaluate.geoparse import Error, Score

__all__ = ["geoparse"]

_File = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("file", type=_File)
@click.option("--ordinary", type=_File, help="A text that is not about Syria, for false alarms.")
@click.option("--held-out", is_flag=True, help="Read each document with weights learned without its article.")
@click.option("--baselines/--no-baselines", default=True, help="Compare with plain ways of finding names.")
@click.option("--errors", type=click.Path(path_type=Path), help="Write every error in its context to this file.")
@overlay_option
def geoparse(
    file: Path, ordinary: Path | None, held_out: bool, baselines: bool, errors: Path | None, overlay: Path | None
) -> None:
    """Read the documents of FILE (JSON lines with marked mentions) and compare."""
    from buldan.evaluate.geoparse import (  # noqa: PLC0415
        calibration_error,
        false_alarms,
        judged_confidences,
        read_documents,
        score_documents,
    )
    from buldan.evaluate.geoparse_baselines import baselines as all_baselines  # noqa: PLC0415
    from buldan.geoparse import Geoparser  # noqa: PLC0415
    from buldan.index import open_index  # noqa: PLC0415
    from buldan.lookup import Lookup  # noqa: PLC0415

    documents = read_documents(file)
    index = open_index(overlay=overlay)
    geoparser = Geoparser(index, Lookup(index))
    scores, wrong = score_documents(documents, geoparser.read)
    rows = [("buldan", scores)]
    if held_out:
        from buldan.learn.mentions import read_held_out  # noqa: PLC0415

        read = read_held_out(documents, ordinary, geoparser)
        scores, wrong = score_documents(documents, read, by_document=True)
        error = calibration_error(judged_confidences(documents, read))
        click.echo(f"confidence, held out: expected calibration error {error:.3f}")
        rows.append(("buldan, held out", scores))
    if baselines:
        rows += [(name, score_documents(documents, reader)[0]) for name, reader in all_baselines(index)]
    _print_scores(rows)
    if ordinary:
        mentions, words = false_alarms(ordinary.read_text("utf-8"), geoparser.read)
        click.echo(f"{ordinary.name}: {1000 * len(mentions) / words:.2f} places in 1,000 words ({len(mentions)})")
    click.echo(", ".join(f"{cause} {count}" for cause, count in Counter(e.cause for e in wrong).most_common()))
    if errors:
        errors.write_text("\n".join(_lines(wrong)) + "\n", encoding="utf-8")


def _print_scores(rows: Iterable[tuple[str, Mapping[str, Score]]]) -> None:
    from rich.table import Table  # noqa: PLC0415

    from buldan.cli.screen import new_console  # noqa: PLC0415

    headings = (
        "reader",
        "texts",
        "precision",
        "recall",
        "F1",
        "exact F1",
        "place right",
        "≤1 km",
        "≤5 km",
        "≤10 km",
        "end to end F1",
    )
    table = Table(*headings, box=None)
    for reader, scores in rows:
        for group, score in sorted(scores.items(), key=lambda item: (":" in item[0], item[0])):
            if ":" in group and reader != "buldan":
                continue
            kind = ":" in group
            figures = (score.precision, score.recall, score.f1, score.exact_f1, score.resolution)
            near = tuple(score.within_km(km) for km in (1, 5, 10))
            cells = [f"{figure:.3f}" for figure in (*figures, *near, score.end_to_end_f1)]
            if kind:
                cells[0] = cells[2] = cells[3] = cells[8] = ""
            table.add_row(reader, group, *cells)
    new_console().print(table)


def _lines(errors: Iterable[Error]) -> Iterable[str]:
    for error in sorted(errors, key=lambda error: (error.cause, error.document.lang, error.document.doc)):
        yield f"{error.cause}\t{error.document.doc}\t{error.in_context()}"
