"""Save answers as they are given, so that a run that ends early can be continued.

Answers for `places.gpkg` are in `places.gpkg.unfinished`, a SQLite file, until the output is complete. The file is made
with the first answers; if the same command is started again, it takes the answers from there. Rows are cheap to make
again, and an output is never written in part.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from buldan.errors import SourceError
from buldan.tables.answers import Answer, Answerer
from buldan.tables.questions import Question

__all__ = ["Unfinished", "keep_unfinished"]

AT_ONCE = 1_000
"""Answers saved together: some seconds of work of one processor, and the most that a killed run loses."""

_LAYOUT = 1  # raised when the layout of the file changes, so that files of another layout are not used
_TABLES = """
    CREATE TABLE IF NOT EXISTS terms (terms TEXT);
    CREATE TABLE IF NOT EXISTS answers (question TEXT PRIMARY KEY, answer TEXT) WITHOUT ROWID;
"""


@contextmanager
def keep_unfinished(
    output: Path,
    answerer: Answerer,
    *,
    terms: str,
    at_once: int = AT_ONCE,
    on_answers: Callable[[int, int], object] = lambda _, __: None,
) -> Iterator[Unfinished]:
    """A context with an answerer that answers like `answerer` and saves each answer until the block ends.

    Args:
        output: the file that the block writes.
        answerer: answers questions without a saved answer.
        terms: a text of the gazetteer and the terms; saved answers with another text are dropped.
        at_once: number of questions to ask and save together; more for a cluster.
        on_answers: called with the number of answered questions and of all questions of a call.

    Raises:
        SourceError: the answers cannot be saved.
        KeyboardInterrupt: raised again, with a message that says how many answers are saved.
    """
    path = output.with_name(f"{output.name}.unfinished")
    kept = Unfinished(path, answerer, f"{_LAYOUT} {terms}", at_once, on_answers)
    try:
        yield kept
    except KeyboardInterrupt:
        count = kept.close()
        if count:
            message = f"{count:,} answers are kept in {kept.path}, the same command goes on from there"
            raise KeyboardInterrupt(message) from None
        raise
    except BaseException:
        kept.close()
        raise
    kept.discard()


class Unfinished:
    """The answerer of `keep_unfinished`.

    Attributes:
        path: the file of answers.
        earlier: number of answers taken from an earlier run.
    """

    def __init__(
        self, path: Path, answerer: Answerer, terms: str, at_once: int, on_answers: Callable[[int, int], object]
    ) -> None:
        self.path = path
        self.earlier = 0
        self._answerer, self._terms, self._at_once, self._on_answers = answerer, terms, at_once, on_answers
        self._base: sqlite3.Connection | None = None
        if path.exists():
            self._open()

    def __call__(self, questions: Sequence[Question]) -> list[Answer]:
        """An answer to each question, in order."""
        answers: list[Answer] = []
        for start in range(0, len(questions), self._at_once):
            asked = questions[start : start + self._at_once]
            answers += self._answer(asked)
            self._on_answers(len(answers), len(questions))
        return answers

    def _answer(self, questions: Sequence[Question]) -> list[Answer]:
        known = {question: answer for question in questions if (answer := self._find(question)) is not None}
        self.earlier += len(known)
        fresh = [question for question in questions if question not in known]
        if fresh:
            answers = dict(zip(fresh, self._answerer(fresh), strict=True))
            self._keep(answers)
            known |= answers
        return [known[question] for question in questions]

    def _find(self, question: Question) -> Answer | None:
        if self._base is None:
            return None
        row = self._base.execute("SELECT answer FROM answers WHERE question = ?", (json.dumps(question),)).fetchone()
        return None if row is None else tuple(json.loads(row[0]))

    def _keep(self, answers: dict[Question, Answer]) -> None:
        rows = [(json.dumps(question), json.dumps(answer)) for question, answer in answers.items()]
        try:
            base = self._base or self._open()
            # One transaction for a batch: all its answers are saved or none, however the process ends.
            with base:
                base.executemany("INSERT OR REPLACE INTO answers VALUES (?, ?)", rows)
        except sqlite3.Error as error:
            raise SourceError(f"cannot be written ({error}); the answers before are kept", path=self.path) from error

    def _open(self) -> sqlite3.Connection:
        """The opened file, emptied if it was damaged or its answers were given with other terms."""
        try:
            self._base = base = self._connect()
            earlier_terms = base.execute("SELECT terms FROM terms").fetchone()
        except sqlite3.OperationalError as error:
            raise SourceError(
                f"cannot be opened ({error}); delete it, or wait for the program that uses it", path=self.path
            ) from error
        # A damaged file is not trusted: it is made new, and all questions are asked again.
        except sqlite3.DatabaseError:
            earlier_terms = None
            self.discard()
            self._base = base = self._connect()
        if earlier_terms != (self._terms,):
            with base:
                base.execute("DELETE FROM answers")
                base.execute("DELETE FROM terms")
                base.execute("INSERT INTO terms VALUES (?)", (self._terms,))
        return base

    def _connect(self) -> sqlite3.Connection:
        self.path.touch(mode=0o600)  # tables may be confidential: only this user may read the file
        base = sqlite3.connect(self.path, check_same_thread=False)  # GDAL may call from its own thread
        base.executescript(_TABLES)
        return base

    def close(self) -> int:
        """Close the file and return the number of answers in it."""
        if self._base is None:
            return 0
        (count,) = self._base.execute("SELECT count(*) FROM answers").fetchone()
        self._base.close()
        return int(count)

    def discard(self) -> None:
        """Close the file and delete it."""
        if self._base is not None:
            self._base.close()
            self._base = None
        self.path.unlink(missing_ok=True)
