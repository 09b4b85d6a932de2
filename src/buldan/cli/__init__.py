"""The command line: small commands, each in a module that is imported only when it is called.

Buldan's own errors end a command with one line on standard error and exit code 2. If the reader of the output goes
away (`| head`), the command ends without an error.
"""

from __future__ import annotations

import errno
import logging
import os
import re
import sys
import warnings
from collections.abc import Sequence
from contextlib import AbstractContextManager
from importlib import import_module
from io import BufferedReader, RawIOBase, TextIOWrapper
from typing import NamedTuple

import click

from buldan.cli.examples import add_examples
from buldan.errors import BuldanError, needs_extra
from buldan.near_words import find_near_word
from buldan.waiting import announce_with

__all__ = ["main"]


class _Entry(NamedTuple):
    """A command.

    Attributes:
        module: its module in `buldan.cli`.
        line: its help in one line.
        extra: the extra that it needs, if any.
    """

    module: str
    line: str
    extra: str = ""


_GROUPS: dict[str, dict[str, _Entry]] = {
    "Everyday": {
        "lookup": _Entry("lookup", "Find places by name, in any spelling."),
        "suggest": _Entry("lookup", "Complete the beginning of a name."),
        "reverse": _Entry("lookup", "List the places at or around a point."),
        "geoparse": _Entry("geoparse", "Find the places that a text mentions.", "geo"),
        "geocode": _Entry("geocode", "Add coordinates and P-codes to a table.", "geo"),
        "summarise": _Entry("summarise", "Count places by governorate, district or sub-district.", "geo"),
        "serve": _Entry("serve", "Start the HTTP service and the map page.", "server"),
        "site": _Entry("site", "Write the map page as static files.", "server"),
        "mcp": _Entry("mcp", "Start the service for agents (Model Context Protocol).", "mcp"),
        "export": _Entry("export", "Write the gazetteer to a file or database.", "geo"),
        "info": _Entry("info", "Show version, counts, sources and licences."),
        "cache": _Entry("cache", "List, check and clear the cached index files."),
    },
    "Data": {
        "compile": _Entry("compile", "Make the gazetteer from its sources.", "compile"),
        "sources": _Entry("sources", "Download the publishers' files for `compile`.", "compile"),
        "check": _Entry("compile", "Check every record of a gazetteer.", "compile"),
        "diff": _Entry("compile", "List what changed between two gazetteers.", "compile"),
        "report": _Entry("compile", "Write the data report, docs/gazetteer.md.", "compile"),
    },
    "Development": {
        "evaluate": _Entry("evaluate", "Measure accuracy on files of known answers."),
        "learn": _Entry("learn", "Make the learned tables (edit costs, scores, weights)."),
    },
}
"""The commands in groups by purpose, in the order of the help."""

_COMMANDS = {name: entry for group in _GROUPS.values() for name, entry in group.items()}


_CALLED_OTHERWISE = {
    **dict.fromkeys(("find", "search", "match", "resolve"), "lookup"),
    **dict.fromkeys(("read", "parse", "extract", "geotag", "ner"), "geoparse"),
    **dict.fromkeys(("table", "geocoding", "code"), "geocode"),
    **dict.fromkeys(("count", "aggregate", "sum"), "summarise"),
    **dict.fromkeys(("server", "http", "api", "web", "map"), "serve"),
    **dict.fromkeys(("autocomplete", "complete"), "suggest"),
    **dict.fromkeys(("nearby", "near", "point"), "reverse"),
    **dict.fromkeys(("version", "about", "sources-list"), "info"),
}
"""Names of commands in other programs, with our command for each."""


class _LazyGroup(click.Group):
    """A group that imports a command only when it is called, which lets a lookup start fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"buldan.cli.{_COMMANDS[cmd_name].module}")
        command = getattr(module, cmd_name)
        assert isinstance(command, click.Command)
        return add_examples(command, cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        for title, entries in _GROUPS.items():
            with formatter.section(f"{title} commands"):
                formatter.write_dl([(name, entry.line) for name, entry in entries.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError:
            near = _CALLED_OTHERWISE.get(args[0]) or find_near_word(args[0], _COMMANDS)
            if not near:
                raise
            raise click.UsageError(f"no such command '{args[0]}', did you mean '{near}'?", ctx) from None

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except ModuleNotFoundError:
            called = _COMMANDS.get(ctx.invoked_subcommand or "")
            with needs_extra(called.extra if called else ""):
                raise


_HELP = """Places of Syria: find them by name, in text, and on the map.

\b
The three most common tasks:
  buldan lookup Yalda "دير الزور"                        places by name
  buldan geocode incidents.xlsx --output places.xlsx    a place for each row of a table
  buldan geoparse article.txt --format html > map.html  places in a text, beside a map

`buldan COMMAND --help` shows the options and examples of a command.
"""


@click.group(
    help=_HELP, cls=_LazyGroup, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(package_name="buldan")
@click.pass_context
def buldan(context: click.Context) -> None:
    """Show the help if no command is named."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    _replace_closed_streams()
    _write_utf8()
    _silence_libraries()
    _announce_waiting()
    try:
        given = list(arguments) if arguments is not None else None
        code = buldan.main(args=given, prog_name="buldan", standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except BuldanError as error:
        _echo_error(str(error))
        sys.exit(2)
    except click.exceptions.Exit as leave:
        sys.exit(leave.exit_code)
    except click.ClickException as error:
        click.echo(_format_error(error), err=True)
        sys.exit(2)
    except (KeyboardInterrupt, click.Abort) as stop:
        notes = (stop.__cause__ or stop).args  # a message on the part of the work that is kept, if there is one
        click.echo("; ".join(("buldan: stopped", *map(str, notes))), err=True)
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except ExceptionGroup as errors:  # of tasks that ran at the same time, as in the command `mcp`
        first: Exception = errors
        while isinstance(first, ExceptionGroup):
            first = first.exceptions[0]
        if not isinstance(first, OSError):
            raise
        _echo_error(f"{first.filename or 'input or output'}: {first.strerror or first}")
        sys.exit(2)
    except OSError as error:
        where = error.filename or ("standard output" if error.errno in _FULL else "input or output")
        _echo_error(f"{where}: {error.strerror or error}")
        sys.exit(2)


def _echo_error(message: str) -> None:
    """Print an error as one line, also if a name in it has a line break."""
    click.echo(f"buldan: {' '.join(message.splitlines())}", err=True)


_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""Errors of a full disk; they are about standard output if the error names no file."""


class _ClosedInput(RawIOBase):
    """Standard input that the caller has closed: reading it raises an error."""

    name = "<stdin>"

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object, /) -> int:  # noqa: ARG002 - nothing is read
        raise OSError(errno.EBADF, "is closed", "standard input")


def _replace_closed_streams() -> None:
    """Replace closed standard streams (`>&-`), for which Python has None; end with an error if it is the output."""
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - open until the process ends
    if sys.stdin is None:
        sys.stdin = TextIOWrapper(BufferedReader(_ClosedInput()), "utf-8")
    if sys.stdout is None:
        click.echo("buldan: standard output is closed; send it to /dev/null if you do not want it", err=True)
        sys.exit(2)


def _write_utf8() -> None:
    """Write UTF-8 on all machines: most old code pages do not have Arabic."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and stream.encoding.lower() not in ("utf-8", "utf8"):
            stream.reconfigure(encoding="utf-8")


def _silence_libraries() -> None:
    """Hide warnings of libraries ("workbook contains no default style"), which do not help users."""
    if not sys.warnoptions:
        warnings.simplefilter("ignore")
    logging.getLogger("pyogrio").addHandler(logging.NullHandler())


def _announce_waiting() -> None:
    """Show a message on a terminal while something is built that is needed only once."""
    if not sys.stderr.isatty():
        return
    announce_with(_show_waiting)


def _show_waiting(what: str) -> AbstractContextManager[object]:
    from rich.console import Console  # noqa: PLC0415 - only needed while somebody waits

    return Console(stderr=True).status(f"{what}, once; this takes some seconds …")


def _format_error(error: click.ClickException) -> str:
    """The message of an error in a command, and how to get its help; for a group without command, its help."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error.format_message()
    context = getattr(error, "ctx", None)
    if isinstance(error, click.NoSuchOption) and context:
        near = find_near_word(error.option_name, [name for option in context.command.params for name in option.opts])
        message = f"no such option '{error.option_name}'" + (f", did you mean '{near}'?" if near else "")
    else:
        message = " ".join(error.format_message().split()).rstrip(".")
    for pattern, plain in _PLAINER:
        message = re.sub(pattern, plain, message)
    if choice := _NOT_ONE_OF.search(message):
        near = find_near_word(choice[1], choice[2].strip("'").split("', '"))
        message += f"; did you mean '{near}'?" if near else ""
    return f"buldan: {message}" + (f"; see {context.command_path} --help" if context else "")


_PLAINER = (
    (r"^Invalid value for '\[?([^'\]:]+)\]?'(?: / '[^']+')?(?: \(env var: '[^']+'\))?: ", r"\1: "),
    (r"is not a valid integer(?: range)?$", "is not a whole number"),
    (r"is not a valid float(?: range)?$", "is not a number"),
    (r"(\S+) is not in the range (\S+)<=x<=(\S+)$", r"must be from \2 to \3, not \1"),
    (r"(\S+) is not in the range (\S+)<x<=(\S+)$", r"must be more than \2 and at most \3, not \1"),
    (r"(\S+) is not in the range x>=(\S+)$", r"must be \2 or more, not \1"),
    (r"^(?:FILE|INPUT|SOURCE): '(.+)': (.+)$", r"\1: \2"),
    (r"^(?:FILES?(?:\.\.\.)?|INPUT|SOURCE): (.+)$", r"\1"),
    (r"^(?:[^:]+: )?(?:File|Directory|Path) '(.+)' does not exist$", r"\1: there is no such file or folder"),
    (r"^(?:(--\S+): )?File '(.+)' is a directory$", r"\2: this is a folder; name a file"),
    (r"^(?:[^:]+: )?Directory '(.+)' is a file$", r"\1: this is a file; name a folder"),
    (r"^(.+): No such file or directory$", r"\1: there is no such file"),
    (r"^Got unexpected extra arguments? \((.+)\)$", r"too many arguments: \1"),
    (r"^Missing (option|argument) '(.+)'$", r"the \1 '\2' is missing"),
    (r"^No such command", "no such command"),
)
"""Patterns of click's messages on options, and our wording of each."""

_NOT_ONE_OF = re.compile(r"'([^']*)' is not one of ('.+')$")
"""A pattern of click's message for a wrong choice: the word given, and the words allowed."""
