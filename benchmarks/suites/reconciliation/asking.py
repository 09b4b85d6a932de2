"""Asking the service in both wordings, and the schemas."""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import jsonschema
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7

__all__ = ["CLIENT", "check_schema", "examples", "match", "post_form", "reconcile"]

CLIENT = httpx.Client(base_url=os.environ["SERVER"], timeout=60)
_SPECIFICATION = Path(os.environ["SUITE"])
_VERSIONS = "0.1", "0.2", "1.0-draft"

Json = dict[str, Any]


def post_form(**fields: Any) -> httpx.Response:
    """A form to the service of 0.1 and 0.2, its fields written as JSON."""
    return CLIENT.post("/reconcile", data={name: json.dumps(value) for name, value in fields.items()})


def reconcile(**query: Any) -> list[Json]:
    """The candidates of one query, by 0.2; they must come by falling score."""
    answer = post_form(queries={"q0": query})
    assert answer.status_code == 200, answer.text
    return _checked(answer.json()["q0"]["result"])


def match(*conditions: Json, **query: Any) -> list[Json]:
    """The candidates of one query, by the 1.0 draft."""
    answer = CLIENT.post("/reconcile/1.0/match", json={"queries": [{**query, "conditions": conditions}]})
    assert answer.status_code == 200, answer.text
    return _checked(answer.json()["results"][0]["candidates"])


def _checked(candidates: list[Json]) -> list[Json]:
    scores = [each["score"] for each in candidates]
    assert scores == sorted(scores, reverse=True)
    return candidates


def examples(version: str, kind: str) -> list[Path]:
    """The example files of a kind: `reconciliation-query-batch/valid`."""
    return sorted((_SPECIFICATION / version / "examples" / kind).glob("*.json"))


def check_schema(document: Any, version: str, name: str) -> None:
    """A document is valid against the schema of that version."""
    schema = _schemas()[version][name]
    validator = jsonschema.validators.validator_for(schema, default=jsonschema.Draft7Validator)
    assert not [error.message for error in validator(schema, registry=_registry()).iter_errors(document)]


@cache
def _schemas() -> dict[str, dict[str, Json]]:
    return {
        version: {
            file.stem: json.loads(file.read_text("utf-8"))
            for file in (_SPECIFICATION / version / "schemas").glob("*.json")
        }
        for version in _VERSIONS
    }


@cache
def _registry() -> Registry[Any]:
    found = (schema for schemas in _schemas().values() for schema in schemas.values() if "$id" in schema)
    return Registry().with_resources(
        (schema["$id"], Resource.from_contents(schema, default_specification=DRAFT7)) for schema in found
    )
