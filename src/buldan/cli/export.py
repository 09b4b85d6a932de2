"""`buldan export`: the gazetteer into a file or a database."""

from __future__ import annotations

from pathlib import Path

import click

from buldan.cli.options import kinds_option, overlay_option, public_url_option

__all__ = ["export"]


@click.command()
@click.argument("target", metavar="FILE|postgresql://…")
@kinds_option
@click.option("--bom", is_flag=True, help="Begin a CSV with a byte order mark, so that Excel reads it as UTF-8.")
@click.option(
    "--schema", default="buldan", show_default=True, help="Schema of the database; its Buldan tables are replaced."
)
@public_url_option
@overlay_option
def export(target: str, kinds: tuple[str, ...], bom: bool, schema: str, public_url: str, overlay: Path | None) -> None:
    """Write the gazetteer to a file or database.

    The ending of FILE chooses the format: .geojson .geojsonl .gpkg .parquet (GeoParquet) .fgb .csv .tsv .xlsx .kml
    .kmz .shp, .lpf.json for Linked Places, and …choices.csv for forms (XLSForm). A postgresql:// address writes into
    PostGIS.
    """
    from buldan.export import export_gazetteer, export_postgis  # noqa: PLC0415 - only when there is work
    from buldan.gazetteer import load  # noqa: PLC0415
    from buldan.kinds import kinds_among  # noqa: PLC0415

    wanted = kinds_among(kinds) if kinds else None
    gazetteer = load(overlay=overlay)
    places = [place for place in gazetteer if wanted is None or place.kind in wanted]
    if target.startswith(("postgresql://", "postgres://")):
        count = export_postgis(target, places, gazetteer.manifest, schema=schema)
    else:
        export_gazetteer(Path(target), places, gazetteer.manifest, bom=bom, public_url=public_url)
        count = len(places)
    click.echo(f"{count:,} places of gazetteer {gazetteer.version} written to {target.rpartition('@')[2]}", err=True)
