"""The page of all commands, from the commands themselves: `python tests/docs/commands.py > docs/commands.md`."""

from collections.abc import Iterator

import click

from buldan.cli import buldan
from buldan.cli.examples import find_examples

HEAD = """\
# Commands and their options

Every command of `buldan`, with the words of `--help`. A terminal gets a readable table, a pipe gets GeoJSON or lines.
An error is one line on standard error, with exit code 2. Exit code 1 means that a check found something, or that a
name has no answer.

Made by `python tests/docs/commands.py > docs/commands.md`; a test compares the two.

A shell completes commands and options by the tab key once its start-up file has one of these lines (bash, zsh, fish):

```{.sh .no-run}
eval "$(_BULDAN_COMPLETE=bash_source buldan)"
eval "$(_BULDAN_COMPLETE=zsh_source buldan)"
_BULDAN_COMPLETE=fish_source buldan | source
```
"""


def iter_commands(command: click.Command, context: click.Context) -> Iterator[tuple[click.Command, click.Context]]:
    """A command, or all those below a group."""
    if not isinstance(command, click.Group):
        yield command, context
        return
    for name in command.list_commands(context):
        below = command.get_command(context, name)
        assert below is not None
        yield from iter_commands(below, click.Context(below, info_name=name, parent=context))


def iter_options(command: click.Command) -> Iterator[click.Option]:
    """The options of a command, `--help` left out."""
    return (parameter for parameter in command.params if isinstance(parameter, click.Option))


def section(command: click.Command, context: click.Context) -> Iterator[str]:
    """What one command does, and a line an option."""
    arguments = (part for part in command.collect_usage_pieces(context) if part != "[OPTIONS]")
    yield f"\n## `{' '.join((context.command_path, *arguments))}`"
    yield " ".join((command.help or "").split())
    options = list(iter_options(command))
    if options:
        yield "\n| option | what it does |\n|---|---|"
        yield from map(row, options)
    examples = find_examples(context.command_path.removeprefix("buldan "))
    if examples:
        yield from ("\n```{.sh .no-run}", *examples, "```")


def row(option: click.Option) -> str:
    """A line on one option: how it is written, what it takes, what it is without being given."""
    flags = ", ".join((*reversed(option.opts), *option.secondary_opts))
    if isinstance(option.type, click.Choice):
        flags += f" {' or '.join(option.type.choices)}"
    elif option.metavar:
        flags += f" {option.metavar}"
    elif not option.is_flag:
        flags += f" {option.type.name.split()[0].upper()}"
    told, _, noted = (option.help or "").partition("  [default: ")
    default = option.default if option.show_default else noted.rstrip("]")
    return f"| `{flags}` | {told}{f' Default: {default}.' if default not in ('', None) else ''} |"


def page() -> str:
    """The whole page."""
    found = iter_commands(buldan, click.Context(buldan, info_name="buldan"))
    return HEAD + "\n".join(line for command, context in found for line in section(command, context)) + "\n"


if __name__ == "__main__":
    click.echo(page(), nl=False)
