"""Learn the weights of the geoparser from annotated texts: three small linear models, by cross-validation.

`name` judges a hit by the words around it, `mention` by the whole passage, and `place` chooses among namesakes
(a conditional logit, McFadden 1974). All are convex with an L2 penalty and fitted by Newton's method.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from buldan.geometry import distance_km
from buldan.geoparse import Geoparser, Mention
from buldan.geoparse.annotated import AnnotatedText
from buldan.geoparse.linear_model import Weights, make_feature_columns
from buldan.geoparse.pipeline import read_passages
from buldan.geoparse.recognition.features import PASSAGE_FEATURES
from buldan.geoparse.recognition.lists import Lists
from buldan.geoparse.resolution.candidates import Candidates
from buldan.geoparse.resolution.resolver import ToponymResolver
from buldan.geoparse.scoring import Resources, rescore_in_passage
from buldan.learn.fitting import fit_choice, fit_logistic
from buldan.learn.lessons import FOLDS, Lesson, fold_of, make_lessons, read_own_examples

__all__ = [
    "learn",
    "learn_confidence",
    "learn_weights",
    "read_held_out",
    "write_mention_weights",
]

_SENTENCE_WEIGHT = 0.5
"""Weight of a hit in a single sentence for the model of the passage, since there is less text around it."""

_PENALTY = {"name": 1.0, "mention": 1.0, "place": 0.5}
"""Penalty on the squares of the weights (ridge), by model. A higher one gives rare features less influence."""


def _stack_arrays(parts: Sequence[Mapping[str, NDArray[Any]]]) -> dict[str, NDArray[Any]]:
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _fit_name(lessons: Sequence[Lesson], start: Mapping[str, float] | None = None) -> dict[str, float]:
    return fit_logistic(
        _stack_arrays([lesson.local for lesson in lessons]),
        np.concatenate([lesson.labels.right for lesson in lessons]),
        np.concatenate([lesson.labels.weight for lesson in lessons]),
        _PENALTY["name"],
        start,
    )


def _fit_mention(
    lessons: Sequence[Lesson], first: Sequence[NDArray[np.float64]], resources: Resources
) -> dict[str, float]:
    scored = [
        rescore_in_passage(lesson.hits, lesson.name_table, logit, lesson.stated, resources)
        for lesson, logit in zip(lessons, first, strict=True)
    ]
    return fit_logistic(
        _stack_arrays([make_feature_columns(PASSAGE_FEATURES, one.features) for one in scored]),
        np.concatenate([lesson.labels.right for lesson in lessons]),
        np.concatenate([lesson.labels.weight * (_SENTENCE_WEIGHT if lesson.alone else 1) for lesson in lessons]),
        _PENALTY["mention"],
    )


def _mark_right_places(lesson: Lesson, resources: Resources) -> tuple[Candidates, NDArray[np.float64]]:
    """The pairs of hit and place, and a mask of the right ones; without hits that have no gold mention or no choice."""
    unasked = np.zeros(len(lesson.hits), np.int64)
    candidates = Candidates(lesson.hits, lesson.name_table, resources.place_arrays, unasked, resources.place)
    good = np.zeros(len(candidates))
    index = resources.index
    for pair, (hit, row) in enumerate(zip(candidates.hit.tolist(), candidates.row.tolist(), strict=True)):
        at = int(lesson.labels.gold[hit])
        if at >= 0:
            gold = lesson.document.gold[at]
            if gold.id and index.find_row(gold.id) == row:
                good[pair] = 1.0
            elif gold.lon is not None and gold.lat is not None:
                here = (float(index.lon[row]), float(index.lat[row]))
                good[pair] = float(distance_km(here, (gold.lon, gold.lat)) <= gold.tol_km)
    return candidates, good


def _fit_place(lessons: Sequence[Lesson], resources: Resources, *, rounds: int = 3) -> dict[str, float]:
    """The weights of `place`, learned in rounds: neighbours have the places that the weights of the last round give."""
    weights: dict[str, float] = {"salience": 4.0, "asked kind": 2.0}
    prepared = [(lesson, *_mark_right_places(lesson, resources)) for lesson in lessons]
    for _ in range(rounds):
        parts, groups, goods, offset = [], [], [], 0
        for lesson, candidates, good in prepared:
            if not good.any():
                continue
            columns = _pair_columns(lesson, replace(resources, place=Weights(weights)))
            has_right = np.zeros(len(lesson.hits))
            np.maximum.at(has_right, candidates.hit, good)
            chosen = has_right[candidates.hit] > 0
            parts.append({name: column[chosen] for name, column in columns.items()})
            groups.append(candidates.hit[chosen] + offset)
            goods.append(good[chosen])
            offset += len(lesson.hits)
        weights = fit_choice(_stack_arrays(parts), np.concatenate(groups), np.concatenate(goods), _PENALTY["place"])
    return weights


def _pair_columns(lesson: Lesson, resources: Resources) -> dict[str, NDArray[Any]]:
    hits, asked = lesson.hits, Lists(lesson.hits, resources.cues).asked
    resolver = ToponymResolver(hits, lesson.name_table, asked, resources.place_arrays, resources.place)
    resolver.choose_places(lesson.labels.right.astype(np.float64), 0.5)
    return resolver.make_feature_columns()


def learn_weights(
    lessons: Sequence[Lesson], resources: Resources, start: Mapping[str, Mapping[str, float]] | None = None
) -> dict[str, dict[str, float]]:
    """The weights of the three models. The second learns from scores of the first on texts that the first has not seen.

    `start` are first weights, from nearly the same lessons.
    """
    place = _fit_place(lessons, resources)
    resources = replace(resources, place=Weights(place))
    first: list[NDArray[np.float64]] = [np.zeros(0)] * len(lessons)
    whole = _fit_name(lessons, start["name"] if start else None)
    for part in range(FOLDS):
        held = [at for at, lesson in enumerate(lessons) if fold_of(lesson.document) == part]
        if held:
            weights = _fit_name([lesson for at, lesson in enumerate(lessons) if at not in set(held)], whole)
            for at in held:
                first[at] = Weights(weights).sum_columns(lessons[at].local)
    return {"name": whole, "mention": _fit_mention(lessons, first, resources), "place": place}


def learn(
    documents: Sequence[AnnotatedText], ordinary: Sequence[AnnotatedText], resources: Resources
) -> dict[str, dict[str, float]]:
    """The weights learned from all documents, and from texts with almost no Syrian places."""
    return learn_weights(make_lessons(documents, ordinary, resources), resources)


def read_held_out(
    documents: Sequence[AnnotatedText],
    ordinary: Sequence[AnnotatedText],
    geoparser: Geoparser,
    *,
    calibrate: bool = True,
) -> Callable[[AnnotatedText], list[Mention]]:
    """A reader that reads each document with weights learned without any paragraph of its article.

    Without `calibrate` it gives the confidences of the models, from which the calibration is learned.
    """
    resources = geoparser.resources
    lessons = make_lessons([*documents, *read_own_examples()], ordinary, resources)
    confidence = resources.confidence if calibrate else Weights({})
    readers: dict[int, Resources] = {}

    def read(document: AnnotatedText) -> list[Mention]:
        part = fold_of(document)
        if part not in readers:
            weights = learn_weights(
                [lesson for lesson in lessons if fold_of(lesson.document) != part], resources, {"name": resources.name}
            )
            models = {model: Weights(weights[model]) for model in ("name", "mention", "place")}
            readers[part] = replace(resources, **models, confidence=confidence)  # type: ignore[arg-type]
        return read_passages([document.text], readers[part], bases=[0])[0]

    return read


def learn_confidence(judged: Sequence[tuple[float, bool]]) -> dict[str, float]:
    """Slope and intercept that calibrate confidences, from held-out confidences and whether they were right."""
    raw = np.array([confidence for confidence, _ in judged]).clip(1e-4, 1 - 1e-4)
    columns = {"always": np.ones(len(raw)), "slope": np.log(raw / (1 - raw))}
    right = np.array([truth for _, truth in judged])
    weights = fit_logistic(columns, right, np.ones(len(raw)), penalty=1.0)
    return {"slope": weights["slope"], "intercept": weights["always"]}


def write_mention_weights(weights: Mapping[str, Mapping[str, float]]) -> Path:
    """Write the weights to the table that the geoparser reads, and return its path."""
    path = Path(str(files("buldan.geoparse"))) / "tables" / "weights.tsv"
    rows = [
        f"{model}\t{column}\t{weight:.3f}\t" for model, columns in weights.items() for column, weight in columns.items()
    ]
    path.write_text("\n".join(["model\tcolumn\tweight\tcomment", *rows]) + "\n", encoding="utf-8")
    return path
