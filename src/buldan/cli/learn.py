"""`buldan learn`: make the learned tables."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import click
from rich.progress import Progress

from buldan.cli.learn_mentions import abroad, lexicon, mentions, words
from buldan.cli.options import TEXT_FILE

__all__ = ["learn"]


@click.group()
def learn() -> None:
    """Make the learned tables: edit costs, scores, weights and word lists."""


learn.add_command(mentions)
learn.add_command(words)
learn.add_command(lexicon)
learn.add_command(abroad)


@learn.command()
def costs() -> None:
    """Learn edit costs from the spellings in the gazetteer."""
    from buldan.index import find_packaged_gazetteer  # noqa: PLC0415
    from buldan.learn.costs import fit_all_costs, write_costs  # noqa: PLC0415
    from buldan.store import read_names  # noqa: PLC0415

    with Progress(transient=True) as progress:
        task = progress.add_task("rounds of expectation maximisation", total=20)
        learned = fit_all_costs(read_names(find_packaged_gazetteer()), on_round=lambda: progress.advance(task))
    path = Path(str(files("buldan.text"))) / "tables" / "costs.tsv"
    write_costs(path, learned)
    click.echo(f"{sum(map(len, learned.values()))} costs written to {path}")


@learn.command()
@click.argument("paths", metavar="FILES", nargs=-1, required=True, type=TEXT_FILE)
@click.option(
    "--abroad",
    type=TEXT_FILE,
    help="A tab-separated file of places abroad (columns name, name_ar), which should have no answer.",
)
def score(paths: tuple[Path, ...], abroad: Path | None) -> None:
    """Learn the weights of evidence from FILES of names with known coordinates.

    It also prints the accuracy on rows that were kept out.
    """
    from buldan.index import open_index  # noqa: PLC0415
    from buldan.learn.calibration import fit_calibration  # noqa: PLC0415
    from buldan.learn.score import cross_validate, fit_weights, read_examples, write_weights  # noqa: PLC0415

    index = open_index()
    with Progress(transient=True) as progress:
        task = progress.add_task("looking up", total=None)
        examples = read_examples(index, paths, on_row=lambda: progress.advance(task))
    held_aside = cross_validate(examples)
    path = Path(str(files("buldan.lookup"))) / "weights.tsv"
    with Progress(transient=True) as progress:
        task = progress.add_task("calibrating", total=None)
        weights = fit_calibration(
            index, fit_weights(examples), paths, abroad=_read_names(abroad), on_row=lambda: progress.advance(task)
        )
    write_weights(path, weights)
    click.echo(f"{len(examples)} questions; first right on rows held aside: {held_aside:.3f}; written to {path}")


@learn.command()
@click.argument("paths", metavar="FILES", nargs=-1, required=True, type=TEXT_FILE)
def levels(paths: tuple[Path, ...]) -> None:
    """Learn where scores level off, from FILES of names with known coordinates.

    It also prints how far off scores are on rows that were kept out.
    """
    from dataclasses import replace  # noqa: PLC0415

    from buldan.index import open_index  # noqa: PLC0415
    from buldan.learn.levels import fit_levels, measure_kept_out, read_scored  # noqa: PLC0415
    from buldan.learn.score import write_weights  # noqa: PLC0415
    from buldan.lookup.evidence import read_weights  # noqa: PLC0415

    weights = read_weights()
    with Progress(transient=True) as progress:
        task = progress.add_task("looking up", total=None)
        scored = read_scored(open_index(), weights, paths, on_row=lambda: progress.advance(task))
    learned = fit_levels(scored)
    curves = {
        context: replace(curve, rise=learned[context].rise, top=learned[context].top)
        for context, curve in weights.calibration.items()
    }
    path = Path(str(files("buldan.lookup"))) / "weights.tsv"
    write_weights(path, replace(weights, calibration=curves))
    by_place = measure_kept_out(scored, lambda each: each.fold)
    by_file = measure_kept_out(scored, lambda each: each.file)
    click.echo(
        f"{len(scored)} answers that no doubt lowered; expected calibration error where places were kept out "
        f"{by_place:.3f}, where files were {by_file:.3f}; written to {path}"
    )


def _read_names(path: Path | None) -> list[str]:
    """The names in all columns of names of a file; empty without a file."""
    if path is None:
        return []
    header, *rows = (line.split("\t") for line in path.read_text("utf-8").splitlines())
    columns = [at for at, name in enumerate(header) if name.startswith("name")]
    return [row[at] for row in rows for at in columns if at < len(row) and row[at]]
