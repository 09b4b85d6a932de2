"""`buldan geoparse`: the places that a text mentions."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from buldan.cli.options import overlay_option, public_url_option
from buldan.formats.forms import FORMS

if TYPE_CHECKING:
    from buldan.gazetteer import Gazetteer
    from buldan.geoparse import Mention, StageRecord

__all__ = ["geoparse"]


class _TextFile(click.File):
    """A file with one text; for a folder the error says how to read several texts."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if isinstance(value, str) and Path(value).is_dir():
            raise click.UsageError(f"{value}: this is a folder; {_SEVERAL.format(value)}", ctx)
        return super().convert(value, param, ctx)


_SEVERAL = "to read several texts: buldan geoparse --input {} --output places.csv"


@click.command(context_settings={"allow_extra_args": True})
@click.argument("file", type=_TextFile("rb"), default="-")
@click.option(
    "--format",
    "form",
    type=click.Choice(["geojson", "html", "table", *FORMS]),
    help="Format to write.  [default: table on a terminal, else geojson]",
)
@click.option(
    "--by",
    type=click.Choice(["mention", "place"]),
    default="mention",
    help="One GeoJSON feature for each mention, or for each place.",
)
@click.option("--foreign", is_flag=True, help="Include places outside Syria.")
@click.option("--utf16", is_flag=True, help="Count offsets in UTF-16 code units, as browsers do.")
@click.option("--trace", is_flag=True, help="Show what each stage found, kept and dropped, and why.")
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=0.0,
    help="Leave out mentions with a lower confidence (0 to 1).",
)
@click.option(
    "--lang", type=click.Choice(["ar", "en"]), help="Language of the names in HTML.  [default: that of the text]"
)
@public_url_option
@overlay_option
@click.option("--input", "inputs", multiple=True, help="Read a corpus: a file, folder or pattern; may be repeated.")
@click.option("--text-field", default="text", show_default=True, help="Column (or JSON member) that holds the text.")
@click.option("--id-field", help="Column (or JSON member) that identifies a document.")
@click.option(
    "--output",
    type=click.Path(),
    help="File (.csv .xlsx .geojson .kml .gpkg …) or folder (FOLDER/) for the mentions of a corpus.",
)
@click.option("--scheduler", help="Address of a Dask scheduler that shares out a corpus.")
@click.option("--workers", type=click.IntRange(1), help="Number of processes on this machine for a corpus.")
@click.pass_context
def geoparse(
    context: click.Context,
    file: BinaryIO,
    form: str | None,
    by: str,
    foreign: bool,
    utf16: bool,
    trace: bool,
    min_confidence: float,
    lang: str | None,
    public_url: str,
    overlay: Path | None,
    inputs: tuple[str, ...],
    text_field: str,
    id_field: str | None,
    output: str | None,
    scheduler: str | None,
    workers: int | None,
) -> None:
    """Find the places that the text in FILE (or standard input) mentions.

    With --input and --output, read a corpus (many files, or a folder of texts) instead.
    """
    if context.args:
        several = _SEVERAL.format("FILE --input FILE")
        raise click.UsageError(f"too many arguments: {' '.join(context.args[:3])}; {several}", context)
    if trace and (inputs or output or utf16 or form not in (None, "table")):
        raise click.UsageError(
            "--trace writes a table about one text: leave out --input, --output, --utf16 and --format"
        )
    if inputs or output:
        _read_corpus(inputs, output, text_field, id_field, foreign, scheduler, workers, overlay)
        return
    from buldan.gazetteer import load  # noqa: PLC0415 - so that --help stays quick

    text = _read_text(file)
    gazetteer = load(overlay=overlay)
    if trace:
        for line in _trace_table(gazetteer.geoparse(text, foreign=foreign, trace=True).trace):
            click.echo(line)
        return
    mentions = [m for m in gazetteer.geoparse(text, foreign=foreign) if m.confidence >= min_confidence]
    form = form or ("table" if sys.stdout.isatty() else "geojson")
    if utf16:
        mentions = _count_in_utf16(text, mentions, form)
    for line in _iter_output(form, text, mentions, gazetteer, by, public_url, lang):
        click.echo(line)


def _count_in_utf16(text: str, mentions: list[Mention], form: str) -> list[Mention]:
    """The mentions with offsets in UTF-16 units."""
    if form in FORMS and not FORMS[form].counts:
        raise click.UsageError(f"--utf16 does not go with --format {form}, whose offsets are code points")
    from buldan.formats.offsets import count_in_utf16  # noqa: PLC0415

    return mentions if form == "html" else count_in_utf16(text, mentions)


def _read_text(file: BinaryIO) -> str:
    from buldan.geoparse.document.decoding import decode  # noqa: PLC0415

    name = "standard input" if file.name == "<stdin>" else file.name
    # As one text, its letters may be escapes, and its offsets mean nothing.
    if name.lower().endswith((".jsonl", ".ndjson")):
        raise click.UsageError(
            f"{name} has a text in each line; to read each: buldan geoparse --input {name} --output places.csv"
        )
    decoded = decode(file.read(), name=name)
    if not decoded.encoding.startswith("utf"):
        click.echo(f"buldan: {name} is not UTF-8; it is read as {decoded.encoding}", err=True)
    if not decoded.text.strip():
        click.echo(f"buldan: {name} is empty", err=True)
    return decoded.text


def _read_corpus(
    inputs: tuple[str, ...],
    output: str | None,
    text_field: str,
    id_field: str | None,
    foreign: bool,
    scheduler: str | None,
    workers: int | None,
    overlay: Path | None,
) -> None:
    if not inputs:
        raise click.UsageError(
            "--output is for a corpus, which --input names; for one text write: buldan geoparse FILE > places.geojson"
        )
    if output is None:
        raise click.UsageError("a corpus needs a file or folder for its mentions: name it with --output")
    from buldan.cli.corpus import read_corpus  # noqa: PLC0415

    read_corpus(
        inputs,
        output,
        text_field=text_field,
        id_field=id_field,
        foreign=foreign,
        scheduler=scheduler,
        workers=workers,
        overlay=overlay,
    )


def _iter_output(
    form: str,
    text: str,
    mentions: list[Mention],
    gazetteer: Gazetteer,
    by: str,
    public_url: str,
    lang: str | None,
) -> Iterator[str]:
    if form == "geojson":
        from buldan.formats.geojson import collect_mentions  # noqa: PLC0415

        yield json.dumps(collect_mentions(mentions, gazetteer.manifest, by=by), ensure_ascii=False)
    elif form in FORMS:
        from buldan.formats.readings import Head, write_reading  # noqa: PLC0415

        yield write_reading(form, text, mentions, Head(gazetteer.manifest, public_url)).rstrip("\n")
    elif form == "html":
        from buldan.formats.html import write_mentions_page  # noqa: PLC0415

        yield write_mentions_page(text, mentions, gazetteer.manifest, ground=gazetteer.ground(), lang=lang)
    else:
        yield from _iter_table(mentions)


def _iter_table(mentions: Iterable[Mention]) -> Iterator[str]:
    from rich.table import Table  # noqa: PLC0415

    from buldan.cli.screen import new_console  # noqa: PLC0415

    table = Table("from", "to", "text", "place", "kind", "P-code", "lon, lat", "confidence", "relation", box=None)
    for mention in mentions:
        place, relation = mention.place, mention.relation
        row = (
            (place.name("en"), place.kind, place.pcode or "", f"{place.lon:.4f}, {place.lat:.4f}")
            if place
            else ("abroad", *[""] * 3)
        )
        words = f"{relation.kind}: {relation.words}" if relation else ""
        table.add_row(str(mention.start), str(mention.end), mention.text, *row, f"{mention.confidence:.2f}", words)
    console = new_console()
    with console.capture() as capture:
        console.print(table)
    yield capture.get().rstrip("\n")


def _trace_table(records: Iterable[StageRecord]) -> Iterator[str]:
    from rich.table import Table  # noqa: PLC0415

    from buldan.cli.screen import new_console  # noqa: PLC0415

    table = Table("stage", "from", "to", "text", "fate", "log-odds", "place", "why", box=None, pad_edge=False)
    for record in records:
        for at, stretch in enumerate(record.stretches):
            table.add_row(
                "" if at else record.stage,
                str(stretch.start),
                str(stretch.end),
                stretch.text,
                stretch.fate,
                "" if stretch.log_odds is None else f"{stretch.log_odds:.2f}",
                "" if stretch.place is None else stretch.place.pcode or stretch.place.id,
                stretch.reason,
            )
    console = new_console()
    with console.capture() as capture:
        console.print(table)
    yield capture.get().rstrip("\n")
