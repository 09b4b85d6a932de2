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
    from buldan.evaluate.geoparse import read_documents  # noqa: PLC0415
    from buldan.geoparse import Geoparser  # noqa: PLC0415
    from buldan.index import open_index  # noqa: PLC0415
    from buldan.learn.mentions import learn, own_examples, split_ordinary, write_mention_weights  # noqa: PLC0415
    from buldan.lookup import Lookup  # noqa: PLC0415

    index = open_index()
    tools = Geoparser(index, Lookup(index)).tools
    documents = [*read_documents(file), *own_examples()]
    path = write_mention_weights(learn(documents, split_ordinary(ordinary), tools))
    click.echo(f"weights from {len(documents)} documents written to {path}")


@click.command()
def words() -> None:
    """How common the words of names are in ordinary text (needs wordfreq)."""
    from buldan.index import open_index  # noqa: PLC0415
    from buldan.learn.ordinary import write_ordinary_words  # noqa: PLC0415

    path = write_ordinary_words(name.text for name in open_index().names)
    click.echo(f"written to {path}")
