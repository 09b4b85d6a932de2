"""Compiled or not, the innermost loops answer alike."""

import subprocess
import sys
from pathlib import Path

import pytest

ASKING = Path(__file__).with_name("asking.py")


def asked(*how: str) -> tuple[str, str]:
    done = subprocess.run([sys.executable, ASKING, *how], capture_output=True, text=True, encoding="utf-8", check=True)
    return done.stdout, done.stderr.splitlines()[-1]


def test_interpreted_modules_answer_as_compiled_ones() -> None:
    answers, compiled = asked()
    if compiled == "[]":
        pytest.skip("nothing is compiled here: no C compiler was at hand")
    interpreted_answers, still_compiled = asked("interpreted")
    assert still_compiled == "[]"
    assert len(answers.splitlines()) > 150
    assert interpreted_answers == answers
