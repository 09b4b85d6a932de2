"""`buldan evaluate`: accuracy on files of known answers."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

__all__ = ["evaluate"]


@click.group()
def evaluate() -> None:
    """Measure accuracy on files of known answers."""


@evaluate.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--misses", default=10, show_default=True, help="How many of the worst misses to list for each column.")
@click.option("--errors", type=click.Path(path_type=Path), help="Write every miss with its cause to this TSV file.")
def names(files: tuple[Path, ...], misses: int, errors: Path | None) -> None:
    """Look up the names in FILES and compare with their coordinates."""
    from buldan.evaluate.names import cause_of, evaluate_file, expected_calibration_error  # noqa: PLC0415
    from buldan.gazetteer import load  # noqa: PLC0415

    console = Console()
    gazetteer = load()
    table = Table("file", "column", "within", "rows", "1st ≤5 km", "1st ≤10 km", "five ≤5 km", "ECE", box=None)
    results = []
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("looking up", total=None)
        for path in files:
            results += evaluate_file(gazetteer, path, on_row=lambda: progress.advance(task))
    for result in results:
        ece = expected_calibration_error(result.answers)
        shares = (result.share(), result.share(km=10.0), result.share(first=5))
        context = "adm1" if result.with_context else "none"
        row = (result.file.removesuffix(".tsv"), result.column, context, str(len(result.answers)))
        table.add_row(*row, *(f"{share:.3f}" for share in (*shares, ece)))
    console.print(table)
    lines = ["file\tcolumn\tcontext\tline\tname\tcause\tanswer\tscore\tdistance_km"]
    for result in results:
        context = "adm1" if result.with_context else "none"
        causes = Counter[str]()
        for rank, miss in enumerate(result.misses):
            cause = cause_of(gazetteer, miss)
            causes[cause] += 1
            answer = miss.matches[0].place.name("en") if miss.matches else ""
            distance = f"{miss.distances_km[0]:.1f}" if miss.matches else ""
            cells = (str(miss.row.line), miss.row.text, cause, answer, f"{miss.score:.2f}", distance)
            lines.append("\t".join((result.file, result.column, context, *cells)))
            if rank < misses:
                console.print(f"  {cells[1]} → {answer or 'nothing'} ({cells[4]}, {distance or '–'} km): {cause}")
        console.print(f"{result.file} {result.column} ({context}): {dict(causes)}\n")
    if errors:
        errors.write_text("\n".join(lines) + "\n", encoding="utf-8")
