"""The README says what happens: its commands and its Python run as they stand there."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pandas as pd
import pytest

import buldan
from buldan.cli import buldan as command_line

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
BULDAN = [sys.executable, "-c", "from buldan.cli import main; main()"]


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def words(line: str) -> list[str]:
    """What a line of the table says, without the score, which learning moves."""
    return re.sub(r"\s[01]\.\d\d( \?)?\s*$", "", line).split()


def test_the_first_command_prints_what_the_readme_shows() -> None:
    command = shlex.split(blocks("sh")[0])
    arguments = command[command.index(".venv/bin/buldan") + 1 :]
    shown = subprocess.run([*BULDAN, *arguments], check=True, capture_output=True, encoding="utf-8").stdout
    printed = [words(line) for line in shown.splitlines()]
    promised = [words(line) for line in blocks("text")[0].splitlines() if line != "…"]
    assert len(promised) > 3
    assert [line for line in promised if line not in printed] == []


COMMANDS = [
    shlex.split(line, comments=True)
    for block in blocks("sh")
    for line in block.splitlines()
    if line.startswith("buldan ")
]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[1])
def test_every_command_of_the_readme_is_one(command: list[str]) -> None:
    """Parsed, not run: some write files or serve."""
    context = click.Context(command_line, info_name="buldan")
    _, found, arguments = command_line.resolve_command(context, command[1:])
    assert found is not None
    if ">" in arguments:
        arguments = arguments[: arguments.index(">")]
    arguments = [re.sub(r"^article\.txt$", "-", argument) for argument in arguments]
    found.make_context(command[1], arguments, parent=context)


def test_the_python_of_the_readme_runs() -> None:
    table = pd.DataFrame({"place": ["Yelda", "العسالي"], "governorate": ["Rif Dimashq", "Damascus"]})
    (code,) = blocks("python")
    names = {"df": table}
    exec(compile(code, "README.md", "exec"), names)
    assert names["best"].place.pcode == "C2502"
    assert isinstance(names["gaz"], buldan.Gazetteer)
