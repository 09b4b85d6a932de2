"""A file of names in, the same file with places out, by batches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from buldan.errors import QueryError
from buldan.export.choices import is_choices, write_choices
from buldan.files import Table, Wishes, check_output, write_table
from buldan.files.workbook import list_sheets
from buldan.gazetteer import Gazetteer
from buldan.tables.answers import ANSWER_TAGS, Answerer
from buldan.tables.batches import Geocoder, answer_names, answer_schema
from buldan.tables.decisions import Decision, apply_decisions, read_decisions, remember
from buldan.tables.detection import require_columns
from buldan.tables.questions import Question
from buldan.tables.review import REVIEW_SHEET, make_review_sheet, write_review

if TYPE_CHECKING:
    from buldan.files.excel import SheetToWrite

__all__ = ["Summary", "describe_data", "geocode_file"]

_CSV_DELIMITERS = (",", ";", "|")
"""A CSV is written with the delimiter that it was read with; tabs are those of a .tsv."""


@dataclass(frozen=True, slots=True)
class Summary:
    """How a table fared.

    Attributes:
        counts: rows by status (`buldan.tables.answers.STATUSES`).
        doubtful_names: distinct names that a person should look at.
    """

    counts: Counter[str]
    doubtful_names: int

    @property
    def rows(self) -> int:
        """All rows."""
        return self.counts.total()

    @property
    def share_found(self) -> float:
        """Share of rows with a place that nobody need look at again, 0..1; 1 for a table without rows."""
        return (self.counts["found"] + self.counts["decided"]) / self.rows if self.rows else 1.0


def geocode_file(
    table: Table,
    output: Path,
    answerer: Answerer,
    gazetteer: Gazetteer,
    *,
    name: str | Sequence[str],
    within: Sequence[str] = (),
    pcode: str | None = None,
    decisions: Path | None = None,
    review: Path | None = None,
    bom: bool = False,
    safe: bool = False,
    on_rows: Callable[[int], object] = lambda _: None,
) -> Summary:
    """Answer every row of `table` into `output`, keeping rows, columns and their order.

    A review sheet that was filled in since the last run is read first; what it decides is remembered in
    `decisions` and applied, and then the sheet is written again with what is still doubtful. A workbook has that sheet
    inside, too.

    Args:
        table: the input (`buldan.files.open_table`).
        output: a file of any kind that `buldan.files.write_table` knows, or `…choices.csv`: the places that were
            found as choices of an XLSForm.
        answerer: answers distinct questions, here or on a cluster.
        gazetteer: resolves decisions.
        name: the column of names, or several that name the same places in other languages.
        within: columns of the units that hold the place, from the widest to the narrowest.
        pcode: the column of the places' P-codes.
        decisions: a file of decisions, made where it is not there yet.
        review: the sheet of doubtful names.
        bom: begin a CSV with a byte order mark, for Excel.
        safe: keep spreadsheets from taking cells of a CSV for formulas.
        on_rows: told the number of rows of each batch that is done.

    Raises:
        QueryError: a column that is not there, or an output that cannot be.
        SourceError: a file that cannot be read or written; nothing half-made is left.
    """
    columns = require_columns(table, (name,) if isinstance(name, str) else name, within, pcode)
    for path in filter(None, (output, decisions, review)):
        check_output(path)
    if output.exists() and output.samefile(table.path):
        raise QueryError(f"{output} is the input; write to another file", field="output")
    if review is not None and review.absolute() == output.absolute():
        raise QueryError(f"{review} is the output; write the review to another file", field="review")
    if decisions is not None and decisions.suffix.lower() != ".csv":
        raise QueryError(f"{decisions}: decisions are kept in a .csv file", field="decisions")
    # Before anything is written: the old output may be the workbook whose review sheet somebody filled in.
    known = _gather_decisions(decisions, review, output)
    geocoder = Geocoder(answerer, decisions=apply_decisions(gazetteer, known))
    if decisions is not None and known:
        remember(decisions, known)

    # Batch by batch from the reader to the writer, so that a table of any length fits in memory.
    def answered() -> Iterator[pa.RecordBatch]:
        for batch in table.batches():
            yield geocoder.answer_batch(batch, columns)
            on_rows(batch.num_rows)

    names = answer_names(table.schema)
    if is_choices(output):
        found = _collect_ids(answered(), names["buldan_id"])
        write_choices(output, [gazetteer.place(id_) for id_ in found], gazetteer.manifest)
    else:
        ours = {names[column]: tag for column, tag in ANSWER_TAGS.items()}
        wishes = Wishes(
            point=(names["lon"], names["lat"]),
            bom=bom,
            delimiter=table.delimiter if table.delimiter in _CSV_DELIMITERS else ",",
            safe=safe,
            tags={**table.tags, **ours} if table.tags else {},
            about=describe_data(gazetteer),
            sheets=_iter_sheets_behind(geocoder, gazetteer),
        )
        write_table(output, answer_schema(table.schema), answered(), wishes=wishes)
    if review is not None:
        write_review(review, geocoder, gazetteer)
    return Summary(geocoder.counts, len(geocoder.doubtful))


def describe_data(gazetteer: Gazetteer) -> dict[str, str]:
    """What travels with the places: whose data they are, on what terms, and of which version."""
    return gazetteer.manifest.about


def _collect_ids(batches: Iterator[pa.RecordBatch], column: str) -> list[str]:
    """The places of all rows, each once, in their order."""
    ids: dict[str, None] = {}
    for batch in batches:
        ids.update(dict.fromkeys(filter(None, batch.column(column).to_pylist())))
    return list(ids)


def _iter_sheets_behind(geocoder: Geocoder, gazetteer: Gazetteer) -> Iterator[SheetToWrite]:
    """The review, made when a workbook asks for it: then the rows before it are answered."""
    if geocoder.doubtful:
        yield make_review_sheet(geocoder, gazetteer)


def _gather_decisions(decisions: Path | None, review: Path | None, output: Path) -> dict[Question, Decision]:
    """What was decided before and what the review sheets add; these are the newer word."""
    # The sheet inside a workbook first: one that was named by hand is the newer word where both decide.
    fresh: dict[Question, Decision] = {}
    if output.suffix.lower() == ".xlsx" and REVIEW_SHEET in list_sheets(output):
        fresh |= read_decisions(output, sheet=REVIEW_SHEET)
    if review is not None:
        fresh |= read_decisions(review)
    if fresh and decisions is None:
        sheet = review or output
        raise QueryError(
            f"{sheet} holds {len(fresh)} decisions; name a file to remember them with --decisions, or choose another "
            "--review",
            field="decisions",
        )
    return {**(read_decisions(decisions) if decisions is not None else {}), **fresh}
