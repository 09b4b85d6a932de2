"""`buldan learn mentions` and `buldan learn words`: the tables that reading texts rests on."""

from __future__ import annotations

from pathlib import Path

import click

__all__ = ["mentions", "words"]

_File = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("file", type=_File)
@click.option("--ordinary", type=_File, help="A text that is not about Syria, to learn what is no place.")
def mentions(file: Path, ordinary: Path | None) -> None:
    """Weights of the geoparser, from the marked documents of FILE and the examples that come with it."""
    from buldan.evaluate.geoparse import judged_confidences, read_documents  # noqa: PLC0415
    from buldan.geoparse import Geoparser  # noqa: PLC0415
    from buldan.index import open_index  # noqa: PLC0415
    from buldan.learn.mentions import (  # noqa: PLC0415
        learn,
        learn_confidence,
        own_examples,
        read_held_out,
        split_ordinary,
        write_mention_weights,
    )
    from buldan.lookup import Lookup  # noqa: PLC0415

    index = open_index()
    geoparser = Geoparser(index, Lookup(index))
    marked = read_documents(file)
    weights = learn([*marked, *own_examples()], split_ordinary(ordinary), geoparser.resources)
    held_out = read_held_out(marked, ordinary, geoparser, calibrate=False)
    confidence = learn_confidence(judged_confidences(marked, held_out))
    path = write_mention_weights(weights | {"confidence": confidence})
    click.echo(f"weights from {len(marked)} documents and our own examples written to {path}")


@click.command()
def words() -> None:
    """How common the words of names are in ordinary text (needs wordfreq)."""
    from buldan.index import open_index  # noqa: PLC0415
    from buldan.learn.ordinary import write_ordinary_words  # noqa: PLC0415

    path = write_ordinary_words(name.text for name in open_index().names)
    click.echo(f"written to {path}")
