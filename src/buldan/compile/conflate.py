"""Join the records of the same place in several sources to one cluster.

Sources are read one after another, the most authoritative first. The records of each are joined with the existing
clusters, in this order (`buldan.compile.batch`):

1. by reference: a row of our own facts names the places that it is about, which also joins these to one place;
2. by identifier: both have the same (P-code, GeoNames, Wikidata, ICAO …);
3. by name and distance, the best pair first; a cluster gets at most one record of a source. The better the names
   agree, the larger the distance may be (`buldan.compile.nearness`);
4. within the source: a remaining record with a similar name very near is a second record of the same place.

A record that was not joined becomes a cluster of its own. At the end these are joined, too:

- clusters of the same family that now have the same name at the same point, unless OCHA or our own tables distinguish
  them;
- a village of OCHA and one of GeoNames that have nothing nearer: it is one village with an old and a new, or an Arabic
  and a Kurdish name;
- a village of GeoNames that is a ruin or a castle of ours, by its names in both scripts.

Settlements that only unreliable sources have are refused. Every decision is kept for the report.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from scipy.spatial import cKDTree

from buldan.compile.batch import Batch
from buldan.compile.cluster import KNOWING, Cluster, Conflation, Decision, distance, project_km
from buldan.compile.likeness import Likeness, are_opposite
from buldan.compile.nearness import DOUBLE_KM, get_family
from buldan.compile.record import SourceRecord
from buldan.kinds import SETTLEMENT_KINDS
from buldan.text import fold

__all__ = ["join_batches"]


def join_batches(batches: Iterable[Sequence[SourceRecord]]) -> Conflation:
    """Join the records of all batches (one per source) to clusters."""
    clusters: list[Cluster] = []
    decisions: list[Decision] = []
    for batch in batches:
        decisions += Batch(batch, clusters).join()
    decisions += _join_doubles(clusters)
    decisions += _join_renamed(clusters)
    decisions += _join_ruins(clusters)
    decided = _refuse_hearsay(clusters, decisions)
    return Conflation(tuple(clusters), decided)


def _join_doubles(clusters: list[Cluster]) -> Iterator[Decision]:
    """Join clusters with a common folded name at the same point, which the names of other sources have revealed."""
    bearers: defaultdict[tuple[str, str], list[Cluster]] = defaultdict(list)
    for cluster in clusters:
        for key in sorted({fold(name.text) for record in cluster.records for name in record.names}):
            bearers[get_family(cluster.anchor), key].append(cluster)
    for (_, key), alike in bearers.items():
        for a, b in combinations(alike, 2):
            if a.records and b.records and not _are_distinguished(a, b):
                away = distance(a.anchor, b.anchor)
                if away <= DOUBLE_KM:
                    yield Decision("merged", b.anchor, a.anchor, away, Likeness(1.0, "double", key, key))
                    a.absorb(b)
    clusters[:] = [cluster for cluster in clusters if cluster.records]


_RENAMED_KM, _LONELY_RENAMED_KM, _LONELY_KM = 0.2, 0.4, 1.0
"""Distances below which two villages without a common name are one.

Merged records have a median distance of 0.11 km. Of villages without a common name, 174 pairs are nearer than 0.2 km,
and 67 pairs from 0.2 to 0.4 km, on three times the area. Pairs of the first group are one village; those of the second
only if there is no third village nearby.
"""


def _join_renamed(clusters: list[Cluster]) -> Iterator[Decision]:
    """Join villages of OCHA and GeoNames that are nearest to each other and have no record of the other source."""
    villages = [cluster for cluster in clusters if cluster.anchor.kind in SETTLEMENT_KINDS]
    if len(villages) < _LEAST_TO_COMPARE:
        return
    points = project_km(cluster.anchor.point for cluster in villages)
    distances, nearest = cKDTree(points).query(points, k=3)
    for at, cluster in enumerate(villages):
        other = int(nearest[at, 1])
        away, third = float(distances[at, 1]), min(float(distances[at, 2]), float(distances[other, 2]))
        is_near = away <= _RENAMED_KM or (away <= _LONELY_RENAMED_KM and third > _LONELY_KM)
        if not is_near or int(nearest[other, 1]) != at or not _may_be_renamed(cluster, villages[other]):
            continue
        yield Decision("merged", villages[other].anchor, cluster.anchor, away, Likeness(0.0, "renamed", "", ""))
        cluster.absorb(villages[other])
    clusters[:] = [cluster for cluster in clusters if cluster.records]


_LEAST_TO_COMPARE = 3  # the village itself, the nearest one, and the next, which must be farther away


def _may_be_renamed(listed: Cluster, unlisted: Cluster) -> bool:
    """Whether one is of OCHA and not in GeoNames, the other only of GeoNames, and they are not a pair of opposites."""
    if not listed.records or not unlisted.records or _are_distinguished(listed, unlisted):
        return False
    if not listed.lists("ocha") or listed.lists("geonames") or not unlisted.lists("geonames"):
        return False
    return not are_opposite(listed.spellings, unlisted.spellings)


_RUIN_KM = 4.0
"""GeoNames has some castles as villages up to this distance from their real point, for instance Krak des Chevaliers."""


def _join_ruins(clusters: list[Cluster]) -> Iterator[Decision]:
    """Join "villages" that are not in OCHA's list with a site of ours of the same name in Arabic and Latin letters."""
    sites = [cluster for cluster in clusters if get_family(cluster.anchor) == "site" and cluster.lists("curated")]
    bearers: defaultdict[str, list[Cluster]] = defaultdict(list)
    for site in sites:
        for key in {spelling.key for spelling in site.spellings if spelling.arabic}:
            bearers[key].append(site)
    for village in clusters:
        if village.anchor.kind not in SETTLEMENT_KINDS or any(village.lists(source) for source in KNOWING):
            continue
        arabic = {spelling.key for spelling in village.spellings if spelling.arabic}
        for site in {id(site): site for key in sorted(arabic) for site in bearers[key]}.values():
            away = distance(village.anchor, site.anchor)
            if away <= _RUIN_KM and _sound_alike(village, site):
                yield Decision("merged", village.anchor, site.anchor, away, Likeness(1.0, "ruin", "", ""))
                site.absorb(village)
                break
    clusters[:] = [cluster for cluster in clusters if cluster.records]


def _sound_alike(a: Cluster, b: Cluster) -> bool:
    """Whether the two have names in Latin letters with the same consonants."""
    ours, theirs = ({key for s in c.spellings if not s.arabic for key in s.skeletons} for c in (a, b))
    return not ours.isdisjoint(theirs)


_HEARSAY = frozenset({"whosonfirst"})
"""Sources whose settlements count only if another source has them.

Who's On First's own settlements, without a GeoNames number, are at points that came from photographs or searches
(Jayrud in Maaloula, Amrit on Arwad).
"""


def _refuse_hearsay(clusters: list[Cluster], decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Remove settlements that only unreliable sources have. Returns the decisions, in which these are refused."""

    def is_hearsay(cluster: Cluster) -> bool:
        return get_family(cluster.anchor) == "settlement" and {record.source for record in cluster.records} <= _HEARSAY

    refused = {id(record) for cluster in clusters if is_hearsay(cluster) for record in cluster.records}
    clusters[:] = [cluster for cluster in clusters if not is_hearsay(cluster)]
    return tuple(
        decision._replace(outcome="refused") if id(decision.record) in refused else decision for decision in decisions
    )


def _are_distinguished(a: Cluster, b: Cluster) -> bool:
    """Whether a source that never repeats a place has both."""
    return any(a.lists(source) and b.lists(source) for source in KNOWING)
