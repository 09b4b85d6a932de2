"""The command line: readable on a terminal, GeoJSON in a pipe, one line and exit code 2 for bad input."""

import csv
import io
import json
import subprocess
import sys

import pytest

BULDAN = [sys.executable, "-c", "from buldan.cli import main; main()"]


def run(*arguments: str | bytes) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*BULDAN, *arguments], check=False, capture_output=True, text=True, encoding="utf-8", timeout=120
    )


def test_a_pipe_gets_geojson() -> None:
    done = run("lookup", "يلدا", "Bayt Sahm")
    collection = json.loads(done.stdout)
    assert done.returncode == 0
    assert collection["type"] == "FeatureCollection"
    assert {"C2302", "C2295"} <= {feature["properties"]["pcode"] for feature in collection["features"]}
    assert collection["version"]
    assert "OCHA" in collection["attribution"]


def test_csv_and_table() -> None:
    rows = list(csv.DictReader(io.StringIO(run("lookup", "يلدا", "--format", "csv").stdout)))
    assert rows[0]["pcode"] == "C2302"
    assert "C2302" in run("lookup", "يلدا", "--format", "table", "--explain").stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("lookup", ""),
        ("lookup", "ال"),
        ("lookup", "123456"),
        ("lookup", "a" * 10_000),
        ("lookup", "حلب", "--limit", "0"),
        ("lookup", "حلب", "--near", "500,10"),
        ("lookup", "حلب", "--near", "here"),
        ("lookup", "حلب", "--within", "Zzyzxq"),
        ("lookup", "حلب", "--kind", "hamletish"),
        ("lookup", b"\xff\xfe"),
        ("reverse", "1000,2"),
    ],
    ids=lambda a: ascii(a)[:40],
)
def test_bad_input_gets_one_line_and_exit_code_2(arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert done.stderr.strip()


def test_nothing_found_is_an_empty_collection() -> None:
    done = run("lookup", "Springfield")
    assert done.returncode == 0
    assert json.loads(done.stdout)["features"] == []


def test_suggest_and_reverse_and_info() -> None:
    assert "يلدا" in run("suggest", "يلد").stdout
    assert "Yalda" in run("reverse", "36.3211,33.4645").stdout
    assert "CC-BY-4.0" in run("info").stdout
