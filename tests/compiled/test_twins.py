"""Compiled or not, the innermost loops answer alike."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ASKING = Path(__file__).with_name("asking.py")
SOURCES = ASKING.parents[2] / "src"
DECLARED = re.compile(r"^ *c(?:p?)def [^(=\n]*?(\w+)[(:]", re.MULTILINE)


def asked(*how: str) -> tuple[str, str]:
    done = subprocess.run([sys.executable, ASKING, *how], capture_output=True, text=True, encoding="utf-8", check=True)
    return done.stdout, done.stderr.splitlines()[-1]


def test_interpreted_modules_answer_as_compiled_ones() -> None:
    answers, compiled = asked()
    if compiled == "[]":
        pytest.skip("nothing is compiled here: no C compiler was at hand")
    interpreted_answers, still_compiled = asked("interpreted")
    assert still_compiled == "[]"
    assert len(answers.splitlines()) > 100
    assert interpreted_answers == answers


@pytest.mark.parametrize("declarations", sorted(SOURCES.rglob("*.pxd")), ids=lambda path: path.stem)
def test_what_is_declared_is_defined(declarations: Path) -> None:
    """A function renamed on one side alone leaves the whole package uncompiled, which is no error at installation."""
    source = declarations.with_suffix(".py").read_text("utf-8")
    known = set(re.findall(r"\b(?:def|class) (\w+)[(:]", source))
    known.update(
        name for line in re.findall(r"^from math import (.*)$", source, re.MULTILINE) for name in line.split(", ")
    )
    lines = declarations.read_text("utf-8").splitlines()
    declared = DECLARED.findall("\n".join(lines))
    # A module may be compiled without types; it then says so, and declares nothing that the expression would miss.
    assert declared or all(line.startswith("#") for line in lines)
    assert set(declared) <= known
