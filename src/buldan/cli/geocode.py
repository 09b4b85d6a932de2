"""`buldan geocode`: a table of place names in, the same table with places out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from buldan.cli.options import kinds_option, overlay_option
from buldan.cli.wording import count_things
from buldan.thresholds import SURE_SCORE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from buldan.files import Table
    from buldan.gazetteer import Gazetteer
    from buldan.tables import Summary, Terms
    from buldan.tables.answers import Answer
    from buldan.tables.questions import AskedColumns, Question
    from buldan.tables.unfinished import Unfinished

__all__ = ["geocode"]

_FILE = click.Path(path_type=Path, dir_okay=False)
_SHARE = click.FloatRange(0, 1)
_SHOWN = ("found", "decided", "doubtful", "unit only", "not found", "not a place")


@click.command()
@click.argument("input", type=_FILE)
@click.option(
    "--name",
    multiple=True,
    metavar="COL",
    help="Column of place names: its label, letter or HXL tag; repeat it for names in other languages. "
    "Without it, columns are found by their labels.",
)
@click.option(
    "--within",
    multiple=True,
    metavar="COL",
    help="Column of the units that hold the place (names or P-codes); repeat it from wide to narrow.",
)
@click.option(
    "--pcode",
    metavar="COL",
    help="Column of P-codes, which count as correct; found by its label if not given; `none` ignores it.",
)
@click.option(
    "--fallback/--no-fallback",
    default=True,
    show_default=True,
    help="If a place is not found, give the unit that holds it.",
)
@kinds_option
@click.option(
    "--output",
    "-o",
    required=True,
    type=_FILE,
    help=".csv .tsv .xlsx .parquet .geojson .gpkg .fgb .kml .kmz .shp; …choices.csv for forms",
)
@click.option("--review", type=_FILE, help="Write the doubtful names to this file, for you to fill in (.csv or .xlsx).")
@click.option("--decisions", type=_FILE, help="Keep decisions in this file, and apply them (.csv).")
@click.option(
    "--min-score",
    type=_SHARE,
    default=0.0,
    show_default=True,
    help="A best match with a lower score counts as not found.",
)
@click.option(
    "--sure-score", type=_SHARE, default=SURE_SCORE, show_default=True, help="An answer with a lower score is doubtful."
)
@click.option(
    "--fail-under",
    type=_SHARE,
    metavar="SHARE",
    help="Exit with code 1 if a smaller share of the rows is found (0 to 1).",
)
@click.option("--bom", is_flag=True, help="Begin a CSV with a byte order mark, so that Excel reads it as UTF-8.")
@click.option("--encoding", help="Encoding of a CSV or TSV file; recognised if not given.")
@click.option("--delimiter", help="Delimiter of a CSV or TSV file; recognised if not given.")
@click.option(
    "--safe-csv/--no-safe-csv",
    default=True,
    show_default=True,
    help="In a CSV, put an apostrophe before text that Excel would read as a formula.",
)
@click.option(
    "--header-row", type=click.IntRange(1), help="First row of the header, counted from 1; found if not given."
)
@click.option("--header-rows", type=click.IntRange(1, 9), help="Number of rows in the header; found if not given.")
@click.option("--skip-rows", type=click.IntRange(0), default=0, help="Number of rows to skip at the top.")
@click.option("--sheet", help="Sheet of a workbook or layer of a GeoPackage; found if not given.")
@overlay_option
@click.option("--scheduler", metavar="ADDRESS", help="Address of a Dask scheduler, such as tcp://10.0.0.1:8786.")
@click.option("--workers", type=click.IntRange(1), help="Number of processes on this machine.")
def geocode(
    input: Path,
    name: tuple[str, ...],
    within: tuple[str, ...],
    pcode: str | None,
    fallback: bool,
    kinds: tuple[str, ...],
    output: Path,
    review: Path | None,
    decisions: Path | None,
    min_score: float,
    sure_score: float,
    fail_under: float | None,
    bom: bool,
    encoding: str | None,
    delimiter: str | None,
    safe_csv: bool,
    header_row: int | None,
    header_rows: int | None,
    skip_rows: int,
    sheet: str | None,
    overlay: Path | None,
    scheduler: str | None,
    workers: int | None,
) -> None:
    """Add places, coordinates and P-codes to the table INPUT (CSV, Excel, .ods, Parquet, GeoPackage, shapefile …).

    Every row and column is kept, in order. With --review and --decisions, fill in the column `decision` of the
    review sheet (a place's id or P-code, a point as latitude, longitude, or "none") and run the same command again.
    """
    from buldan.files import open_table  # noqa: PLC0415 - pandas and Arrow are loaded when there is work
    from buldan.gazetteer import load  # noqa: PLC0415
    from buldan.kinds import kinds_named  # noqa: PLC0415
    from buldan.tables import Terms, geocode_file  # noqa: PLC0415
    from buldan.tables.detection import NO_COLUMN, choose_columns  # noqa: PLC0415

    for kind in kinds:
        kinds_named(kind)
    table = open_table(
        input,
        encoding=encoding,
        delimiter=delimiter,
        header_row=header_row,
        header_rows=header_rows,
        skip_rows=skip_rows,
        sheet=sheet,
        wanted=(*name, *within, *([pcode] if pcode and pcode != NO_COLUMN else [])),
    )
    columns = choose_columns(table, name, within, pcode)
    understood = _say_understood(table, columns)
    if sys.stderr.isatty():  # on a terminal before the work, else after it, because an error must be only one line
        click.echo(understood, err=True)
    gazetteer = load(overlay=overlay)
    terms = Terms(kinds, min_score, sure_score, fallback=fallback)
    with (
        _open_progress(table, columns) as progress,
        _open_answerer(gazetteer, terms, output, overlay, scheduler, workers, progress) as answerer,
    ):
        summary = geocode_file(
            table,
            output,
            answerer,
            gazetteer,
            name=columns.names,
            within=columns.within,
            pcode=columns.pcode,
            decisions=decisions,
            review=review,
            bom=bom,
            safe=safe_csv and output.suffix.lower() == ".csv",
        )
    described = [] if sys.stderr.isatty() else [understood]
    click.echo("\n".join([*described, *_sum_up(output, review, summary, answerer.earlier)]), err=True)
    if fail_under is not None and summary.share_found < fail_under:
        click.echo(f"buldan: {summary.share_found:.1%} found, less than --fail-under {fail_under:.1%}", err=True)
        sys.exit(1)


def _say_understood(table: Table, columns: AskedColumns) -> str:
    """A line on how the table was understood, printed before the work."""
    from buldan.tables.detection import describe_columns  # noqa: PLC0415

    unread = f"not read: {', '.join(map(repr, table.others))}" if table.others else ""
    return f"{table.path}: " + "; ".join(filter(None, (table.manner, describe_columns(columns), *table.notes, unread)))


class _Progress:
    """The progress of a table: the number of its distinct names that are looked up."""

    def __init__(self, show: Callable[[int], object] = lambda _: None) -> None:
        self._show = show
        self._names = 0

    def on_answers(self, answered: int, asked: int) -> None:
        """Show that `answered` of the `asked` names of a batch are looked up."""
        self._show(self._names + answered)
        if answered == asked:
            self._names += asked


@contextmanager
def _open_answerer(
    gazetteer: Gazetteer,
    terms: Terms,
    output: Path,
    overlay: Path | None,
    scheduler: str | None,
    workers: int | None,
    progress: _Progress,
) -> Iterator[Unfinished]:
    """Answer here, or on a cluster if one is chosen; answers are kept on disk until the output is written."""
    from buldan.tables.judging import answer_all  # noqa: PLC0415
    from buldan.tables.unfinished import keep_unfinished  # noqa: PLC0415

    described_terms = f"{gazetteer.version} {terms}"
    if scheduler is None and workers is None:

        def here(questions: Sequence[Question]) -> list[Answer]:
            return answer_all(gazetteer, questions, terms)

        with keep_unfinished(output, here, terms=described_terms, on_answers=progress.on_answers) as answerer:
            yield answerer
        return
    from buldan.dask import Origin, count_workers, make_answerer, open_cluster  # noqa: PLC0415

    origin = Origin.of(gazetteer, overlay=overlay)
    with open_cluster(scheduler, workers=workers) as client:
        far = make_answerer(client, origin, terms)
        at_once = 2_000 * count_workers(client)
        with keep_unfinished(
            output, far, terms=described_terms, at_once=at_once, on_answers=progress.on_answers
        ) as answerer:
            yield answerer


@contextmanager
def _open_progress(table: Table, columns: AskedColumns) -> Iterator[_Progress]:
    """Show a progress bar if there is a terminal; it counts distinct names, because repeated ones take no time."""
    from rich import progress  # noqa: PLC0415
    from rich.console import Console  # noqa: PLC0415

    console = Console(stderr=True)
    if not console.is_terminal:
        yield _Progress()
        return
    with console.status(f"counting the names of {table.path.name}"):
        distinct = _count_distinct(table, columns)
    shown = (
        progress.TextColumn("{task.description}"),
        progress.BarColumn(),
        progress.MofNCompleteColumn(),
        progress.TextColumn("names"),
        progress.TimeRemainingColumn(),
    )
    with progress.Progress(*shown, console=console, transient=True) as bar:
        task = bar.add_task(table.path.name, total=distinct)
        yield _Progress(lambda names: bar.update(task, completed=names))


def _count_distinct(table: Table, columns: AskedColumns) -> int:
    """The number of different queries of the rows, counted before the work: seconds for a million rows."""
    seen: set[tuple[object, ...]] = set()
    for batch in table.batches():
        seen.update(zip(*(batch.column(column).to_pylist() for column in columns.all), strict=True))
    return len(seen)


def _sum_up(output: Path, review: Path | None, summary: Summary, earlier: int) -> Iterator[str]:
    """Lines of the summary: the number of rows of each status, and the files written."""
    from buldan.tables.review import REVIEW_SHEET  # noqa: PLC0415

    yield count_things(summary.rows, "row")
    width = len(f"{summary.rows:,}") + 1
    for status, count in ((status, summary.counts[status]) for status in _SHOWN):
        if count:
            yield f"  {status:<11} {count:>{width},}  {count / summary.rows:>6.1%}"
    if earlier:
        yield f"  {earlier:,} answers were kept from a run that ended early"
    yield f"written to {output}"
    names = f"{summary.doubtful_names:,} name{'s' if summary.doubtful_names != 1 else ''} to look at"
    if review is not None:
        yield f"{names} in {review}"
    elif output.suffix.lower() == ".xlsx" and summary.doubtful_names:
        yield f"{names} in the sheet '{REVIEW_SHEET}' of {output}"
    elif summary.doubtful_names:
        yield f"{names}; --review FILE lists them, to be decided"
