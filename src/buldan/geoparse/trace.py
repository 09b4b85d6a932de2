"""What each stage of reading found, kept and dropped, and why.

Derived afterwards from the results of the stages (`buldan.geoparse.pipeline.Stages`): reading does not know whether it
is traced, and costs the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import starmap
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from buldan.geoparse.linear_model import Weights, make_feature_columns
from buldan.geoparse.names.hit_table import Objection
from buldan.geoparse.names.name_forms import Form
from buldan.geoparse.names.name_table import NameTable
from buldan.geoparse.names.scan import Hits
from buldan.geoparse.pipeline import Stages
from buldan.geoparse.recognition.features import PASSAGE_FEATURES
from buldan.geoparse.scoring import Resources
from buldan.geoparse.trace_words import OBJECTIONS, describe_mention, describe_name, describe_place
from buldan.model import Place
from buldan.thresholds import HOPELESS, MENTION

__all__ = ["STAGES", "StageRecord", "TracedStretch", "trace_passage"]

STAGES = ("scan", "held names", "near misses", "first model", "second model", "overlaps", "resolution", "mentions")
"""The stages of a trace, in their order."""

Fate = Literal["found", "kept", "dropped"]


class TracedStretch(NamedTuple):
    """A stretch of the text after one stage.

    Attributes:
        start, end: code points into the text, half-open.
        text: `text[start:end]`.
        fate: `found` (by this stage), `kept` or `dropped`.
        reason: why, in English.
        log_odds: log-odds that it names a place of Syria here; None if the stage does not compute them.
        place: the place that it means so far; None if the stage does not choose one.
    """

    start: int
    end: int
    text: str
    fate: Fate
    reason: str
    log_odds: float | None = None
    place: Place | None = None


class StageRecord(NamedTuple):
    """What one stage did: its name (one of `STAGES`) and its stretches in the order of the text."""

    stage: str
    stretches: tuple[TracedStretch, ...]

    def of(self, fate: Fate) -> tuple[TracedStretch, ...]:
        """The stretches of one fate."""
        return tuple(stretch for stretch in self.stretches if stretch.fate == fate)


_FEATURES_NAMED = 3
"""Features that a reason names: those that weigh most."""


def trace_passage(stages: Stages, resources: Resources, base: int) -> list[StageRecord]:
    """The records of all stages, of one passage that was read alone; `base` is where it begins in its text."""
    tracer = _Tracer(stages, resources, base)
    stretches_of_stages = (
        tracer.trace_scan(),
        tracer.trace_held_names(),
        tracer.trace_near_misses(),
        tracer.trace_first_model(),
        tracer.trace_second_model(),
        tracer.trace_overlaps(),
        tracer.trace_resolution(),
        tracer.trace_mentions(),
    )
    return [
        StageRecord(stage, tuple(sorted(stretches, key=lambda stretch: (stretch.start, -stretch.end))))
        for stage, stretches in zip(STAGES, stretches_of_stages, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Tracer:
    """Derives the stretches of each stage; `base` is where the passage begins in its text."""

    stages: Stages
    resources: Resources
    base: int

    def trace_scan(self) -> Iterator[TracedStretch]:
        """Every stretch that is spelled as a name of the vocabulary."""
        written, table = self.stages.written, self.resources.vocabulary.name_table
        flat, found = written.hits.flat, written.found
        columns = (*found.table[:, : found.count].tolist(), written.objections.tolist())
        for name, first, last, skip, objection in zip(*columns, strict=True):
            start = int(flat.starts[first]) + skip + int(table.clitic_length[name])
            span = flat.locate_in_original(start, int(flat.starts[last]) - 1)
            if objection:
                yield self._make_stretch(span, "dropped", OBJECTIONS[Objection(objection)])
            else:
                yield self._make_stretch(span, "found", describe_name(table, name))

    def trace_held_names(self) -> Iterator[TracedStretch]:
        """Names that the text puts in a unit that has no place of the name, but places with a similar name."""
        hits, name_table = self.stages.held
        # At this stage, only here may a place be found by a similar spelling.
        for hit in range(len(hits)):
            if Form.NEAR_MISS not in name_table.form_by_place[_find_place_range(name_table, int(hits.name_id[hit]))]:
                continue
            places = name_table.get_places(int(hits.name_id[hit]))
            near = places[
                name_table.form_by_place[_find_place_range(name_table, int(hits.name_id[hit]))] == Form.NEAR_MISS
            ]
            reason = f"no such name in the unit that the text names; similar names there: {self._list_places(near)}"
            yield self._make_stretch(self._locate(hits, hit), "found", reason)

    def trace_near_misses(self) -> Iterator[TracedStretch]:
        """Names with another spelling, and the hits that are dropped because of them."""
        (before, _), alone = self.stages.held, self.stages.alone
        hits, name_table = alone.hits, alone.name_table
        for hit in np.flatnonzero(name_table.form[hits.name_id] == Form.NEAR_MISS).tolist():
            name = int(hits.name_id[hit])
            reason = f"similarity {name_table.likeness[name]:.2f}: {self._list_places(name_table.get_places(name))}"
            yield self._make_stretch(self._locate(hits, hit), "found", reason)
        # Compared by key, because the number of a hit changes from stage to stage.
        kept = set(_list_keys(hits))
        for hit, key in enumerate(_list_keys(before)):
            if key not in kept:
                yield self._make_stretch(self._locate(before, hit), "dropped", "replaced by a better guess")

    def trace_first_model(self) -> Iterator[TracedStretch]:
        """The weight of each hit by its own features and the words around it."""
        alone = self.stages.alone
        reasons = _name_weightiest(self.resources.name, alone.features.make_feature_columns(), len(alone.hits))
        kept = set(alone.hopeful.tolist())
        for hit, odds in enumerate(alone.log_odds.tolist()):
            hopeful = hit in kept
            reason = reasons[hit] if hopeful else f"below {HOPELESS}: {reasons[hit]}"
            yield self._make_stretch(self._locate(alone.hits, hit), "kept" if hopeful else "dropped", reason, odds)

    def trace_second_model(self) -> Iterator[TracedStretch]:
        """The weight of each hit, given what the first model found in the whole passage."""
        scored = self.stages.scored
        reasons = _name_weightiest(
            self.resources.mention, make_feature_columns(PASSAGE_FEATURES, scored.features), len(scored.hits)
        )
        for hit, odds in enumerate(scored.log_odds.tolist()):
            yield self._make_stretch(self._locate(scored.hits, hit), "kept", reasons[hit], odds)

    def trace_overlaps(self) -> Iterator[TracedStretch]:
        """The names that are kept, so that none overlaps another."""
        scored, kept = self.stages.scored, self.stages.kept
        hits, names = scored.hits, scored.name_table
        syrian, foreign = set(kept.syrian.tolist()), set(kept.foreign.tolist())
        # In the order of the text, so that the first that overlaps is the leftmost.
        kept_hits = sorted(syrian | foreign)
        for hit, odds in enumerate(scored.log_odds.tolist()):
            span, name = self._locate(hits, hit), int(hits.name_id[hit])
            over = next((by for by in kept_hits if by != hit and _do_overlap(hits, hit, by)), None)
            if hit in syrian:
                yield self._make_stretch(span, "kept", "names a place of Syria", odds)
            elif hit in foreign:
                yield self._make_stretch(span, "kept", "names a place abroad", odds)
            elif names.is_not_place[name]:
                yield self._make_stretch(span, "dropped", "a fixed expression for something else", odds)
            elif odds <= MENTION and not names.foreign[name]:
                yield self._make_stretch(span, "dropped", f"not above the threshold of {MENTION}", odds)
            elif over is None:
                yield self._make_stretch(span, "dropped", "overlaps a stronger name of something else", odds)
            else:
                start, end = self._locate(hits, over)
                yield self._make_stretch(
                    span, "dropped", f"overlaps “{hits.flat.original[start:end]}”, which is stronger", odds
                )

    def trace_resolution(self) -> Iterator[TracedStretch]:
        """The place that each name means, and other places that it may mean."""
        resolved, places = self.stages.resolved, self.resources.index.places
        for hit, row in enumerate(resolved.rows.tolist()):
            others = resolved.ranking.alternatives[hit]
            reason = f"confidence {resolved.ranking.confidence[hit]:.2f}"
            if hit in resolved.short_forms:
                reason += f"; short for “{self._get_text(resolved.hits, resolved.short_forms[hit])}”"
            if hit in resolved.outside_container:
                reason += f"; the text puts it in “{self._get_text(resolved.hits, resolved.outside_container[hit])}”"
            if others:
                reason += "; or " + ", ".join(f"{describe_place(place)} {share:.2f}" for place, share in others)
            yield self._make_stretch(self._locate(resolved.hits, hit), "kept", reason, place=places[row])

    def trace_mentions(self) -> Iterator[TracedStretch]:
        """The mentions, and the hits that became part of another name."""
        resolved, (mentions,) = self.stages.resolved, self.stages.mentions
        # By span, because mentions do not refer to their hits.
        spans = {self._locate(resolved.hits, hit) for hit in range(len(resolved.hits))}
        given = {(mention.start - self.base, mention.end - self.base): mention for mention in mentions}
        for span, mention in given.items():
            is_new = span not in spans and not mention.foreign
            yield self._make_stretch(
                span, "found" if is_new else "kept", describe_mention(mention), place=mention.place
            )
        for span in spans - given.keys():
            yield self._make_stretch(span, "dropped", "part of the name of a facility")
        scored, kept = self.stages.scored, self.stages.kept
        for hit in kept.foreign.tolist():
            span = self._locate(scored.hits, hit)
            if span not in given:
                yield self._make_stretch(span, "dropped", "abroad; included with foreign=True")

    def _make_stretch(
        self, span: tuple[int, int], fate: Fate, reason: str, log_odds: float | None = None, place: Place | None = None
    ) -> TracedStretch:
        """A stretch with its offsets in the text; `span` are code points of the passage."""
        start, end = span
        text = self.stages.written.hits.flat.original[start:end]
        return TracedStretch(self.base + start, self.base + end, text, fate, reason, log_odds, place)

    def _locate(self, hits: Hits, hit: int) -> tuple[int, int]:
        return hits.flat.locate_in_original(int(hits.start[hit]), int(hits.end[hit]))

    def _get_text(self, hits: Hits, hit: int) -> str:
        start, end = self._locate(hits, hit)
        return hits.flat.original[start:end]

    def _list_places(self, rows: NDArray[np.int32]) -> str:
        return ", ".join(describe_place(self.resources.index.places[row]) for row in rows.tolist())


def _name_weightiest(weights: Weights, columns: Mapping[str, NDArray[Any]], count: int) -> list[str]:
    """By hit, the features that add or take most, with how much (log-odds)."""
    weighed = {name: weights.get(name, 0.0) * column.astype(float) for name, column in columns.items()}

    def name_of(hit: int) -> str:
        shares = ((name, float(column[hit])) for name, column in weighed.items())
        # An infinite distance times a weight of zero is NaN, and means nothing.
        most = sorted((share for share in shares if abs(share[1]) > 0), key=lambda share: -abs(share[1]))[
            :_FEATURES_NAMED
        ]
        return ", ".join(starmap("{} {:+.1f}".format, most))

    return [name_of(hit) for hit in range(count)]


def _list_keys(hits: Hits) -> Sequence[tuple[int, ...]]:
    """A key for each hit that is the same in all stages and different for each hit of the text."""
    return list(zip(*hits.table[:4].tolist(), strict=True))


def _find_place_range(name_table: NameTable, name: int) -> slice:
    return slice(int(name_table.first[name]), int(name_table.first[name + 1]))


def _do_overlap(hits: Hits, one: int, other: int) -> bool:
    return bool(hits.first[one] < hits.last[other] and hits.first[other] < hits.last[one])
