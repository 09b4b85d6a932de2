"""Asking the service, its features whole, and the standard's schemas."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import yaml
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

__all__ = ["ROOT", "check_links", "check_schema", "corners", "get", "get_json", "read_all", "read_collections"]

ROOT = f"{os.environ['SERVER']}/ogc"
_CLIENT = httpx.Client(timeout=120)
_SCHEMAS = Path(os.environ["SUITE"]) / "core/openapi/schemas"

Json = dict[str, Any]


def get(path: str, **params: str | int | float) -> httpx.Response:
    """The answer to a path below the landing page, or to a whole address."""
    return _CLIENT.get(path if path.startswith("http") else ROOT + path, params=params or None)


def get_json(path: str, **params: str | int | float) -> Json:
    """The document of an answer that must be one."""
    answer = get(path, **params)
    assert answer.status_code == 200, (path, params, answer.text[:200])
    return answer.json()  # type: ignore[no-any-return]


@cache
def read_collections() -> dict[str, Json]:
    """The collections by id, as `/collections` describes them."""
    return {each["id"]: each for each in get_json("/collections")["collections"]}


@cache
def read_all(collection: str, **params: str | int | float) -> tuple[Json, ...]:
    """All features of a collection, page by page."""
    return tuple(_pages(f"/collections/{collection}/items", limit=10_000, **params))


def _pages(path: str, **params: str | int | float) -> Iterator[Json]:
    page = get_json(path, **params)
    yield from page["features"]
    for link in page["links"]:
        if link["rel"] == "next":
            yield from _pages(link["href"])


def corners(geometry: Json | None) -> list[tuple[float, float]]:
    """All positions of a geometry; none of a feature that has none."""

    def walk(part: Any) -> Iterator[tuple[float, float]]:
        if isinstance(part[0], int | float):
            yield part[0], part[1]
        else:
            for each in part:
                yield from walk(each)

    return list(walk(geometry["coordinates"])) if geometry else []


def check_links(document: Json, *wanted: str) -> None:
    """Every link says where, what and how it is related; those wanted are among them."""
    for link in document["links"]:
        assert link.get("rel"), link
        assert link.get("type"), link
        assert link.get("href"), link
    assert set(wanted) <= {link["rel"] for link in document["links"]}


def check_schema(document: Json, name: str) -> None:
    """A document is valid against one of the standard's schemas."""
    validator = jsonschema.Draft202012Validator({"$ref": f"http://schemas/{name}"}, registry=_registry())
    assert not [error.message for error in validator.iter_errors(document)]


@cache
def _registry() -> Registry[Any]:
    found = ((file.name, yaml.safe_load(file.read_text("utf-8"))) for file in _SCHEMAS.glob("*.yaml"))
    return Registry().with_resources(
        (f"http://schemas/{name}", Resource(_as_schema(schema), specification=DRAFT202012)) for name, schema in found
    )


def _as_schema(part: Any) -> Any:
    """A schema of OpenAPI as JSON Schema: YAML reads its type null as nothing."""
    if isinstance(part, list):
        return [_as_schema(each) for each in part]
    if not isinstance(part, dict):
        return part
    kept = {key: _as_schema(value) for key, value in part.items() if key not in {"example", "discriminator"}}
    if "type" in part and not isinstance(part["type"], dict):
        kept["type"] = (
            ["null" if each is None else each for each in part["type"]]
            if isinstance(part["type"], list)
            else part["type"] or "null"
        )
    return kept
