"""`buldan evaluate elsewhere`: false places in texts that are not about Syria."""

from __future__ import annotations

from pathlib import Path

import click

from buldan.cli.options import TEXT_FILE, overlay_option

__all__ = ["elsewhere"]


@click.command()
@click.argument("paths", metavar="FILES", nargs=-1, required=True, type=TEXT_FILE)
@click.option(
    "--min-confidence",
    "least",
    type=click.FloatRange(0, 1),
    default=0.0,
    help="Count only mentions with this confidence or more (0 to 1).",
)
@click.option(
    "--show", type=int, default=8, show_default=True, help="Number of the most frequent false places to show."
)
@overlay_option
def elsewhere(paths: tuple[Path, ...], least: float, show: int, overlay: Path | None) -> None:
    """Count false places per thousand words of FILES, and how many marked places of Syria are found.

    FILES are JSON lines with `text`, and for marked texts `toponyms` (start, end, lat, lon) or `mentions`; or the XML
    of the LGL and TR-News corpora. In texts without marks, all mentions count as false.
    """
    from rich.table import Table  # noqa: PLC0415 - a lookup starts without it

    from buldan.cli.screen import new_console  # noqa: PLC0415
    from buldan.evaluate.documents import read_documents  # noqa: PLC0415
    from buldan.evaluate.elsewhere import count_elsewhere  # noqa: PLC0415
    from buldan.geoparse import Geoparser  # noqa: PLC0415
    from buldan.index import open_index  # noqa: PLC0415
    from buldan.lookup import Lookup  # noqa: PLC0415

    index = open_index(overlay=overlay)
    geoparser = Geoparser(index, Lookup(index))
    table = Table("file", "documents", "words", "given", "false", "per 1,000 words", "found of marked", box=None)
    for path in paths:
        counts = count_elsewhere(read_documents(path, index), geoparser.read, least=least)
        table.add_row(
            path.name,
            str(counts.documents),
            str(counts.words),
            str(counts.given),
            str(counts.false.total()),
            f"{counts.false_per_thousand:.2f}",
            f"{counts.found}/{counts.marked}" if counts.marked else "–",
        )
        if show and counts.false:
            often = ", ".join(f"{text} {times}" for text, times in counts.false.most_common(show))
            click.echo(f"{path.name}: {often}")
    new_console().print(table)
