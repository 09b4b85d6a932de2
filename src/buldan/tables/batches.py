"""A batch of rows with their answers: each distinct question is asked once, however often it stands there."""

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
"""Answers kept in memory (some 200 MB); the oldest go first, and are asked again when they come again."""


class Geocoder:
    """Answers batches of rows, and remembers answers, counts and doubtful questions as it goes.

    Attributes:
        counts: rows by status (`buldan.tables.answers.STATUSES`).
        doubtful: rows of each question that a person should look at.
    """

    def __init__(self, answerer: Answerer, *, decisions: Mapping[Question, Answer] | None = None) -> None:
        self._answerer = answerer
        self._decisions = decisions or {}
        self._kept: dict[Question, Answer] = {}
        self.counts: Counter[str] = Counter()
        self.doubtful: Counter[Question] = Counter()

    def answer_batch(self, batch: pa.RecordBatch, columns: AskedColumns) -> pa.RecordBatch:
        """The batch with the answers beside its own columns, under `answer_schema`."""
        cells = [_as_text(batch.column(column)).to_pylist() for column in columns.all]
        numbers: dict[tuple[str, ...], int] = {}
        # Each distinct row once, and where each row finds its answer: `take` spreads them over the batch in Arrow.
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
        """The answer to a question that has come by, asked again where memory had no room for it."""
        return self._answer([question])[0]

    def _answer(self, questions: Sequence[Question]) -> list[Answer]:
        known = {question: answer for question in questions if (answer := self._find(question)) is not None}
        fresh = [question for question in dict.fromkeys(questions) if question not in known]
        fresh_answers = dict(zip(fresh, self._answerer(fresh) if fresh else (), strict=True))
        self._kept.update(fresh_answers)
        # A dictionary is in the order of its making: what came first goes first.
        for oldest in list(islice(self._kept, max(0, len(self._kept) - _MOST_KEPT))):
            del self._kept[oldest]
        known |= fresh_answers
        return [known[question] for question in questions]

    def _find(self, question: Question) -> Answer | None:
        """What was decided for the name in these units, or in any; else what was answered before."""
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
    """What each of our columns is called under `answer_schema` of a table's schema."""
    return dict(zip(ANSWER_COLUMNS, answer_schema(schema).names[len(schema) :], strict=True))


def answer_schema(schema: pa.Schema) -> pa.Schema:
    """A table's columns and ours after them; where a name is taken, ours is called `buldan_…`."""
    fields = list(schema)
    names = set(schema.names)
    for field in ANSWER_SCHEMA:
        name = field.name
        # Again, for a table that was geocoded before has `buldan_…` columns, too.
        while name in names:
            name = f"buldan_{name}"
        names.add(name)
        fields.append(field.with_name(name))
    return pa.schema(fields)


def _as_text(column: pa.Array) -> pa.Array:
    """A column as text without space around it, missing cells as empty text."""
    text = column if pa.types.is_string(column.type) else column.cast(pa.string())
    return pc.utf8_trim_whitespace(pc.fill_null(text, ""))


def _transpose(answers: Sequence[Answer]) -> list[Sequence[object]]:
    return list(zip(*answers, strict=True)) if answers else [()] * len(ANSWER_SCHEMA)
