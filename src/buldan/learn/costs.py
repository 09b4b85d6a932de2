"""Learn the edit costs of `buldan.text` from the spellings in the gazetteer.

Two names of one place are two spellings of one name if their skeletons are similar. A memoryless stochastic transducer
(Ristad & Yianilos 1998) is fitted to all such pairs by expectation maximisation. The cost of an edit is the
negative log of its probability given the sound of the name, relative to the most frequent result for that sound; the
cost of an added sound is relative to the probability that nothing is added. There is a table for each pair of scripts,
with the script of the name first and that of the question second, since Arabic omits the vowels that Latin writes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations
from math import log
from pathlib import Path
from random import Random
from typing import TypeAlias

from rapidfuzz.distance import Levenshtein

from buldan.store import NameRecord
from buldan.text import choose_cost_table, phonemes, skeletons

__all__ = ["Costs", "fit_all_costs", "fit_costs", "iter_pairs", "write_costs"]

Costs: TypeAlias = dict[tuple[str, str], float]

_ALIKE = 0.75
"""Minimum similarity of the skeletons of two names of one place that are spellings of one name, 0..1."""

_MOST_PAIRS_A_PLACE = 12
"""Maximum pairs of one place; else a city with many names would count as much as a hundred villages."""

_SMOOTHING = 0.3
"""Added to the count of each edit, so that an edit seen once is not certain."""

_FEWEST = 3.0
"""Minimum expected count of an edit in the table; rarer edits have the cost of unseen ones."""

_CEILING = 5.0
"""Maximum cost of an edit in nats, a chance of one in 150 (e to the fifth), so that no edit excludes a name."""


def iter_pairs(names: Iterable[NameRecord]) -> Iterator[tuple[str, str]]:
    """Pairs of different phoneme strings that are spellings of one name: of one place, with similar skeletons."""
    by_place: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for name in names:
        if name.script in {"Arab", "Latn"} and name.kind != "abbreviation":
            keys = skeletons(name.name)
            if keys:
                by_place[name.place].setdefault(phonemes(name.name), keys)
    for spellings in by_place.values():
        pairs = [
            (a, b)
            for (a, keys_a), (b, keys_b) in combinations(spellings.items(), 2)
            if max(Levenshtein.normalized_similarity(x, y) for x in keys_a[:2] for y in keys_b[:2]) >= _ALIKE
        ]
        yield from pairs[:_MOST_PAIRS_A_PLACE]


def fit_all_costs(
    names: Iterable[NameRecord], *, most_pairs: int = 8000, on_round: Callable[[], object] | None = None
) -> dict[str, Costs]:
    """Costs by scripts (`arabic-latin`: an Arabic name in a Latin question), from a fixed sample of the pairs."""
    by_scripts: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for a, b in iter_pairs(names):
        by_scripts[choose_cost_table(a, b)].append((a, b))
        by_scripts[choose_cost_table(b, a)].append((b, a))
    costs = {}
    for scripts, pairs in sorted(by_scripts.items()):
        sample = Random(0).sample(pairs, min(most_pairs, len(pairs)))
        # Within a script most words do not change, but the pairs are only those that differ, so this is added.
        within = len(set(scripts.split("-"))) == 1
        costs[scripts] = fit_costs(sample + [(a, a) for a, _ in sample if within], on_round=on_round)
    return costs


def fit_costs(pairs: list[tuple[str, str]], *, rounds: int = 5, on_round: Callable[[], object] | None = None) -> Costs:
    """The cost in nats of each edit that is frequent enough, the name's sound first.

    (sound, sound) is a swap, (sound, "") a loss, ("", sound) an addition.
    """
    chance: Costs = defaultdict(lambda: 1e-4)
    for sound in {sound for pair in pairs for word in pair for sound in word}:
        chance[sound, sound], chance[sound, ""], chance["", sound] = 0.02, 0.001, 0.001
    counts: Costs = {}
    for _ in range(rounds):
        counts = defaultdict(float)
        for name, asked in pairs:
            _expect(name, asked, chance, counts)
        total = sum(counts.values())
        chance = defaultdict(lambda: 1e-6, {edit: (n + _SMOOTHING) / total for edit, n in counts.items()})
        if on_round:
            on_round()
    usual: dict[str, float] = defaultdict(float)
    for (left, _), share in chance.items():
        usual[left] = max(usual[left], share)
    usual[""] = sum(share for (left, _), share in chance.items() if left)
    return {
        edit: round(min(_CEILING, max(0.0, log(usual[edit[0]] / chance[edit]))), 2)
        for edit, count in counts.items()
        if edit[0] != edit[1] and count >= _FEWEST
    }


def _expect(a: str, b: str, chance: Costs, counts: Costs) -> None:
    """Add the expected number of each edit over all alignments of a pair (forward and backward sums)."""
    gaps_a, gaps_b = [chance[x, ""] for x in a], [chance["", y] for y in b]
    swaps = [[chance[x, y] for y in b] for x in a]
    n, m = len(a), len(b)
    forward = _sum_alignments(gaps_a, gaps_b, swaps)
    # Sums from the end are computed as sums from the start of the reversed words.
    turned = _sum_alignments(gaps_a[::-1], gaps_b[::-1], [row[::-1] for row in swaps[::-1]])
    backward = [row[::-1] for row in turned[::-1]]
    whole = forward[n][m]
    if whole <= 0.0:
        return
    for i in range(n + 1):
        for j in range(m + 1):
            before = forward[i][j] / whole
            if i < n:
                counts[a[i], ""] += before * gaps_a[i] * backward[i + 1][j]
            if j < m:
                counts["", b[j]] += before * gaps_b[j] * backward[i][j + 1]
            if i < n and j < m:
                counts[a[i], b[j]] += before * swaps[i][j] * backward[i + 1][j + 1]


def _sum_alignments(gaps_a: list[float], gaps_b: list[float], swaps: list[list[float]]) -> list[list[float]]:
    """The probability of all alignments together, for each pair of beginnings of two words."""
    sums = [[0.0] * (len(gaps_b) + 1) for _ in range(len(gaps_a) + 1)]
    sums[0][0] = 1.0
    for i in range(len(gaps_a) + 1):
        for j in range(len(gaps_b) + 1):
            if i:
                sums[i][j] += sums[i - 1][j] * gaps_a[i - 1]
            if j:
                sums[i][j] += sums[i][j - 1] * gaps_b[j - 1]
            if i and j:
                sums[i][j] += sums[i - 1][j - 1] * swaps[i - 1][j - 1]
    return sums


def write_costs(path: Path, costs: Mapping[str, Costs]) -> None:
    """Write the table of costs by scripts, sorted."""
    rows = (
        f"{scripts}\t{left}\t{right}\t{cost:.2f}"
        for scripts in sorted(costs)
        for (left, right), cost in sorted(costs[scripts].items())
    )
    path.write_text("\n".join(("scripts\tname\tasked\tcost", *rows)) + "\n", encoding="utf-8")
