"""`/docs`: a page to read and try the API, made from its OpenAPI description; it loads nothing from elsewhere."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Any

__all__ = ["render_api"]

_TAGS = {
    "native": "Buldan's own",
    "service": "The service",
    "nominatim": "As Nominatim",
    "photon": "As Photon",
    "geonames": "As GeoNames",
    "ogc": "OGC API – Features",
    "reconcile": "W3C Reconciliation",
}
"""Headings of the groups, in their order; other tags follow with their own names."""

_ASKED = frozenset({"q", "lat", "lon"})
"""Optional parameters with a field in the form; there are only few, because browsers send empty fields, too."""


def render_api(document: Mapping[str, Any], *, home: str) -> str:
    """A page with every operation: its description, its parameters as a form, its body and its answers.

    Args:
        document: an OpenAPI description.
        home: address of the service for clients, without slash at the end.
    """
    groups: dict[str, list[str]] = defaultdict(list)
    for path, item in document["paths"].items():
        for method, operation in item.items():
            groups[operation["tags"][0]].append("".join(_iter_operation(home, path, method, operation)))
    ordered = sorted(groups, key=lambda tag: list(_TAGS).index(tag) if tag in _TAGS else len(_TAGS))
    parts = "".join(f"<h2>{escape(_TAGS.get(tag, tag))}</h2>{''.join(groups[tag])}" for tag in ordered)
    info = document["info"]
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{escape(info['title'])} · API</title>"
        f'<link rel="stylesheet" href="{escape(home)}/static/css/api.css"><main>'
        f"<h1>{escape(info['title'])} {escape(info['version'])}</h1>"
        f"{''.join(f'<p>{escape(part)}</p>' for part in info['description'].split(chr(10) * 2))}"
        f'<p><a href="{escape(home)}/openapi.json">openapi.json</a></p>{parts}</main></html>'
    )


def _iter_operation(home: str, path: str, method: str, operation: Mapping[str, Any]) -> Iterator[str]:
    description = operation.get("description") or operation.get("summary", "")
    brief = escape(description.splitlines()[0])
    yield f"<details><summary><code>{method.upper()} {escape(path)}</code> {brief}</summary>"
    rest = "\n".join(description.splitlines()[1:]).strip()
    yield f"<p>{escape(rest)}</p>" if rest else ""
    parameters = operation.get("parameters", [])
    # Without scripts, an HTML form can only send GET with a query.
    is_tried = method == "get" and "{" not in path
    rows = "".join(_write_parameter(each, is_tried=is_tried) for each in _iter_written(parameters))
    table = f"<table><tr><th>Parameter<th>Meaning<th>Value</tr>{rows}</table>" if rows else ""
    if is_tried:
        yield f'<form method="get" action="{escape(home + path)}">{table}<button>Ask</button></form>'
    else:
        yield table
    for media_type, content in operation.get("requestBody", {}).get("content", {}).items():
        yield f"<h3>Body: <code>{escape(media_type)}</code></h3>{_sample(content)}"
    for status, answer in operation["responses"].items():
        types = ", ".join(answer.get("content", {}))
        description = escape(answer.get("description", ""))
        yield f"<p><b>{escape(str(status))}</b> {description} <code>{escape(types)}</code></p>"
    yield "</details>"


def _iter_written(parameters: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Parameters as in an address: for an object, each of its members is a parameter."""
    for parameter in parameters:
        # OpenAPI expresses "both or neither" by an object; people write its members one by one.
        members = parameter["schema"].get("properties")
        if not members:
            yield parameter
            continue
        for name, schema in members.items():
            description = f"{schema.get('description', '')} ({parameter['description']})"
            yield {"name": name, "schema": schema, "description": description}


def _write_parameter(parameter: Mapping[str, Any], *, is_tried: bool) -> str:
    name, schema = parameter["name"], parameter.get("schema", {})
    needed = " required" if parameter.get("required") else ""
    # As JSON, the form of defaults and choices.
    known = json.dumps({key: schema[key] for key in ("type", "enum", "default", "examples") if key in schema})
    field = ""
    if is_tried and (needed or name in _ASKED):
        # With a value: the first click gives an answer.
        example = next(iter(schema.get("examples", ())), "")
        field = f'<input name="{escape(name)}" aria-label="{escape(name)}" value="{escape(str(example))}"{needed}>'
    description = f"{escape(parameter.get('description', ''))} <small>{escape(known)}</small>"
    return f"<tr><td><code>{escape(name)}</code>{'*' if needed else ''}<td>{description}<td>{field}</tr>"


def _sample(content: Mapping[str, Any]) -> str:
    example = content.get("example", content.get("schema", {}))
    return f"<pre>{escape(json.dumps(example, indent=1, ensure_ascii=False))}</pre>"
