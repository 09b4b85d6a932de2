"""Each document against its schema, each example asked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from benchmarks.suites.reconciliation.asking import CLIENT, check_schema, examples, post_form

OLD, DRAFT = ("0.1", "0.2"), "1.0-draft"
MANIFEST: dict[str, Any] = CLIENT.get("/reconcile").json()
PLACE = "C2302"
"""Yalda."""

BEGINNINGS = {"entity": "yal", "type": "vil", "property": "pco"}
DOCUMENTS = {"entity": "suggest-entities-response", "type": "suggest-types-response"} | {
    "property": "suggest-properties-response"
}


def of_versions(kind: str, *versions: str) -> pytest.MarkDecorator:
    """One case for each example of a kind in each version."""
    cases = [(version, file) for version in versions for file in examples(version, kind)]
    assert cases
    return pytest.mark.parametrize(("version", "file"), cases, ids=[f"{v} {file.stem}" for v, file in cases])


@pytest.mark.parametrize(("version", "path"), [("0.1", "/reconcile"), ("0.2", "/reconcile"), (DRAFT, "/reconcile/1.0")])
def test_manifest(version: str, path: str) -> None:
    check_schema(CLIENT.get(path).json(), version, "manifest")


@of_versions("reconciliation-query-batch/valid", *OLD)
def test_a_batch_in_a_form_and_in_an_address(version: str, file: Path) -> None:
    batch = json.loads(file.read_text("utf-8"))
    for answer in (post_form(queries=batch), CLIENT.get("/reconcile", params={"queries": json.dumps(batch)})):
        assert answer.status_code == 200, answer.text
        assert answer.json().keys() == batch.keys()
        check_schema(answer.json(), version, "reconciliation-result-batch")


@of_versions("reconciliation-query-batch/invalid", *OLD)
def test_no_batch_is_refused_or_harmless(version: str, file: Path) -> None:
    answer = CLIENT.post("/reconcile", data={"queries": file.read_text("utf-8")})
    harmless = answer.status_code == 200 and all("result" in each for each in answer.json().values())
    assert harmless or 400 <= answer.status_code < 500


@of_versions("reconciliation-query-batch/valid", DRAFT)
def test_a_batch_of_the_draft(version: str, file: Path) -> None:
    batch = json.loads(file.read_text("utf-8"))
    answer = CLIENT.post("/reconcile/1.0/match", json=batch)
    assert answer.status_code == 200, answer.text
    assert len(answer.json()["results"]) == len(batch["queries"])
    check_schema(answer.json(), version, "reconciliation-result-batch")


@of_versions("reconciliation-query-batch/invalid", DRAFT)
def test_no_batch_of_the_draft_is_refused(version: str, file: Path) -> None:
    headers = {"Content-Type": "application/json"}
    answer = CLIENT.post("/reconcile/1.0/match", content=file.read_bytes(), headers=headers)
    assert 400 <= answer.status_code < 500


@of_versions("data-extension-query/valid", *OLD)
def test_values_of_properties(version: str, file: Path) -> None:
    """Their question with our ids and properties: what it holds besides stays."""
    query = json.loads(file.read_text("utf-8"))
    query |= {"ids": [PLACE, "bd571vgkcx"], "properties": [{"id": "pcode"}, {"id": "governorate"}, {"id": "lat"}]}
    check_schema(query, version, "data-extension-query")
    answer = post_form(extend=query).json()
    assert set(answer["rows"]) == set(query["ids"])
    assert [each["id"] for each in answer["meta"]] == ["pcode", "governorate", "lat"]
    assert answer["rows"][PLACE]["pcode"] == [{"str": PLACE}]
    check_schema(answer, version, "data-extension-response")


def test_values_of_properties_of_the_draft() -> None:
    query = {"ids": [PLACE], "properties": [{"id": "pcode"}, {"id": "governorate"}]}
    check_schema(query, DRAFT, "data-extension-query")
    check_schema(CLIENT.post("/reconcile/1.0/extend", json=query).json(), DRAFT, "data-extension-response")


def test_properties_of_a_type() -> None:
    answer = CLIENT.get("/reconcile/properties", params={"type": "village"}).json()
    assert answer["properties"]
    check_schema(answer, "0.2", "data-extension-property-proposal")


@pytest.mark.parametrize("version", [*OLD, DRAFT])
@pytest.mark.parametrize("kind", BEGINNINGS)
def test_suggestions(version: str, kind: str) -> None:
    answer = suggest(kind, BEGINNINGS[kind], "/1.0" if version == DRAFT else "").json()
    assert answer["result"]
    check_schema(answer, version, DOCUMENTS[kind])


@pytest.mark.parametrize("kind", BEGINNINGS)
def test_nothing_typed_yet(kind: str) -> None:
    assert suggest(kind, "").status_code == 200


@pytest.mark.parametrize("kind", BEGINNINGS)
def test_flyouts(kind: str) -> None:
    service = MANIFEST["suggest"][kind]
    found = suggest(kind, BEGINNINGS[kind]).json()["result"][0]["id"]
    flyout = CLIENT.get(service["flyout_service_url"] + service["flyout_service_path"].replace("${id}", found)).json()
    assert flyout["id"] == found
    assert flyout["html"].strip()


def suggest(kind: str, prefix: str, version: str = "") -> httpx.Response:
    return CLIENT.get(f"/reconcile{version}/suggest/{kind}", params={"prefix": prefix})


def test_preview() -> None:
    answer = CLIENT.get(MANIFEST["preview"]["url"].replace("{{id}}", PLACE))
    assert answer.headers["content-type"].startswith("text/html")
    assert "Yalda" in answer.text


def test_view() -> None:
    page = CLIENT.get(MANIFEST["view"]["url"].replace("{{id}}", PLACE).partition("#")[0])
    assert page.status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/reconcile",
        "/reconcile/1.0",
        "/reconcile/suggest/entity?prefix=a",
        "/reconcile/properties?type=village",
        f"/reconcile/preview?id={PLACE}",
    ],
)
def test_pages_of_others_may_ask(path: str) -> None:
    assert CLIENT.get(path, headers={"Origin": "https://x.example"}).headers["access-control-allow-origin"] == "*"


def test_a_callback() -> None:
    """JSONP, which 0.1 asks for: `f(…)`, or refused."""
    answer = CLIENT.get("/reconcile", params={"callback": "f"})
    assert answer.status_code == 400 or answer.text.startswith("f(")


@pytest.mark.parametrize(("more", "status"), [(0, 200), (1, 413)])
def test_batches_as_large_as_promised(more: int, status: int) -> None:
    batch = {f"q{number}": {"query": "Yalda"} for number in range(MANIFEST["batchSize"] + more)}
    assert post_form(queries=batch).status_code == status


def test_a_body_of_json() -> None:
    answer = CLIENT.post("/reconcile", json={"queries": {"q0": {"query": "Yalda"}}})
    assert answer.status_code == 415 or answer.json()["q0"]["result"]


@pytest.mark.parametrize("fields", [{"queries": "{"}, {"extend": "{"}])
def test_what_is_no_json(fields: dict[str, str]) -> None:
    assert 400 <= CLIENT.post("/reconcile", data=fields).status_code < 500


def test_an_empty_form() -> None:
    assert CLIENT.post("/reconcile", data={}).status_code in {200, 400, 415, 422}
