"""`buldan geocode`: files in, files out, decisions remembered."""

import csv
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest

from buldan.cli import main
from buldan.evaluate.names import evaluate_file
from buldan.files import open_table
from buldan.geometry import distance_km
from buldan.tables import ANSWER_COLUMNS, Question, Terms
from buldan.tables.decisions import Decision, apply_decisions
from buldan.tables.judging import answer_all
from buldan.tables.unfinished import keep_unfinished

SCRIPT = """
import signal
from functools import partial
from buldan.cli import main
from buldan.tables import unfinished
# Not a thousand, which take ten times as long.
unfinished.keep_unfinished = partial(unfinished.keep_unfinished, at_once=100)
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
    table.write_text(table.read_text("utf-8").replace("Nawa", "Suran"), "utf-8")  # two towns are called so
    run("geocode", table, "--name", "place", "-o", tmp_path / "out.csv")
    said = capsys.readouterr().err
    assert said.splitlines() == [
        f"{table}: utf-8, separated by commas; names in 'place'",
        "5 rows",
        "  found        1   20.0%",
        "  doubtful     2   40.0%",
        "  not found    1   20.0%",
        "  not a place  1   20.0%",
        f"written to {tmp_path / 'out.csv'}",
        "2 names to look at; --review FILE lists them, to be decided",
    ]


@pytest.mark.parametrize(("share", "code"), [("0.1", 0), ("0.99", 1)])
def test_the_exit_code_follows_the_threshold(table, tmp_path, share, code):
    assert run("geocode", table, "--name", "place", "-o", tmp_path / "out.csv", "--fail-under", share) == code
    assert (tmp_path / "out.csv").exists()


@pytest.mark.parametrize("sheet", ["review.csv", "review.xlsx"])
def test_decisions_are_asked_for_applied_and_remembered(table, tmp_path, sheet, capsys):
    review, memory, output = tmp_path / sheet, tmp_path / "decisions.csv", tmp_path / "out.csv"
    ask = ("--review", review, "--decisions", memory, "--sure-score", "1")
    command = ("geocode", table, "--name", "place", *ask, "-o", output)
    assert run(*command) == 0
    frame = pd.read_csv(review, dtype=str) if sheet.endswith("csv") else pd.read_excel(review, dtype=str)
    assert list(frame["name"]) == ["Nawa", "يلدا", "qqqqqq"]
    assert list(frame["rows"]) == ["2", "1", "1"]
    frame["decision"] = ["C6124", None, "none"]
    frame.to_csv(review, index=False) if sheet.endswith("csv") else frame.to_excel(review, index=False)

    assert run(*command) == 0
    rows = read(output)
    assert [row["status"] for row in rows] == ["doubtful", "decided", "decided", "not a place", "decided"]
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
    assert "holds 1 decisions; name a file to remember them with --decisions" in capsys.readouterr().err
    assert "C6124" in review.read_text("utf-8")


BAD_DECISIONS = [
    ("name,within,decision\nNawa,,bd00000000\n", "line 2: decision for 'Nawa': no place has the id 'bd00000000'"),
    (
        "name,within,decision\nNawa,,نوى\n",
        "no place has the id 'نوى' in gazetteer",
    ),
    ("name,within,decision\nNawa,,جاسم\n", "; write an id, a P-code, latitude, longitude, or none"),
    ('name,within,decision\nNawa,,"99,200"\n', "the point 99,200 is not in Syria; write latitude, longitude"),
    ('name,within,decision\nNawa,,"36.62, 35.94"\n', "the point 36.62, 35.94 is not in Syria"),
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


@pytest.mark.parametrize(
    "point",
    ["32.8883, 36.0411", "32.8883;36.0411", "٣٢٫٨٨٨٣، ٣٦٫٠٤١١", "32.8883° N, 36.0411° E", "32°53'18\"N 36°02'28\"E"],
)
def test_a_point_is_decided_in_any_notation(tmp_path, gazetteer, point):
    decisions = {Question("Qwvxpj"): Decision(point, tmp_path / "decisions.csv", 2)}
    (answer,) = apply_decisions(gazetteer, decisions).values()
    row = dict(zip(ANSWER_COLUMNS, answer, strict=True))
    assert (round(row["lon"], 2), round(row["lat"], 2), row["adm3_name"]) == (36.04, 32.89, "Nawa")


BAD_INPUT = [
    (("--name", "plase"), "no column 'plase'; did you mean 'place'"),
    (("--name", "place", "--within", "gouv"), "no column 'gouv'; did you mean 'gov'"),
    (("--name", "place", "--kind", "castle"), "unknown kind 'castle'"),
    (("--name", "place", "--delimiter", ";;"), "a delimiter is one character, or the word tab, not ';;'"),
    (("--name", "pla\nce"), r"no column 'pla\nce'; did you mean 'place'"),
    (("--nmae", "place"), "no such option '--nmae', did you mean '--name'?; see buldan geocode --help"),
    (("--name", "place", "--min-score", "much"), "--min-score: 'much' is not a number"),
    (("--name", "place", "--workers", "0"), "--workers: must be 1 or more, not 0"),
    (("--name", "place", "more\nwords"), "too many arguments: more words; see buldan geocode --help"),
    (("--name", "place", "--scheduler", "nowhere"), "no Dask scheduler answers at nowhere"),
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


def begin(*arguments):
    command = [sys.executable, "-c", SCRIPT, "geocode", *map(str, arguments)]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True)


def kept_answers(path):
    """How many answers a run has written down so far."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as base:
            return base.execute("SELECT count(*) FROM answers").fetchone()[0]
    except sqlite3.Error:
        return 0


def wait_for_answers(process, path):
    deadline = time.monotonic() + 60
    while process.poll() is None and not kept_answers(path) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert process.poll() is None, process.stderr.read()


@pytest.fixture
def long_table(tmp_path):
    path = tmp_path / "long.csv"
    path.write_text("place\n" + "".join(f"قرية {number} الشمالية\n" for number in range(400)), "utf-8")
    return path


def test_ctrl_c_leaves_no_half_file_and_keeps_the_answers(long_table, tmp_path, capsys):
    output, kept = tmp_path / "out.csv", tmp_path / "out.csv.unfinished"
    command = (long_table, "--name", "place", "-o", output)
    process = begin(*command)
    wait_for_answers(process, kept)
    process.send_signal(signal.SIGINT)
    try:
        _, said = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 130
    count = kept_answers(kept)
    assert 100 <= count < 400
    told = f"{count:,} answers are kept in {kept}, the same command goes on from there"
    assert said.strip() == f"buldan: stopped; {told}"
    assert {entry.name for entry in tmp_path.iterdir()} == {"long.csv", "out.csv.unfinished"}

    assert run("geocode", *command) == 0
    assert f"{count:,} answers were kept from a run that ended early" in capsys.readouterr().err
    assert {entry.name for entry in tmp_path.iterdir()} == {"long.csv", "out.csv"}


def test_a_killed_run_goes_on_and_ends_alike(long_table, tmp_path, gazetteer, capsys):
    output, kept = tmp_path / "out.parquet", tmp_path / "out.parquet.unfinished"
    command = (long_table, "--name", "place", "-o", output)
    process = begin(*command)
    wait_for_answers(process, kept)
    process.kill()
    process.communicate()
    count = kept_answers(kept)
    assert run("geocode", *command) == 0
    assert f"{count:,} answers were kept" in capsys.readouterr().err
    names = [f"قرية {number} الشمالية" for number in range(400)]
    alone = answer_all(gazetteer, map(Question, names), Terms())
    assert [tuple(row[column] for column in ANSWER_COLUMNS) for row in read(output)] == alone
    assert not kept.exists()


def test_answers_on_other_terms_are_not_taken_over(tmp_path, gazetteer):
    question, output = Question("Nawa"), tmp_path / "out.csv"
    asked = []

    def answerer(questions):
        asked.extend(questions)
        return answer_all(gazetteer, questions, Terms())

    for terms in ("a", "a", "b"):
        with pytest.raises(KeyError), keep_unfinished(output, answerer, terms=terms) as kept:
            kept([question])
            raise KeyError
    assert asked == [question, question]
    kept.path.write_bytes(b"damaged" * 1000)
    with keep_unfinished(output, answerer, terms="b") as kept:
        assert kept([question, question]) == answer_all(gazetteer, [question] * 2, Terms())
    assert list(tmp_path.iterdir()) == []


def test_a_mended_row_costs_no_answer_again(tmp_path, capsys):
    """A ragged row far down ends the run; once it is mended, what was answered before is not asked again."""
    path, output = tmp_path / "in.csv", tmp_path / "out.csv"
    rows = [f"Nawa,{number}\n" for number in range(20_000)]
    path.write_text("place,n\n" + "".join(rows) + "Yalda\n", "utf-8")
    assert run("geocode", path, "--name", "place", "-o", output) == 2
    assert "line 20002: this row has 1 cells" in capsys.readouterr().err
    assert not output.exists()
    path.write_text("place,n\n" + "".join(rows) + "Yalda,1\n", "utf-8")
    assert run("geocode", path, "--name", "place", "-o", output) == 0
    assert "1 answers were kept" in capsys.readouterr().err
    assert len(read(output)) == 20_001


def test_a_workbook_has_its_review_inside_and_what_is_decided_there_is_applied(tmp_path, capsys):
    source, output, memory = tmp_path / "in.csv", tmp_path / "out.xlsx", tmp_path / "decisions.csv"
    source.write_text("place,gov\nqqqqqq,Homs\nqqqqqq,Hama\nPalmyra,SY070302\nYalda,SY03\nzzzz,\n", "utf-8")
    command = ("geocode", source, "--name", "place", "--within", "gov", "-o", output, "--decisions", memory)
    assert run(*command) == 0
    book = openpyxl.load_workbook(output)
    assert book.sheetnames == ["buldan", "review", "about"]
    rows = [[cell.value for cell in row] for row in book["review"].iter_rows()]
    header = rows[0]
    names = [row[0] for row in rows[1:]]
    assert names[0] == "Palmyra"  # outside its unit: most likely wrong
    assert sorted(names) == ["Palmyra", "qqqqqq", "qqqqqq", "zzzz"]
    assert "openstreetmap.org" in rows[1][header.index("map")]
    assert "Palmyra" in rows[1][header.index("alternatives")]
    at = header.index("decision")
    decisions = {"Palmyra": "C6124", "zzzz": "33.5, 36.3"}
    for row in book["review"].iter_rows(min_row=2):
        row[at].value = decisions.get(row[0].value, "not a place")
    book.save(output)
    assert run(*command[:-2]) == 2
    assert "name a file to remember them with --decisions" in capsys.readouterr().err
    assert run(*command) == 0
    answered = read(output)
    assert [row["status"] for row in answered] == ["decided", "decided", "decided", "found", "decided"]
    assert [row["pcode"] for row in answered[2:4]] == ["C6124", "C2302"]
    assert (answered[4]["lat"], answered[4]["lon"]) == (33.5, 36.3)


def test_a_decision_without_units_holds_in_all(tmp_path):
    source, memory = tmp_path / "in.csv", tmp_path / "decisions.csv"
    source.write_text("place,gov\nqqqqqq,Homs\nqqqqqq,Hama\n", "utf-8")
    memory.write_text("name,within,decision\nqqqqqq,,C6124\n", "utf-8")
    command = ("geocode", source, "--name", "place", "--within", "gov", "-o", tmp_path / "out.csv")
    assert run(*command, "--decisions", memory) == 0
    assert [row["pcode"] for row in read(tmp_path / "out.csv")] == ["C6124", "C6124"]
    memory.write_text('name,within,decision\nqqqqqq,,"36.3, 33.5"\n', "utf-8")
    assert run(*command, "--decisions", memory) == 2  # longitude first


def test_the_places_of_a_table_become_choices_of_a_form(table, tmp_path):
    assert run("geocode", table, "--name", "place", "--within", "gov", "-o", tmp_path / "choices.csv") == 0
    rows = read(tmp_path / "choices.csv")
    assert ("place", "C2302") in {(row["list_name"], row["name"]) for row in rows}


@pytest.fixture(scope="module")
def evaluation_file(shared, tmp_path_factory):
    """Every third row of an evaluation file."""
    header, *rows = (shared / "eval" / "names-airwars.tsv").read_text("utf-8").splitlines(keepends=True)
    path = tmp_path_factory.mktemp("evaluation") / "names.tsv"
    path.write_text("".join([header, *rows[::3]]), "utf-8")
    return path


@pytest.fixture(scope="module")
def evaluated(evaluation_file, gazetteer):
    """Which rows `buldan evaluate names` finds right, by column, with the governorate as context."""
    results = evaluate_file(gazetteer, evaluation_file, contexts=[True])
    return {result.column: result for result in results}


@pytest.mark.parametrize("column", ["name_ar", "name_en"])
def test_a_geocoded_evaluation_file_is_as_right_as_the_evaluation_says(tmp_path, evaluation_file, evaluated, column):
    """Geocoded from the command line as a new user would, against `buldan evaluate names`.

    They differ where the first answer of the lookup lies outside the governorate of the row, which a table bars.
    """
    assert run("geocode", evaluation_file, "--name", column, "--within", "adm1", "-o", tmp_path / "out.parquet") == 0
    rows = read(tmp_path / "out.parquet")
    right = [
        row["buldan_lon"] is not None
        and distance_km((float(row["lon"]), float(row["lat"])), (row["buldan_lon"], row["buldan_lat"])) <= 5
        for row in rows
    ]
    expected = evaluated[column]
    assert len(rows) == len(expected.answers) == 461
    barred = ["outside" in (row["reason"] or "") or "outside" in (row["alternatives"] or "") for row in rows]
    differ = [at for at, answer in enumerate(expected.answers) if answer.right != right[at] and not barred[at]]
    assert len(differ) <= len(rows) * 0.005  # camps, and places inside that fit where one outside scored higher
    assert sum(right) / len(rows) >= expected.share() - 0.03 > 0.6
