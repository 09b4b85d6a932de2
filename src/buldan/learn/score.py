"""Learn the weights of evidence from names with known coordinates.

A conditional logit (McFadden 1974) over the candidates of each question and the answer "none of these": the
likelihood of a row is the probability given to the places within 5 km of its point, or to "none" where no such
place is among the candidates. A small quadratic penalty keeps weights near those of the present table.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from buldan.errors import QueryError, SourceError
from buldan.index import Index, measure_distances_km
from buldan.learn.mistakes import draw_made_up, draw_mistaken
from buldan.lookup import Lookup
from buldan.lookup.evidence import CALIBRATION, EVIDENCE, Weights, read_weights

__all__ = [
    "MADE_UP",
    "NEAR_KM",
    "NOWHERE",
    "Example",
    "cross_validate",
    "fit_weights",
    "iter_questions",
    "read_examples",
    "write_weights",
]

NEAR_KM = 5.0
"""Maximum distance of a right answer in kilometres; points of one place in two sources differ by as much."""

_MOST_HITS = 150
"""Maximum candidates of a question to learn from, the best first: the rest have nearly no probability."""

_MISTAKEN = 150
"""Number of names with each kind of mistake among the examples."""
MADE_UP = 100
"""Number of names of no place in each script among the examples."""
NOWHERE = (0.0, 0.0)
"""The point for names of no place, far from all places of the gazetteer."""

_PENALTY = 0.5
"""Penalty on the squares of the differences of weights from those of the table."""

_AS_WRITTEN = (
    "same_fold",
    "anothers",
    "uncoded",
    "rule_part",
    "rule_side",
    "near",
    "generic_kept",
    "salience",
    "group_admin",
    "group_site",
    "group_land",
    "group_other",
    "rule_type",
)
"""Evidence whose weights are not learned from the examples. Some of it does not occur in them. As answers are judged
only by distance, they do not distinguish a town from the unit, the ruin or the hospital of the same name. They rarely
ask for small villages, so that exact spelling would get too little weight: those weights were chosen by `buldan
evaluate gazetteer`. All of these weights stay as a person wrote them."""


@dataclass(frozen=True, slots=True)
class Example:
    """The candidates of one question: place row and evidence of each hit, and a mask of the right ones."""

    rows: NDArray[np.int64]
    evidence: NDArray[np.float64]
    right: NDArray[np.bool_]
    fold: int


def read_examples(
    index: Index, paths: Iterable[Path], *, folds: int = 5, on_row: Callable[[], object] | None = None
) -> list[Example]:
    """Examples from tab-separated files of names with `lat`, `lon` and `adm1`, each without and with context, and
    some names with mistakes or of no place (`buldan.learn.mistakes`).

    Rows of one point are in the same fold, so that no place is used both for learning and for testing.
    """
    lookup = Lookup(index)
    examples = []
    for cells, column, point in iter_questions(paths):
        for within in (None, cells.get("adm1") or None):
            example = _make_example(index, lookup, cells[column] or "", within, point, folds)
            if example is not None:
                examples.append(example)
        if on_row:
            on_row()
    made = (*draw_mistaken(index, each=_MISTAKEN), *((text, NOWHERE) for text in draw_made_up(index, each=MADE_UP)))
    for text, point in made:
        example = _make_example(index, lookup, text, None, point, folds)
        if example is not None:
            examples.append(example)
    return examples


def iter_questions(paths: Iterable[Path]) -> Iterator[tuple[dict[str, str], str, tuple[float, float]]]:
    """Cells, name column and point of each question in the files.

    Raises:
        SourceError: a file does not have these columns, or a row has no point.
    """
    for path in paths:
        with path.open(encoding="utf-8", newline="") as file:
            table = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            if not {"lat", "lon"} <= set(table.fieldnames or ()):
                raise SourceError("needs the columns lat, lon and name, separated by tabs", path=path, line=1)
            for line, cells in enumerate(table, start=2):
                try:
                    point = (float(cells["lon"]), float(cells["lat"]))
                except (TypeError, ValueError):
                    raise SourceError("lat and lon must be numbers", path=path, line=line) from None
                yield from ((cells, column, point) for column in cells if column.startswith("name"))


def _make_example(
    index: Index, lookup: Lookup, text: str, within: str | None, point: tuple[float, float], folds: int
) -> Example | None:
    try:
        found, evidence = lookup.list_training_rows(text, within=within)
    except QueryError:
        return None
    if not found:
        return None
    utilities = evidence @ read_weights().values
    kept = np.argsort(-utilities, kind="stable")[:_MOST_HITS]
    rows, evidence = np.array(found)[kept], evidence[kept]
    right = measure_distances_km(index.lon[rows], index.lat[rows], point=point) <= NEAR_KM
    return Example(rows, evidence, right, int(round(point[0] * 200) + round(point[1] * 200)) % folds)


def fit_weights(examples: Sequence[Example], *, start: Weights | None = None, rounds: int = 4) -> Weights:
    """The weights with the highest likelihood of the right answers of the examples."""
    prior = start or read_weights()
    written = np.append(prior.values, prior.nothing)
    frozen = np.array([evidence in _AS_WRITTEN for evidence in (*EVIDENCE, "nothing")])
    values = written
    for _ in range(rounds):
        stacked = _Stack.of([_keep_best_hits(example, values[:-1]) for example in examples])

        def loss(theta: NDArray[np.float64], stacked: _Stack = stacked) -> tuple[float, NDArray[np.float64]]:
            total, slope = stacked.loss(theta)
            slope = slope + 2 * _PENALTY * (theta - written)
            return total + _PENALTY * float(((theta - written) ** 2).sum()), np.where(frozen, 0.0, slope)

        values = minimize(loss, values, jac=True, method="L-BFGS-B", options={"maxiter": 200}).x
    return replace(prior, values=values[:-1], nothing=float(values[-1]))


@dataclass(frozen=True, slots=True)
class _Stack:
    """All candidates of all examples in one table, each example with the answer "none of these" at its end."""

    evidence: NDArray[np.float64]
    right: NDArray[np.bool_]
    starts: NDArray[np.int64]

    @classmethod
    def of(cls, examples: Sequence[Example]) -> _Stack:
        blocks, rights, starts, count = [], [], [], 0
        for example in examples:
            size = len(example.rows)
            block = np.zeros((size + 1, len(EVIDENCE) + 1))
            block[:size, :-1], block[size, -1] = example.evidence, 1.0
            blocks.append(block)
            rights.append(np.append(example.right, not example.right.any()))
            starts.append(count)
            count += size + 1
        return cls(np.concatenate(blocks), np.concatenate(rights), np.array(starts))

    def loss(self, theta: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        """The negative log likelihood of all examples and its gradient."""
        sizes = np.diff(np.append(self.starts, len(self.evidence)))
        utilities = self.evidence @ theta
        utilities -= np.repeat(np.maximum.reduceat(utilities, self.starts), sizes)
        shares = np.exp(utilities)
        shares /= np.repeat(np.add.reduceat(shares, self.starts), sizes)
        mass = np.maximum(np.add.reduceat(shares * self.right, self.starts), 1e-12)
        pull = shares - shares * self.right / np.repeat(mass, sizes)
        return -float(np.log(mass).sum()), self.evidence.T @ pull


def cross_validate(examples: Sequence[Example]) -> float:
    """Share of examples whose likeliest candidate is right, with weights learned from the other folds."""
    right = 0
    for fold in sorted({example.fold for example in examples}):
        weights = fit_weights([example for example in examples if example.fold != fold], rounds=2)
        aside = (example for example in examples if example.fold == fold)
        right += sum(bool(example.right[np.argmax(example.evidence @ weights.values)]) for example in aside)
    return right / len(examples)


def _keep_best_hits(example: Example, weights: NDArray[np.float64]) -> Example:
    """The example with one hit for each place: the one with the highest utility."""
    order = np.argsort(-(example.evidence @ weights), kind="stable")
    _, first = np.unique(example.rows[order], return_index=True)
    best = order[first]
    return Example(example.rows[best], example.evidence[best], example.right[best], example.fold)


def write_weights(path: Path, weights: Weights) -> None:
    """Write new weights into the table, keeping its comments."""
    lines = path.read_text("utf-8").splitlines()
    values = dict(zip((*EVIDENCE, "nothing"), (*weights.values.tolist(), weights.nothing), strict=True))
    for context, curve in weights.calibration.items():
        values |= {f"{part}_{context}": getattr(curve, part) for part in CALIBRATION}
    rows = [line.split("\t") for line in lines[1:]]
    content = [lines[0], *("\t".join((row[0], f"{values[row[0]]:.3f}", row[2])) for row in rows)]
    path.write_text("\n".join(content) + "\n", encoding="utf-8")
