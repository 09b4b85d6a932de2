"""`buldan sources fetch` and `osm`: get the sources of the gazetteer, and make an overlay of OpenStreetMap."""

from __future__ import annotations

from pathlib import Path

import click

__all__ = ["sources"]

_FOLDER = click.Path(path_type=Path, file_okay=False)
_FILE = click.Path(path_type=Path, dir_okay=False)


@click.group()
def sources() -> None:
    """Get the publishers' files that `compile` reads."""


@sources.command()
@click.argument("folder", type=_FOLDER)
@click.option(
    "--list",
    "listed",
    type=_FILE,
    default=Path("gazetteer/sources.toml"),
    show_default=True,
    help="The files: their addresses, versions, checksums, licences.",
)
@click.option("--only", multiple=True, metavar="SOURCE", help="Only the files of this source; may be repeated.")
def fetch(folder: Path, listed: Path, only: tuple[str, ...]) -> None:
    """Download the publishers' files into FOLDER and verify them; exit code 1 if one could not be downloaded."""
    from buldan.compile.fetch import fetch_sources, read_list  # noqa: PLC0415 - only when there is work

    files = read_list(listed)
    known = {one.source for one in files}
    if unknown := sorted(set(only) - known):
        raise click.UsageError(f"no source {unknown[0]!r} in {listed}; there are: {', '.join(sorted(known))}")
    failed = 0
    for done in fetch_sources((one for one in files if not only or one.source in only), folder):
        failed += done.outcome == "failed"
        click.echo(f"{done.outcome}\t{done.listed.file}\t{done.listed.licence}\t{done.line}")
    if failed:
        raise SystemExit(1)


@sources.command()
@click.argument("file", type=_FILE)
@click.option("-o", "--out", type=_FILE, required=True, help="The overlay to write (.csv).")
def osm(file: Path, out: Path) -> None:
    """Make an overlay from the named places of an OpenStreetMap FILE (.osm.pbf). The overlay is under the ODbL.

    An overlay is searched together with the gazetteer but never becomes part of it: OpenStreetMap's licence requires
    that data made from it is shared under the same licence.
    """
    from buldan.compile.osm import write_overlay  # noqa: PLC0415

    count = write_overlay(file, out)
    click.echo(f"{count:,} places written to {out}; © OpenStreetMap contributors, ODbL 1.0", err=True)
