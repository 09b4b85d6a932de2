"""`buldan summarise`: mentions or documents by admin unit."""

from __future__ import annotations

from pathlib import Path

import click

from buldan.cli.options import overlay_option
from buldan.cli.wording import count_things
from buldan.errors import QueryError

__all__ = ["summarise"]


@click.command()
@click.argument("source", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--by",
    type=click.Choice(["governorate", "district", "subdistrict"]),
    default="subdistrict",
    show_default=True,
    help="Level of the units.",
)
@click.option(
    "--uncertain",
    type=click.Choice(["omit", "spread", "count"]),
    default="omit",
    show_default=True,
    help="Leave out uncertain mentions, spread them by their probability, or count them whole.",
)
@click.option(
    "--sum", "sums", multiple=True, metavar="COL", help="Add up this column of numbers too (families); may be repeated."
)
@click.option(
    "--sure",
    type=click.FloatRange(0, 1),
    default=0.5,
    show_default=True,
    help="With omit: the lowest confidence that counts.",
)
@click.option(
    "--output",
    "-o",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help=".gpkg .geojson .parquet .csv …",
)
@overlay_option
def summarise(
    source: Path, by: str, uncertain: str, sums: tuple[str, ...], sure: float, output: Path, overlay: Path | None
) -> None:
    """Count the places in SOURCE by unit, with outlines. SOURCE is a geocoded table, or the folder of a corpus."""
    from buldan.gazetteer import load  # noqa: PLC0415 - only when there is work
    from buldan.summarise import summarise as sum_up  # noqa: PLC0415
    from buldan.summarise import write_summary  # noqa: PLC0415

    if output.exists() and output.samefile(source):
        raise QueryError(f"{output} is the input; write to another file", field="output")
    made = sum_up(source, load(overlay=overlay), by=by, uncertain=uncertain, sure=sure, sums=sums)  # type: ignore[arg-type]
    write_summary(output, made)
    units = int((made.frame["mentions"] > 0).sum())
    counted = _number(made.frame["mentions"].sum())
    beside = f", {_number(made.left_out)} left out (see --uncertain)" if made.left_out else ""
    click.echo(
        f"{count_things(made.mentions, 'row')}: {counted} counted in {units} of {len(made.frame)} units{beside}; "
        f"written to {output}",
        err=True,
    )
    for column, left_out in made.sums_left_out.items():
        click.echo(f"{column}: {_number(made.frame[column].sum())} counted, {_number(left_out)} left out", err=True)
    if made.skipped:
        click.echo(f"rows of sums left out: {made.skipped:,}", err=True)
    if made.unread:
        held = "cell holds no number and counts" if made.unread == 1 else "cells hold no number and count"
        click.echo(f"{made.unread:,} {held} as 0", err=True)


def _number(count: float) -> str:
    return f"{count:,.1f}".removesuffix(".0")
