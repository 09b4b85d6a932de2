"""The abstract tests of the service as a whole."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from openapi_spec_validator import validate

from benchmarks.suites.ogc.asking import ROOT, check_links, check_schema, get, get_json

LANDING = get_json("/")
API = get_json("/api")
ITEMS = [path for path in API["paths"] if path.endswith("/items")]


def test_root_op() -> None:
    assert get("/").status_code == 200


def test_root_success() -> None:
    check_schema(LANDING, "landingPage.yaml")
    check_links(LANDING, "self", "service-desc", "service-doc", "conformance", "data")


def test_http() -> None:
    assert get("/nowhere").status_code == 404
    assert httpx.post(f"{ROOT}/collections").status_code == 405
    assert httpx.get(f"{ROOT}/", headers={"Accept": "application/json"}).status_code == 200


def test_links_lead_somewhere() -> None:
    for link in LANDING["links"]:
        assert get(link["href"]).status_code == 200, link


def test_api_definition() -> None:
    link = next(link for link in LANDING["links"] if link["rel"] == "service-desc")
    answer = httpx.get(link["href"], headers={"Accept": link["type"]})
    assert answer.headers["content-type"] == link["type"]
    assert answer.json()["openapi"].startswith("3.0")
    validate(answer.json())


def test_conformance_op() -> None:
    assert get("/conformance").status_code == 200


def test_conformance_success() -> None:
    conformance = get_json("/conformance")
    check_schema(conformance, "confClasses.yaml")
    classes = {each.rpartition("/conf/")[2] for each in conformance["conformsTo"] if "features-1" in each}
    assert {"core", "oas30", "geojson"} <= classes


def test_fc_md_op() -> None:
    assert get("/collections").status_code == 200


def test_fc_md_success() -> None:
    check_schema(get_json("/collections"), "collections.yaml")


def test_fc_md_links() -> None:
    check_links(get_json("/collections"), "self")


def parameters(path: str) -> dict[str, Any]:
    listed = API["paths"][path]["get"]["parameters"]
    shared = API.get("components", {}).get("parameters", {})
    whole = (shared[each["$ref"].rpartition("/")[2]] if "$ref" in each else each for each in listed)
    return {each["name"]: each for each in whole}


def test_fc_bbox_definition() -> None:
    for path in ITEMS:
        box = parameters(path)["bbox"]
        assert (box["in"], box.get("required", False), box.get("style", "form")) == ("query", False, "form")
        assert box["explode"] is False
        assert box["schema"]["type"] == "array"
        assert box["schema"]["items"] == {"type": "number"}


def test_fc_limit_definition() -> None:
    for path in ITEMS:
        limit = parameters(path)["limit"]
        assert (limit["in"], limit.get("required", False)) == ("query", False)
        assert limit["schema"]["type"] == "integer"
        assert 1 == limit["schema"]["minimum"] <= limit["schema"]["default"] <= limit["schema"]["maximum"]


def test_fc_time_definition() -> None:
    for path in ITEMS:
        time = parameters(path)["datetime"]
        assert (time["in"], time.get("required", False), time["schema"]["type"]) == ("query", False, "string")


def test_oas30_completeness() -> None:
    for path, operations in API["paths"].items():
        responses = operations["get"]["responses"]
        assert responses["200"]["content"], path
        assert any(status.startswith("4") or status == "default" for status in responses), path


def test_oas30_exception_codes() -> None:
    for path, operations in API["paths"].items():
        if "{" in path:
            assert {"400", "404", "default"} & operations["get"]["responses"].keys(), path


@pytest.mark.parametrize("path", [path for path in API["paths"] if "{" not in path])
def test_oas30_implementation(path: str) -> None:
    assert get(path).status_code == 200


def test_geojson_definition() -> None:
    assert ITEMS
    for path in ITEMS:
        assert "application/geo+json" in API["paths"][path]["get"]["responses"]["200"]["content"]
