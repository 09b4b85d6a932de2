"""Put the same questions to all engines in turn, so that whatever else the machine does slows all alike."""

from __future__ import annotations

import math
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from benchmarks.matchers.engines import Engine, MissingEngineError
from benchmarks.matchers.engines.base import Answer
from benchmarks.matchers.material import NEAR_KM, Group, Material, Question
from buldan.geometry import distance_km

__all__ = ["Runner", "Tally", "Verdict", "percentile", "prepare", "provoke", "race"]

_BLOCK = 20
"""Questions that an engine answers before it is the next one's turn."""

_WARM_UP = 40


class Verdict(NamedTuple):
    """An answer: the question, the row given first (None: nothing), whether it was right, whether one of five was."""

    text: str
    first: int | None
    is_right: bool
    is_among: bool


@dataclass
class Tally:
    """What came of one group's questions to one engine: seconds of each, how many right first and among five."""

    seconds: list[float] = field(default_factory=list)
    own_seconds: list[float] = field(default_factory=list)
    first: int = 0
    among_five: int = 0
    answers: list[Verdict] = field(default_factory=list)

    def add(self, answer: Answer, distances: Sequence[float], *, text: str = "") -> None:
        """Count an answer whose places lie so far, kilometres, from the point asked for."""
        self.seconds.append(answer.seconds)
        if answer.own_seconds is not None:
            self.own_seconds.append(answer.own_seconds)
        is_right = bool(distances) and distances[0] <= NEAR_KM
        is_among = any(distance <= NEAR_KM for distance in distances)
        self.first += is_right
        self.among_five += is_among
        self.answers.append(Verdict(text, next(iter(answer.rows), None), is_right, is_among))

    @property
    def hit_1(self) -> float:
        """Share right first."""
        return self.first / len(self.seconds)

    @property
    def hit_5(self) -> float:
        """Share right among five."""
        return self.among_five / len(self.seconds)


@dataclass
class Runner:
    """An engine in the race, with its tallies by the group's title."""

    key: str
    engine: Engine
    tallies: dict[str, Tally] = field(default_factory=dict)
    claims: dict[str, list[bool]] = field(default_factory=dict)


def percentile(values: Sequence[float], percent: float) -> float:
    """The value that so many percent do not exceed (nearest rank)."""
    return sorted(values)[max(0, math.ceil(len(values) * percent / 100) - 1)]


def prepare(
    engines: Mapping[str, type[Engine]], material: Material, folder: Path, *, say: Callable[[str], object]
) -> tuple[list[Runner], dict[str, str]]:
    """The engines that can be run over the material, and why the others cannot."""
    runners, missing = [], {}
    for key, engine in engines.items():
        room = folder / key
        shutil.rmtree(room, ignore_errors=True)
        room.mkdir(parents=True)
        start = perf_counter()
        try:
            runners.append(Runner(key, engine(material, room)))
            say(f"{key}: ready in {perf_counter() - start:.1f} s")
        except MissingEngineError as reason:
            missing[key] = str(reason)
            say(f"{key}: skipped: {reason}")
    return runners, missing


def race(
    runners: Sequence[Runner], material: Material, groups: Sequence[Group], *, say: Callable[[str], object]
) -> None:
    """Ask every question of every runner, block by block, the order of the runners turned with each block."""
    for runner in runners:
        for question in groups[0].questions[: int(_WARM_UP * runner.engine.share)]:
            runner.engine.ask(question.text)
    turn = 0
    for group in groups:
        for runner in runners:
            runner.tallies[group.title] = Tally()
        for start, block in _iter_blocks(group.questions):
            turn += 1
            for runner in _turned(runners, turn):
                asked = math.ceil(len(group.questions) * runner.engine.share)
                _ask(runner, material, group.title, block[: max(0, asked - start)])
        best = ", ".join(f"{runner.key} {runner.tallies[group.title].hit_1:.2f}" for runner in runners)
        say(f"{group.title}: {best}")


def provoke(runners: Sequence[Runner], negatives: Mapping[str, Sequence[str]]) -> None:
    """Note which texts that name nothing each engine takes for a place; slow ones get the first of each list."""
    for runner in runners:
        for title, texts in negatives.items():
            asked = texts[: math.ceil(len(texts) * runner.engine.share)]
            runner.claims[title] = [runner.engine.claims(text) for text in asked]


def _iter_blocks(questions: Sequence[Question]) -> Iterator[tuple[int, Sequence[Question]]]:
    for start in range(0, len(questions), _BLOCK):
        yield start, questions[start : start + _BLOCK]


def _turned(runners: Sequence[Runner], turn: int) -> list[Runner]:
    at = turn % len(runners)
    return [*runners[at:], *runners[:at]]


def _ask(runner: Runner, material: Material, title: str, questions: Sequence[Question]) -> None:
    tally = runner.tallies[title]
    for question in questions:
        answer = runner.engine.ask(question.text)
        here = question.lon, question.lat
        tally.add(answer, [distance_km(material.point(row), here) for row in answer.rows], text=question.text)
