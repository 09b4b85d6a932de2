"""The command: one part of it, or all, with a line of figures each; exit code 1 where a promise was broken."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

import numpy as np

from benchmarks.reliability.attacks import ATTACKS
from benchmarks.reliability.corpus import read_corpus
from benchmarks.reliability.files import damage_cache, kill_at_random, share_cache
from benchmarks.reliability.service import attack, measure_memory, soak
from buldan.evaluate.provenance import name_versions
from buldan.index import find_packaged_gazetteer
from buldan.store import read_manifest

__all__ = ["main"]

_PARTS = ("attacks", "memory", "damage", "kills", "versions", "soak", "corpus")
_SLOWEST_HEALTH_S, _MOST_MB = 0.5, 400


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the parts that are asked for."""
    options = _options().parse_args(arguments)
    _say(name_versions(read_manifest(find_packaged_gazetteer()).version))
    kept = [_RUN[part](options) for part in options.part or _PARTS]
    sys.exit(not all(kept))


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reliability", description=__doc__)
    parser.add_argument("part", nargs="*", choices=_PARTS, default=None, help="all where none is named")
    parser.add_argument("--seconds", type=float, default=20, help="of each attack")
    parser.add_argument("--attack", action="append", choices=list(ATTACKS), help="this one; repeatable")
    parser.add_argument("--minutes", type=float, default=30, help="of mixed load")
    parser.add_argument("--kept-mb", type=int, default=64, help="of kept answers during the mixed load")
    parser.add_argument("--count", type=int, default=200, help="damages; a tenth of it kills of each work")
    parser.add_argument(
        "--mb", type=int, default=1_024, help="of the corpus; the disk of its output has a hundredth of that at first"
    )
    parser.add_argument("--seed", type=int, default=1)
    return parser


def _attacks(options: argparse.Namespace) -> bool:
    kept = True
    for name in options.attack or ATTACKS:
        health = attack(name, seconds=options.seconds)
        kept = kept and health.p99_s <= _SLOWEST_HEALTH_S and not health.refused
        figures = (
            f"median {health.median_s * 1e3:.0f} ms, p99 {health.p99_s * 1e3:.0f} ms, most {health.most_s * 1e3:.0f}"
        )
        _say(
            f"/health under {name}: {health.asked} asked, {figures} ms, {health.refused} not 200; "
            f"p99 of an idle server {health.idle_p99_s * 1e3:.0f} ms"
        )
    return kept


def _memory(_: argparse.Namespace) -> bool:
    kept = True
    for name, most, after in measure_memory():
        kept = kept and after <= _MOST_MB
        _say(f"memory, {name}: {most:.0f} MB at most, {after:.0f} MB after ten")
    return kept


def _damage(options: argparse.Namespace) -> bool:
    counts = damage_cache(count=options.count, seed=options.seed)
    _say(f"damages of the cache: {counts}")
    return not counts["wrong"]


def _kills(options: argparse.Namespace) -> bool:
    kept = True
    for work, killed, harmed in kill_at_random(count=max(1, options.count // 10), seed=options.seed):
        kept = kept and not harmed
        _say(f"{work}: killed {killed} times, harm {harmed} times")
    return kept


def _versions(_: argparse.Namespace) -> bool:
    kept = share_cache(rounds=3)
    _say(f"two versions share one cache: {'all answers right' if kept else 'WRONG ANSWERS'}")
    return kept


def _soak(options: argparse.Namespace) -> bool:
    """Flat: the last fifth holds at most a tenth more than the second."""
    held = soak(minutes=options.minutes, kept_mb=options.kept_mb, say=_say)
    fifth = max(1, len(held) // 5)
    early, late = float(np.mean(held[fifth : 2 * fifth])), float(np.mean(held[-fifth:]))
    load = f"mixed load for {options.minutes:g} minutes, {options.kept_mb} MB for kept answers"
    _say(f"{load}: {early:.0f} MB early, {late:.0f} MB late, {max(held):.0f} at most")
    return late <= 1.1 * early


def _corpus(options: argparse.Namespace) -> bool:
    return read_corpus(megabytes=options.mb, room_mb=max(1, options.mb // 100), seed=options.seed, say=_say)


_RUN = {
    "attacks": _attacks,
    "memory": _memory,
    "damage": _damage,
    "kills": _kills,
    "versions": _versions,
    "soak": _soak,
    "corpus": _corpus,
}


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    main()
