"""`buldan info`: version, counts, sources and licences of the gazetteer."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from buldan.cli.options import overlay_option
from buldan.extras import list_interpreted

if TYPE_CHECKING:
    from buldan.gazetteer import Gazetteer

__all__ = ["info"]


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="Format to write: text for people, json for programs.",
)
@overlay_option
def info(form: str, overlay: Path | None) -> None:
    """Show the version, counts, sources and licences of the gazetteer."""
    from buldan.gazetteer import load  # noqa: PLC0415 - keeps --help fast

    gazetteer = load(overlay=overlay)
    if form == "json":
        manifest = gazetteer.manifest
        head = {"version": manifest.version, "licence": manifest.licence, "attribution": manifest.attribution}
        sources = [asdict(source) for source in manifest.sources]
        document = {**head, "places": gazetteer.counts(), "sources": sources, "interpreted": list_interpreted()}
        click.echo(json.dumps(document, ensure_ascii=False, indent=1))
    else:
        _show(gazetteer)


def _show(gazetteer: Gazetteer) -> None:
    from rich.table import Table  # noqa: PLC0415 - only for people

    from buldan.cli.screen import new_console  # noqa: PLC0415

    manifest, console = gazetteer.manifest, new_console()
    rows = {name: facts.rows for name, facts in manifest.files.items()}
    console.print(
        f"Gazetteer {manifest.version}: {len(gazetteer):,} places, {rows['names.tsv']:,} names, "
        f"{rows['areas.jsonl']:,} outlines\nLicence: {manifest.licence}\n{manifest.attribution}\n",
        soft_wrap=True,
    )
    interpreted = list_interpreted()
    if interpreted:
        console.print(
            f"{len(interpreted)} of its modules could be compiled and are not: lookups and reading take two to three "
            "times as long. Install a C compiler and Buldan again; `pip install -v` shows what went wrong.\n",
            soft_wrap=True,
        )
    kinds = Table("kind", box=None, pad_edge=False)
    kinds.add_column("places", justify="right")
    for kind, count in sorted(gazetteer.counts().items(), key=lambda item: -item[1]):
        kinds.add_row(kind, f"{count:,}")
    console.print(kinds, "")
    sources = Table("source", "publisher", "licence", "date", box=None, pad_edge=False)
    for column in ("places", "names"):
        sources.add_column(column, justify="right")
    for source in manifest.sources:
        counts = (f"{source.places:,}", f"{source.names:,}")
        sources.add_row(source.title, source.publisher, source.licence, source.date, *counts)
    console.print(sources)
