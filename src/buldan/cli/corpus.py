"""The work of `buldan geoparse --input`: read a corpus into a folder or a table of mentions, with progress."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

import click

from buldan.cli.wording import count_things
from buldan.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Callable

    from buldan.corpora import Progress, Task
    from buldan.corpora.run import Runner
    from buldan.gazetteer import Gazetteer

__all__ = ["read_corpus"]


def read_corpus(
    inputs: tuple[str, ...],
    output_name: str,
    *,
    text_field: str = "text",
    id_field: str | None = None,
    foreign: bool = False,
    scheduler: str | None = None,
    workers: int | None = None,
    overlay: Path | None = None,
) -> None:
    """Read every document of `inputs` into the table or folder `output_name`; see `buldan.corpora`."""
    from buldan.cli.screen import warn_if_interpreted  # noqa: PLC0415
    from buldan.corpora import Task, geoparse_corpus  # noqa: PLC0415 - Arrow is loaded when there is work
    from buldan.corpora.gathering import gather_parts  # noqa: PLC0415
    from buldan.corpora.sources import find_left_out, find_sources  # noqa: PLC0415
    from buldan.files import check_output  # noqa: PLC0415
    from buldan.gazetteer import load  # noqa: PLC0415

    output = Path(output_name)
    is_table = _is_table(output_name)
    if is_table:
        try:
            check_output(output)
        except QueryError as error:
            raise QueryError(f"{error}; for a folder, write {output}/", field="output") from None
        if output in find_sources(inputs):  # where a run wrote it into the folder that it read
            raise QueryError(f"{output} is among the inputs; write to another file", field="output")
    warn_if_interpreted()
    gazetteer = load(overlay=overlay)
    task = Task(text_field, id_field, foreign)
    begun = monotonic()
    folder = output.with_name(f"{output.name}.parts") if is_table else output
    with _open_runner(gazetteer, task, overlay, scheduler, workers) as runner, _show_progress() as on_part:
        progress = geoparse_corpus(inputs, folder, gazetteer=gazetteer, task=task, runner=runner, on_part=on_part)
    if is_table:
        gather_parts(folder, output, gazetteer.manifest, keep=progress.bad > 0)
    lines = _sum_up(progress, output, folder, monotonic() - begun, find_left_out(inputs))
    click.echo("\n".join(lines), err=True)


def _is_table(output_name: str) -> bool:
    """Whether the mentions become one table and no folder.

    An existing folder, a name with `/` at its end, and a name without an ending are folders. A number is not an ending:
    `run.2024` is a folder.
    """
    path = Path(output_name)
    if output_name.endswith(("/", os.sep)) or path.is_dir():
        return False
    return any(map(str.isalpha, path.suffix))


@contextmanager
def _open_runner(
    gazetteer: Gazetteer, task: Task, overlay: Path | None, scheduler: str | None, workers: int | None
) -> Iterator[Runner | None]:
    """The runner that reads the parts of the corpus; None for this process."""
    if scheduler is None and workers is None:
        yield None
        return
    from buldan.dask import Origin, open_cluster, part_runner  # noqa: PLC0415

    origin = Origin.of(gazetteer, overlay=overlay)
    with open_cluster(scheduler, workers=workers) as client:
        yield part_runner(client, origin, task)


@contextmanager
def _show_progress() -> Iterator[Callable[[Progress], object]]:
    """Show the progress and speed of a run in a line on a terminal."""
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
    bad = f", {progress.bad:,} that cannot be read" if progress.bad else ""
    return (
        f"{count_things(progress.documents, 'document')}, {count_things(progress.mentions, 'mention')}{bad}; "
        f"{pace:,.{0 if pace >= 10 else 1}f} documents a second"
    )


def _sum_up(progress: Progress, output: Path, folder: Path, seconds: float, left_out: Sequence[Path]) -> Iterator[str]:
    yield _state(progress, seconds)
    if progress.earlier:
        yield f"{progress.earlier:,} of the documents were done before"
    if progress.bad:
        yield f"what cannot be read, and why: {folder / '_bad-*.jsonl'}"
    if left_out:
        names = ", ".join(path.name for path in left_out[:3]) + (" …" if len(left_out) > 3 else "")
        yield f"not read, because of other kinds: {count_things(len(left_out), 'file')} ({names})"
    yield f"written to {output}" if folder != output else f"{count_things(progress.parts, 'part')} written to {output}"
