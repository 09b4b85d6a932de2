"""Files of questions and the answers to them, in blocks: a line `? question`, and its answer, indented, below."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from difflib import unified_diff
from pathlib import Path

import pytest

from buldan.errors import BuldanError

__all__ = ["check", "options_of"]

_FOLDER = Path(__file__).parent


def check(name: str, answer: Callable[[str], Iterable[str]], *, rewrite: bool) -> None:
    """Compare the answers in a file with those given now; with `rewrite`, write these into it instead."""
    path = _FOLDER / f"{name}.txt"
    before = path.read_text("utf-8")
    now = "".join(_written(line, answer) for line in before.splitlines() if line and line[0] in "?#")
    if rewrite:
        path.write_text(now, "utf-8")
        return
    if before != now:  # compared here, since pytest would take a minute to tell how two long texts differ
        difference = "\n".join(unified_diff(before.splitlines(), now.splitlines(), name, "now", n=3, lineterm=""))
        pytest.fail(
            f"answers changed; read how, and if it is right, `pytest tests/golden --golden`\n{difference}", False
        )


def _written(line: str, answer: Callable[[str], Iterable[str]]) -> str:
    """A question with its answer as the file has it; a line of comment as it is."""
    if line.startswith("#"):
        return f"\n{line}\n"
    try:
        said = [*answer(line[2:].replace("\\n", "\n"))]
    except BuldanError as error:
        said = [f"refused: {error}"]
    return "\n".join([line, *(f"    {each}" for each in said)]) + "\n"


def options_of(question: str) -> tuple[str, dict[str, str]]:
    """The text of a question, and what is asked for beside it: `Suran | within=Hama | limit=3`."""
    text, *options = question.split(" | ")
    return text, dict(option.split("=", 1) for option in options)
