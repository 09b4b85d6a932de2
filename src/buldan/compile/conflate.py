"""The same place in two sources becomes one cluster of records.

Sources come one after another, the most authoritative first. The records of each are joined with the clusters
that are there already, in this order (`buldan.compile.batch`):

1. by reference: a row of our own facts names the places that it speaks of, which also joins those to one;
2. by identifier: both say that they are one thing (P-code, GeoNames, Wikidata, ICAO …);
3. by name and distance, the best pair first, each cluster taking at most one record of a source: the better
   the names agree, the farther the points may lie apart (`buldan.compile.nearness`);
4. within the source: what is left over and is named alike a stone's throw away is a second record of the
   same.

What is joined to nothing stands alone as a new cluster. At the end, clusters of one family that have come to
share a name on one spot are joined too, unless OCHA or we ourselves tell them apart. Every decision is kept
for the report.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from buldan.compile.batch import Batch
from buldan.compile.cluster import KNOWING, Cluster, Conflation, Decision, distance
from buldan.compile.likeness import Likeness
from buldan.compile.nearness import DOUBLE_KM, family
from buldan.compile.record import SourceRecord
from buldan.text import fold

__all__ = ["conflate"]


def conflate(batches: Iterable[Sequence[SourceRecord]]) -> Conflation:
    """Join the records of all batches (one a source) into clusters."""
    clusters: list[Cluster] = []
    decisions: list[Decision] = []
    for batch in batches:
        decisions += Batch(batch, clusters).join()
    decisions += _join_doubles(clusters)
    return Conflation(tuple(clusters), tuple(decisions))


def _join_doubles(clusters: list[Cluster]) -> Iterator[Decision]:
    """Join what the names of others have shown to be one: clusters that share a folded name on one spot."""
    bearers: defaultdict[tuple[str, str], list[Cluster]] = defaultdict(list)
    for cluster in clusters:
        for key in sorted({fold(name.text) for record in cluster.records for name in record.names}):
            bearers[family(cluster.anchor), key].append(cluster)
    for (_, key), alike in bearers.items():
        for a, b in combinations(alike, 2):
            if a.records and b.records and not _told_apart(a, b):
                away = distance(a.anchor, b.anchor)
                if away <= DOUBLE_KM:
                    yield Decision("merged", b.anchor, a.anchor, away, Likeness(1.0, "double", key, key))
                    a.absorb(b)
    clusters[:] = [cluster for cluster in clusters if cluster.records]


def _told_apart(a: Cluster, b: Cluster) -> bool:
    """Whether a source that knows its places one by one lists both."""
    return any(a.lists(source) and b.lists(source) for source in KNOWING)
