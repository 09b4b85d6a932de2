"""Learn the edit costs of `buldan.text` from the spellings that the gazetteer holds.

Two names of one place are two spellings of it if their skeletons are alike. A memoryless stochastic transducer
(Ristad & Yianilos 1998) is fitted to all such pairs by expectation maximisation; the cost of an edit is its
negative log probability, scaled so that what most often becomes of a sound costs nothing. There are three
tables, since Arabic leaves out the vowels that Latin writes: within Arabic, within Latin, and across.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations
from math import log, sqrt
from pathlib import Path
from random import Random

from rapidfuzz.distance import Levenshtein

from buldan.store import NameRecord
from buldan.text import phonemes, scripts_of, skeletons

__all__ = ["fit_all_costs", "fit_costs", "iter_pairs", "write_costs"]

_ALIKE = 0.75
_MOST_PAIRS_A_PLACE = 12
_SMOOTHING = 0.3
_FEWEST = 3.0
"""Expected count below which an edit is left to the price of the unseen."""

_CEILING = 5.0


def iter_pairs(names: Iterable[NameRecord]) -> Iterator[tuple[str, str]]:
    """Pairs of phoneme strings that spell one name: of one place, with like skeletons, not the same."""
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
    names: Iterable[NameRecord], *, most_pairs: int = 9000, on_round: Callable[[], object] | None = None
) -> dict[str, dict[tuple[str, str], float]]:
    """Costs by scripts (`arabic`, `cross`, `latin`), from a fixed sample of the pairs in `names`."""
    by_scripts: dict[str, list[tuple[str, str]]] = {"arabic": [], "cross": [], "latin": []}
    for pair in iter_pairs(names):
        by_scripts[scripts_of(*pair)].append(pair)
    costs = {}
    for scripts, pairs in by_scripts.items():
        sample = Random(0).sample(pairs, min(most_pairs, len(pairs)))
        # Within a script most words are kept as they are; the pairs are those that differ, so say it.
        kept = [] if scripts == "cross" else [(word, word) for pair in sample for word in pair]
        costs[scripts] = fit_costs(sample + kept, on_round=on_round)
    return costs


def fit_costs(
    pairs: list[tuple[str, str]], *, rounds: int = 5, on_round: Callable[[], object] | None = None
) -> dict[tuple[str, str], float]:
    """Cost of each edit seen often enough: (sound, sound) a swap, (sound, "") a gap; symmetric, in nats."""
    chance: dict[tuple[str, str], float] = defaultdict(lambda: 1e-4)
    for sound in {sound for pair in pairs for word in pair for sound in word}:
        chance[sound, sound], chance[sound, ""] = 0.02, 0.001
    counts: dict[tuple[str, str], float] = {}
    for _ in range(rounds):
        counts = defaultdict(float)
        for a, b in pairs:
            _expect(a, b, chance, counts)
        total = sum(counts.values())
        chance = defaultdict(lambda: 1e-6, {edit: (n + _SMOOTHING) / total for edit, n in counts.items()})
        if on_round:
            on_round()
    usual: dict[str, float] = defaultdict(float)
    for (left, right), share in chance.items():
        usual[left] = max(usual[left], share)
        if right:
            usual[right] = max(usual[right], share)
    return {
        edit: round(min(_CEILING, _cost(edit, chance[edit], usual)), 2)
        for edit, count in counts.items()
        if edit[0] != edit[1] and count >= _FEWEST
    }


def _cost(edit: tuple[str, str], chance: float, usual: dict[str, float]) -> float:
    """Against what usually becomes of the sounds: of both in a swap, of the one in a gap."""
    left, right = edit
    return log((sqrt(usual[left] * usual[right]) if right else usual[left]) / chance)


def _edit(left: str, right: str) -> tuple[str, str]:
    return (left, right) if left <= right else (right, left)


def _expect(a: str, b: str, chance: dict[tuple[str, str], float], counts: dict[tuple[str, str], float]) -> None:
    """Add the expected number of each edit over all alignments of a pair (forward and backward sums)."""
    gaps_a, gaps_b = [chance[x, ""] for x in a], [chance[y, ""] for y in b]
    swaps = [[chance[_edit(x, y)] for y in b] for x in a]
    n, m = len(a), len(b)
    forward = [[0.0] * (m + 1) for _ in range(n + 1)]
    backward = [[0.0] * (m + 1) for _ in range(n + 1)]
    forward[0][0] = backward[n][m] = 1.0
    for i in range(n + 1):
        for j in range(m + 1):
            if i:
                forward[i][j] += forward[i - 1][j] * gaps_a[i - 1]
            if j:
                forward[i][j] += forward[i][j - 1] * gaps_b[j - 1]
            if i and j:
                forward[i][j] += forward[i - 1][j - 1] * swaps[i - 1][j - 1]
    for i in range(n, -1, -1):
        for j in range(m, -1, -1):
            if i < n:
                backward[i][j] += backward[i + 1][j] * gaps_a[i]
            if j < m:
                backward[i][j] += backward[i][j + 1] * gaps_b[j]
            if i < n and j < m:
                backward[i][j] += backward[i + 1][j + 1] * swaps[i][j]
    whole = forward[n][m]
    if whole <= 0.0:
        return
    for i in range(n + 1):
        for j in range(m + 1):
            before = forward[i][j] / whole
            if i < n:
                counts[a[i], ""] += before * gaps_a[i] * backward[i + 1][j]
            if j < m:
                counts[b[j], ""] += before * gaps_b[j] * backward[i][j + 1]
            if i < n and j < m:
                counts[_edit(a[i], b[j])] += before * swaps[i][j] * backward[i + 1][j + 1]


def write_costs(path: Path, costs: Mapping[str, Mapping[tuple[str, str], float]]) -> None:
    """Write the table of costs by scripts, sorted."""
    rows = (
        f"{scripts}\t{left}\t{right}\t{cost:.2f}"
        for scripts in sorted(costs)
        for (left, right), cost in sorted(costs[scripts].items())
    )
    path.write_text("\n".join(("scripts\tleft\tright\tcost", *rows)) + "\n", encoding="utf-8")
