"""The load test still runs, loses no answer, and its page follows from what it measured."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    out = tmp_path_factory.mktemp("load") / "page.md"
    command = [sys.executable, "-m", "benchmarks.load", "--smoke", "--out", str(out)]
    done = subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return out.read_text("utf-8")


def rows_of(page: str, heading: str) -> list[list[str]]:
    section = page.split(f"## {heading}\n")[1].split("\n## ", maxsplit=1)[0]
    table = [line.strip("| ").split(" | ") for line in section.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in row] for row in table[1:]]


def test_every_question_is_answered_beside_a_bare_endpoint(page: str) -> None:
    table = [line for line in page.split("\n## ", maxsplit=1)[0].splitlines() if line.startswith("| ")]
    assert not [line for line in table if "failed" in line]
    for title in ("place by id", "exact lookup", "fuzzy lookup", "4 KB geoparse", "fuzzy lookup, 2 workers"):
        (row,) = [line.strip("| ").split(" | ") for line in table if line.startswith(f"| {title} |")]
        assert float(row[2].replace(",", "")) > 0
        assert float(row[3]) <= float(row[4])
        assert float(row[6].rstrip("%")) > 0


def test_the_parts_of_a_request_add_up(page: str) -> None:
    *parts, whole = [float(row[1]) for row in rows_of(page, "Where the time of a fuzzy lookup goes")]
    assert sum(parts) == pytest.approx(whole, abs=0.02)


def test_no_answer_is_lost_in_a_crowd(page: str) -> None:
    claims = {row[0].split(":")[0]: row for row in rows_of(page, "Targets")}
    assert claims["100 connections at once, slow and disconnecting clients"][1:] == ["0 lost", "✓"]
    assert claims["no request failed"][-1] == "✓"


def test_a_smoke_run_says_that_it_means_nothing(page: str) -> None:
    assert "smoke run" in page
