"""From a flat text to weighed hits: which of the names in it are places, and which places.

scan ─▶ first model (the hit and its words) ─▶ places by relaxation ─▶ second model (the passage) ─▶ places
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from buldan.errors import QueryError
from buldan.geometry import distance_km
from buldan.geoparse.document.flat import Flat
from buldan.geoparse.linear_model import Weights, compute_log_odds, read_weights
from buldan.geoparse.names.cues import Cues, load_cues
from buldan.geoparse.names.lexicon import load_word_senses
from buldan.geoparse.names.name_table import NameTable
from buldan.geoparse.names.scan import Hits, scan
from buldan.geoparse.names.vocabulary import Vocabulary
from buldan.geoparse.names.word_cache import WordCache
from buldan.geoparse.recognition.evidence import Evidence, weigh_evidence
from buldan.geoparse.recognition.features import (
    PASSAGE_FEATURES,
    LocalFeatures,
    compute_name_features,
    compute_passage_features,
)
from buldan.geoparse.recognition.held_names import add_places_in_holders
from buldan.geoparse.recognition.hopeful import list_hopeful
from buldan.geoparse.recognition.lists import Lists
from buldan.geoparse.recognition.near_misses import Find, FindNear, cache_search, insert_near_misses
from buldan.geoparse.recognition.overlap_loop import raise_whole_names
from buldan.geoparse.relations.spatial_signals import may_tell_relation
from buldan.geoparse.relations.terrain import Terrain
from buldan.geoparse.resolution.place_arrays import PlaceArrays
from buldan.geoparse.resolution.quarter_lists import list_quarters, vouch_for
from buldan.geoparse.resolution.resolver import ToponymResolver
from buldan.index import Index
from buldan.kinds import kinds
from buldan.lookup import Lookup
from buldan.lookup.ranking import Hit as LookupHit
from buldan.text import fold, skeletons
from buldan.thresholds import BESIDE_KM, HOPELESS, SURE, WELL_KNOWN

__all__ = [
    "LocalScores",
    "Resources",
    "ScoredHits",
    "add_held_names",
    "add_near_misses",
    "find_hits",
    "rescore_in_passage",
    "score_alone",
    "score_in_passage",
]


@dataclass(frozen=True, slots=True)
class Resources:
    """All that weighing needs: made once for a gazetteer, never changed."""

    index: Index
    place_arrays: PlaceArrays
    terrain: Terrain
    vocabulary: Vocabulary
    cues: Cues
    word_cache: WordCache
    find: Find
    find_near: FindNear
    name: Weights
    mention: Weights
    place: Weights
    confidence: Weights

    @classmethod
    def from_index(cls, index: Index, lookup: Lookup) -> Resources:
        """The tools over a gazetteer, with the learned weights."""

        # Texts spell the same names wrongly over and over, and a ranking costs far more than all else about a word.
        @lru_cache(maxsize=1 << 14)
        def find(name: str, unit: str | None) -> Sequence[tuple[int, float]]:
            try:
                ranking = lookup.rank(name, within=unit)
            except QueryError:  # no name can be read in it ("al and ed", or a word without end): it comes near none
                return ()
            # Ranked over the whole question, so that the scores of the first few keep their share of the rest.
            ranked = zip(ranking.rows[:_MOST_NEAR], ranking.scores[:_MOST_NEAR], strict=True)
            living = [
                pair for at, pair in enumerate(ranked) if _may_be_misspelled(index, ranking.get_hit(at), name, pair[0])
            ]
            return _move_scores_to_seats(index, living)

        weights = (read_weights(model) for model in ("name", "mention", "place", "confidence"))
        vocabulary, cues = Vocabulary.from_index(index), load_cues()
        word_cache = WordCache(vocabulary.phrases, cues, may_tell_relation)
        near = cache_search(find, index)
        return cls(
            index, PlaceArrays.from_index(index), Terrain(index), vocabulary, cues, word_cache, find, near, *weights
        )

    @property
    def name_scores(self) -> NDArray[np.float64]:
        """What each name of the vocabulary weighs by itself in the first model."""
        return self.name.sum_cached(self.vocabulary, lambda: compute_name_features(self.vocabulary.name_table))


def _may_be_misspelled(index: Index, hit: LookupHit, text: str, row: int) -> bool:
    """Whether a text that comes near a name may be a slip of it: a living name, of the same script where it is known.

    A name of the past or in another tongue that is a single word is written with care or not at all: Berea, Şam. What
    everybody knows is written wrongly by one letter at most, or as another tongue has it (Karyatein), and a short word
    for it is none that means something else.
    """
    if " " in text or not hit.letters:
        return True
    name = index.names[int(index.form_name[hit.form])]
    if name.kind in _WRITTEN_WITH_CARE or _is_nisba(text, name.text):
        return False
    if float(index.salience[row]) < WELL_KNOWN:
        return True
    least = _LEAST_FAMOUS if text in load_word_senses() else _LEAST_UNKNOWN
    slip = Levenshtein.distance(text, fold(name.text), score_cutoff=1) <= 1 or _sound_alike(text, name.text)
    return slip and len(text) >= least and (name.script == "Latn") == text.isascii()


def _is_nisba(text: str, name: str) -> bool:
    """Whether a Latin word is one who is from a place, named by its name and -i: Rastani is no Rastan."""
    if not text.endswith(_NISBA_ENDING) or not text.isascii():
        return False
    stem, place = text[:-1], fold(name).split()[-1:]
    return bool(place) and not place[0].endswith(_VOWELS) and skeletons(stem)[:1] == skeletons(place[0])[:1]


_NISBA_ENDING, _VOWELS = ("i", "y"), ("a", "h", "i", "o", "u", "y")
"""Without e, which is silent in French spellings: Rastane."""


def _sound_alike(text: str, name: str) -> bool:
    """Whether a word that is known for nothing else has all consonants of a name, and enough of them to identify it."""
    if text in load_word_senses():
        return False
    mine, other = skeletons(text)[:1], skeletons(name)[:1]
    return mine == other and all(len(key) >= _FEWEST_CONSONANTS for key in mine)


_FEWEST_CONSONANTS = 4
"""With three consonants alone, too many names sound alike."""

_WRITTEN_WITH_CARE = frozenset({"historical", "exonym"})
_LEAST_FAMOUS, _LEAST_UNKNOWN = 5, 4
"""Letters of what may be a slip of a well-known name, where it means something else and where not: a short word is one
letter away from many."""


def _move_scores_to_seats(index: Index, ranked: list[tuple[int, float]]) -> list[tuple[int, float]]:
    """A ranking in which a district or sub-district gives its score to the settlement beside it with a similar name."""
    scores = dict(ranked)
    settlements = [row for row, _ in ranked if _KIND_GROUPS[index.kind[row]] == "settlement"]
    for row, _ in ranked:
        # A text means the town by its name: the unit called after it would halve its score, and both seem doubtful.
        if index.kind_ids[index.kind[row]] in ("district", "sub-district"):
            here = (float(index.lon[row]), float(index.lat[row]))
            beside = [
                at for at in settlements if distance_km(here, (float(index.lon[at]), float(index.lat[at]))) < BESIDE_KM
            ]
            if beside:
                scores[beside[0]] += scores.pop(row)
    return sorted(scores.items(), key=lambda pair: -pair[1])


_KIND_GROUPS = tuple(kind.group for kind in kinds().values())
_MOST_NEAR = 12
"""Places looked at of a name that is spelled another way: those behind have too little of the probability to matter."""


class LocalScores(NamedTuple):
    """Hits, each with what the first model makes of it and of the words around it.

    Attributes:
        hits: all that were found.
        name_table: their names.
        features: on which the model decides.
        log_odds: that each names a Syrian place.
        hopeful: positions of those that have a chance, or are known to be something else.
    """

    hits: Hits
    name_table: NameTable
    features: LocalFeatures
    log_odds: NDArray[np.float64]
    hopeful: NDArray[np.int64]


class ScoredHits(NamedTuple):
    """Hits with what was made of them.

    Attributes:
        name_table: names of the hits.
        hits: those that have a chance.
        lists: that they stand in.
        evidence: what the passage is about.
        log_odds: that each names a Syrian place here.
        features: of the second model (`PASSAGE_FEATURES`), for those who learn.
        resolver: of their places, which are chosen again when it is known what stands.
    """

    name_table: NameTable
    hits: Hits
    lists: Lists
    evidence: Evidence
    log_odds: NDArray[np.float64]
    features: NDArray[np.float64]
    resolver: ToponymResolver


_SILENT = 3
"""Row of what the words around a hit state (`LocalFeatures`): that it says nothing for Syria."""


def find_hits(flat: Flat, resources: Resources) -> tuple[Hits, NameTable]:
    """Every name of the passage, near misses included, and the names that they are."""
    written = scan(flat, resources.vocabulary, resources.word_cache)
    return add_near_misses(*add_held_names(written.hits, written.name_table, resources), resources)


def add_held_names(hits: Hits, name_table: NameTable, resources: Resources) -> tuple[Hits, NameTable]:
    """The hits, where what a unit holds may also mean its places that are spelled otherwise."""
    return add_places_in_holders(hits, name_table, resources.vocabulary, resources.index, resources.find)


def add_near_misses(hits: Hits, name_table: NameTable, resources: Resources) -> tuple[Hits, NameTable]:
    """The hits and, in passages that are about Syria, names that the gazetteer writes another way."""
    return insert_near_misses(
        hits, name_table, resources.vocabulary, resources.cues, resources.index, resources.find_near
    )


def score_alone(hits: Hits, name_table: NameTable, resources: Resources) -> LocalScores:
    """What the first model makes of each hit by itself and the words around it."""
    features = LocalFeatures(hits, name_table, resources.vocabulary.is_spelled, resources.cues, resources.name)
    log_odds = features.compute_log_odds(resources.name_scores)
    hopeful = np.empty(hits.count, np.int64)
    count = list_hopeful(hits.views, name_table.views, log_odds.data, HOPELESS, hopeful.data)
    return LocalScores(hits, name_table, features, log_odds, hopeful[:count])


def score_in_passage(alone: LocalScores, resources: Resources) -> ScoredHits:
    """The hits that have a chance, weighed by what the first model says of them all."""
    # Positions and `take`: for the few hits of a text several times as quick as a mask.
    hopeful = alone.hopeful
    first, stated = alone.log_odds.take(hopeful), alone.features.stated.take(hopeful, axis=1)
    return rescore_in_passage(alone.hits.take(hopeful), alone.name_table, first, stated, resources)


def rescore_in_passage(
    hits: Hits,
    name_table: NameTable,
    first: NDArray[np.float64],
    stated: NDArray[np.uint8],
    resources: Resources,
) -> ScoredHits:
    """The hits of a passage weighed by what the first model says of them all; `stated` is of `LocalFeatures`."""
    lists = Lists(hits, resources.cues)
    arrays = resources.place_arrays
    quarters = list_quarters(hits.views, hits.words.views, name_table.views, arrays.views, lists.table.data)
    resolver = ToponymResolver(hits, name_table, lists.asked, arrays, resources.place)
    resolver.choose_places(first, SURE)
    near = resolver.measure_near()
    with name_table.lend_room() as room:
        evidence = weigh_evidence(hits, name_table, resources.vocabulary, resources.cues, stated[_SILENT], room)
        features = compute_passage_features(hits, name_table, lists, evidence, first, stated, near, room)
    log_odds = compute_log_odds(resources.mention, PASSAGE_FEATURES, features)
    raise_whole_names(hits.views, name_table.views, log_odds.data)
    if quarters:
        vouch_for(quarters, log_odds.data)
    return ScoredHits(name_table, hits, lists, evidence, log_odds, features, resolver)
