"""`buldan lookup`, `suggest` and `reverse`: a table on a terminal, GeoJSON (or lines, for `suggest`) into a pipe."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from buldan.cli.options import kinds_option, overlay_option, parse_lon_lat
from buldan.errors import QueryError

if TYPE_CHECKING:
    from buldan.formats.geojson import Collection
    from buldan.gazetteer import Gazetteer, Matches
    from buldan.lookup import Nearby, Suggestion
    from buldan.model import Place

__all__ = ["lookup", "reverse", "suggest"]

_FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["table", "geojson", "csv"]),
    help="Format to write.  [default: table on a terminal, else geojson]",
)

_PLACE_COLUMNS = [
    "id",
    "pcode",
    "kind",
    "name_en",
    "name_ar",
    "admin1",
    "admin2",
    "admin3",
    "lon",
    "lat",
    "radius_km",
    "position",
]
"""Columns of a place in CSV output."""


@click.command()
@click.argument("names", nargs=-1, required=True)
@click.option(
    "--within",
    multiple=True,
    help="The unit that holds the place, by name, id or P-code; repeat it from wide to narrow.",
)
@click.option(
    "--near", callback=parse_lon_lat, metavar="LON,LAT", help="Of places with the same name, the nearer comes first."
)
@kinds_option
@click.option("--limit", default=5, show_default=True, help="Maximum number of matches for each name.")
@_FORMAT
@click.option("--explain", "explained", is_flag=True, help="Show in words why each place matched (table only).")
@overlay_option
def lookup(
    names: tuple[str, ...],
    within: tuple[str, ...],
    near: tuple[float, float] | None,
    kinds: tuple[str, ...],
    limit: int,
    form: str | None,
    explained: bool,
    overlay: Path | None,
) -> None:
    """Find places by NAMES, in any Arabic or Latin spelling. The exit code is 1 if a name is not found."""
    from buldan.gazetteer import load  # noqa: PLC0415 - the index is opened only when there is a name to look up

    within = tuple(map(_check_readable, within))
    gazetteer = load(overlay=overlay)
    # A single unit must be known; if there are several, the reasons say which ones could not be used.
    units = within[0] if len(within) == 1 else within or None
    if len(names) == 1:
        answers = [
            gazetteer.lookup(_check_readable(names[0]), within=units, near=near, kinds=kinds or None, limit=limit)
        ]
    else:
        # An unknown single unit is an error of the command; with several units, each answer reports the unknown ones.
        shared = units if units is None or isinstance(units, str) else [units] * len(names)
        answers = gazetteer.lookup_many(names, within=shared, near=near, kinds=kinds or None, limit=limit)
    form = _choose_form(form)
    if form == "geojson":
        _echo_json(_collect_answers(answers))
    elif form == "csv":
        _write_csv(
            ["query", *_PLACE_COLUMNS, "score", "ambiguous", "matched"],
            ((a.query, *_list_cells(m.place), m.score, m.ambiguous, m.name.text) for a in answers for m in a),
        )
    else:
        _show_matches(answers, explained)
    _print_missing(answers)


def _print_missing(answers: Sequence[Matches]) -> None:
    """Report names that were not found or not valid, and exit with code 1 if there are some."""
    from buldan.lookup import explain  # noqa: PLC0415 - already loaded

    missing = [answer for answer in answers if not answer]
    for answer in missing:
        why = f" ({explain(answer.reasons)})" if answer.reasons else ""
        message = answer.error or f"nothing found: {_make_printable(answer.query)!r}{why}"
        click.echo(f"buldan: {message}", err=True)
    if missing:
        click.get_current_context().exit(1)


def _make_printable(text: str) -> str:
    """The text with a question mark instead of each byte that is not UTF-8."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _choose_form(form: str | None) -> str:
    return form or ("table" if sys.stdout.isatty() else "geojson")


def _check_readable(text: str) -> str:
    """The text; an error if its bytes were not UTF-8, which Python gives as surrogates."""
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise QueryError("the name is not valid UTF-8; check the encoding of your terminal or file")
    return text


def _show_matches(answers: Sequence[Matches], explained: bool) -> None:
    from buldan.cli.screen import PlaceTable  # noqa: PLC0415 - only for people
    from buldan.lookup import explain  # noqa: PLC0415

    table = PlaceTable("query", ["score", "why"] if explained else ["score"])
    for answer in answers:
        if not answer:
            table.add_nothing(_make_printable(answer.query))
        for position, match in enumerate(answer):
            score = f"{match.score:.2f}" + (" ?" if match.ambiguous else "")
            why = [explain(match.reasons)] if explained else []
            table.add("" if position else answer.query, match.place, [score, *why])
    table.show()


def _collect_answers(answers: Sequence[Matches]) -> dict[str, Any]:
    """The answer to one name; for several names, one collection whose features have the `query` they answer."""
    from buldan.formats.geojson.places import make_collection  # noqa: PLC0415

    if len(answers) == 1:
        return dict(answers[0].to_geojson())
    features = [(answer.query, feature) for answer in answers for feature in answer.to_geojson()["features"]]
    collection = make_collection([feature for _, feature in features], answers[0].manifest)
    with_query = [{**feature, "properties": {**feature["properties"], "query": query}} for query, feature in features]
    return {**collection, "features": with_query, "query": [_make_printable(answer.query) for answer in answers]}


def _echo_json(document: Collection | dict[str, Any]) -> None:
    click.echo(json.dumps(document, ensure_ascii=False, indent=1))


def _list_cells(place: Place) -> tuple[Any, ...]:
    chain = ([unit.pcode for unit in place.admin] + [""] * 3)[:3]
    named = (place.id, place.pcode or "", place.kind, place.name_en, place.name_ar)
    return (*named, *chain, place.lon, place.lat, place.radius_km, place.position)


def _write_csv(header: Sequence[str], rows: Iterator[tuple[Any, ...]]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)


@click.command()
@click.argument("prefix")
@click.option("--near", callback=parse_lon_lat, metavar="LON,LAT", help="Nearer places come first.")
@click.option("--limit", default=10, show_default=True, help="Maximum number of names.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "tsv", "json"]),
    help="Format to write; tsv has name, place, kind, id.  [default: table on a terminal, else tsv]",
)
@overlay_option
def suggest(prefix: str, near: tuple[float, float] | None, limit: int, form: str | None, overlay: Path | None) -> None:
    """List the names that begin with PREFIX, the most prominent first."""
    from buldan.gazetteer import load  # noqa: PLC0415

    if not _check_readable(prefix).strip():
        raise QueryError("the text is empty; give the beginning of a place name")
    gazetteer = load(overlay=overlay)
    found = gazetteer.suggest(prefix, near=near, limit=limit)
    form = form or ("table" if sys.stdout.isatty() else "tsv")
    if form == "json":
        _echo_json(_collect_suggestions(found, gazetteer))
    elif form == "tsv":
        for one in found:
            click.echo("\t".join((one.text, one.place.name("en"), one.place.kind, one.place.id)))
    else:
        from buldan.cli.screen import PlaceTable  # noqa: PLC0415

        table = PlaceTable("name", [])
        for one in found:
            table.add(one.text, one.place, [])
        table.show()


def _collect_suggestions(found: Sequence[Suggestion], gazetteer: Gazetteer) -> dict[str, Any]:
    from buldan.formats.geojson import list_suggestions  # noqa: PLC0415

    manifest = gazetteer.manifest
    head = {"version": manifest.version, "attribution": manifest.attribution, "licence": manifest.licence}
    return {**head, "suggestions": list_suggestions(found)}


@click.command()
@click.argument("point", callback=parse_lon_lat, metavar="LON,LAT")
@click.option("--limit", default=5, show_default=True, help="Maximum number of places.")
@kinds_option
@click.option(
    "--radius", "radius_km", type=click.FloatRange(0, 500, min_open=True), help="Radius in kilometres.  [default: 25]"
)
@_FORMAT
@overlay_option
def reverse(
    point: tuple[float, float],
    limit: int,
    kinds: tuple[str, ...],
    radius_km: float | None,
    form: str | None,
    overlay: Path | None,
) -> None:
    """List the places at or around LON,LAT: the nearest first, then the units that contain the point, from narrow to
    wide.
    """
    from buldan.gazetteer import load  # noqa: PLC0415

    gazetteer = load(overlay=overlay)
    lon, lat = point
    found = gazetteer.reverse(lon=lon, lat=lat, kinds=kinds or None, radius_km=radius_km, limit=limit)
    form = _choose_form(form)
    if form == "geojson":
        from buldan.formats.geojson import collect_nearby  # noqa: PLC0415

        _echo_json(collect_nearby(found, gazetteer.manifest))
    elif form == "csv":
        _write_csv(["distance_km", *_PLACE_COLUMNS], ((near.distance_km, *_list_cells(near.place)) for near in found))
    else:
        _show_nearby(found)


def _show_nearby(found: Sequence[Nearby]) -> None:
    from buldan.cli.screen import PlaceTable  # noqa: PLC0415

    table = PlaceTable("distance", [])
    for near in found:
        table.add(f"{near.distance_km:.2f} km", near.place, [])
    if not found:
        table.add_nothing("")
    table.show()
