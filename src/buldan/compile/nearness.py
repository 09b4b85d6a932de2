"""The maximum distance of two records of the same place, by the likeness of their names and their kinds.

All thresholds of conflation are here. They were set by reading samples of merges and near misses (the error rates are
in `docs/gazetteer.md`).
"""

from __future__ import annotations

from buldan.compile.likeness import Likeness
from buldan.compile.record import SourceRecord
from buldan.compile.tables import read_table
from buldan.kinds import SETTLEMENT_KINDS, get_kind
from buldan.text import skeletons

__all__ = [
    "DOUBLE_KM",
    "NEAR_MISS_KM",
    "NEAR_MISS_LIKENESS",
    "PER_KM",
    "RIVAL_LIKENESS",
    "VERY_SPOT_KM",
    "allow_km",
    "are_twins",
    "get_family",
    "get_spot_km",
    "is_stray_twin",
    "is_twin_of_settled",
    "may_join",
    "reach",
]

_ALLOWANCE = ((1.0, 3.0), (0.95, 2.0), (0.90, 1.5), (0.84, 1.3), (0.78, 0.5), (0.65, 0.4), (0.50, 0.25))
"""Pairs of minimum likeness of names and maximum distance in kilometres of two settlements."""

_UNIQUE_ALLOWANCE = ((1.0, 5.0), (0.93, 3.0))
"""The same if no other candidate nearby has such a name."""

_CONSONANT_ALLOWANCE = ((0.86, 2.0), (0.80, 1.5))
"""The same if, in addition, the consonants are the same: بسنقول and Basnaqūl differ only by vowels."""

RIVAL_LIKENESS = 0.85
"""Likeness from which a place counts as having the same name."""

_LONG_NAME, _LONG_NAME_FACTOR = 6, 1.5
"""Names of this number of consonants are rarely alike by chance: their maximum distance is multiplied by the factor."""

_SPOT_KM, _SPOT_LIKENESS, VERY_SPOT_KM = 0.1, 0.2, 0.05
"""Two settlements cannot be at the same point: within the first distance the second number, a weak likeness, is enough.

Within the third no likeness is needed, because places were renamed (كوجوك كوي, "little village" in Turkish, is now
صغيرة, "little"). Distances in kilometres.
"""

_SAME_POINT_KM = 0.001
"""Two sites with exactly the same point are one: a source has copied the other's coordinates."""

_QUARTER_KM = 1.0
"""Maximum distance of a village and a neighbourhood that are the same place in two sources."""

_ALIKE = 0.84
"""Minimum likeness of places other than settlements that are the same place within their family's reach."""

_ALIKE_TO_TOWN = 0.75
"""Minimum likeness of a locality in a city or town that is the city or town itself."""

_SHARED_WORDS_KM = 1.0
"""Maximum distance of a locality that is its town, if only some words of their names are the same.

Shughur al-Qadim, the old castle's village, is 5 km from Jisr al-Shughur.
"""

_SITE_KM, _UNSURE_KM = 0.8, 5.0
"""Maximum distance of an ancient site and a settlement of the same name that are the same place.

It is larger if the radius of one of the points is larger, up to the second number; larger radii are ignored.
"""

_TWINS = ((1.0, 2.0), (0.95, 1.5), (0.90, 0.8), (0.80, 0.1))
"""Pairs of minimum likeness and maximum distance in kilometres of two records of one source for the same place."""

_STRAY_KM, _SAME = 2.5, ("same Arabic", "same Latin", "same consonants")
"""Maximum distance of a source's second record of a place with a point from another map, and the rules of likeness
that count for it."""

DOUBLE_KM = 0.3
"""Two places of one family with a common name within this distance are the same place."""

NEAR_MISS_LIKENESS, NEAR_MISS_KM = 0.65, 1.0
"""Pairs of this minimum likeness that exceed the allowed distance by at most these kilometres are near misses."""

PER_KM = 0.06
"""Reduction of the likeness per kilometre when pairs are ranked."""

_FAMILIES = {kind: (name, float(km)) for kind, name, km, _ in read_table("families")}


def get_family(record: SourceRecord) -> str:
    """The family of kinds within which two records can be the same place."""
    return _FAMILIES[record.kind][0]


def reach(record: SourceRecord) -> float:
    """Distance in kilometres within which other records of the place are searched."""
    return _FAMILIES[record.kind][1]


def may_join(record: SourceRecord, other: SourceRecord, away: float) -> bool:
    """Whether two records can be the same place by their kinds and distance, without regard to their names."""
    if (
        record.source == "curated"
        and record.kind != other.kind
        and not {record.kind, other.kind}.issubset(SETTLEMENT_KINDS)
    ):
        return False
    families = {get_family(record), get_family(other)}
    if families == {"settlement", "site"}:
        unsure = [r.radius_km for r in (record, other) if r.radius_km is not None and r.radius_km <= _UNSURE_KM]
        return away <= max([_SITE_KM, *unsure])
    return len(families) == 1


def get_spot_km(record: SourceRecord) -> float:
    """Distance in kilometres within which the record is at another's point.

    It is 0 for our own facts, which often have the point of the place that contains them.
    """
    return 0.0 if record.source == "curated" else _SPOT_KM


def allow_km(record: SourceRecord, other: SourceRecord, likeness: Likeness, *, rivals: int) -> float:
    """The maximum distance between the points of a pair, in kilometres.

    `rivals` is the number of candidates nearby with such a name.
    """
    score = likeness.score
    if get_family(record) != "settlement":
        return reach(record) if score >= _ALIKE else min(get_spot_km(record), _SAME_POINT_KM)
    allowed = _step(_ALLOWANCE, score) * _scale_by_length(likeness)
    if score >= _ALIKE_TO_TOWN and other.kind in ("city", "town") and record.kind in SETTLEMENT_KINDS:
        allowed = max(allowed, _get_extent_km(other, likeness))
    if rivals <= 1:
        allowed = max(allowed, _step(_UNIQUE_ALLOWANCE, score))
    if rivals <= (score >= RIVAL_LIKENESS) and likeness.rule == "same consonants":
        allowed = max(allowed, _step(_CONSONANT_ALLOWANCE, score))
    if (record.kind == "neighbourhood") != (other.kind == "neighbourhood"):
        allowed = min(allowed, _QUARTER_KM)
    if rivals <= (score >= RIVAL_LIKENESS):
        allowed = max(allowed, min(get_spot_km(record), _SPOT_KM if score >= _SPOT_LIKENESS else VERY_SPOT_KM))
    return allowed


def are_twins(likeness: Likeness, away: float) -> bool:
    """Whether two records of one source are the same place, by likeness and distance."""
    factor = _scale_by_length(likeness)
    return any(likeness.score >= score and away <= km * factor for score, km in _TWINS)


def is_stray_twin(likeness: Likeness, away: float) -> bool:
    """Whether a second record is a place mapped again at a distant point; only one place nearby may have the name."""
    return likeness.rule in _SAME and likeness.score >= RIVAL_LIKENESS and away <= _STRAY_KM


def _get_extent_km(town: SourceRecord, likeness: Likeness) -> float:
    """Distance in kilometres from its point within which a place of a similar name is still the town or city."""
    return _SHARED_WORDS_KM if likeness.rule == "some words" else get_kind(town.kind).radius_km


def is_twin_of_settled(other: SourceRecord, likeness: Likeness, away: float) -> bool:
    """Whether a second record of a source is the same place as `other`; for a city or town within its radius."""
    least = _ALIKE_TO_TOWN if other.kind in ("city", "town") else _ALIKE
    inside = likeness.score >= least and away <= _get_extent_km(other, likeness)
    return inside or are_twins(likeness, away)


def _step(steps: tuple[tuple[float, float], ...], score: float) -> float:
    return next((km for least, km in steps if score >= least), 0.0)


def _scale_by_length(likeness: Likeness) -> float:
    shortest = min(len(key) for text in (likeness.left, likeness.right) for key in skeletons(text)[:1] or [""])
    return _LONG_NAME_FACTOR if shortest >= _LONG_NAME else 1.0
