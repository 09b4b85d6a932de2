"""`buldan evaluate compare`: the rows that became right or wrong between two runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from buldan.cli.options import TEXT_FILE

if TYPE_CHECKING:
    from buldan.evaluate.compare import Change

__all__ = ["compare"]


@click.command()
@click.argument("old", type=TEXT_FILE)
@click.argument("new", type=TEXT_FILE)
@click.option("--show", type=int, default=10, show_default=True, help="Number of changed rows to show for each group.")
@click.option("--fail-over", type=int, help="Exit with code 1 if more rows than this became wrong.")
def compare(old: Path, new: Path, show: int, fail_over: int | None) -> None:
    """Compare OLD and NEW, two files that `buldan evaluate … --answers FILE` wrote, row by row."""
    from rich.table import Table  # noqa: PLC0415 - a lookup starts without it

    from buldan.cli.screen import new_console  # noqa: PLC0415
    from buldan.evaluate.compare import compare as compare_rows  # noqa: PLC0415
    from buldan.evaluate.judgements import read_judgements  # noqa: PLC0415

    groups = compare_rows(read_judgements(old), read_judgements(new))
    table = Table("group", "rows", "right before", "right now", "turned right", "turned wrong", box=None)
    for name, group in groups.items():
        changed = (str(len(group.turned_right)), str(len(group.turned_wrong)))
        table.add_row(name, str(group.rows), str(group.before), str(group.after), *changed)
    new_console().print(table)
    for name, group in groups.items():
        unlike = group.only_before + group.only_after
        if unlike:
            click.echo(f"{name}: {unlike} rows are in one of the files alone and count neither way")
        if group.turned_right or group.turned_wrong:
            click.echo(f"\n{name}")
            for (turned, cause), count in group.count_causes().most_common():
                click.echo(f"  turned {turned}: {cause} {count}")
            for mark, changes in (("-", group.turned_wrong), ("+", group.turned_right)):
                for change in changes[:show]:
                    click.echo(f"  {mark} {_describe(change)}")
    wrong = sum(len(group.turned_wrong) for group in groups.values())
    if fail_over is not None and wrong > fail_over:
        raise click.exceptions.Exit(1)


def _describe(change: Change) -> str:
    before, after = (f"{row.answer or 'nothing'} {row.sure:.2f}" if row is not None else "nothing" for row in change)
    return f"{change.row.question}: {before} → {after}"
