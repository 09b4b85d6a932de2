"""What OpenAPI says is true: schemathesis asks every operation, rightly and wrongly."""

import dataclasses
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from openapi_spec_validator import OpenAPIV30SpecValidator, OpenAPIV31SpecValidator

from buldan.http.schema.models import SourceShape
from buldan.model import Source

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_every_operation_answers_as_it_is_described(server, tmp_path):
    schemathesis = Path(sys.executable).with_name("st")
    command = [
        schemathesis,
        "--config-file",
        Path(__file__).with_name("schemathesis.toml"),
        "run",
        f"{server.url}/openapi.json",
        "--max-examples",
        "4",
        "--seed",
        "1",
        "--no-color",
    ]
    phases = ["--phases", "examples,coverage,fuzzing", "--continue-on-failure"]
    environment = os.environ | {"SCHEMATHESIS_HOOKS": "tests.http.schemathesis_hooks", "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(
        [*command, *phases], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout[-8_000:]


def test_both_descriptions_are_valid(client):
    assert not list(OpenAPIV31SpecValidator(client.get("/openapi.json").json()).iter_errors())
    assert not list(OpenAPIV30SpecValidator(client.get("/ogc/api").json()).iter_errors())


def test_every_operation_is_described_and_says_its_problems(client):
    for path, item in client.get("/openapi.json").json()["paths"].items():
        for operation in item.values():
            assert operation["description"], path
            assert {"401", "414", "503"} <= operation["responses"].keys(), path


def test_every_parameter_of_the_native_api_is_explained(client):
    for path, item in client.get("/openapi.json").json()["paths"].items():
        for operation in item.values():
            if set(operation["tags"]) & {"native"}:
                for parameter in operation.get("parameters", []):
                    assert parameter.get("description") or parameter["in"] == "path", (
                        path,
                        parameter["name"],
                    )


def test_examples_are_answers_that_the_gazetteer_gives(client):
    example = client.get("/openapi.json").json()["paths"]["/lookup"]["get"]["responses"]["200"]["content"]
    assert example["application/geo+json"]["example"] == client.get("/lookup?q=Yalda&limit=1").json()


def test_the_page_of_the_api_tells_every_operation_and_loads_nothing_from_elsewhere(client):
    answer = client.get("/docs")
    html = answer.text
    assert answer.headers["content-type"].startswith("text/html")
    assert "<script" not in html
    for path, item in client.get("/openapi.json").json()["paths"].items():
        for method in item:
            assert f"<code>{method.upper()} {path}</code>" in html
    loaded = re.findall(r'<link rel="stylesheet" href="([^"]+)"', html)
    assert loaded
    for link in (*loaded, *re.findall(r'<(?:a|img)[^>]+(?:href|src)="([^"]+)"', html)):
        assert link.startswith(str(client.base_url).rstrip("/"))
        assert client.get(link).status_code == 200


def test_what_the_page_of_the_api_offers_to_ask_is_answered(client):
    forms = re.findall(r'<form method="get" action="([^"]+)">(.*?)</form>', client.get("/docs").text, re.DOTALL)
    assert len(forms) > 10
    for action, fields in forms:
        asked = dict(re.findall(r'<input name="([^"]+)"[^>]* value="([^"]*)"', fields))
        asked = {
            name: value or {"q": "Homs", "lat": "33.5", "lon": "36.3"}.get(name, "C2302")
            for name, value in asked.items()
        }
        assert client.get(action, params=asked).status_code in {200, 400, 404, 422}, action
        if "q" in asked:
            assert client.get(action, params=asked).status_code == 200, action


def test_languages_of_photon_are_described_as_they_are_known(client):
    paths = client.get("/openapi.json").json()["paths"]
    for path, asked in {
        "/photon/api": "q=Homs",
        "/photon/structured": "city=Homs",
        "/photon/reverse": "lon=36.3&lat=33.5",
    }.items():
        parameters = {each["name"]: each for each in paths[path]["get"]["parameters"]}
        known = parameters["lang"]["schema"]["enum"]
        assert {"default", "ar", "en"} <= set(known)
        assert {client.get(f"{path}?{asked}&lang={lang}").status_code for lang in known} == {200}
        refused = client.get(f"{path}?{asked}&lang=xx")
        assert refused.status_code == 400
        assert ", ".join(known) in refused.json()["message"]


def test_properties_to_fetch_are_described_as_they_are_known(client):
    known = client.get("/openapi.json").json()["components"]["schemas"]["ExtendProperty"]["properties"]["id"]["enum"]
    for identifier in known:
        asked = {"ids": ["C2302"], "properties": [{"id": identifier}]}
        assert client.post("/reconcile/1.0/extend", json=asked).status_code == 200
    assert client.post("/reconcile/1.0/extend", json=asked | {"properties": [{"id": "x"}]}).status_code == 400


def test_a_source_on_the_wire_has_the_fields_of_a_source() -> None:
    assert list(SourceShape.__annotations__) == [field.name for field in dataclasses.fields(Source)]


def test_layers_of_nominatim_are_described_as_they_are_taken(client):
    operation = client.get("/openapi.json").json()["paths"]["/nominatim/reverse"]["get"]
    (described,) = (each["schema"] for each in operation["parameters"] if each["name"] == "layer")
    for layer in ("", "poi", " poi ,address", ",poi,", "\x0c", "pois", "poi address", "poi;address"):
        asked = {"lat": 33.5, "lon": 36.3, "layer": layer}
        is_taken = client.get("/nominatim/reverse", params=asked).status_code == 200
        assert is_taken == bool(re.search(described["pattern"], layer)), layer
