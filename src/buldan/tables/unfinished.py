"""Answers written down as they are given, so that a run that ends early has not worked in vain.

Beside `places.gpkg` they stand in `places.gpkg.unfinished`, a SQLite file, until the output is there. It appears with
the first answers; the same command started again takes its answers from it. The rows are cheap to make again, and
the output is only ever whole.
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
"""Questions whose answers are written down together: some seconds of one processor, and what a killed run may lose."""

_LAYOUT = 1  # goes up when the files change: what another layout kept is not taken
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
    """An answerer that answers as `answerer` does and writes down what it says until the block is done.

    Args:
        output: the file that the block makes.
        answerer: answers what is not written down yet.
        terms: gazetteer and terms in words; answers that were given on others are dropped.
        at_once: questions that are asked and written down together; a cluster wants more.
        on_answers: told how many of how many questions of a call are answered.

    Raises:
        SourceError: the answers cannot be written down.
        KeyboardInterrupt: as it came, saying what is kept.
    """
    path = output.with_name(f"{output.name}.unfinished")
    kept = Unfinished(path, answerer, f"{_LAYOUT} {terms}", at_once, on_answers)
    try:
        yield kept
    except KeyboardInterrupt:
        count = kept.close()
        if count:
            told = f"{count:,} answers are kept in {kept.path}, the same command goes on from there"
            raise KeyboardInterrupt(told) from None
        raise
    except BaseException:
        kept.close()
        raise
    kept.discard()


class Unfinished:
    """The answerer of `unfinished`.

    Attributes:
        path: the file of answers.
        earlier: answers that an earlier run had written down and this one has taken over.
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
            # One transaction a batch: either all its answers are kept or none, whatever ends the process.
            with base:
                base.executemany("INSERT OR REPLACE INTO answers VALUES (?, ?)", rows)
        except sqlite3.Error as error:
            raise SourceError(f"cannot be written ({error}); the answers before are kept", path=self.path) from error

    def _open(self) -> sqlite3.Connection:
        """The file, empty where it was damaged or its answers were given on other terms."""
        try:
            self._base = base = self._connect()
            told = base.execute("SELECT terms FROM terms").fetchone()
        except sqlite3.OperationalError as error:
            raise SourceError(
                f"cannot be opened ({error}); delete it, or wait for the program that uses it", path=self.path
            ) from error
        # Damaged, so that nothing in it is trusted: it is made again, and all is asked again.
        except sqlite3.DatabaseError:
            told = None
            self.discard()
            self._base = base = self._connect()
        if told != (self._terms,):
            with base:
                base.execute("DELETE FROM answers")
                base.execute("DELETE FROM terms")
                base.execute("INSERT INTO terms VALUES (?)", (self._terms,))
        return base

    def _connect(self) -> sqlite3.Connection:
        self.path.touch(mode=0o600)  # rows of others: nobody else's to read
        base = sqlite3.connect(self.path, check_same_thread=False)  # GDAL may ask from a thread of its own
        base.executescript(_TABLES)
        return base

    def close(self) -> int:
        """Close the file; how many answers it keeps."""
        if self._base is None:
            return 0
        (count,) = self._base.execute("SELECT count(*) FROM answers").fetchone()
        self._base.close()
        return int(count)

    def discard(self) -> None:
        """Close the file and take it away."""
        if self._base is not None:
            self._base.close()
            self._base = None
        self.path.unlink(missing_ok=True)
