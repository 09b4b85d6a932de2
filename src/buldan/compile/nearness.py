"""How near two places must lie to be one, given how alike their names are and what kinds of place they are.

All thresholds of conflation stand here. They were set by reading samples of merges and near misses (the error
rates are in `docs/gazetteer.md`).
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
"""Likeness of the names from which two settlements may lie so many kilometres apart."""

_UNIQUE_ALLOWANCE = ((1.0, 5.0), (0.93, 3.0))
"""The same where no other place around is named so, of those that either could be."""

_CONSONANT_ALLOWANCE = ((0.86, 2.0), (0.80, 1.5))
"""The same where moreover the consonants are the same: بسنقول and Basnaqūl differ by vowels alone."""

RIVAL_LIKENESS = 0.85
"""Likeness from which a place counts as named so."""

_LONG_NAME, _LONG_NAME_FACTOR = 6, 1.5
"""Names of so many consonants are rarely alike by chance: they may lie that many times farther apart."""

_SPOT_KM, _SPOT_LIKENESS, VERY_SPOT_KM = 0.1, 0.2, 0.05
"""Two settlements cannot stand on one spot: there a faint likeness is enough, and at last none is needed, for
places were renamed (كوجوك كوي, "little village" in Turkish, is صغيرة, "little", today)."""

_SAME_POINT_KM = 0.001
"""Two sites whose points are the same to the last digit are one: a source has the other's coordinates."""

_QUARTER_KM = 1.0
"""A village of one source and a neighbourhood of another are one place only when they are this near."""

_ALIKE = 0.84
"""Likeness from which places other than settlements are one within their family's reach."""

_ALIKE_TO_TOWN = 0.75
"""Likeness from which a locality within a city or town is the city or town itself."""

_SHARED_WORDS_KM = 1.0
"""A locality that shares no more than a word with its town is the town only so near: Shughur al-Qadim, the old castle's
village, lies 5 km from Jisr al-Shughur."""

_SITE_KM, _UNSURE_KM = 0.8, 5.0
"""An ancient site and a living settlement of the same name are one place only when they are so near, or as
near as the site's point is sure; points less sure than the second say nothing."""

_TWINS = ((1.0, 2.0), (0.95, 1.5), (0.90, 0.8), (0.80, 0.1))
"""Likeness and kilometres of two records of one source that are one place, and of a further record for a
place."""

_STRAY_KM, _SAME = 2.5, ("same Arabic", "same Latin", "same consonants")
"""A source's second record of a place, its point read from another map, and how their names must agree."""

DOUBLE_KM = 0.3
"""Two places of one family that share a name within this distance are one."""

NEAR_MISS_LIKENESS, NEAR_MISS_KM = 0.65, 1.0
"""Pairs at least so alike, and too far apart by at most so much, are reported as near misses."""

PER_KM = 0.06
"""What a kilometre takes from a likeness when pairs compete."""

_FAMILIES = {kind: (name, float(km)) for kind, name, km, _ in read_table("families")}


def get_family(record: SourceRecord) -> str:
    """The group of kinds within which two records can be one place."""
    return _FAMILIES[record.kind][0]


def reach(record: SourceRecord) -> float:
    """Kilometres within which partners for the record are looked for."""
    return _FAMILIES[record.kind][1]


def may_join(record: SourceRecord, other: SourceRecord, away: float) -> bool:
    """Whether kinds and nearness allow two to be one, whatever their names."""
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
    """Kilometres within which the record stands on another's spot; our own facts share points with what they lie in."""
    return 0.0 if record.source == "curated" else _SPOT_KM


def allow_km(record: SourceRecord, other: SourceRecord, likeness: Likeness, *, rivals: int) -> float:
    """How far apart the points of a pair may lie, in kilometres.

    `rivals` is how many places around are named so, of those that either could be.
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
    """Whether two records of one source, so alike and so near, are one place."""
    factor = _scale_by_length(likeness)
    return any(likeness.score >= score and away <= km * factor for score, km in _TWINS)


def is_stray_twin(likeness: Likeness, away: float) -> bool:
    """Whether a further record, of a name that one place around bears, is that place, mapped again from afar."""
    return likeness.rule in _SAME and likeness.score >= RIVAL_LIKENESS and away <= _STRAY_KM


def _get_extent_km(town: SourceRecord, likeness: Likeness) -> float:
    """How far from its point a place of a like name is still the town or city."""
    return _SHARED_WORDS_KM if likeness.rule == "some words" else get_kind(town.kind).radius_km


def is_twin_of_settled(other: SourceRecord, likeness: Likeness, away: float) -> bool:
    """Whether a further record is the place that has one of this source already; a city is wide."""
    least = _ALIKE_TO_TOWN if other.kind in ("city", "town") else _ALIKE
    inside = likeness.score >= least and away <= _get_extent_km(other, likeness)
    return inside or are_twins(likeness, away)


def _step(steps: tuple[tuple[float, float], ...], score: float) -> float:
    return next((km for least, km in steps if score >= least), 0.0)


def _scale_by_length(likeness: Likeness) -> float:
    shortest = min(len(key) for text in (likeness.left, likeness.right) for key in skeletons(text)[:1] or [""])
    return _LONG_NAME_FACTOR if shortest >= _LONG_NAME else 1.0
