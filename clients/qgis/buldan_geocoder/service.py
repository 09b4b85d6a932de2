"""What is asked of a Buldan service and what its answers say; knows nothing of QGIS."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlencode

USUAL_ADDRESS = "http://127.0.0.1:8000"

BATCH = 200
"""Names sent at once: far below what a service takes, so that progress shows."""

COLUMNS = (
    ("buldan_id", str),
    ("buldan_name", str),
    ("buldan_name_ar", str),
    ("buldan_kind", str),
    ("buldan_pcode", str),
    ("buldan_score", float),
    ("buldan_status", str),
    ("buldan_note", str),
)
"""What the algorithm adds to each row."""

_FIELDS = "name,name_ar,kind,pcode,score,ambiguous"


class Answer(NamedTuple):
    """What a service says of one name: a point (lon, lat) or None, and the values of `COLUMNS`."""

    point: tuple[float, float] | None
    values: tuple[Any, ...]


def batches(rows: Iterable[Any]) -> Iterator[list[Any]]:
    """The rows in lists of at most `BATCH`."""
    batch: list[Any] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def lookup_body(names: Sequence[tuple[str, Sequence[str]]], *, kinds: Sequence[str] = ()) -> bytes:
    """The body of `POST /lookup` for names, each with the units that hold it, from wide to narrow."""
    asked = []
    for name, within in names:
        one: dict[str, Any] = {"q": name}
        if units := [unit for unit in within if unit]:
            one["within"] = units
        asked.append(one)
    body: dict[str, Any] = {"names": asked, "limit": 2, "fields": _FIELDS.split(",")}
    if kinds:
        body["kinds"] = list(kinds)
    return json.dumps(body).encode()


def read_answers(body: bytes, *, least_score: float) -> list[Answer]:
    """What each name of a batch means, in their order.

    A name with several likely places gets the first one's facts and the status `ambiguous`, and no point: the map would
    show a guess as knowledge. So does one whose score is below `least_score`, with the status `weak`.

    Raises:
        ValueError: no answer of a Buldan service.
    """
    try:
        results = json.loads(body)["results"]
    except (ValueError, KeyError, TypeError):
        raise ValueError("this is no answer of a Buldan service; check the address") from None
    return [_read_answer(result, least_score) for result in results]


def _read_answer(result: dict[str, Any], least_score: float) -> Answer:
    if "error" in result:
        note = "; ".join(fault["message"] for fault in result["error"]["errors"])
        return Answer(None, ("", "", "", "", "", None, "error", note))
    if not result["features"]:
        return Answer(None, ("", "", "", "", "", None, "not found", ""))
    first, *others = result["features"]
    said = first["properties"]
    status = "ambiguous" if said.get("ambiguous") else "weak" if said["score"] < least_score else "found"
    note = f"or {others[0]['properties']['name']}" if others and status == "ambiguous" else ""
    lon, lat = first["geometry"]["coordinates"]
    facts = first["id"], said["name"], said["name_ar"], said["kind"], said.get("pcode") or "", said["score"]
    return Answer((lon, lat) if status == "found" else None, (*facts, status, note))


def suggest_url(address: str, typed: str, *, near: tuple[float, float] | None = None, limit: int = 8) -> str:
    """Where names that begin as what was typed are asked for, those near (lon, lat) first."""
    asked: dict[str, Any] = {"q": typed, "limit": limit}
    if near is not None:
        asked["near"] = f"{near[0]:.5f},{near[1]:.5f}"
    return f"{address.rstrip('/')}/suggest?{urlencode(asked)}"


def read_suggestions(body: bytes) -> list[dict[str, Any]]:
    """The suggestions of an answer: each with text, kind, governorate, lon and lat; none of what is no answer."""
    try:
        found = json.loads(body)["suggestions"]
    except (ValueError, KeyError, TypeError):
        return []
    return [each for each in found if each.get("lon") is not None]
