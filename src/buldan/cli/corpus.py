"""What `buldan geoparse --input` does: a corpus into a folder of mentions, with progress."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from buldan.corpora import Progress, Task
    from buldan.corpora.run import Runner
    from buldan.gazetteer import Gazetteer

__all__ = ["read_corpus"]


def read_corpus(
    inputs: tuple[str, ...],
    output: Path,
    *,
    text_field: str = "text",
    id_field: str | None = None,
    foreign: bool = False,
    scheduler: str | None = None,
    workers: int | None = None,
    overlay: Path | None = None,
) -> None:
    """Read every document that `inputs` stand for into the folder `output`; see `buldan.corpora`."""
    from buldan.cli.screen import warn_if_interpreted  # noqa: PLC0415
    from buldan.corpora import Task, geoparse_corpus  # noqa: PLC0415 - Arrow is loaded when there is work
    from buldan.gazetteer import load  # noqa: PLC0415

    warn_if_interpreted()
    gazetteer = load(overlay=overlay)
    task = Task(text_field, id_field, foreign)
    begun = monotonic()
    with _open_runner(gazetteer, task, overlay, scheduler, workers) as runner, _show_progress() as on_part:
        progress = geoparse_corpus(inputs, output, gazetteer=gazetteer, task=task, runner=runner, on_part=on_part)
    click.echo("\n".join(_sum_up(progress, output, monotonic() - begun)), err=True)


@contextmanager
def _open_runner(
    gazetteer: Gazetteer, task: Task, overlay: Path | None, scheduler: str | None, workers: int | None
) -> Iterator[Runner | None]:
    """Who reads the parts: None for this process."""
    if scheduler is None and workers is None:
        yield None
        return
    from buldan.dask import Origin, open_cluster, part_runner  # noqa: PLC0415

    origin = Origin.of(gazetteer, overlay=overlay)
    with open_cluster(scheduler, workers=workers) as client:
        yield part_runner(client, origin, task)


@contextmanager
def _show_progress() -> Iterator[Callable[[Progress], object]]:
    """A line on a terminal that says how far a run is, and how fast."""
    from rich.console import Console  # noqa: PLC0415

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _: None
        return
    begun = monotonic()
    with console.status("reading …") as status:
        yield lambda progress: status.update(_state(progress, monotonic() - begun))


def _state(progress: Progress, seconds: float) -> str:
    pace = (progress.documents - progress.earlier) / max(seconds, 1e-3)
    return (
        f"{progress.documents:,} documents, {progress.mentions:,} mentions, {progress.bad:,} set aside; "
        f"{pace:,.{0 if pace >= 10 else 1}f} documents a second"
    )


def _sum_up(progress: Progress, output: Path, seconds: float) -> Iterator[str]:
    yield _state(progress, seconds)
    if progress.earlier:
        yield f"{progress.earlier:,} of the documents were done before"
    yield f"{progress.parts:,} parts written to {output}"
    if progress.bad:
        yield f"what was set aside, and why: {output / '_bad-*.jsonl'}"
