"""`buldan evaluate held-out`: sure answers for places that are not in the gazetteer."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import click
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

__all__ = ["held_out"]


@click.command("held-out")
@click.option(
    "--one-in", type=click.IntRange(min=2), default=20, show_default=True, help="Remove one place in this many."
)
def held_out(one_in: int) -> None:
    """Remove places from the gazetteer and look up their names: each sure answer is another place."""
    from buldan.cli.screen import new_console  # noqa: PLC0415
    from buldan.evaluate.held_out import ask_names, count_sure, draw_held_out, write_without  # noqa: PLC0415
    from buldan.gazetteer import load  # noqa: PLC0415 - a lookup starts without the evaluation
    from buldan.index import find_packaged_gazetteer  # noqa: PLC0415

    held = draw_held_out(load(), one_in=one_in)
    with TemporaryDirectory() as folder, Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("asking", total=len(held))
        write_without(find_packaged_gazetteer(), [place.id for place in held], Path(folder))
        answers = list(ask_names(load(folder), held, on_place=lambda: progress.advance(task)))
    table = Table("other bearers", "names asked", "sure", "share", "sure and of that name", box=None)
    counts = count_sure(answers)
    total = tuple(map(sum, zip(*counts.values(), strict=True)))
    for bearers, (asked, sure, named) in (*counts.items(), ("all", total)):
        table.add_row(bearers, str(asked), str(sure), f"{sure / max(asked, 1):.3f}", str(named))
    new_console().print(table)
