"""Answers in the format of the draft Reconciliation API 1.0: lists instead of objects with keys, scores of 0 to 100."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from buldan.formats.reconciliation import Property, candidate, suggest_types
from buldan.formats.reconciliation import list_values as keyed_extension
from buldan.lookup import Match, explain
from buldan.model import Place
from buldan.store import Manifest

__all__ = ["VERSION", "list_values", "make_manifest", "make_result"]

VERSION = "1.0-draft"

_PREVIEW_SIZE = {"width": 400, "height": 200}


def make_manifest(manifest: Manifest, *, url: str, key_header: str | None = None) -> dict[str, Any]:
    """The service manifest; `url` is the address of the whole service for clients, without slash at the end."""
    secured = {"authentication": {"type": "apiKey", "name": key_header, "in": "header"}} if key_header else {}
    return {
        "versions": [VERSION],
        "name": f"Buldan, places of Syria ({manifest.version})",
        "documentation": f"{url}/openapi.json",
        "serviceVersion": manifest.version,
        "defaultTypes": suggest_types("")["result"],
        "view": {"url": f"{url}/#find?place={{id}}"},
        "preview": dict(_PREVIEW_SIZE),
        "suggest": dict.fromkeys(("entity", "property", "type"), True),
        "extend": {"proposeProperties": True, "propertySettings": []},
        "standardizedScore": True,
        **secured,
    }


def make_result(matches: Sequence[Match], *, lang: str, certain: bool) -> dict[str, Any]:
    """The answer to one query of a batch, best first; `certain` means that the first needs no review."""
    return {"candidates": [_make_candidate(match, lang, sure=certain and match is matches[0]) for match in matches]}


def list_values(places: Mapping[str, Place | None], properties: Sequence[Property]) -> dict[str, Any]:
    """The values of these properties by id of the place; no values for an id without a place."""
    keyed = keyed_extension(places, properties)
    rows = [
        {"id": asked, "properties": [{"id": name, "values": values} for name, values in row.items()]}
        for asked, row in keyed["rows"].items()
    ]
    return {"meta": keyed["meta"], "rows": rows}


def _make_candidate(match: Match, lang: str, *, sure: bool) -> dict[str, Any]:
    features = [{"id": reason.rule, "name": explain([reason], lang=lang), "value": True} for reason in match.reasons]
    return candidate(match, lang, sure=sure) | {"score": round(match.score * 100, 2), "features": features}
