"""Evaluate lookup on tables of names with known coordinates.

For each file and each column of names: the share of rows whose first answer lies within 5 km (and 10 km) of the
given point, and of those with any of the first five within 5 km; with the name alone and with its governorate.
Misses are sorted by cause, and the scores are compared with the share of right answers.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from buldan.errors import QueryError, SourceError
from buldan.evaluate.judgements import Judgement
from buldan.gazetteer import Gazetteer
from buldan.geometry import distance_km
from buldan.lookup import MOST_MATCHES, Match
from buldan.reliability import Judged
from buldan.text import similarity

__all__ = [
    "BEYOND_NAMES",
    "CAUSES",
    "NameAnswer",
    "NameResult",
    "NameRow",
    "evaluate_file",
    "judge_result",
    "read_columns",
]

NAME_COLUMNS = ("name", "name_ar", "name_en")
NEAR_KM = 5.0  # maximum distance of a right answer
_OFF_KM = 30.0  # a place with the same name so near to the point: the given point may be wrong
_ALIKE, _SAME = 0.6, 0.9
"""Minimum similarity in sound, 0..1, of names that may be the same, and of names that are almost surely the same."""

CAUSES = {
    "namesake": "another place with exactly this name came first; the right place of that name is among the five",
    "similar name": "a place with a similar name came first; the right one is among the five",
    "ranked low": "a place with a similar name is at the point, but not among the five",
    "nothing found": "no answer, although a place with a similar name is at the point",
    "inexact point": "a place with the same name is 5 to 30 km from the point, and none with a similar name is nearer",
    "not in the gazetteer": "no place with a similar name is within 5 km of the point, or with the same name within 30",
}
"""Causes of misses, with their descriptions."""

BEYOND_NAMES = ("inexact point", "not in the gazetteer")
"""Causes that better matching of names cannot remove."""


class NameRow(NamedTuple):
    """One row: its line, the text, its governorate (may be empty), and the point in degrees."""

    line: int
    text: str
    within: str
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class NameAnswer:
    """A row with its matches and their distances from the point, in kilometres."""

    row: NameRow
    matches: tuple[Match, ...]
    distances_km: tuple[float, ...]

    @property
    def score(self) -> float:
        """Score of the first answer; 0 without an answer."""
        return self.matches[0].score if self.matches else 0.0

    @property
    def right(self) -> bool:
        """Whether the first answer is within 5 km."""
        return bool(self.distances_km) and self.distances_km[0] <= NEAR_KM


@dataclass(frozen=True, slots=True)
class NameResult:
    """Answers to one column of one file, with or without context."""

    file: str
    column: str
    with_context: bool
    answers: tuple[NameAnswer, ...] = field(repr=False)

    @property
    def judged(self) -> list[Judged]:
        """Pairs (score, whether it is right) of all rows with an answer."""
        return [(answer.score, answer.right) for answer in self.answers if answer.matches]

    @property
    def title(self) -> str:
        """A title with file, column and context."""
        return f"{self.file.removesuffix('.tsv')} · {self.column} · {'governorate' if self.with_context else 'alone'}"

    def share(self, *, first: int = 1, km: float = NEAR_KM) -> float:
        """Share of rows with one of the `first` answers within `km`."""
        hits = sum(any(d <= km for d in answer.distances_km[:first]) for answer in self.answers)
        return hits / len(self.answers) if self.answers else 0.0

    @property
    def misses(self) -> list[NameAnswer]:
        """Wrong or missing answers, the highest scores first, since those are the worst."""
        return sorted((answer for answer in self.answers if not answer.right), key=lambda answer: -answer.score)


def evaluate_file(
    gazetteer: Gazetteer,
    path: Path,
    *,
    contexts: Sequence[bool] = (False, True),
    on_row: Callable[[], object] | None = None,
    on_skip: Callable[[SourceError], object] = lambda _: None,
) -> list[NameResult]:
    """Results for every column of names in a tab-separated file, without and with context as `contexts` says.

    `on_row` is called for each answer, and `on_skip` with the error of each row that has no point.

    Raises:
        SourceError: not a table of names with `lat` and `lon`.
    """
    results = []
    for column, rows in read_columns(path, on_skip=on_skip).items():
        for with_context in contexts:
            answers = []
            for row in rows:
                answers.append(_answer(gazetteer, row, with_context=with_context))
                if on_row:
                    on_row()
            results.append(NameResult(path.name, column, with_context, tuple(answers)))
    return results


def _answer(gazetteer: Gazetteer, row: NameRow, *, with_context: bool) -> NameAnswer:
    try:
        matches = tuple(gazetteer.lookup(row.text, within=row.within or None if with_context else None, limit=5))
    except QueryError:
        matches = ()
    distances = tuple(distance_km((m.place.lon, m.place.lat), (row.lon, row.lat)) for m in matches)
    return NameAnswer(row, matches, distances)


def read_columns(path: Path, *, on_skip: Callable[[SourceError], object] = lambda _: None) -> dict[str, list[NameRow]]:
    """The rows of a tab-separated table of names with points, by column of names.

    A row without a point is skipped, and `on_skip` is called with its error.

    Raises:
        SourceError: not a table of names with `lat` and `lon`, or no row of it has a point.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            table = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            columns = [column for column in NAME_COLUMNS if column in (table.fieldnames or ())]
            if not columns or not {"lat", "lon"} <= set(table.fieldnames or ()):
                raise SourceError(f"needs lat, lon and one of {', '.join(NAME_COLUMNS)}", path=path, line=1)
            rows = list(_iter_rows(table, columns, path, on_skip))
    except OSError as error:
        raise SourceError(f"cannot be read ({error.strerror})", path=path) from error
    if not rows:
        raise SourceError("no row has a name with lat and lon", path=path)
    return {column: [row for name, row in rows if name == column] for column in columns}


def _iter_rows(
    table: csv.DictReader[str], columns: Sequence[str], path: Path, on_skip: Callable[[SourceError], object]
) -> Iterator[tuple[str, NameRow]]:
    for line, cells in enumerate(table, start=2):
        try:
            lon, lat = float(cells["lon"]), float(cells["lat"])
        except (TypeError, ValueError):
            on_skip(SourceError(f"lat, lon are {cells['lat']!r}, {cells['lon']!r}", path=path, line=line))
            continue
        for column in columns:
            if (cells[column] or "").strip():
                yield column, NameRow(line, cells[column], cells.get("adm1") or "", lon, lat)


def find_cause(gazetteer: Gazetteer, answer: NameAnswer) -> str:
    """A key of `CAUSES` for an answer that is not right."""
    right = next((at for at, distance in enumerate(answer.distances_km) if distance <= NEAR_KM), None)
    if right is not None:
        return (
            "namesake" if _is_very_name(answer.matches[0]) and _is_very_name(answer.matches[right]) else "similar name"
        )
    if _is_named_around(gazetteer, answer.row, km=NEAR_KM, least=_ALIKE):
        return "ranked low" if answer.matches else "nothing found"
    if _is_named_around(gazetteer, answer.row, km=_OFF_KM, least=_SAME):
        return "inexact point"
    return "not in the gazetteer"


def judge_result(result: NameResult, causes: Mapping[NameAnswer, str]) -> Iterator[Judgement]:
    """A judgement for each row of a result; `causes` has the cause of each miss."""
    for answer in result.answers:
        row, first = answer.row, answer.matches[0].place if answer.matches else None
        question = f"{row.text} in {row.within}" if result.with_context and row.within else row.text
        given = f"{first.name('en')} ({first.pcode or first.id})" if first else ""
        cause = "" if answer.right else causes[answer]
        yield Judgement(result.title, f"{row.line:06}", question, given, answer.score, answer.right, cause)


def _is_very_name(match: Match) -> bool:
    """Whether the whole question is exactly the name that matched."""
    rules = {reason.rule for reason in match.reasons}
    return "exact" in rules and rules.isdisjoint({"words_left_out", "clitic"})


def _is_named_around(gazetteer: Gazetteer, row: NameRow, *, km: float, least: float) -> bool:
    """Whether a place within `km` kilometres of the row's point has a name with a similarity of at least `least`."""
    around = gazetteer.reverse(lon=row.lon, lat=row.lat, radius_km=km, limit=MOST_MATCHES)
    return any(similarity(row.text, name.text) >= least for found in around for name in found.place.names)
