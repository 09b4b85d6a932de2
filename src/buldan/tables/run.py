"""Answer a file of names, by batches: the output is the same table with places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
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
from buldan.tables.decisions import Decision, apply_decisions, read_decisions, write_decisions
from buldan.tables.detection import require_columns
from buldan.tables.questions import Question
from buldan.tables.review import REVIEW_SHEET, make_review_sheet, write_review

if TYPE_CHECKING:
    from buldan.files.excel import SheetToWrite

__all__ = ["Summary", "describe_data", "geocode_file"]

_CSV_DELIMITERS = (",", ";", "|")
"""Delimiters that a CSV keeps from its input; tabs are for a .tsv file."""


@dataclass(frozen=True, slots=True)
class Summary:
    """The counts of an answered table.

    Attributes:
        counts: rows by status (`buldan.tables.answers.STATUSES`).
        doubtful_names: number of distinct questions that a person should check.
    """

    counts: Counter[str]
    doubtful_names: int

    @property
    def rows(self) -> int:
        """The number of all rows."""
        return self.counts.total()

    @property
    def share_found(self) -> float:
        """Share of rows with a sure or decided place, 0..1; 1 for a table without rows."""
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
    """Answer every row of `table` and write `output`, keeping rows, columns and their order.

    A review sheet that was filled in since the last run is read first. Its decisions are saved in `decisions` and
    applied, and then the sheet is written again with the names that are still doubtful. A workbook also has that sheet.

    Args:
        table: the input (`buldan.files.open_table`).
        output: a file of any kind that `buldan.files.write_table` knows, or `…choices.csv`: the places found,
            as choices of an XLSForm.
        answerer: answers distinct questions, here or on a cluster.
        gazetteer: the gazetteer that decisions refer to.
        name: the column of names, or several that name the same places in other languages.
        within: columns of the units that contain the place, from the widest to the narrowest.
        pcode: the column of the places' P-codes.
        decisions: a file of decisions, made if it does not exist.
        review: the sheet of doubtful names.
        bom: begin a CSV with a byte order mark, for Excel.
        safe: write cells of a CSV so that spreadsheets do not read them as formulas.
        on_rows: called with the number of rows of each finished batch.

    Raises:
        QueryError: a column does not exist, or an output is not possible.
        SourceError: a file cannot be read or written; no unfinished output is left.
    """
    columns = require_columns(table, (name,) if isinstance(name, str) else name, within, pcode)
    _check_paths(table.path, output, decisions, review)
    # Read before anything is written: the old output may be the workbook with the review sheet that was filled in.
    known = _gather_decisions(decisions, review, output)
    geocoder = Geocoder(answerer, decisions=apply_decisions(gazetteer, known))
    if decisions is not None and known:
        write_decisions(decisions, known)

    # One batch at a time is read, answered and written, so that a table of any length fits in memory.
    def answered() -> Iterator[pa.RecordBatch]:
        for batch in table.batches():
            yield geocoder.answer_batch(batch, columns)
            on_rows(batch.num_rows)

    names = answer_names(table.schema)
    if is_choices(output):
        found = _collect_ids(answered(), names["buldan_id"])
        write_choices(output, [gazetteer.place(id_) for id_ in found], gazetteer.manifest)
    else:
        wishes = _make_wishes(table, names, geocoder, gazetteer, bom=bom, safe=safe)
        write_table(output, answer_schema(table.schema), answered(), wishes=wishes)
    if review is not None:
        write_review(review, geocoder, gazetteer)
    return Summary(geocoder.counts, len(geocoder.doubtful))


def _check_paths(source: Path, output: Path, decisions: Path | None, review: Path | None) -> None:
    """Check that files can be written, each to a path of its own.

    Raises:
        QueryError: two of them are one file, or one is of a kind that cannot be written.
    """
    for written in filter(None, (output, decisions, review)):
        check_output(written)
    # What is written would replace what has the same name and was written before it, or is still to be read.
    taken = [("the input", source)]
    for field, path, called, advice in (
        ("output", output, "the output", "write to another file"),
        ("decisions", decisions, "the file of decisions", "keep the decisions in another file"),
        ("review", review, "the review", "write the review to another file"),
    ):
        if path is None:
            continue
        for what, other in taken:
            if _is_same_file(path, other):
                raise QueryError(f"{path} is {what}; {advice}", field=field)
        taken.append((called, path))
    if decisions is not None and decisions.suffix.lower() != ".csv":
        raise QueryError(f"{decisions}: decisions are kept in a .csv file", field="decisions")


def _is_same_file(one: Path, other: Path) -> bool:
    """Whether two paths are of one file, which need not exist yet."""
    return one.absolute() == other.absolute() or (one.exists() and other.exists() and one.samefile(other))


def _make_wishes(
    table: Table, names: Mapping[str, str], geocoder: Geocoder, gazetteer: Gazetteer, *, bom: bool, safe: bool
) -> Wishes:
    """How the output is written; `names` are those of the columns of answers in it."""
    ours = {names[column]: tag for column, tag in ANSWER_TAGS.items()}
    return Wishes(
        point=(names["lon"], names["lat"]),
        bom=bom,
        delimiter=table.delimiter if table.delimiter in _CSV_DELIMITERS else ",",
        safe=safe,
        tags={**table.tags, **ours} if table.tags else {},
        about=describe_data(gazetteer),
        sheets=_iter_sheets_behind(geocoder, gazetteer),
    )


def describe_data(gazetteer: Gazetteer) -> dict[str, str]:
    """Source, licence and version of the data, to be written with the places."""
    return gazetteer.manifest.about


def _collect_ids(batches: Iterator[pa.RecordBatch], column: str) -> list[str]:
    """Ids of the places of all rows, each once, in the order of the rows."""
    ids: dict[str, None] = {}
    for batch in batches:
        ids.update(dict.fromkeys(filter(None, batch.column(column).to_pylist())))
    return list(ids)


def _iter_sheets_behind(geocoder: Geocoder, gazetteer: Gazetteer) -> Iterator[SheetToWrite]:
    """The review sheet, if anything is doubtful; made after the rows of the workbook, when all are answered."""
    if geocoder.doubtful:
        yield make_review_sheet(geocoder, gazetteer)


def _gather_decisions(decisions: Path | None, review: Path | None, output: Path) -> dict[Question, Decision]:
    """Earlier decisions together with those of the review sheets, which replace earlier ones."""
    # The sheet in the workbook is read first: decisions of a review file named by the caller replace its own.
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
