"""Into a real PostgreSQL with PostGIS, which the test starts itself."""

import os
import shutil
import socket
import subprocess
from pathlib import Path

import pytest

from buldan.cli import main
from buldan.errors import SourceError
from buldan.export import export_postgis

psycopg = pytest.importorskip("psycopg")


def installed():
    """The folder of PostgreSQL's programs, where PostGIS is beside it; fetched from Debian where root may."""
    for attempt in range(2):
        found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
        extensions = Path("/usr/share/postgresql").glob("*/extension/postgis.control")
        versions = {path.parts[4] for path in extensions}
        usable = [path.parent for path in found if path.parts[4] in versions]
        if usable:
            return usable[-1]
        if attempt or os.geteuid() != 0 or not shutil.which("apt-get"):
            return None
        packages = ["postgresql-15", "postgresql-15-postgis-3"]
        quiet = {"capture_output": True, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
        subprocess.run(["apt-get", "update"], check=False, **quiet)
        subprocess.run(["apt-get", "install", "-y", "--no-install-recommends", *packages], check=False, **quiet)
    return None


def as_postgres(*command):
    """The command, run by the user `postgres` where we are root (whom PostgreSQL refuses)."""
    become = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run([*become, *map(str, command)], check=True, capture_output=True, cwd="/")


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    programs = installed()
    if programs is None:
        pytest.skip("PostgreSQL with PostGIS is not installed and cannot be")
    folder = Path("/tmp") / f"buldan-postgis-{os.getpid()}"
    folder.mkdir()
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    try:
        as_postgres(programs / "initdb", "-D", folder / "data", "-U", "postgres", "-A", "trust", "-E", "UTF8")
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
        as_postgres(programs / "pg_ctl", "-D", folder / "data", "-o", options, "-l", folder / "log", "-w", "start")
        yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
        as_postgres(programs / "pg_ctl", "-D", folder / "data", "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def ask(url, question):
    with psycopg.connect(url) as connection:
        return connection.execute(question).fetchall()


def test_the_database_holds_every_place_name_and_outline(database, gazetteer):
    places = list(gazetteer)
    assert export_postgis(database, places, gazetteer.manifest) == len(places)
    rows = dict(ask(database, "SELECT id, (ST_X(geom), ST_Y(geom))::text FROM buldan.places"))
    assert set(rows) == {place.id for place in places}
    assert ask(database, "SELECT count(*) FROM buldan.names") == [(sum(len(place.names) for place in places),)]
    assert ask(database, "SELECT count(*) FROM buldan.areas") == [(sum(place.area is not None for place in places),)]
    assert ask(database, "SELECT version FROM buldan.about") == [(gazetteer.version,)]
    names = ask(
        database, "SELECT name FROM buldan.names JOIN buldan.places ON id = place WHERE pcode = 'C2302' ORDER BY rank"
    )
    assert [name for (name,) in names] == [name.text for name in gazetteer.place("C2302").names]


def test_it_answers_spatial_questions(database, gazetteer):
    export_postgis(database, list(gazetteer), gazetteer.manifest)
    question = (
        "SELECT count(*) FILTER (WHERE p.admin LIKE u.pcode || '%'), count(*) FROM buldan.places u "
        "JOIN buldan.areas a ON a.place = u.id JOIN buldan.places p ON ST_Contains(a.geom, p.geom) "
        "WHERE u.kind = 'governorate' AND p.kind = 'village'"
    )
    agreeing, all_villages = ask(database, question)[0]
    assert all_villages > 5000
    assert agreeing / all_villages > 0.95


def test_a_second_export_replaces_the_first_and_nothing_else(database, gazetteer):
    with psycopg.connect(database) as connection:
        connection.execute("CREATE SCHEMA IF NOT EXISTS other")
        connection.execute("CREATE TABLE IF NOT EXISTS other.mine AS SELECT 1 AS a")
    places = list(gazetteer)
    export_postgis(database, places, gazetteer.manifest, schema="other")
    assert export_postgis(database, places[:100], gazetteer.manifest, schema="other") == 100
    assert ask(database, "SELECT a FROM other.mine") == [(1,)]


def test_a_failed_export_leaves_the_database_as_it_was(database, gazetteer):
    places = list(gazetteer)[:50]
    export_postgis(database, places, gazetteer.manifest, schema="kept")
    with pytest.raises(SourceError, match="nothing was changed there"):
        export_postgis(database, [*places, places[0]], gazetteer.manifest, schema="kept")
    assert ask(database, "SELECT count(*) FROM kept.places") == [(50,)]


def test_the_command_line_exports_into_a_database(database, gazetteer, capsys):
    with pytest.raises(SystemExit) as left:
        main(["export", database, "--kind", "governorate", "--schema", "units"])
    assert left.value.code == 0
    assert ask(database, "SELECT count(*) FROM units.places")[0][0] >= 14


@pytest.mark.parametrize("place", ["127.0.0.1:1/nowhere", "[bad", "no.host.invalid/x?application_name=y"])
def test_a_database_that_is_not_there_is_one_line_without_the_password(capsys, place):
    with pytest.raises(SystemExit) as left:
        main(["export", f"postgresql://me:secret@{place}"])
    assert left.value.code == 2
    said = capsys.readouterr().err.strip()
    assert len(said.splitlines()) == 1
    assert "cannot be written" in said
    assert "secret" not in said
