"""How many documents a second a Buldan reads, to set one commit beside another.

    python benchmarks/reading_rate.py FILE                                   FILE: JSON lines with a member `text`
    PYTHONPATH=/path/to/other/checkout/src python benchmarks/reading_rate.py FILE

The other checkout is compiled first (`python hatch_build.py` in it). One core, processor seconds, so that other work on
the machine hardly counts. It asks for what every Buldan has, and for `geoparse_many` where there is one.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import buldan

_REQUEST, _REQUESTS = 2400, 100
"""Characters of a request of 4 KB of Arabic and English, and how many are cut from the text."""


def best_seconds(work: Callable[[], object], rounds: int = 3) -> float:
    """Processor seconds of the quickest of some rounds."""
    best = float("inf")
    for _ in range(rounds):
        begun = time.process_time()
        work()
        best = min(best, time.process_time() - begun)
    return best


def main() -> None:
    """Measure and print."""
    documents = [json.loads(line)["text"] for line in Path(sys.argv[1]).read_text("utf-8").splitlines() if line.strip()]
    joined = "\n\n".join(documents)
    requests = [joined[at * _REQUEST : (at + 1) * _REQUEST] for at in range(_REQUESTS)]
    gaz = buldan.load()
    gaz.geoparse(joined[:2000])
    print(Path(buldan.__file__).parent)
    single = best_seconds(lambda: list(map(gaz.geoparse, documents)))
    print(f"documents a second, one by one: {len(documents) / single:.0f}")
    if hasattr(gaz, "geoparse_many"):
        many = best_seconds(lambda: list(gaz.geoparse_many(documents)))
        print(f"documents a second, geoparse_many: {len(documents) / many:.0f}")
    read = best_seconds(lambda: list(map(gaz.geoparse, requests)))
    print(f"4 KB read: {1e3 * read / len(requests):.2f} ms")
    written = best_seconds(lambda: [json.dumps(gaz.geoparse(text).to_geojson()) for text in requests])
    print(f"4 KB read and written as GeoJSON: {1e3 * written / len(requests):.2f} ms")


if __name__ == "__main__":
    main()
