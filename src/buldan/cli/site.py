"""`buldan site`: the page as static files."""

from __future__ import annotations

from pathlib import Path

import click

from buldan.cli.options import overlay_option

__all__ = ["site"]


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@overlay_option
def site(folder: Path, overlay: Path | None) -> None:
    """Write the map page into FOLDER as static files, for a web host without a server.

    The site finds places by their stored names and browses them; other spellings, texts and tables need `buldan serve`.
    It works at any address and path, and makes no external requests.
    """
    from buldan.gazetteer import load  # noqa: PLC0415 - keeps --help fast
    from buldan.http.page.site import write_site  # noqa: PLC0415

    gazetteer = load(overlay=overlay)
    size = write_site(gazetteer, folder)
    click.echo(
        f"{len(gazetteer):,} places of gazetteer {gazetteer.version} written to {folder} ({size / 1e6:.0f} MB)",
        err=True,
    )
