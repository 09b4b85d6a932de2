"""Evaluate lookup on cells of tables, with columns `query`, `within`, `point` and `cause`.

`within` has units from wide to narrow with `>` between them; if it is `(geoparse)`, the query is read as a text.

`point` is the P-code or `latitude, longitude` of the right answer; if it is empty, `none`, a dash or a remark in
brackets, no sure answer is right.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from buldan.errors import QueryError, SourceError
from buldan.evaluate.judgements import Judgement
from buldan.evaluate.names import NEAR_KM
from buldan.gazetteer import Gazetteer
from buldan.geometry import distance_km
from buldan.model import Place

__all__ = ["SURE", "judge_cells"]

SURE = 0.5
"""Minimum score of an answer that counts as wrong if no answer is right."""

_NOTHING = re.compile(r"(none)?$|-$|\(|none\b", re.IGNORECASE)
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def judge_cells(
    gazetteer: Gazetteer, path: Path, *, on_row: Callable[[], object] = lambda: None
) -> Iterator[Judgement]:
    """A judgement for each row of a tab-separated file with the columns query, within, point and cause.

    Raises:
        SourceError: a column is missing, or a point cannot be read; with the line.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            table = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            missing = [column for column in ("query", "point") if column not in (table.fieldnames or ())]
            if missing:
                raise SourceError(f"needs the column {missing[0]}", path=path, line=1)
            for line, row in enumerate(table, start=2):
                yield _judge(gazetteer, path, line, row)
                on_row()
    except OSError as error:
        raise SourceError(f"cannot be read ({error.strerror})", path=path) from error


def _judge(gazetteer: Gazetteer, path: Path, line: int, row: dict[str, str]) -> Judgement:
    """The judgement of a row: right with its place, or, if no answer is right, without a sure answer."""
    within, point = (row.get("within") or "").strip(), row["point"].strip()
    # A text in brackets is not a unit: it says that the query is a text, and that its mentions are the answers.
    if within.startswith("("):
        given = [(mention.place, mention.confidence) for mention in gazetteer.geoparse(row["query"]) if mention.place]
        threshold = 0.0
    else:
        given = _look_up(gazetteer, row["query"], [unit.strip() for unit in within.split(">") if unit.strip()])
        threshold = SURE
    if _NOTHING.match(point):
        right = not any(sure >= threshold for _, sure in given)
    else:
        right = any(_is_at(place, point, path, line) for place, _ in given)
    place, sure = given[0] if given else (None, 0.0)
    answer = f"{place.name('en')} ({place.pcode or place.id})" if place else ""
    question = f"{row['query']} in {within}" if within else row["query"]
    return Judgement(path.stem, f"{line:06}", question, answer, sure, right, row.get("cause") or "cells")


def _look_up(gazetteer: Gazetteer, query: str, units: list[str]) -> list[tuple[Place, float]]:
    """The first answer and its score; empty if there is none or the cell cannot be looked up."""
    try:
        return [(match.place, match.score) for match in gazetteer.lookup(query, within=units or None, limit=1)]
    except QueryError:
        return []


def _is_at(place: Place, point: str, path: Path, line: int) -> bool:
    """Whether a place has this P-code, or is within 5 km of this `latitude, longitude`."""
    if point[0].isalpha():
        return place.pcode == point
    numbers = _NUMBER.findall(point)
    if len(numbers) < 2:
        raise SourceError(f"point is {point!r}: neither a P-code nor latitude, longitude", path=path, line=line)
    return distance_km(place.point, (float(numbers[1]), float(numbers[0]))) <= NEAR_KM
