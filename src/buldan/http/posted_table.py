"""A posted table: how it was understood, and its rows with places, with the same code as `buldan geocode`.

Nothing of it is kept after the request: its files are in a temporary folder, which is removed with the answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple
from zipfile import BadZipFile, ZipFile

import pyarrow as pa

from buldan.errors import QueryError, SourceError
from buldan.files import Table, open_table
from buldan.files.columns import guess_role
from buldan.gazetteer import Gazetteer
from buldan.http.deadline import check_time
from buldan.http.schema.problems import BadRequest, FieldFault, TooLarge, UnsupportedBody
from buldan.model import Place
from buldan.tables import Question, Terms, geocode_file, read_decisions
from buldan.tables.answers import Answer, Answerer, find_listed_places
from buldan.tables.batches import Geocoder, answer_names
from buldan.tables.decisions import apply_decisions
from buldan.tables.detection import NO_COLUMN, choose_columns
from buldan.tables.judging import answer_all
from buldan.tables.questions import AskedColumns
from buldan.tables.review import make_review_sheet

__all__ = ["PostedFile", "PostedTable", "open_posted"]

_KINDS = (".csv", ".tsv", ".txt", ".xlsx")
_MOST_UNFOLDED = 100_000_000
"""Maximum size of a workbook after decompression, bytes: about a hundred thousand rows of ten columns."""

_POSTED = "posted"
"""Name of the folder of a posted table."""

_AT_ONCE = 100
"""Number of distinct queries between two checks of the time: less than a second of work."""

# Enough to recognise a column, and few enough to show next to each other.
_SAMPLE_ROWS = 5
# `--header-row` and `--decisions FILE` in a message of the command line.
_OPTION = re.compile(r"--([a-z]+(?:-[a-z]+)*)(?: COL\b| FILE\b)?")
# Characters with a meaning in file systems, shells or headers are replaced; \w keeps Arabic names.
_UNSAFE = re.compile(r"[^\w. -]+")


class PostedFile(NamedTuple):
    """A posted file, unchanged."""

    name: str
    content: bytes


class Manner(NamedTuple):
    """Options of reading the table, and the columns of names and units; options not given are detected."""

    names: Sequence[str] = ()
    within: Sequence[str] = ()
    pcode: str | None = None
    sheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    header_row: int | None = None
    header_rows: int | None = None
    skip_rows: int = 0


@contextmanager
def open_posted(file: PostedFile, manner: Manner, *, most_rows: int) -> Iterator[PostedTable]:
    """Open the table: find its columns and count its rows.

    Raises:
        UnsupportedBody: the file is neither CSV nor .xlsx.
        TooLarge: the table has more than `most_rows` rows, or the workbook is too large after decompression.
        BadRequest: it cannot be read, or has no such column; the message is the command line's without paths.
    """
    # The last hundred characters contain the ending, which gives the format.
    name = _UNSAFE.sub("_", Path(file.name).name)[-100:]
    if Path(name).suffix.lower() not in _KINDS:
        raise UnsupportedBody(f"{name or 'a file without a name'}: send one of {' '.join(_KINDS)}, named so")
    with TemporaryDirectory(prefix="buldan-") as folder:
        # In a folder of its own: it is read while it is answered, and may be called as what stands beside it.
        path = Path(folder) / _POSTED / name
        path.parent.mkdir()
        path.write_bytes(file.content)
        _check_unfolded(path)
        try:
            yield PostedTable(_open(path, manner, most_rows), manner)
        except QueryError as error:
            raise BadRequest([FieldFault(error.field, _without(folder, error))]) from None
        except SourceError as error:
            part = "file" if error.path == str(path) else "decisions"
            raise BadRequest([FieldFault(part, _without(folder, error))]) from None


def _without(folder: str, error: Exception) -> str:
    """The message of an error, without our folder, and with names of parameters for options of the command line."""
    message = str(error).replace(f"{folder}/{_POSTED}/", "").replace(f"{folder}/", "")
    return _OPTION.sub(lambda option: f"`{option[1].replace('-', '_')}`", message)


def _check_unfolded(path: Path) -> None:
    if path.suffix.lower() != ".xlsx":
        return
    try:
        with ZipFile(path) as archive:
            # The size that the archive declares: `zipfile` never reads more of a member.
            unfolded = sum(member.file_size for member in archive.infolist())
    except (BadZipFile, OSError):
        return  # reading it gives a better message
    if unfolded > _MOST_UNFOLDED:
        raise TooLarge(f"{path.name} unpacks to {unfolded / 1e6:,.0f} MB; save the one sheet as .csv and send that")


def _open(path: Path, manner: Manner, most_rows: int) -> Table:
    pcode = () if manner.pcode in {None, NO_COLUMN} else (str(manner.pcode),)
    table = open_table(
        path,
        encoding=manner.encoding,
        delimiter=manner.delimiter,
        header_row=manner.header_row,
        header_rows=manner.header_rows,
        skip_rows=manner.skip_rows,
        sheet=manner.sheet,
        wanted=(*manner.names, *manner.within, *pcode),
    )
    # The rows of a text table are counted by reading it, which is much faster than answering it.
    rows = table.rows if table.rows is not None else sum(batch.num_rows for batch in table.batches())
    if rows > most_rows:
        raise TooLarge(f"{path.name} has {rows:,} rows; send {most_rows:,} at once or fewer, or use `buldan geocode`")
    return table


class PostedTable:
    """A table in a temporary folder while it is answered."""

    def __init__(self, table: Table, manner: Manner) -> None:
        self.table = table
        self._manner = manner

    @property
    def columns(self) -> AskedColumns:
        """The columns of names, units and P-codes.

        Raises:
            QueryError: there is no such column, or no column is labelled as names.
        """
        return choose_columns(self.table, self._manner.names, self._manner.within, self._manner.pcode)

    def understood(self) -> dict[str, Any]:
        """How the table was understood; without `names` if no column is labelled as names."""
        table = self.table
        try:
            columns = self.columns
        except QueryError:
            if self._manner.names:
                raise
            columns = AskedColumns(())
        first = next(table.batches(), None)
        sample = first.slice(0, _SAMPLE_ROWS) if first is not None else None
        return {
            "file": table.path.name,
            "manner": table.manner,
            "notes": list(table.notes),
            "sheet": table.sheet,
            "other_sheets": list(table.others),
            "rows": table.rows,
            "columns": [
                {
                    "name": column.name,
                    "letter": column.letter,
                    "tag": column.tag,
                    "role": guess_role(column),
                    "sample": [] if sample is None else _as_text(sample.column(column.name)),
                }
                for column in table.columns
            ],
            "names": list(columns.names),
            "within": list(columns.within),
            "pcode": columns.pcode,
        }

    def answers(self, gaz: Gazetteer, terms: Terms, decisions: PostedFile | None) -> dict[str, Any]:
        """Every row with its place, a summary, and the names for review by a person, the most doubtful first."""
        columns = self.columns
        known = read_decisions(self._put(decisions)) if decisions else {}
        geocoder = Geocoder(_answer_in_time(gaz, terms), decisions=apply_decisions(gaz, known))
        rows: list[tuple[object, ...]] = []
        own = len(self.table.schema)
        for batch in self.table.batches():
            answered = geocoder.answer_batch(batch, columns)
            # As text: JSON has no dates, and numbers of the table should stay as they are written there.
            theirs = [_as_text(column) for column in answered.columns[:own]]
            rows += zip(*theirs, *(column.to_pylist() for column in answered.columns[own:]), strict=True)
        names = answer_names(self.table.schema)
        return {
            "understood": self.understood(),
            "counts": dict(geocoder.counts),
            "decided": len(known),
            "columns": [*self.table.schema.names, *names.values()],
            "answer_columns": names,
            "rows": rows,
            "review": list(_iter_review(geocoder, gaz)),
        }

    def write(self, suffix: str, gaz: Gazetteer, terms: Terms, decisions: PostedFile | None, *, bom: bool) -> bytes:
        """The table with its places as a file with the ending `suffix`, as `buldan geocode` writes it."""
        columns = self.columns
        output = self.table.path.parent.with_name(f"places{suffix}")
        geocode_file(
            self.table,
            output,
            _answer_in_time(gaz, terms),
            gaz,
            name=columns.names,
            within=columns.within,
            pcode=columns.pcode,
            decisions=self._put(decisions) if decisions else None,
            bom=bom,
            # Text that a spreadsheet would run as a formula is marked; .xlsx has types for that.
            safe=suffix == ".csv",
        )
        return output.read_bytes()

    def _put(self, decisions: PostedFile) -> Path:
        path = self.table.path.parent.with_name("decisions.csv")
        path.write_bytes(decisions.content)
        return path


def _answer_in_time(gaz: Gazetteer, terms: Terms) -> Answerer:
    def answer(questions: Sequence[Question]) -> list[Answer]:
        answers: list[Answer] = []
        # The thread checks the time between parts; the answers do not depend on their size.
        for start in range(0, len(questions), _AT_ONCE):
            check_time()
            answers += answer_all(gaz, questions[start : start + _AT_ONCE], terms)
        return answers

    return answer


def _iter_review(geocoder: Geocoder, gaz: Gazetteer) -> Iterator[dict[str, Any]]:
    """The rows of the review sheet, each with the alternatives of its name as places."""
    for batch in make_review_sheet(geocoder, gaz).batches:
        for row in batch.to_pylist():
            check_time()
            listed = find_listed_places(gaz, row.pop("alternatives"))
            guess = gaz.place(row["guess"]) if row["guess"] else None
            places = [] if guess is None else [(guess, row["score"])]
            yield row | {"candidates": [_make_candidate(place, score) for place, score in (*places, *listed)]}


def _make_candidate(place: Place, score: float | None) -> dict[str, Any]:
    return {
        "id": place.id,
        "name_en": place.name("en"),
        "name_ar": place.name("ar"),
        "kind": place.kind,
        "pcode": place.pcode,
        "admin_pcode": place.admin_pcode,
        "lon": place.lon,
        "lat": place.lat,
        "score": score,
    }


def _as_text(column: pa.Array) -> list[str]:
    return ["" if cell is None else str(cell) for cell in column.to_pylist()]
