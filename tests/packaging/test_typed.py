"""Buldan is typed for its users: a program with every public name passes `mypy --strict`, and runs."""

import re
import subprocess
import sys
from pathlib import Path

import buldan

PROGRAM = Path(__file__).with_name("user_program.py")


def test_the_program_uses_every_public_name() -> None:
    assert set(re.findall(r"\bbuldan\.(\w+)", PROGRAM.read_text("utf-8"))) == set(buldan.__all__)


def test_the_program_passes_mypy_strictly(tmp_path: Path) -> None:
    (tmp_path / "program.py").write_text(PROGRAM.read_text("utf-8"), "utf-8")
    # From an empty folder, so that no configuration of ours is read.
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "program.py"],
        cwd=tmp_path,
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout


def test_the_program_runs() -> None:
    done = subprocess.run([sys.executable, PROGRAM], check=False, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert "C2302" in done.stdout
