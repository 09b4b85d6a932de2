"""What a person decided about doubtful names: kept in a file, applied on every run.

A decisions file and a filled review sheet have the same three columns (others are let be): `name`, `within`
(units from the widest to the narrowest, ` > ` between them) and `decision`: a place's id or P-code, `none` where
the name is no place, or empty where nobody has decided yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from buldan.errors import PlaceNotFound, SourceError
from buldan.files import Wishes, open_table, write_table
from buldan.gazetteer import Gazetteer
from buldan.tables.answers import ANSWER_COLUMNS, Answer, Question, decided
from buldan.tables.batches import Geocoder

__all__ = ["Decision", "apply_decisions", "read_decisions", "remember", "write_review"]

NO_PLACE = "none"
"""What stands for a decision that a name is no place."""

_BETWEEN = " > "
_DECISION_SCHEMA = pa.schema([("name", pa.string()), ("within", pa.string()), ("decision", pa.string())])
_REVIEW_SCHEMA = pa.schema(
    [
        *_DECISION_SCHEMA,
        *[(column, pa.string()) for column in ("guess", "guess_name", "guess_kind", "guess_adm1", "guess_adm3")],
        *[(column, pa.float64()) for column in ("lon", "lat", "score")],
        ("rows", pa.int64()),
        *[(column, pa.string()) for column in ("status", "reason", "alternatives")],
    ]
)


class Decision(NamedTuple):
    """What was decided, and where it says so."""

    decision: str
    path: Path
    line: int


def read_decisions(path: Path) -> dict[Question, Decision]:
    """The decisions in a CSV or Excel file that somebody filled in; none where there is no file yet.

    Raises:
        SourceError: a column is missing, or one name is decided twice in two ways; with its line.
    """
    if not path.exists():
        return {}
    decisions: dict[Question, Decision] = {}
    for line, (name, within, decision) in _iter_cells(path):
        question = Question(name, tuple(filter(None, map(str.strip, within.split(_BETWEEN.strip())))))
        if not decision:
            continue
        before = decisions.setdefault(question, Decision(decision, path, line))
        if before.decision != decision:
            raise SourceError(
                f"{name!r} is {decision} here and {before.decision} on line {before.line}; keep one",
                path=path,
                line=line,
            )
    return decisions


def _iter_cells(path: Path) -> Iterator[tuple[int, list[str]]]:
    """(line, its three cells); the line is that of the spreadsheet, exact where no cell holds a line break."""
    table = open_table(path, header_rows=1)
    for column in _DECISION_SCHEMA.names:
        if column not in table.schema.names:
            raise SourceError(f"no column {column!r}; decisions have name, within, decision", path=path, line=1)
    line = 1
    for batch in table.batches():
        columns = (batch.column(column).to_pylist() for column in _DECISION_SCHEMA.names)
        for cells in zip(*columns, strict=True):
            line += 1
            yield line, ["" if cell is None else str(cell).strip() for cell in cells]


def apply_decisions(gazetteer: Gazetteer, decisions: Mapping[Question, Decision]) -> dict[Question, Answer]:
    """The answer that each decision makes.

    Raises:
        SourceError: a decision names no place of this gazetteer; with its line.
    """
    answers = {}
    for question, (decision, path, line) in decisions.items():
        note = f"decided in {path.name}"
        if decision.casefold() == NO_PLACE:
            answers[question] = decided(None, note)
            continue
        try:
            answers[question] = decided(gazetteer.place(decision), note)
        except PlaceNotFound as error:
            raise SourceError(f"decision for {question.name!r}: {error}", path=path, line=line) from None
    return answers


def remember(path: Path, decisions: Mapping[Question, Decision]) -> None:
    """Write decisions to `path`, sorted by name, in place of those there before."""
    rows = sorted((name, _BETWEEN.join(within), made.decision) for (name, within), made in decisions.items())
    columns = zip(*rows, strict=True) if rows else ((), (), ())
    arrays = [pa.array(list(column), pa.string()) for column in columns]
    write_table(path, _DECISION_SCHEMA, [pa.record_batch(arrays, schema=_DECISION_SCHEMA)], wishes=Wishes(bom=True))


def write_review(path: Path, geocoder: Geocoder) -> None:
    """Write the sheet of doubtful names, the most frequent first, for a person to fill in `decision`."""
    batches = _review_batches(geocoder, geocoder.doubtful.most_common())
    write_table(path, _REVIEW_SCHEMA, batches, wishes=Wishes(bom=True))


def _review_batches(geocoder: Geocoder, doubtful: Iterable[tuple[Question, int]]) -> Iterator[pa.RecordBatch]:
    rows = [_review_row(question, geocoder.recall(question), count) for question, count in doubtful]
    columns = zip(*rows, strict=True) if rows else [()] * len(_REVIEW_SCHEMA)
    arrays = [pa.array(list(column), field.type) for column, field in zip(columns, _REVIEW_SCHEMA, strict=True)]
    yield pa.record_batch(arrays, schema=_REVIEW_SCHEMA)


def _review_row(question: Question, answer: Answer, count: int) -> tuple[object, ...]:
    known = dict(zip(ANSWER_COLUMNS, answer, strict=True))
    guess = ("buldan_id", "name", "kind", "adm1_name", "adm3_name", "lon", "lat", "score")
    told = ("status", "reason", "alternatives")
    return (
        question.name,
        _BETWEEN.join(question.within),
        None,
        *(known[column] for column in guess),
        count,
        *(known[column] for column in told),
    )
