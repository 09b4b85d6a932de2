"""The reconciliation API: the `reconciler` client, and the shapes that version 0.2 lays down."""

import json
import re

import jsonschema
import numpy as np
import pandas as pd
import pytest
import reconciler.webutils
from reconciler import reconcile

from buldan.http.facades.reconciliation import OneQuery, find_candidates
from buldan.thresholds import SURE_SCORE

TYPE = {
    "type": "object",
    "required": ["id", "name"],
    "properties": {"id": {"type": "string"}, "name": {"type": "string"}},
}

RESULT = {
    "type": "object",
    "required": ["result"],
    "properties": {
        "result": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "name", "score"],
                "properties": {
                    "id": {"type": "string"},
                    "name": {"type": "string"},
                    "description": {"type": "string"},
                    "score": {"type": "number"},
                    "match": {"type": "boolean"},
                    "type": {"type": "array", "items": TYPE},
                    "features": {
                        "type": "array",
                        "items": {"properties": {"id": {"type": "string"}, "value": {"type": ["boolean", "number"]}}},
                    },
                },
            },
        }
    },
}

SUGGESTED = {
    "type": "object",
    "required": ["result"],
    "properties": {
        "result": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "name"],
                "properties": {
                    "id": {"type": "string"},
                    "name": {"type": "string"},
                    "description": {"type": "string"},
                    "notable": {"type": "array", "items": TYPE},
                },
            },
        }
    },
}


def alone(key, kind):
    return {
        "type": "object",
        "required": [key],
        "properties": {key: {"type": kind}},
        "additionalProperties": False,
    }


VALUE = {
    "oneOf": [
        {"type": "object", "maxProperties": 0},
        {
            "type": "object",
            "required": ["id", "name"],
            "properties": {
                "id": {"type": "string"},
                "name": {"type": "string"},
                "description": {"type": "string"},
            },
            "additionalProperties": False,
        },
        alone("str", "string"),
        alone("float", "number"),
        alone("int", "integer"),
    ]
}

EXTENSION = {
    "type": "object",
    "required": ["meta", "rows"],
    "properties": {
        "meta": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "name"],
                "properties": {"id": {"type": "string"}, "name": {"type": "string"}, "type": TYPE},
            },
        },
        "rows": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "additionalProperties": {"type": "array", "items": VALUE},
            },
        },
    },
}

SERVICE = {
    "type": "object",
    "properties": {name: {"type": "string"} for name in ("service_url", "service_path")},
}

MANIFEST = {
    "type": "object",
    "required": ["versions", "name", "identifierSpace", "schemaSpace"],
    "properties": {
        "versions": {"type": "array", "items": {"type": "string"}, "contains": {"enum": ["0.2"]}},
        "name": {"type": "string"},
        "identifierSpace": {"type": "string"},
        "schemaSpace": {"type": "string"},
        "documentation": {"type": "string"},
        "serviceVersion": {"type": "string"},
        "view": {"required": ["url"], "properties": {"url": {"pattern": r"\{\{id\}\}"}}},
        "preview": {
            "required": ["url", "width", "height"],
            "properties": {
                "url": {"pattern": r"\{\{id\}\}"},
                "width": {"type": "integer"},
                "height": {"type": "integer"},
            },
        },
        "defaultTypes": {"type": "array", "items": TYPE, "uniqueItems": True},
        "suggest": {
            "type": "object",
            "properties": dict.fromkeys(("entity", "property", "type"), SERVICE),
        },
        "extend": {
            "type": "object",
            "properties": {"propose_properties": SERVICE, "property_settings": {"type": "array"}},
        },
    },
}


@pytest.fixture
def ask(client):
    def post(queries, **headers):
        answer = client.post("/reconcile", data={"queries": json.dumps(queries)}, headers=headers)
        assert answer.status_code == 200, answer.text
        results = answer.json()
        assert results.keys() == queries.keys()
        for result in results.values():
            jsonschema.validate(result, RESULT)
            scores = [each["score"] for each in result["result"]]
            assert scores == sorted(scores, reverse=True)
        return results

    return post


def test_the_manifest_is_as_laid_down_and_its_addresses_answer(client):
    manifest = client.get("/reconcile").json()
    jsonschema.validate(manifest, MANIFEST)
    addresses = [manifest["view"]["url"], manifest["preview"]["url"]]
    addresses += [service["service_url"] + service["service_path"] for service in manifest["suggest"].values()]
    extend = manifest["extend"]["propose_properties"]
    addresses.append(extend["service_url"] + extend["service_path"])
    for address in addresses:
        assert client.get(address.replace("{{id}}", "C2302")).status_code == 200


def test_a_batch_is_answered_query_by_query(ask):
    found = ask({"q0": {"query": "يلدا"}, "q1": {"query": "Nawa", "limit": 2}, "q2": {"query": "Springfield"}})
    assert found["q0"]["result"][0]["name"] == "Yalda"
    assert 1 <= len(found["q1"]["result"]) <= 2
    assert found["q2"]["result"] == []


def test_a_get_is_answered_too(client):
    found = client.get("/reconcile", params={"queries": json.dumps({"q": {"query": "Yalda"}})}).json()
    assert found["q"]["result"][0]["name"] == "Yalda"


@pytest.mark.parametrize("value", ["Daraa", "SY12", {"id": "SY12", "name": "Dar'a"}, ["درعا"]])
def test_a_governorate_settles_namesakes(ask, client, value):
    (best, *_) = ask({"q": {"query": "Yarmuk", "properties": [{"pid": "governorate", "v": value}]}})["q"]["result"]
    place = client.get(f"/places/{best['id']}").json()["properties"]
    assert place["admin"][0]["pcode"] == "SY12"


def test_an_unknown_governorate_hides_nothing(ask):
    query = {
        "query": "Yalda",
        "properties": [{"pid": "governorate", "v": "Atlantis"}, {"pid": "mayor", "v": 1}],
    }
    assert ask({"q": query})["q"]["result"][0]["name"] == "Yalda"


def test_types_filter(ask):
    for kind in ("village", ["village"], ["village", "planet"]):
        found = ask({"q": {"query": "Homs", "type": kind, "type_strict": "any", "limit": 20}})["q"]["result"]
        assert {each["type"][0]["id"] for each in found} <= {"village"}


def test_types_may_be_a_wish(ask):
    """OpenRefine always sends `should`: places of other types follow, and none of them is taken unseen."""
    found = ask({"q": {"query": "Homs", "type": "governorate", "type_strict": "should", "limit": 20}})["q"]["result"]
    assert found[0]["type"][0]["id"] == "governorate"
    assert "city" in [each["type"][0]["id"] for each in found]
    assert {each["type"][0]["id"] for each in found if each["match"]} <= {"governorate"}


@pytest.mark.parametrize(
    ("types", "strict", "kept"),
    [
        (["settlement", "village"], "all", {"village"}),
        (["town", "village"], "all", set()),
        (["planet"], "any", set()),
        (["town", "village"], "any", {"town", "village"}),
    ],
)
def test_types_must_all_hold_or_any(ask, types, strict, kept):
    query = {"query": "Nawa", "type": types, "type_strict": strict, "limit": 100}
    assert {each["type"][0]["id"] for each in ask({"q": query})["q"]["result"]} == kept


@pytest.mark.parametrize(
    "properties",
    [{"pcode": "C2302"}, {"geonames": 162616}, {"name_ar": "يلدا"}, {"name_en": "Yelda", "governorate": "SY03"}],
)
def test_properties_alone_may_say_which_place(ask, properties):
    given = [{"pid": name, "v": value} for name, value in properties.items()]
    assert ask({"q": {"properties": given}})["q"]["result"][0]["name"] == "Yalda"


def test_an_id_is_its_own_answer(ask):
    (only,) = ask({"q": {"query": "C2302"}})["q"]["result"]
    assert (only["name"], only["score"], only["match"]) == ("Yalda", 1, True)


def test_names_come_in_the_clients_language(ask):
    assert ask({"q": {"query": "Yalda"}}, **{"Accept-Language": "ar"})["q"]["result"][0]["name"] == "يلدا"


def test_values_are_fetched(client):
    asked = {
        "ids": ["C2302", "SY07", "nowhere"],
        "properties": [
            {"id": name} for name in ("governorate", "name_ar", "lon", "lat", "population", "pcode", "kind")
        ],
    }
    answer = client.post("/reconcile", data={"extend": json.dumps(asked)}).json()
    jsonschema.validate(answer, EXTENSION)
    assert answer["rows"]["C2302"]["name_ar"] == [{"str": "يلدا"}]
    assert answer["rows"]["C2302"]["governorate"][0]["id"] == "SY03"
    assert answer["rows"]["C2302"]["lat"][0]["float"] == pytest.approx(33.4645, abs=0.01)
    assert answer["rows"]["nowhere"] == {each["id"]: [] for each in asked["properties"]}
    assert [each["id"] for each in answer["meta"]] == [each["id"] for each in asked["properties"]]


def test_suggestions_have_their_shape(client):
    for what, prefix in (("entity", "يلد"), ("entity", "Dam"), ("type", "vill"), ("property", "gov")):
        answer = client.get(f"/reconcile/suggest/{what}", params={"prefix": prefix}).json()
        jsonschema.validate(answer, SUGGESTED)
        assert answer["result"]
    assert client.get("/reconcile/suggest/entity", params={"prefix": ""}).json() == {"result": []}
    (named,) = client.get("/reconcile/suggest/entity", params={"prefix": "C2302"}).json()["result"]
    assert named["name"] == "Yalda"
    first = client.get("/reconcile/suggest/entity", params={"prefix": "al"}).json()["result"]
    second = client.get("/reconcile/suggest/entity", params={"prefix": "al", "cursor": 10}).json()["result"]
    assert not {each["id"] for each in first} & {each["id"] for each in second}


def test_properties_are_proposed(client):
    proposed = client.get("/reconcile/properties", params={"type": "village", "limit": 3}).json()
    assert (proposed["type"], proposed["limit"], len(proposed["properties"])) == ("village", 3, 3)


def test_a_preview_fits_a_frame(client):
    preview = client.get("/reconcile/preview", params={"id": "C2302"})
    assert "يلدا" in preview.text
    assert "frame-ancestors *" in preview.headers["content-security-policy"]
    assert not re.search(r"<script|javascript:|onerror", preview.text)


def test_every_endpoint_allows_other_origins(client):
    for path in ("/reconcile", "/reconcile/suggest/entity?prefix=a", "/reconcile/preview?id=C2302"):
        assert client.get(path, headers={"Origin": "http://x.org"}).headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"queries": "{"}, 400),
        ({"queries": "[]"}, 400),
        ({"queries": '{"q": {"query": 1}}'}, 400),
        ({"queries": json.dumps({str(n): {"query": "a"} for n in range(1001)})}, 413),
        ({"extend": '{"ids": ["C2302"], "properties": [{"id": "mayor"}]}'}, 400),
        ({"what": "1"}, 400),
    ],
)
def test_what_cannot_be_read_is_refused(client, form, status):
    answer = client.post("/reconcile", data=form)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_the_reconciler_client_reconciles_a_column(server, monkeypatch):
    monkeypatch.setattr(reconciler.webutils.np, "NaN", np.nan, raising=False)  # gone in NumPy 2
    column = pd.Series(["يلدا", "Nawa", "Yelda", "Springfield"])
    found = reconcile(column, reconciliation_endpoint=f"{server.url}/reconcile")
    by_input = found.set_index("input_value")
    assert by_input.loc["يلدا", "name"] == by_input.loc["Yelda", "name"] == "Yalda"
    assert pd.isna(by_input.loc["Springfield", "id"])


def test_the_reconciler_client_passes_governorates(server, client):
    frame = pd.DataFrame({"place": ["Yarmuk"], "governorate": ["Daraa"]})
    found = reconcile(
        frame["place"],
        type_id="neighbourhood",
        property_mapping={"governorate": frame["governorate"]},
        reconciliation_endpoint=f"{server.url}/reconcile",
    )
    place = client.get(f"/places/{found['id'].item()}").json()["properties"]
    assert (place["kind"], place["admin"][0]["pcode"]) == ("neighbourhood", "SY12")


def test_an_unknown_finer_unit_keeps_the_coarser_and_leaves_nothing_certain(ask, client):
    units = [{"pid": "governorate", "v": "Daraa"}, {"pid": "district", "v": "Atlantis"}]
    (best, *_) = ask({"q": {"query": "Yarmuk", "properties": units}})["q"]["result"]
    place = client.get(f"/places/{best['id']}").json()["properties"]
    assert (place["admin"][0]["pcode"], best["match"]) == ("SY12", False)


def test_the_kind_said_as_a_property_is_a_type_and_a_position_settles_namesakes(ask, client):
    found = ask({"q": {"query": "Homs", "properties": [{"pid": "kind", "v": "governorate"}]}})["q"]["result"]
    assert {each["type"][0]["id"] for each in found} == {"governorate"}
    namesakes = ask({"q": {"query": "Zahraa", "limit": 6}})["q"]["result"]
    for namesake in namesakes[:4]:
        place = client.get(f"/places/{namesake['id']}").json()["properties"]
        here = [{"pid": "lon", "v": place["lon"]}, {"pid": "lat", "v": str(place["lat"])}]
        (best, *_) = ask({"q": {"query": "Zahraa", "properties": here}})["q"]["result"]
        nearest = client.get(f"/places/{best['id']}").json()["properties"]
        assert (nearest["lon"], nearest["lat"]) == pytest.approx((place["lon"], place["lat"]), abs=0.05)


def test_only_what_a_query_can_use_is_offered_for_it(client):
    offered = {each["id"] for each in client.get("/reconcile/suggest/property?prefix=").json()["result"]}
    proposed = {each["id"] for each in client.get("/reconcile/properties").json()["properties"]}
    assert {"kind", "lat", "lon", "governorate"} <= offered
    assert proposed - offered == {"population", "radius_km"}


@pytest.mark.parametrize("name", ["قرية", "مدينة", "Adana", "الرياض", "Baghdad", "Springfield"])
def test_a_word_for_a_kind_and_a_name_from_abroad_are_never_certain(ask, name):
    assert not any(each["match"] for each in ask({"q": {"query": name}})["q"]["result"])


@pytest.mark.parametrize(("typed", "meant"), [("lkf[", "Manbij"), ("]dv hg.,v", "Deir ez-Zor"), ("فشقفخعس", "Tartous")])
def test_a_name_in_the_wrong_keyboard_layout_is_found_and_reviewed(ask, typed, meant):
    first = ask({"q": {"query": typed}})["q"]["result"][0]
    assert (first["name"], first["match"]) == (meant, False)


def test_a_body_of_json_is_answered_and_another_is_refused(client):
    queries = {"q": {"query": "Yalda"}}
    asked = client.post("/reconcile", json={"queries": queries})
    assert asked.json() == client.post("/reconcile", data={"queries": json.dumps(queries)}).json()
    assert client.post("/reconcile", json=[1]).status_code == 400
    assert client.post("/reconcile", content="queries={}", headers={"Content-Type": "text/plain"}).status_code == 415


def test_a_suggestion_has_words_to_show_beside_it(client):
    manifest = client.get("/reconcile").json()
    for what, id in (("entity", "C2302"), ("property", "governorate"), ("type", "village")):
        service = manifest["suggest"][what]
        answer = client.get(service["flyout_service_url"] + service["flyout_service_path"].replace("${id}", id))
        assert (answer.json()["id"], answer.json()["html"].startswith("<p>")) == (id, True)
    assert client.get("/reconcile/flyout/type?id=planet").status_code == 404
    assert client.get("/reconcile/flyout/moon?id=C2302").status_code == 404


class TestDraft:
    """The draft of 1.0, as its schemas lay it down."""

    def test_the_manifest_says_what_is_there(self, client):
        manifest = client.get("/reconcile/1.0").json()
        assert manifest["versions"] == ["1.0-draft"]
        assert re.search(r"\{.*id.*\}", manifest["view"]["url"])
        for path in (
            "suggest/entity?prefix=a",
            "suggest/type?prefix=",
            "suggest/property?prefix=",
            "extend/propose",
            "preview?id=C2302",
        ):
            assert client.get(f"/reconcile/1.0/{path}").status_code == 200
        assert manifest["suggest"] == {"entity": True, "property": True, "type": True}

    def test_a_batch_is_answered_in_order(self, client):
        queries = [
            {"conditions": [{"matchType": "name", "propertyValue": "يلدا"}], "lang": "ar"},
            {"type": "governorate", "conditions": [{"matchType": "name", "propertyValue": "Homs"}]},
            {"conditions": [{"matchType": "id", "propertyValue": "C2302"}]},
            {
                "limit": 1,
                "conditions": [
                    {"matchType": "name", "propertyValue": "Yarmuk"},
                    {"matchType": "property", "propertyId": "governorate", "propertyValue": {"id": "SY12"}},
                ],
            },
            {"conditions": [{"matchType": "name", "propertyValue": "Springfield"}]},
        ]
        results = client.post("/reconcile/1.0/match", json={"queries": queries}).json()["results"]
        first = [each["candidates"][0] if each["candidates"] else None for each in results]
        assert (first[0]["name"], first[0]["match"]) == ("يلدا", True)
        assert first[1]["type"][0]["id"] == "governorate"
        assert (first[2]["id"], first[2]["score"]) == (first[0]["id"], 100)
        assert client.get(f"/places/{first[3]['id']}").json()["properties"]["admin"][0]["pcode"] == "SY12"
        assert first[4] is None
        for each in first[:4]:
            assert 0 <= each["score"] <= 100
            assert all(isinstance(feature["name"], str) and feature["name"] for feature in each["features"])

    @pytest.mark.parametrize(
        ("names", "kind"),
        [
            (["Qwvxpj", "يلدا"], "town"),
            (["Yelda", "Qwvxpj", "Yalda"], "town"),
            ([{"id": "C2302", "name": "Yalda"}], None),
        ],
    )
    def test_of_several_names_any_may_match(self, client, names, kind):
        condition = {"matchType": "name", "propertyValue": names}
        queries = [{"conditions": [condition], "type": kind}, {"conditions": [condition | {"propertyValue": []}]}]
        several, none = client.post("/reconcile/1.0/match", json={"queries": queries}).json()["results"]
        assert (several["candidates"][0]["name"], several["candidates"][0]["match"]) == ("Yalda", True)
        assert none["candidates"] == []

    @pytest.mark.parametrize(("lang", "inside"), [("en", "inside Daraa"), ("ar", "داخل Daraa")])
    def test_a_feature_says_what_it_is_about(self, client, lang, inside):
        conditions = [
            {"matchType": "name", "propertyValue": "Nawa"},
            {"matchType": "property", "propertyId": "governorate", "propertyValue": "Daraa"},
        ]
        query = {"conditions": conditions, "lang": lang}
        (result,) = client.post("/reconcile/1.0/match", json={"queries": [query]}).json()["results"]
        assert inside in {feature["name"] for feature in result["candidates"][0]["features"]}

    @pytest.mark.parametrize(
        ("path", "body", "field"),
        [
            ("match", {}, "queries"),
            ("match", {"queries": [{"conditions": []}]}, "queries.0.conditions"),
            ("match", [], "body"),
            ("extend", {"properties": []}, "ids"),
        ],
    )
    def test_a_refusal_names_the_member_by_its_path(self, client, path, body, field):
        problem = client.post(f"/reconcile/1.0/{path}", json=body).json()
        assert [fault["field"] for fault in problem["errors"]] == [field]

    def test_values_come_in_lists(self, client):
        asked = {"ids": ["C2302", "nowhere"], "properties": [{"id": "name_ar"}, {"id": "governorate"}]}
        answer = client.post("/reconcile/1.0/extend", json=asked).json()
        known, unknown = answer["rows"]
        assert known["properties"][0] == {"id": "name_ar", "values": [{"str": "يلدا"}]}
        assert unknown["properties"][1]["values"] == []

    @pytest.mark.parametrize(
        "body", [{}, {"queries": [{}]}, {"queries": [{"conditions": []}]}, {"queries": {"q": {"query": "Homs"}}}]
    )
    def test_what_cannot_be_read_is_refused(self, client, body):
        assert client.post("/reconcile/1.0/match", json=body).status_code == 400


@pytest.mark.parametrize(
    ("limit", "status"), [("1000", 200), ("1001", 400), ("21925298566781282025472", 400), ("0", 400)]
)
def test_a_limit_beyond_all_numbers_is_refused(client, limit, status):
    assert client.get(f"/reconcile/properties?type=village&limit={limit}").status_code == status


@pytest.mark.parametrize(
    "cell",
    ["حلب (محافظة)", "Aéroport de Damas", "خالد", "سراقب وبنش", "Ramadi", "Deir Talbiseh", "SY0301", "..."],
)
def test_candidates_are_those_of_a_lookup(gazetteer, cell):
    candidates = find_candidates(gazetteer, OneQuery(query=cell))
    matches = gazetteer.lookup(cell, limit=5)
    assert [(match.place.id, match.score) for match in candidates.matches] == [
        (match.place.id, match.score) for match in matches
    ]
    assert not candidates.certain or matches[0].score >= SURE_SCORE
