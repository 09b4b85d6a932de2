"""Export into a PostGIS database: the tables `places`, `names`, `areas` and `about` in a separate schema."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from buldan.errors import SourceError, needs_extra
from buldan.model import Place
from buldan.store import Manifest

if TYPE_CHECKING:
    import psycopg

__all__ = ["export_postgis"]

_TABLES = """
CREATE TABLE places (
    id text PRIMARY KEY,
    kind text NOT NULL,
    name_en text,
    name_ar text,
    pcode text,
    admin text NOT NULL,
    part_of text,
    radius_km double precision NOT NULL,
    "position" text NOT NULL,
    population bigint,
    identifiers jsonb NOT NULL,
    sources text[] NOT NULL,
    geom geometry(Point, 4326) NOT NULL
);
CREATE TABLE names (
    place text NOT NULL REFERENCES places,
    rank integer NOT NULL,
    name text NOT NULL,
    lang text NOT NULL,
    script text NOT NULL,
    kind text NOT NULL,
    sources text[] NOT NULL,
    "from" text,
    "to" text,
    PRIMARY KEY (place, rank)
);
CREATE TABLE areas (
    place text PRIMARY KEY REFERENCES places,
    geom geometry(Geometry, 4326) NOT NULL,
    schematic_km real
);
CREATE TABLE about (version text, licence text, attribution text);
CREATE TEMPORARY TABLE outlines (place text, outline text) ON COMMIT DROP;
"""

_FINISH = """
INSERT INTO areas
SELECT place, ST_Multi(ST_SetSRID(ST_GeomFromGeoJSON(outline), 4326)), (outline::json ->> 'schematic_km')::real
FROM outlines;
CREATE INDEX ON places USING gist (geom);
CREATE INDEX ON places (kind);
CREATE INDEX ON places (pcode);
CREATE INDEX ON places (admin text_pattern_ops);
CREATE INDEX ON names (name);
CREATE INDEX ON areas USING gist (geom);
"""


def export_postgis(url: str, places: Sequence[Place], manifest: Manifest, *, schema: str = "buldan") -> int:
    """Write all places into the database at `url` in one transaction, replacing those in `schema`.

    Args:
        url: `postgresql://user@host/database`; parts left out are taken from the variables PG*, as in psql.
        places: the places to write.
        manifest: version, licence and attribution, written into the table `about`.
        schema: the database schema; made if it does not exist. Its four tables are replaced, other tables are kept.

    Returns:
        The number of places in the database afterwards.

    Raises:
        MissingExtra: the extra `postgis` is not installed.
        SourceError: the database cannot be reached or reports an error; it is then unchanged.
    """
    with needs_extra("postgis"):
        import psycopg  # noqa: PLC0415
    try:
        with psycopg.connect(url, connect_timeout=10) as connection:
            _write(connection, places, manifest, schema)
            row = connection.execute("SELECT count(*) FROM places").fetchone()
            return int(row[0]) if row else 0
    except psycopg.Error as error:
        reason = str(error).strip().splitlines()[0].replace(url, _hide_secrets(url))
        raise SourceError(
            f"cannot be written ({reason}); nothing was changed there", path=_hide_secrets(url)
        ) from error


def _hide_secrets(url: str) -> str:
    """The address without user, password and parameters, also if it cannot be parsed."""
    return re.sub("//.*@", "//", url).partition("?")[0]


def _write(connection: psycopg.Connection[Any], places: Sequence[Place], manifest: Manifest, schema: str) -> None:
    from psycopg import sql  # noqa: PLC0415

    name = sql.Identifier(schema)
    connection.execute("CREATE EXTENSION IF NOT EXISTS postgis")
    connection.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(name))
    found = connection.execute(
        "SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE extname = 'postgis'"
    ).fetchone()
    functions = sql.Identifier(found[0] if found else "public")
    connection.execute(sql.SQL("SET LOCAL search_path TO {}, {}").format(name, functions))
    for table in ("about", "areas", "names", "places"):
        connection.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(sql.Identifier(schema, table)))
    connection.execute(_TABLES)
    _copy(connection, "places", map(_place_row, places))
    _copy(connection, "names", (row for place in places for row in _name_rows(place)))
    _copy(connection, "outlines", ((place.id, json.dumps(area)) for place in places if (area := place.area)))
    connection.execute(_FINISH)
    connection.execute("INSERT INTO about VALUES (%s, %s, %s)", tuple(manifest.about.values()))


def _copy(connection: psycopg.Connection[Any], table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    from psycopg import sql  # noqa: PLC0415

    statement = sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(table))
    with connection.cursor().copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def _place_row(place: Place) -> tuple[Any, ...]:
    return (
        place.id,
        place.kind,
        place.name_en or None,
        place.name_ar or None,
        place.pcode,
        place.admin_pcode,
        place.part_of or None,
        place.radius_km,
        place.position,
        place.population,
        json.dumps(dict(place.identifiers)),
        list(place.sources),
        f"SRID=4326;POINT({place.lon} {place.lat})",
    )


def _name_rows(place: Place) -> Iterable[tuple[Any, ...]]:
    for rank, name in enumerate(place.names, start=1):
        yield (
            place.id,
            rank,
            name.text,
            name.lang,
            name.script,
            name.kind,
            list(name.sources),
            name.start or None,
            name.end or None,
        )
