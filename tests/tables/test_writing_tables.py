"""Tables are written whole or not at all, and read back as they were."""

import json
import os
import signal
import subprocess
import sys
import textwrap

import geopandas as gpd
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from buldan.errors import QueryError, SourceError
from buldan.files import Wishes, check_output, open_staging, open_table, write_table

SCHEMA = pa.schema([("name", pa.string()), ("lon", pa.float64()), ("lat", pa.float64()), ("sure", pa.bool_())])
ROWS = [("يلدا", 36.32111, 33.46448, True), ('a,"b"\nc', None, None, None), (None, 36.04108, 32.88831, False)]


def batch(rows=ROWS):
    arrays = [pa.array(column, field.type) for column, field in zip(zip(*rows, strict=True), SCHEMA, strict=True)]
    return pa.record_batch(arrays, schema=SCHEMA)


def read(path):
    return [row for part in open_table(path).batches() for row in part.to_pylist()]


@pytest.mark.parametrize("suffix", [".xlsx", ".parquet", ".geoparquet", ".gpkg", ".geojson"])
def test_typed_formats_round_trip(tmp_path, suffix):
    path = tmp_path / f"a{suffix}"
    write_table(path, SCHEMA, [batch(), batch()])
    rows = [tuple(row.values())[:4] for row in read(path)]
    assert rows == [*ROWS, *ROWS]


@pytest.mark.parametrize("suffix", [".csv", ".tsv"])
@pytest.mark.parametrize("bom", [True, False])
def test_text_formats_round_trip(tmp_path, suffix, bom):
    path = tmp_path / f"a{suffix}"
    write_table(path, SCHEMA, [batch(), batch()], wishes=Wishes(bom=bom))
    assert path.read_bytes().startswith(b"\xef\xbb\xbf") == bom
    assert [row["name"] for row in read(path)] == [row[0] for row in [*ROWS, *ROWS]]
    assert float(read(path)[0]["lon"]) == ROWS[0][1]


@pytest.mark.parametrize("suffix", [".gpkg", ".geojson", ".geojsonl", ".fgb", ".parquet"])
def test_points_are_where_lon_and_lat_say(tmp_path, suffix):
    path = tmp_path / f"a{suffix}"
    write_table(path, SCHEMA, [batch()])
    frame = gpd.read_parquet(path) if suffix == ".parquet" else gpd.read_file(path)
    frame = frame.sort_values("name", na_position="last").reset_index(drop=True)
    assert frame.crs.to_authority() in {("EPSG", "4326"), ("OGC", "CRS84")}
    known = frame[frame["lon"].notna()]
    assert (known.geometry.x == known["lon"]).all()
    assert (known.geometry.y == known["lat"]).all()
    assert frame[frame["lon"].isna()].geometry.isna().all()


def test_geojson_follows_rfc_7946(tmp_path):
    write_table(tmp_path / "a.geojson", SCHEMA, [batch()])
    collection = json.loads((tmp_path / "a.geojson").read_text("utf-8"))
    assert collection["type"] == "FeatureCollection"
    assert "crs" not in collection


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells=st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00\r"), min_size=1), min_size=1))
def test_any_text_survives_a_csv(tmp_path, cells):
    schema = pa.schema([("name", pa.string()), ("n", pa.string())])
    rows = pa.record_batch([pa.array(cells), pa.array(["x"] * len(cells))], schema=schema)
    write_table(tmp_path / "a.csv", schema, [rows])
    table = open_table(tmp_path / "a.csv", encoding="utf-8", delimiter=",", header_rows=1)
    assert [row["name"] for part in table.batches() for row in part.to_pylist()] == cells


ODD = pa.table(
    {
        "bytes": [b"ab", b"\xff"],
        "list": [["a"], None],
        "span": pa.array([10, None], pa.duration("s")),
        "number": [float("nan"), 1.5],
        "time": pa.array([0, 1_500_000], pa.timestamp("us")),
        "kind": pa.array(["a", None]).dictionary_encode(),
    }
).to_batches()[0]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".gpkg", ".geojson", ".fgb"])
def test_cells_of_odd_types_are_written_in_words(tmp_path, suffix):
    path = tmp_path / f"a{suffix}"
    write_table(path, ODD.schema, [ODD])
    listed = ["a"] if suffix == ".geojson" else '["a"]'  # which has lists of its own
    first, second = ({key: row[key] for key in ODD.schema.names} for row in read(path))
    assert (first["bytes"], first["list"], first["span"], first["kind"]) == ("ab", listed, "0:00:10", "a")
    assert (second["bytes"], second["list"], second["span"], second["kind"]) == ("ff", None, None, None)
    assert first["number"] is None
    assert str(first["time"]).removesuffix("+00:00") == "1970-01-01 00:00:00"
    assert str(second["time"]).startswith("1970-01-01 00:00:01.5")


def test_only_cells_that_need_them_are_in_quotes(tmp_path):
    names = pa.record_batch({"a,b": ['x"y', "x", "x,y", None], "n": ["007", "=1", "a\nb", ""]})
    write_table(tmp_path / "a.csv", names.schema, [names])
    assert (tmp_path / "a.csv").read_text("utf-8") == '"a,b",n\n"x""y",007\nx,=1\n"x,y","a\nb"\n,\n'


def test_text_that_begins_like_a_formula_stays_text_in_excel(tmp_path):
    batch = pa.record_batch({"=note": ["=1+1", "+963", "@a"]})
    write_table(tmp_path / "a.xlsx", batch.schema, [batch])
    assert read(tmp_path / "a.xlsx") == [{"=note": "=1+1"}, {"=note": "+963"}, {"=note": "@a"}]


@pytest.mark.parametrize("suffix", [".gpkg", ".geojson", ".parquet", ".fgb"])
def test_a_column_called_geometry_stays_beside_the_points(tmp_path, suffix):
    rows = pa.record_batch({"geometry": ["my own"], "lon": [36.0], "lat": [33.0]})
    write_table(tmp_path / f"a{suffix}", rows.schema, [rows])
    frame = gpd.read_parquet(tmp_path / "a.parquet") if suffix == ".parquet" else gpd.read_file(tmp_path / f"a{suffix}")
    assert (frame.geometry.x == 36.0).all()
    if suffix in {".gpkg", ".parquet"}:  # geopandas has no room for two columns of that name in the others
        assert read(tmp_path / f"a{suffix}")[0]["geometry"] == "my own"


def failing():
    yield batch()
    raise QueryError("stop here")


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".parquet", ".gpkg", ".geojson", ".fgb"])
def test_an_error_in_the_middle_leaves_what_was_there(tmp_path, suffix):
    path = tmp_path / f"a{suffix}"
    path.write_text("before")
    with pytest.raises(QueryError, match="stop here"):
        write_table(path, SCHEMA, failing())
    assert path.read_text() == "before"
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".parquet", ".gpkg", ".geojson", ".fgb"])
def test_a_full_disk_is_one_clear_line_and_no_half_file(tmp_path, suffix):
    """A limit on the size of files stands for the disk: the write fails in the same place."""
    path = tmp_path / f"a{suffix}"
    script = f"""
        import resource, signal, sys
        from pathlib import Path
        import pyarrow as pa
        from buldan.errors import SourceError
        from buldan.files import write_table
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))
        names = [str(hash(str(i))) * 3 for i in range(50_000)]
        rows = pa.record_batch({{"name": names, "lon": [36.0] * 50_000, "lat": [33.0] * 50_000}})
        try:
            write_table(Path({str(path)!r}), rows.schema, [rows])
        except SourceError as error:
            print(error)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)], capture_output=True, text=True, check=False, timeout=120
    )
    assert f"{path}: cannot be written" in done.stdout, done.stderr[-2000:]
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(SourceError, match=r"there is no folder .*/none; make it first"):
        check_output(tmp_path / "none" / "a.csv")


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root to become another user")
def test_no_permission_is_named(tmp_path):
    script = textwrap.dedent(f"""
        import os
        from pathlib import Path
        from buldan.files import Wishes, check_output
        os.setuid(65534)
        try:
            check_output(Path({str(tmp_path / "a.csv")!r}))
        except Exception as error:
            print(type(error).__name__, error)
    """)
    tmp_path.chmod(0o555)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, cwd="/")
    assert "SourceError" in done.stdout, done.stderr[-2000:]
    assert "Permission denied" in done.stdout


def test_an_unknown_suffix_lists_the_known(tmp_path):
    with pytest.raises(QueryError, match=r"use one of \.csv, .*\.gpkg"):
        check_output(tmp_path / "a.docx")


def test_an_interrupt_leaves_nothing(tmp_path):
    # Whoever ran before may have left another handler.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with pytest.raises(KeyboardInterrupt), open_staging(tmp_path / "a.csv") as staging:
        staging.write_text("half")
        signal.raise_signal(signal.SIGINT)
    assert list(tmp_path.iterdir()) == []


def test_excel_has_no_room_for_more_rows_than_it_has(tmp_path, monkeypatch):
    monkeypatch.setattr("buldan.files.excel._EXCEL_ROWS", 5)
    with pytest.raises(QueryError, match=r"Excel holds 5 rows; write \.csv or \.parquet"):
        write_table(tmp_path / "a.xlsx", SCHEMA, [batch(), batch()])
    assert list(tmp_path.iterdir()) == []


HELD = """
    import sys, time
    from pathlib import Path
    from buldan.files import open_staging
    with open_staging(Path({path!r})) as staging:
        staging.write_text("half")
        print("writing", flush=True)
        time.sleep(60)
"""


def hold(path):
    """A process that has begun to write to `path` and does not end."""
    command = [sys.executable, "-c", textwrap.dedent(HELD.format(path=str(path)))]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "writing\n"
    return process


def names_in(folder):
    return sorted(entry.name for entry in folder.iterdir())


def test_a_process_that_is_asked_to_end_leaves_nothing(tmp_path):
    process = hold(tmp_path / "a.csv")
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=30) == 143
    assert names_in(tmp_path) == []


def test_what_a_killed_process_left_is_swept_away_by_the_next(tmp_path):
    killed, working = hold(tmp_path / "a.csv"), hold(tmp_path / "b.csv")
    killed.kill()
    killed.wait(timeout=30)
    try:
        assert len(names_in(tmp_path)) == 2
        with open_staging(tmp_path / "c.csv") as staging:
            staging.write_text("whole")
        left = [name for name in names_in(tmp_path) if name.startswith(".buldan-")]
        assert len(left) == 1  # that of the process which is still at work
        assert names_in(tmp_path / left[0]) == [".lock", "b.csv"]
    finally:
        working.terminate()
        working.wait(timeout=30)
    assert names_in(tmp_path) == ["c.csv"]


def test_permissions_are_kept_and_the_target_of_a_link_is_replaced(tmp_path):
    (tmp_path / "private.csv").write_text("before")
    (tmp_path / "private.csv").chmod(0o600)
    (tmp_path / "link.csv").symlink_to(tmp_path / "private.csv")
    write_table(tmp_path / "link.csv", SCHEMA, [batch()])
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "private.csv").read_text("utf-8").startswith("name,lon")
    assert (tmp_path / "private.csv").stat().st_mode & 0o777 == 0o600
    write_table(tmp_path / "new.csv", SCHEMA, [batch()])
    assert (tmp_path / "new.csv").stat().st_mode & 0o777 == 0o666 & ~umask()


def umask():
    before = os.umask(0)
    os.umask(before)
    return before


RISKY = {
    "=1+1": "'=1+1",
    "+963 11 222 x": "'+963 11 222 x",
    "@SUM(A1)": "'@SUM(A1)",
    "-x": "'-x",
    "-5": "-5",
    "+1.5e3": "+1.5e3",
    "-": "-",
    "Nawa": "Nawa",
    "'=1": "'=1",
}


def test_a_csv_for_people_holds_no_formulas(tmp_path):
    cells = pa.record_batch({"a": list(RISKY), "n": list(range(len(RISKY)))})
    write_table(tmp_path / "a.csv", cells.schema, [cells], wishes=Wishes(safe=True))
    assert [row["a"] for row in read(tmp_path / "a.csv")] == list(RISKY.values())


@pytest.mark.parametrize("suffix", [".kml", ".kmz", ".shp"])
def test_points_go_to_google_earth_and_to_old_gis(tmp_path, suffix):
    path = tmp_path / f"a{suffix}"
    about = {"attribution": "Made by <us>", "licence": "CC-BY-4.0"}
    write_table(path, SCHEMA, [batch(), batch()], wishes=Wishes(about=about))
    frame = gpd.read_file(path)
    assert len(frame) == 6
    assert [round(point.x, 5) for point in frame.geometry if point] == [36.32111, 36.04108] * 2
    names = frame["name" if suffix == ".shp" else "Name"]
    assert names.iloc[0] == "يلدا"
    if suffix == ".kml":
        assert "Made by <us>" in path.read_text("utf-8")
    if suffix == ".shp":
        assert "Made by &lt;us&gt;" in (tmp_path / "a.shp.xml").read_text("utf-8")
        assert names_in(tmp_path) == [f"a.{kind}" for kind in ("cpg", "dbf", "prj", "shp", "shp.xml", "shx")]


def test_names_that_are_too_long_for_a_shapefile_stay_distinct(tmp_path):
    rows = pa.record_batch(
        {"alternatives": ["a"], "alternatively": ["b"], "اسم القرية": ["c"], "lon": [36.0], "lat": [33.0]}
    )
    write_table(tmp_path / "a.shp", rows.schema, [rows])
    row = read(tmp_path / "a.shp")[0]
    assert [row["alternativ"], row["alternat_2"], row["اسم ا"]] == ["a", "b", "c"]
