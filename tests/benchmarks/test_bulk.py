"""The benchmark of tables and corpora still runs, and its arithmetic follows from what it measured."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))  # benchmarks/ is beside the package, not in it

from benchmarks.bulk.arithmetic import archive  # noqa: E402
from benchmarks.bulk.corpora import CorpusFigures, Reading  # noqa: E402
from benchmarks.bulk.limits import Limits  # noqa: E402
from benchmarks.bulk.material import messy_names, write_table  # noqa: E402


def test_the_page_has_every_section_and_every_target_a_mark():
    command = [sys.executable, "-m", "benchmarks.bulk", "--smoke"]
    done = subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    page = done.stdout
    assert "smoke run" in page
    for heading in ("## A table", "## A corpus", "## A hundred million articles", "### What breaks first"):
        assert heading in page
    targets = [line for line in page.splitlines() if line.startswith("| ") and ("≥" in line or "±" in line)]
    assert len(targets) == 4
    assert all(line.rstrip("| ").endswith(("✓", "✗")) for line in targets)
    assert "identical |  | ✓" in page


def reading(documents, seconds):
    return Reading(documents, documents * 4, documents * 1_000, seconds, seconds, 3.0, 250.0, 300.0)


def test_the_archive_is_what_was_measured_times_its_size():
    corpus = CorpusFigures(200_000, reading(100, 0.5), reading(1_000, 5.0), 0.6, 0.3, 2.0, 3, True)
    limits = Limits(500, 50_000, 0.01, 0.001, 0.001, 1e9, 500_000)
    sums = archive(corpus, limits, characters=3_000)
    assert sums.core_hours == pytest.approx(100e6 * 3_000 / 200_000 / 3_600)  # 200,000 characters a second
    assert sums.hours(16) == sums.core_hours / 16
    assert sums.mentions == pytest.approx(100e6 * 12)
    assert sums.bytes_in == pytest.approx(100e6 * 3_000 * 2)
    assert sums.bytes_out == pytest.approx(200_000 * 150_000)
    assert dict(sums.ceilings) == pytest.approx(
        {
            "one client that writes the parts": 7.5 / 0.03,
            "one scheduler that hands out tasks": 7.5 / 0.001,
            "1 Gbit/s into the client": 7.5 / (1.5e6 / 125e6),
            "1 Gbit/s out of the store of articles": 7.5 / (3e6 / 125e6),
        }
    )
    assert [count for _, count in sums.ceilings] == sorted(count for _, count in sums.ceilings)


def test_messy_names_are_distinct_and_the_same_each_time(tmp_path):
    names = messy_names(["Nawa", "يلدا", "Deir Ezzor"], 60)
    assert len(set(names)) == 60
    assert names == messy_names(["Nawa", "يلدا", "Deir Ezzor"], 60)
    write_table(tmp_path / "a.csv", names, 200)
    lines = (tmp_path / "a.csv").read_text("utf-8").splitlines()
    assert len(lines) == 201
    assert {line.split(",")[1] for line in lines[1:]} == set(names)
