"""Add answers to batches of rows. Each distinct question is asked once, however often it occurs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import islice

import pyarrow as pa
import pyarrow.compute as pc

from buldan.tables.answers import ANSWER_COLUMNS, ANSWER_SCHEMA, Answer, Answerer, get_status
from buldan.tables.questions import AskedColumns, Question

__all__ = ["Geocoder", "answer_names", "answer_schema"]

_MOST_KEPT = 200_000
"""Maximum answers kept in memory (some 200 MB). The oldest are dropped, and asked again if they are needed again."""


class Geocoder:
    """Answers batches of rows, and keeps answers, counts and doubtful questions.

    Attributes:
        counts: rows by status (`buldan.tables.answers.STATUSES`).
        doubtful: number of rows of each question that a person should check.
    """

    def __init__(self, answerer: Answerer, *, decisions: Mapping[Question, Answer] | None = None) -> None:
        self._answerer = answerer
        self._decisions = decisions or {}
        self._kept: dict[Question, Answer] = {}
        self.counts: Counter[str] = Counter()
        self.doubtful: Counter[Question] = Counter()

    def answer_batch(self, batch: pa.RecordBatch, columns: AskedColumns) -> pa.RecordBatch:
        """The batch with the columns of the answers after its own, under `answer_schema`."""
        cells = [_as_text(batch.column(column)).to_pylist() for column in columns.all]
        numbers: dict[tuple[str, ...], int] = {}
        # Distinct rows are numbered, and each row gets its number: `take` then copies answers to all rows in Arrow.
        positions = pa.array([numbers.setdefault(row, len(numbers)) for row in zip(*cells, strict=True)], pa.int64())
        questions = [columns.ask(row) for row in numbers]
        answers = self._answer(questions)
        self._count(questions, answers, positions)
        arrays = [
            pa.array(column, field.type).take(positions)
            for field, column in zip(ANSWER_SCHEMA, _transpose(answers), strict=True)
        ]
        return pa.record_batch([*batch.columns, *arrays], schema=answer_schema(batch.schema))

    def recall(self, question: Question) -> Answer:
        """The answer to an earlier question; it is asked again if the answer is no longer in memory."""
        return self._answer([question])[0]

    def _answer(self, questions: Sequence[Question]) -> list[Answer]:
        known = {question: answer for question in questions if (answer := self._find(question)) is not None}
        fresh = [question for question in dict.fromkeys(questions) if question not in known]
        fresh_answers = dict(zip(fresh, self._answerer(fresh) if fresh else (), strict=True))
        self._kept.update(fresh_answers)
        # A dictionary keeps the order of insertion, so that its first answers are the oldest.
        for oldest in list(islice(self._kept, max(0, len(self._kept) - _MOST_KEPT))):
            del self._kept[oldest]
        known |= fresh_answers
        return [known[question] for question in questions]

    def _find(self, question: Question) -> Answer | None:
        """The decision for the name in these units, or in any unit; else the earlier answer, or None."""
        for decided in (Question(question.name, question.within), Question(question.name)):
            if decided in self._decisions:
                return self._decisions[decided]
        return self._kept.get(question)

    def _count(self, questions: Sequence[Question], answers: Sequence[Answer], positions: pa.Array) -> None:
        rows = dict(zip(*(column.to_pylist() for column in pc.value_counts(positions).flatten()), strict=True))
        for position, (question, answer) in enumerate(zip(questions, answers, strict=True)):
            status = get_status(answer)
            self.counts[status] += rows[position]
            if question.names and status in {"doubtful", "unit only", "not found"}:
                self.doubtful[question] += rows[position]


def answer_names(schema: pa.Schema) -> dict[str, str]:
    """The name of each answer column in `answer_schema` of a table's schema."""
    return dict(zip(ANSWER_COLUMNS, answer_schema(schema).names[len(schema) :], strict=True))


def answer_schema(schema: pa.Schema) -> pa.Schema:
    """The schema of a table with the answer columns last; if a name is taken, the new column is called `buldan_…`."""
    fields = list(schema)
    names = set(schema.names)
    for field in ANSWER_SCHEMA:
        name = field.name
        # Repeated, since a table that was geocoded before already has `buldan_…` columns.
        while name in names:
            name = f"buldan_{name}"
        names.add(name)
        fields.append(field.with_name(name))
    return pa.schema(fields)


def _as_text(column: pa.Array) -> pa.Array:
    """A column as text without space around it, with missing cells as empty text."""
    text = column if pa.types.is_string(column.type) else column.cast(pa.string())
    return pc.utf8_trim_whitespace(pc.fill_null(text, ""))


def _transpose(answers: Sequence[Answer]) -> list[Sequence[object]]:
    return list(zip(*answers, strict=True)) if answers else [()] * len(ANSWER_SCHEMA)
