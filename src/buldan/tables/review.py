"""The sheet of doubtful names for a person to check, likely mistakes first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from buldan.errors import QueryError
from buldan.files import Wishes, write_table
from buldan.files.excel import SheetToWrite, reads_right_to_left
from buldan.gazetteer import Gazetteer
from buldan.tables.answers import ANSWER_COLUMNS, Answer, Candidate, describe
from buldan.tables.batches import Geocoder
from buldan.tables.decisions import DECISION_SCHEMA, join_units
from buldan.tables.questions import Question

__all__ = ["REVIEW_SHEET", "make_review_sheet", "write_review"]

REVIEW_SHEET = "review"
"""The name of the sheet in a workbook."""

_GUESS = {
    "buldan_id": "guess",
    "name": "guess_name",
    "name_ar": "guess_name_ar",
    "kind": "guess_kind",
    "adm1_name": "guess_adm1",
    "adm3_name": "guess_adm3",
}
_NUMBERS = ("lon", "lat", "score")
_EXPLANATION = ("status", "reason", "alternatives")
_REVIEW_SCHEMA = pa.schema(
    [
        *DECISION_SCHEMA,
        ("rows", pa.int64()),
        *[(called, pa.string()) for called in _GUESS.values()],
        *[(column, pa.float64()) for column in _NUMBERS],
        *[(column, pa.string()) for column in (*_EXPLANATION, "map")],
    ]
)

_FIRST = ("outside", "contradict", "P-code", "not known", "places in one cell", "another place is about as likely")
"""Parts of reasons that most often mean a mistake, the most frequent first."""

_ALTERNATIVES = 5
"""Maximum number of places shown for a name that was not found; few, so that a person can read them quickly."""


class _Group(NamedTuple):
    """Questions with the same name and the same answer, and the number of their rows."""

    questions: list[Question]
    answer: Answer
    rows: int


def write_review(path: Path, geocoder: Geocoder, gazetteer: Gazetteer) -> None:
    """Write the sheet of doubtful names for a person to fill in `decision`.

    The first names have a place outside their unit, a contradiction, or a namesake that is equally likely. Then follow
    names with other doubts, then names that were not found; in each part the most frequent names are first. Equal
    names with equal answers are one row.
    """
    sheet = make_review_sheet(geocoder, gazetteer)
    if path.suffix.lower() == ".xlsx":
        from buldan.files.excel import write_workbook  # noqa: PLC0415 - openpyxl is slow to import
        from buldan.files.staging import open_staging  # noqa: PLC0415

        with open_staging(path) as staging:
            write_workbook(staging, [sheet])
        return
    # The byte order mark makes Excel read UTF-8; `safe` keeps it from running a cell as a formula.
    write_table(path, sheet.schema, sheet.batches, wishes=Wishes(bom=True, safe=True))


def make_review_sheet(geocoder: Geocoder, gazetteer: Gazetteer) -> SheetToWrite:
    """The review as a sheet of a workbook, made when it is written; from right to left if the names are Arabic."""
    names = [question.names[0] for question in geocoder.doubtful]
    return SheetToWrite(
        REVIEW_SHEET,
        _REVIEW_SCHEMA,
        _iter_review_batches(geocoder, gazetteer),
        frozenset({"map"}),
        reads_right_to_left(names),
    )


def _iter_review_batches(geocoder: Geocoder, gazetteer: Gazetteer) -> Iterator[pa.RecordBatch]:
    rows = [_make_review_row(group, gazetteer) for group in sorted(_group(geocoder), key=_rank_urgency)]
    columns = zip(*rows, strict=True) if rows else [()] * len(_REVIEW_SCHEMA)
    arrays = [pa.array(list(column), field.type) for column, field in zip(columns, _REVIEW_SCHEMA, strict=True)]
    yield pa.record_batch(arrays, schema=_REVIEW_SCHEMA)


def _group(geocoder: Geocoder) -> list[_Group]:
    """The doubtful questions, grouped by name and answer."""
    groups: dict[tuple[str, Answer], list[Question]] = defaultdict(list)
    for question in geocoder.doubtful:
        groups[question.names[0], geocoder.recall(question)].append(question)
    return [
        _Group(questions, answer, sum(geocoder.doubtful[question] for question in questions))
        for (_, answer), questions in groups.items()
    ]


def _rank_urgency(group: _Group) -> tuple[int, int, str]:
    """The key to sort groups in the sheet: by the likelihood of a mistake, then by the number of rows."""
    known = dict(zip(ANSWER_COLUMNS, group.answer, strict=True))
    reason, status = str(known["reason"] or ""), str(known["status"])
    # A contradiction in the row is a mistake more often than a low score is.
    loud = next((at for at, sign in enumerate(_FIRST) if sign in reason), len(_FIRST))
    quiet = {"doubtful": 0, "unit only": 1, "not found": 2}.get(status, 3)
    return loud if status == "doubtful" or loud == 0 else len(_FIRST) + quiet, -group.rows, group.questions[0].names[0]


def _make_review_row(group: _Group, gazetteer: Gazetteer) -> tuple[object, ...]:
    known = dict(zip(ANSWER_COLUMNS, group.answer, strict=True))
    question = group.questions[0]
    known["alternatives"] = known["alternatives"] or _find_alternatives(gazetteer, question.names)
    return (
        question.names[0],
        join_units(question.within for question in group.questions),
        None,
        group.rows,
        *(known[column] for column in (*_GUESS, *_NUMBERS, *_EXPLANATION)),
        _link_map(known["lon"], known["lat"]),
    )


def _find_alternatives(gazetteer: Gazetteer, names: Sequence[str]) -> str | None:
    """Places that a name not found may mean: looked up without units, then word by word; None if there are none."""
    for text in (*names, *(word for name in names for word in name.split() if len(word) > 3)):
        try:
            matches = gazetteer.lookup(text, limit=_ALTERNATIVES)
        except QueryError:
            continue
        if matches:
            return describe(map(Candidate, matches))
    return None


def _link_map(lon: float | None, lat: float | None) -> str | None:
    """A link to a point on OpenStreetMap, for people to open; nothing is sent there by this program."""
    if lon is None or lat is None:
        return None
    return f"https://www.openstreetmap.org/?mlat={lat:.5f}&mlon={lon:.5f}#map=13/{lat:.5f}/{lon:.5f}"
