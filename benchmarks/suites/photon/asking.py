"""Asking the façade, and what its answers are compared with."""

from __future__ import annotations

import os
from typing import Any

import httpx

__all__ = ["POINT", "Properties", "features", "get", "ids", "names", "narrowed", "places", "status_of"]

Properties = dict[str, Any]

CLIENT = httpx.Client(base_url=f"{os.environ['SERVER']}/photon", timeout=60)

POINT = "lat=33.5&lon=36.3"
"""In Damascus."""


def get(path: str, headers: dict[str, str] | None = None, **params: Any) -> httpx.Response:
    """The answer to a path with its query, and to further parameters."""
    return CLIENT.get(path, params=httpx.URL(path).params.merge(params), headers=headers or {"Accept-Language": ""})


def status_of(path: str) -> int:
    """Its status alone."""
    return get(path).status_code


def features(path: str, headers: dict[str, str] | None = None, **params: Any) -> list[Properties]:
    """The features of an answer that must be one."""
    answer = get(path, headers, **params)
    assert answer.status_code == 200, answer.text
    assert answer.json()["type"] == "FeatureCollection"
    return answer.json()["features"]  # type: ignore[no-any-return]


def places(path: str, headers: dict[str, str] | None = None, **params: Any) -> list[Properties]:
    """What the features say of their places."""
    return [feature["properties"] for feature in features(path, headers, **params)]


def ids(path: str, **params: Any) -> list[str]:
    """Our ids, in the order of the answer."""
    return [place["extra"]["id"] for place in places(path, **params)]


def names(query: str, **params: Any) -> list[str]:
    """English names of the places that a search finds."""
    return [place["name"] for place in places("/api", q=query, lang="en", limit=50, **params)]


def narrowed(path: str, keep: Any, **params: Any) -> list[str]:
    """What a filter must leave of an answer: the ids for which `keep` holds. Fails where it is all of them, or none."""
    every = places(path, **params)
    kept = [place["extra"]["id"] for place in every if keep(place)]
    assert 0 < len(kept) < len(every), "this question says nothing about this filter"
    return kept
