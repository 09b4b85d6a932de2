"""The examples below the help of each command, from `examples.tsv`."""

from __future__ import annotations

import click

from buldan.rules import read_table

__all__ = ["add_examples", "find_examples"]


def find_examples(path: str) -> list[str]:
    """The example lines of a command, by its path below `buldan` ("evaluate names")."""
    return [example for command, example in read_table("cli/examples") if command == path]


def add_examples(command: click.Command, path: str) -> click.Command:
    """The command with its examples added below its help; the same for all commands below it."""
    if isinstance(command, click.Group):
        for name, below in command.commands.items():
            add_examples(below, f"{path} {name}")
    elif examples := find_examples(path):
        # With \b click does not wrap the lines.
        command.epilog = "\b\nExamples:\n" + "\n".join(f"  {example}" for example in examples)
    return command
