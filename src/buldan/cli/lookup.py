"""`buldan lookup`, `suggest` and `reverse`: a table on a terminal, GeoJSON into a pipe."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from buldan.errors import QueryError

if TYPE_CHECKING:
    from buldan.gazetteer import Gazetteer, Matches

__all__ = ["lookup", "reverse", "suggest"]

_OVERLAY = click.option(
    "--overlay", type=click.Path(exists=True, path_type=Path), help="Your own places, CSV or GeoJSON."
)


def _point(_: click.Context, __: click.Parameter, value: str | None) -> tuple[float, float] | None:
    """LON,LAT as a pair."""
    if value is None:
        return None
    try:
        lon, lat = map(float, value.split(","))
    except ValueError:
        raise click.BadParameter(f"expected LON,LAT in degrees, such as 36.30,33.46, not {value!r}") from None
    return lon, lat


@click.command()
@click.argument("names", nargs=-1, required=True)
@click.option("--within", help="A containing unit by name, id or P-code.")
@click.option("--near", callback=_point, metavar="LON,LAT", help="Nearer homonyms come first.")
@click.option("--kind", "kinds", multiple=True, help="Keep this kind or group of kinds; may be repeated.")
@click.option("--limit", default=5, show_default=True, help="At most so many matches a name.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "geojson", "csv"]),
    help="Default: table on a terminal, else geojson.",
)
@click.option("--explain", "explained", is_flag=True, help="Say in words why each matched.")
@_OVERLAY
def lookup(
    names: tuple[str, ...],
    within: str | None,
    near: tuple[float, float] | None,
    kinds: tuple[str, ...],
    limit: int,
    form: str | None,
    explained: bool,
    overlay: Path | None,
) -> None:
    """Find places by NAMES, in any spelling, Arabic or Latin."""
    from buldan.gazetteer import load  # noqa: PLC0415 - the index is opened when a name is there to look up

    gazetteer = load(overlay=overlay)
    answers = [_lookup_one(gazetteer, name, within, near, kinds, limit) for name in names]
    form = form or ("table" if sys.stdout.isatty() else "geojson")
    _WRITERS[form](answers, explained)


def _lookup_one(
    gazetteer: Gazetteer,
    name: str,
    within: str | None,
    near: tuple[float, float] | None,
    kinds: tuple[str, ...],
    limit: int,
) -> Matches:
    # Bytes that are not UTF-8 arrive as lone surrogates; name the trouble rather than pass them on.
    if any("\ud800" <= character <= "\udfff" for character in name):
        raise QueryError("the name is not valid UTF-8; check the encoding of your terminal or file")
    return gazetteer.lookup(name, within=within, near=near, kinds=kinds or None, limit=limit)


def _write_table(answers: list[Matches], explained: bool) -> None:
    from rich.console import Console  # noqa: PLC0415 - only for a terminal
    from rich.table import Table  # noqa: PLC0415

    from buldan.lookup import explain  # noqa: PLC0415

    table = Table("asked", "place", "الاسم", "kind", "in", "P-code", "lon, lat", "score", box=None, pad_edge=False)
    if explained:
        table.add_column("why")
    for answer in answers:
        if not answer:
            table.add_row(answer.query, "[dim]nothing found[/dim]")
        for position, match in enumerate(answer):
            place = match.place
            cells = [
                answer.query if position == 0 else "",
                place.name("en"),
                place.name_ar,
                place.kind,
                ", ".join(unit.name_en for unit in reversed(place.admin[:2])),
                place.pcode or "",
                f"{place.lon:.4f}, {place.lat:.4f}",
                f"{match.score:.2f}" + (" ?" if match.ambiguous else ""),
            ]
            table.add_row(*cells, *([explain(match.reasons)] if explained else []))
    Console(width=None if sys.stdout.isatty() else 200).print(table)


def _write_geojson(answers: list[Matches], _: bool) -> None:
    collections = [answer.to_geojson() for answer in answers]
    document: dict[str, Any] = dict(collections[0])
    if len(collections) > 1:
        document = {**document, "features": [f for one in collections for f in one["features"]]}
        document["query"] = [answer.query for answer in answers]
        document.pop("bbox", None)
    click.echo(json.dumps(document, ensure_ascii=False, indent=1))


def _write_csv(answers: list[Matches], _: bool) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    header = "asked id pcode kind name_en name_ar admin1 admin2 admin3 lon lat radius_km score ambiguous matched"
    writer.writerow(header.split())
    for answer in answers:
        for match in answer:
            place = match.place
            chain = [unit.pcode for unit in place.admin] + ["", "", ""]
            named = (answer.query, place.id, place.pcode or "", place.kind, place.name_en, place.name_ar, *chain[:3])
            where = (place.lon, place.lat, place.radius_km, match.score, match.ambiguous, match.name.text)
            writer.writerow((*named, *where))


_WRITERS = {"table": _write_table, "geojson": _write_geojson, "csv": _write_csv}


@click.command()
@click.argument("prefix")
@click.option("--limit", default=10, show_default=True)
@_OVERLAY
def suggest(prefix: str, limit: int, overlay: Path | None) -> None:
    """Complete PREFIX: names that begin so, the weightiest places first."""
    from buldan.gazetteer import load  # noqa: PLC0415

    rows = (
        (found.text, found.place.name("en"), found.place.kind, found.place.id)
        for found in load(overlay=overlay).suggest(prefix, limit=limit)
    )
    _echo_rows(rows)


@click.command()
@click.argument("point", callback=_point, metavar="LON,LAT")
@click.option("--limit", default=5, show_default=True)
@click.option("--kind", "kinds", multiple=True, help="Keep this kind or group of kinds; may be repeated.")
@_OVERLAY
def reverse(point: tuple[float, float], limit: int, kinds: tuple[str, ...], overlay: Path | None) -> None:
    """Say what is at or around LON,LAT."""
    from buldan.gazetteer import load  # noqa: PLC0415

    found = load(overlay=overlay).reverse(lon=point[0], lat=point[1], kinds=kinds or None, limit=limit)
    _echo_rows(
        (f"{near.distance_km:.2f} km", near.place.name("en"), near.place.name_ar, near.place.kind, near.place.id)
        for near in found
    )


def _echo_rows(rows: Iterable[tuple[str, ...]]) -> None:
    for row in rows:
        click.echo("\t".join(row))
