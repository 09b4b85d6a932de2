"""Passages in, mentions out: the stages of reading in their order.

document ─▶ names ─▶ recognition ⇄ resolution ─▶ overlaps ─▶ resolution ─▶ mentions and relations

Many passages are read at once, for what they share (calls of numpy, of compiled loops) costs more than a short one
itself. None sees another: each is read as it would be alone, to the last bit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from buldan.geoparse.document.flat import flatten_all
from buldan.geoparse.mentions import make_mentions
from buldan.geoparse.names.name_table import NameTable
from buldan.geoparse.names.scan import Hits, Scan, scan
from buldan.geoparse.recognition.denied import deny_names
from buldan.geoparse.recognition.overlaps import KeptHits, resolve_overlaps
from buldan.geoparse.resolution.containment import find_outside_container
from buldan.geoparse.resolution.distant_roads import doubt_distant_roads
from buldan.geoparse.resolution.ranking import ResolvedPlaces, cap_misspelled
from buldan.geoparse.resolution.resolved_hits import ResolvedHits
from buldan.geoparse.resolution.short_forms import find_short_forms
from buldan.geoparse.results import Mention
from buldan.geoparse.scoring import (
    LocalScores,
    Resources,
    ScoredHits,
    add_held_names,
    add_near_misses,
    score_alone,
    score_in_passage,
)
from buldan.thresholds import MENTION, SURE

__all__ = ["Stages", "read_passages", "run_stages"]


class Stages(NamedTuple):
    """What each stage leaves to the next, in their order; all of it of several passages."""

    written: Scan
    held: tuple[Hits, NameTable]
    alone: LocalScores
    scored: ScoredHits
    kept: KeptHits
    resolved: ResolvedHits
    mentions: list[list[Mention]]


def read_passages(
    passages: Sequence[str], resources: Resources, *, bases: Sequence[int], foreign: bool = False
) -> list[list[Mention]]:
    """The mentions of each passage, in its order; arguments as of `run_stages`."""
    return run_stages(passages, resources, bases=bases, foreign=foreign).mentions


def run_stages(passages: Sequence[str], resources: Resources, *, bases: Sequence[int], foreign: bool = False) -> Stages:
    """Reads, and gives what came of every stage.

    Args:
        passages: texts, or parts of texts, each read as if it stood alone.
        resources: what reading needs.
        bases: where each passage begins in its text, to which the offsets of mentions are moved.
        foreign: give places abroad, too.
    """
    flat = flatten_all(passages)
    written = scan(flat, resources.vocabulary, resources.word_cache)
    held = add_held_names(written.hits, written.name_table, resources)
    hits, name_table = add_near_misses(*held, resources)
    alone = score_alone(hits, name_table, resources)
    scored = score_in_passage(alone, resources)
    deny_names(scored.hits, scored.name_table, resources.cues, scored.log_odds)
    kept = resolve_overlaps(scored.hits, scored.name_table, scored.log_odds, MENTION)
    resolved = resolve_hits(scored, kept, resources)
    mentions = make_mentions(resolved, scored, kept, resources, bases=bases, foreign=foreign)
    return Stages(written, held, alone, scored, kept, resolved, mentions)


def resolve_hits(scored: ScoredHits, kept: KeptHits, resources: Resources) -> ResolvedHits:
    """Which place each hit means that is kept as one of Syria."""
    which = kept.syrian
    arrays, resolver, log_odds = resources.place_arrays, scored.resolver, scored.log_odds
    # Half of what is sure elsewhere: what is kept has been weighed against all that overlaps it by now. A hit that is
    # dropped matters still where something contains it: that is then known to be a governorate or a city.
    resolver.choose_places(log_odds, SURE / 2, which)
    container = resolver.find_containers().take(which)
    hits, rows = scored.hits.take(which), resolver.candidates.get_best_rows(which)
    short_forms = find_short_forms(hits.views, hits.words.views, scored.name_table.views, arrays.views, rows.data)
    for hit, longer in short_forms.items():
        rows[hit] = rows[longer]
    ranking = ResolvedPlaces.from_choices(
        which, resolver.choices, log_odds.take(which), arrays, resources.confidence, resources.index.places
    )
    cap_misspelled(ranking.confidence, hits.name_id, rows, scored.name_table)
    doubt_distant_roads(ranking.confidence, hits, rows, arrays)
    outside_container = find_outside_container(which, container, scored.lists.asked, arrays, rows)
    return ResolvedHits(hits, rows, ranking, outside_container, short_forms)
