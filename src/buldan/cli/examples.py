"""The examples below the help of each command, from `examples.tsv`."""

from __future__ import annotations

import click

from buldan.rules import read_table

__all__ = ["add_examples", "find_examples"]


def find_examples(path: str) -> list[str]:
    """The example lines of a command, called by its path below `buldan` ("evaluate names")."""
    return [example for command, example in read_table("cli/examples") if command == path]


def add_examples(command: click.Command, path: str) -> click.Command:
    """The command with its examples below its help, and all commands below it with theirs."""
    if isinstance(command, click.Group):
        for name, below in command.commands.items():
            add_examples(below, f"{path} {name}")
    elif examples := find_examples(path):
        # \b keeps click from wrapping the lines.
        command.epilog = "\b\nExamples:\n" + "\n".join(f"  {example}" for example in examples)
    return command
