"""Write the answers of `buldan evaluate` commands: rows to compare with another run, and a curve."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from buldan.evaluate.judgements import Judgement

__all__ = ["answers_option", "curve_option", "write_answers"]

answers_option = click.option(
    "--answers",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write every answer to this TSV file, for `buldan evaluate compare`.",
)
curve_option = click.option(
    "--curve",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Draw coverage against precision for all thresholds (.svg, .png; needs matplotlib).",
)


def write_answers(judgements: Iterable[Judgement], answers: Path | None, curve: Path | None) -> None:
    """Write the rows and the curve to the files that are given."""
    from buldan.evaluate.judgements import draw_curve, write_judgements  # noqa: PLC0415 - only when there is work

    rows = list(judgements)
    if answers:
        write_judgements(answers, rows)
    if curve:
        groups: dict[str, list[Judgement]] = defaultdict(list)
        for row in rows:
            groups[row.group].append(row)
        draw_curve(groups, curve)
