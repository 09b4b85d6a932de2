"""`buldan info`: what this gazetteer is."""

from __future__ import annotations

from collections import Counter

import click

__all__ = ["info"]


@click.command()
def info() -> None:
    """Say what this gazetteer is: version, counts, sources, licences."""
    from rich.console import Console  # noqa: PLC0415 - only this command prints tables here
    from rich.table import Table  # noqa: PLC0415

    from buldan.gazetteer import load  # noqa: PLC0415

    gazetteer = load()
    manifest = gazetteer.manifest
    rows = {name: facts.rows for name, facts in manifest.files.items()}
    console = Console()
    console.print(
        f"Gazetteer {manifest.version}: {rows['places.tsv']:,} places, {rows['names.tsv']:,} names, "
        f"{rows['areas.jsonl']:,} areas\nLicence: {manifest.licence}\n{manifest.attribution}\n"
    )
    counts = Table("kind", "places", box=None)
    for kind, count in Counter(place.kind for place in gazetteer).most_common():
        counts.add_row(kind, f"{count:,}")
    console.print(counts)
    sources = Table("source", "publisher", "licence", "date", box=None)
    for source in manifest.sources:
        sources.add_row(source.title, source.publisher, source.licence, source.date)
    console.print(sources)
