"""A suite of others is moved by our tables: file, line and place, and nothing of its words."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))  # benchmarks/ is beside the package, not in it

from benchmarks.suites.moving import move_suite, read_rows  # noqa: E402
from benchmarks.suites.sources import SUITES, Suite, export_suite  # noqa: E402

FEATURE = """Feature: Places
    @slow
    Scenario: A town is found
        When asking "Atlantis by the sea" at 1.5,2.5
          | name     | code | post |
          | Atlantis | 12   | 99   |
        Then 3 are found

    Scenario: A house is found
        When asking "House 7"

    Scenario: A tag
        When asking "\\|"
"""
MODULE = """def test(self):
    self.ask({"query": "Atlantis", "near": [-1.5, 2]}, delta=3)
    assert 7 == 7
"""
MOVED = [
    ("places.feature", 2, "-", ""),
    ("places.feature", 4, "2", '"Old\\tDamascus"'),
    ("places.feature", 4, "4", "33.5,36.3"),
    ("places.feature", 5, "-2", ""),
    ("places.feature", 6, "0", "Damascus"),
    ("places.feature", 6, "-2", ""),
    ("places.feature", 5, "+1", "unit"),
    ("places.feature", 6, "+1", "SY01"),
    ("ask.py", 2, "1", '"Damascus"'),
    ("ask.py", 2, "3", "36.3"),
    ("ask.py", 3, "=", "assert 1"),
]


def write_table(path, header, rows):
    path.write_text("\n".join("\t".join(map(str, row)) for row in (header, *rows)) + "\n", "utf-8")
    return path


@pytest.fixture
def suite(tmp_path):
    (tmp_path / "places.feature").write_text(FEATURE, "utf-8")
    (tmp_path / "ask.py").write_text(MODULE, "utf-8")
    move_suite(
        tmp_path,
        moved=write_table(tmp_path / "moved.tsv", ("file", "line", "place", "value"), MOVED),
        out_of_scope=write_table(tmp_path / "out.tsv", ("file", "line", "why"), [("places.feature", 9, "houses")]),
    )
    return tmp_path


def test_values_cells_lines_and_scenarios(suite):
    assert (
        (suite / "places.feature").read_text("utf-8")
        == """Feature: Places
    Scenario: A town is found
        When asking "Old\tDamascus" at 33.5,36.3
          | name | unit | code |
          | Damascus | SY01 | 12 |
        Then 3 are found

    Scenario: A tag
        When asking "\\|"
"""
    )


def test_literals_of_python(suite):
    assert (
        (suite / "ask.py").read_text("utf-8")
        == """def test(self):
    self.ask({"query": "Damascus", "near": [36.3, 2]}, delta=3)
    assert 1
"""
    )


@pytest.mark.parametrize("name", ["nominatim", "geopy"])
def test_a_table_names_no_place_twice(name):
    rows = read_rows(ROOT / "benchmarks/suites" / name / "moved.tsv")
    places = [tuple(row.values())[:3] for row in rows if not row["place"].startswith("+")]
    assert len(rows) > 100
    assert len(set(places)) == len(places)
    assert all(row["value"] or row["place"].startswith("-") for row in rows)


def test_a_folder_that_is_no_clone_says_so(tmp_path):
    with pytest.raises(ValueError, match=r"git clone https://github\.com/komoot/photon"):
        export_suite(SUITES["photon"], checkout=tmp_path, into=tmp_path)


def test_a_suite_is_read_at_its_commit_whatever_is_checked_out(tmp_path):
    clone = tmp_path / "clone"
    git = ["git", "-C", str(clone), "-c", "user.name=x", "-c", "user.email=x@example.org"]
    (clone / "test").mkdir(parents=True)
    subprocess.run(["git", "init", "-q", str(clone)], check=True)
    for text in ("then", "now"):
        (clone / "test/case").write_text(text, "utf-8")
        subprocess.run([*git, "add", "."], check=True)
        subprocess.run([*git, "commit", "-qm", text], check=True)
    then = subprocess.run([*git, "rev-parse", "HEAD~1"], check=True, capture_output=True, text=True).stdout.strip()
    export_suite(Suite("someone/suite", then, ("test",)), checkout=clone, into=tmp_path)
    assert (tmp_path / "test/case").read_text("utf-8") == "then"
