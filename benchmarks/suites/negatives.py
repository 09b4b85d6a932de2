"""Names that are no place in Syria, asked through each façade that shows no score.

A façade whose answer carries no score is believed whatever it says: at most `MOST` of them may be answered. A name that
a place of ours truly bears (a village of the same name) is no false answer, and is counted apart.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable
from pathlib import Path

import httpx

import buldan
from buldan.text import fold

__all__ = ["MOST", "measure_negatives"]

MOST = 0.03


def measure_negatives(files: Iterable[Path], *, server: str) -> bool:
    """Print a line for each table and façade; whether none answers more than `MOST`.

    A table is tab-separated with a column `name`.
    """
    gazetteer, kept = buldan.load(), True
    with httpx.Client(base_url=server, timeout=60) as client:
        for file in files:
            with file.open(encoding="utf-8", newline="") as opened:
                names = [row["name"] for row in csv.DictReader(opened, delimiter="\t")]
            for facade, ask in _ASK.items():
                answered, namesakes = [], 0
                for name in names:
                    for found in ask(client, name)[:1]:
                        place = gazetteer.place(found)
                        if fold(name) in {fold(each.text) for each in place.names}:
                            namesakes += 1
                        else:
                            answered.append(f"{name} → {place.name('en')}")
                share = len(answered) / len(names)
                kept = kept and share <= MOST
                print(
                    f"{file.name}, {facade}: {len(answered)} of {len(names)} answered = {share:.1%}, "
                    f"and {namesakes} namesakes; {'; '.join(answered)}",
                    flush=True,
                )
    return kept


def _get(client: httpx.Client, path: str, **params: str | int) -> httpx.Response:
    return client.get(path, params=params).raise_for_status()


def _ask_nominatim(client: httpx.Client, name: str) -> list[str]:
    answer = _get(client, "/nominatim/search", q=name, limit=1, extratags=1)
    return [each["extratags"]["buldan:id"] for each in answer.json()]


def _ask_photon(client: httpx.Client, name: str) -> list[str]:
    answer = _get(client, "/photon/api", q=name, limit=1)
    return [each["properties"]["extra"]["id"] for each in answer.json()["features"]]


def _ask_geonames(client: httpx.Client, name: str) -> list[str]:
    answer = _get(client, "/geonames/searchJSON", q=name, maxRows=1, username="anyone", style="FULL")
    return [each["id"] for each in answer.json()["geonames"]]


def _ask_reconciliation(client: httpx.Client, name: str) -> list[str]:
    """Candidates have scores there: an answer is one that is said to match."""
    answer = _get(client, "/reconcile", queries=json.dumps({"q": {"query": name}}))
    return [each["id"] for each in answer.json()["q"]["result"] if each["match"]]


_ASK: dict[str, Callable[[httpx.Client, str], list[str]]] = {
    "Nominatim": _ask_nominatim,
    "Photon": _ask_photon,
    "GeoNames": _ask_geonames,
    "reconciliation, match": _ask_reconciliation,
}
