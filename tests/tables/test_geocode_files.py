"""`buldan geocode`: files in, files out, decisions remembered."""

import csv
import subprocess
import sys
import time

import geopandas as gpd
import pandas as pd
import pytest

from buldan.cli import main
from buldan.evaluate.names import evaluate_file
from buldan.files import open_table
from buldan.geometry import distance_km
from buldan.tables import ANSWER_COLUMNS

SCRIPT = """
import signal
from buldan.cli import main
signal.signal(signal.SIGINT, signal.default_int_handler)  # which is off where the tests run in the background
main()
"""

ROWS = [
    {"place": "يلدا", "gov": "ريف دمشق", "n": "1"},
    {"place": "Nawa", "gov": "", "n": "2"},
    {"place": "qqqqqq", "gov": "Homs", "n": "3"},
    {"place": "", "gov": "", "n": "4"},
    {"place": "Nawa", "gov": "", "n": "5"},
]


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "in.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ROWS[0])
        writer.writeheader()
        writer.writerows(ROWS)
    return path


def run(*arguments):
    with pytest.raises(SystemExit) as left:
        main([str(argument) for argument in arguments])
    return left.value.code


def read(path):
    return [row for batch in open_table(path).batches() for row in batch.to_pylist()]


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".xlsx", ".parquet", ".gpkg", ".geojson"])
def test_every_row_and_column_is_kept_in_every_format(table, tmp_path, suffix):
    output = tmp_path / f"out{suffix}"
    assert run("geocode", table, "--name", "place", "--within", "gov", "-o", output) == 0
    rows = read(output)
    assert [{key: row[key] or "" for key in ROWS[0]} for row in rows] == ROWS
    assert set(ANSWER_COLUMNS) <= set(rows[0])
    assert rows[0]["pcode"] == "C2302"
    assert [row["reason"] for row in rows][2:4] == ["no match", "empty"]


@pytest.mark.parametrize("suffix", [".tsv", ".xlsx", ".parquet", ".gpkg"])
def test_every_format_is_read_alike(table, tmp_path, suffix):
    first = tmp_path / f"first{suffix}"
    run("geocode", table, "--name", "place", "--within", "gov", "-o", first)
    assert run("geocode", first, "--name", "place", "--within", "gov", "-o", tmp_path / "second.csv") == 0
    again = read(tmp_path / "second.csv")
    assert [row["buldan_id"] for row in again] == [row["buldan_buldan_id"] for row in again]
    assert [row["n"] for row in again] == [row["n"] for row in ROWS]


def test_geoparquet_opens_with_geopandas(table, tmp_path):
    run("geocode", table, "--name", "place", "-o", tmp_path / "out.parquet")
    frame = gpd.read_parquet(tmp_path / "out.parquet")
    assert frame.geometry.iloc[0].distance(frame.geometry.iloc[0]) == 0
    assert list(frame.geometry.isna()) == [False, False, True, True, False]


def test_the_summary_says_what_was_found(table, tmp_path, capsys):
    run("geocode", table, "--name", "place", "-o", tmp_path / "out.csv")
    said = capsys.readouterr().err
    assert "5 rows" in said
    assert "2 not found" in said
    assert "utf-8" in said


@pytest.mark.parametrize(("share", "code"), [("0.1", 0), ("0.99", 1)])
def test_the_exit_code_follows_the_threshold(table, tmp_path, share, code):
    assert run("geocode", table, "--name", "place", "-o", tmp_path / "out.csv", "--fail-under", share) == code
    assert (tmp_path / "out.csv").exists()


@pytest.mark.parametrize("sheet", ["review.csv", "review.xlsx"])
def test_decisions_are_asked_for_applied_and_remembered(table, tmp_path, sheet, capsys):
    review, memory, output = tmp_path / sheet, tmp_path / "decisions.csv", tmp_path / "out.csv"
    ask = ("--review", review, "--decisions", memory, "--sure-score", "1.01")
    command = ("geocode", table, "--name", "place", *ask, "-o", output)
    assert run(*command) == 0
    frame = pd.read_csv(review, dtype=str) if sheet.endswith("csv") else pd.read_excel(review, dtype=str)
    assert list(frame["name"]) == ["Nawa", "يلدا", "qqqqqq"]
    assert list(frame["rows"]) == ["2", "1", "1"]
    frame["decision"] = ["C6124", None, "none"]
    frame.to_csv(review, index=False) if sheet.endswith("csv") else frame.to_excel(review, index=False)

    assert run(*command) == 0
    rows = read(output)
    assert [row["status"] for row in rows] == ["doubtful", "decided", "decided", "not found", "decided"]
    assert [row["pcode"] for row in rows] == ["C2302", "C6124", None, None, "C6124"]
    assert [row["name"] for row in read(review)] == ["يلدا"]
    assert {(row["name"], row["decision"]) for row in read(memory)} == {("Nawa", "C6124"), ("qqqqqq", "none")}

    review.unlink()
    assert run(*command) == 0
    assert [row["status"] for row in read(output)].count("decided") == 3


def test_a_filled_sheet_is_never_overwritten_without_a_memory(table, tmp_path, capsys):
    review = tmp_path / "review.csv"
    review.write_text("name,within,decision\nNawa,,C6124\n", "utf-8")
    assert run("geocode", table, "--name", "place", "--review", review, "-o", tmp_path / "out.csv") == 2
    assert "holds 1 decisions; say --decisions FILE" in capsys.readouterr().err
    assert "C6124" in review.read_text("utf-8")


BAD_DECISIONS = [
    ("name,within,decision\nNawa,,bd00000000\n", "line 2: decision for 'Nawa': no place has the id 'bd00000000'"),
    ("name,within,decision\nNawa,,C6124\nNawa,,none\n", "line 3: 'Nawa' is none here and C6124 on line 2; keep one"),
    ("name,decision\nNawa,C6124\n", "no column 'within'"),
]


@pytest.mark.parametrize(("content", "message"), BAD_DECISIONS)
def test_a_wrong_decision_is_named_with_its_line(table, tmp_path, content, message, capsys):
    (tmp_path / "decisions.csv").write_text(content, "utf-8")
    code = run(
        "geocode", table, "--name", "place", "--decisions", tmp_path / "decisions.csv", "-o", tmp_path / "out.csv"
    )
    assert code == 2
    assert message in capsys.readouterr().err
    assert not (tmp_path / "out.csv").exists()


BAD_INPUT = [
    (("--name", "plase"), "no column 'plase'; did you mean 'place'"),
    (("--name", "place", "--within", "gouv"), "no column 'gouv'; did you mean 'gov'"),
    (("--name", "place", "--kind", "castle"), "unknown kind 'castle'"),
    (("--name", "place", "--scheduler", "tcp://127.0.0.1:1"), "no Dask scheduler answers at tcp://127.0.0.1:1"),
]


@pytest.mark.parametrize(("options", "message"), BAD_INPUT)
def test_bad_input_is_one_line_and_exit_code_2(table, tmp_path, options, message, capsys):
    assert run("geocode", table, *options, "-o", tmp_path / "out.csv") == 2
    said = capsys.readouterr().err.strip()
    assert message in said
    assert len(said.splitlines()) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


def test_the_input_is_never_the_output(table, capsys):
    before = table.read_bytes()
    assert run("geocode", table, "--name", "place", "-o", table) == 2
    assert table.read_bytes() == before


def test_ctrl_c_leaves_no_half_file(tmp_path):
    path = tmp_path / "in.csv"
    path.write_text("place\n" + "".join(f"قرية {number} الشمالية\n" for number in range(60_000)), "utf-8")
    process = subprocess.Popen(
        [
            sys.executable,
            "-c",
            SCRIPT,
            "geocode",
            path,
            "--name",
            "place",
            "-o",
            tmp_path / "out.csv",
        ],
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 60
    while not list(tmp_path.glob(".buldan-*/out.csv")) and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(2)
    try:
        _, said = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 130
    assert said.strip() == "buldan: stopped"
    assert [entry.name for entry in tmp_path.iterdir()] == ["in.csv"]


@pytest.mark.parametrize("column", ["name_ar", "name_en"])
def test_a_geocoded_evaluation_file_is_as_right_as_the_evaluation_says(tmp_path, gazetteer, shared, column):
    """Geocoded from the command line as a new user would, against `buldan evaluate names`."""
    source = shared / "eval" / "names-airwars.tsv"
    assert run("geocode", source, "--name", column, "--within", "adm1", "-o", tmp_path / "out.parquet") == 0
    rows = read(tmp_path / "out.parquet")
    right = [
        row["buldan_lon"] is not None
        and distance_km((float(row["lon"]), float(row["lat"])), (row["buldan_lon"], row["buldan_lat"])) <= 5
        for row in rows
    ]
    results = {(result.column, result.with_context): result for result in evaluate_file(gazetteer, source)}
    expected = results[column, True]
    assert len(rows) == len(expected.answers) == 1382
    assert [answer.right for answer in expected.answers] == right
    assert sum(right) / len(rows) == expected.share() > 0.6
