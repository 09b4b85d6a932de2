"""The native API: what it finds, how it says that it cannot, and how answers may be chosen and kept."""

import base64
import csv
import hashlib
import json
import re
from typing import get_args

import httpx
import pytest

import buldan
from buldan.formats.forms import FORMS
from buldan.http.routes.geoparse import Format


@pytest.mark.parametrize(
    ("spelling", "pcode"),
    [
        ("يلدا", "C2302"),
        ("Yelda", "C2302"),
        ("بلدة يلدا", "C2302"),
        ("Yalda, Rif Dimashq", "C2302"),
        ("C2302", "C2302"),
    ],
)
def test_a_lookup_finds_the_place_in_any_spelling(client, spelling, pcode):
    answer = client.get("/lookup", params={"q": spelling})
    assert answer.headers["content-type"] == "application/geo+json"
    best = answer.json()["features"][0]
    assert best["properties"]["pcode"] == pcode
    assert best["geometry"]["type"] == "Point"


def test_every_answer_carries_version_attribution_and_licence(client, gazetteer):
    for path in (
        "/lookup?q=Homs",
        "/places/SY04",
        "/places?limit=1",
        "/reverse?lon=36.7&lat=34.7",
        "/suggest?q=Ho",
    ):
        answer = client.get(path).json()
        assert answer["version"] == gazetteer.version
        assert answer["attribution"] == gazetteer.manifest.attribution
        assert answer["licence"] == gazetteer.manifest.licence


def test_the_answer_is_that_of_the_library(client, gazetteer):
    for name in ("Yelda", "حمص", "Tel Abiad", "درعا"):
        over_http = client.get("/lookup", params={"q": name, "limit": 7}).json()
        assert over_http == json.loads(json.dumps(gazetteer.lookup(name, limit=7).to_geojson()))


def test_a_batch_gives_the_answers_of_one_by_one(client):
    names = ["يلدا", {"q": "Nawa", "within": "Daraa"}, "Springfield, Illinois", "Tel Abiad"]
    batch = client.post("/lookup", json={"names": names, "limit": 3}).json()["results"]
    for name, answer in zip(names, batch, strict=True):
        asked = {"q": name} if isinstance(name, str) else name
        alone = client.get("/lookup", params={**asked, "limit": 3}).json()
        head = {"version", "attribution", "licence"}
        assert {k: v for k, v in answer.items() if k not in head} == {k: v for k, v in alone.items() if k not in head}


def test_a_row_of_a_batch_that_cannot_be_read_takes_no_other_with_it(client):
    names = ["يلدا", {"q": "Nawa", "within": "Atlantis"}, {"q": "Homs", "when": "now"}, 7, "", "a" * 301, "Homs"]
    answer = client.post("/lookup", json={"names": names, "limit": 1})
    assert answer.status_code == 200
    results = answer.json()["results"]
    assert [bool(each["features"]) for each in results] == [True] + [False] * 5 + [True]
    told = [(each["error"]["row"], each["error"]["errors"][0]["field"]) for each in results if "error" in each]
    assert [row for row, _ in told] == [2, 3, 4, 5, 6]
    assert [field for _, field in told][:3] == ["within", "when", "names"]
    assert "Atlantis" in results[1]["error"]["errors"][0]["message"]


def test_a_unit_for_all_rows_that_is_unknown_is_said_once(client):
    answer = client.post("/lookup", json={"names": ["يلدا", "Homs"], "within": "Atlantis"})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "within"


def test_nothing_near_gives_an_empty_collection(client):
    answer = client.get("/lookup", params={"q": "Springfield"})
    assert answer.status_code == 200
    assert answer.json()["features"] == []


def test_names_come_in_the_language_asked_for(client):
    by_parameter = client.get("/lookup?q=yalda&lang=ar").json()["features"][0]["properties"]["name"]
    by_header = client.get("/lookup?q=yalda", headers={"Accept-Language": "ar-SY,en;q=0.5"}).json()
    assert by_parameter == "يلدا"
    assert by_header["features"][0]["properties"]["name"] == "يلدا"


def test_fields_choose_properties(client):
    feature = client.get("/lookup?q=yalda&fields=name,pcode&fields=score").json()["features"][0]
    assert set(feature["properties"]) == {"name", "pcode", "score"}


def test_a_unit_comes_with_its_outline_when_asked(client):
    feature = client.get("/places/SY07?geometry=area").json()
    assert feature["geometry"]["type"] in {"Polygon", "MultiPolygon"}
    west, south, east, north = feature["bbox"]
    assert west < feature["properties"]["lon"] < east
    assert south < feature["properties"]["lat"] < north


@pytest.mark.parametrize("scheme", ["pcode", "geonames"])
def test_a_place_is_found_by_any_of_its_ids(client, scheme):
    place = client.get("/places/C2302").json()["properties"]
    assert client.get(f"/places/{place['id']}").json()["properties"] == place
    assert client.get(f"/places/{scheme}:{place['identifiers'][scheme]}").json()["properties"] == place


def test_pages_link_to_each_other_and_hold_every_place_once(client, gazetteer):
    seen, url = [], "/places?kind=town&limit=50"
    while url:
        page = client.get(url).json()
        seen += [feature["id"] for feature in page["features"]]
        url = next((link["href"] for link in page["links"] if link["rel"] == "next"), None)
    assert len(seen) == len(set(seen)) == page["number_matched"] == gazetteer.counts()["town"]


def test_places_of_a_unit_lie_in_it(client):
    page = client.get("/places", params={"within": "درعا", "kind": "town,city", "limit": 200}).json()
    assert page["number_matched"] > 5
    assert {feature["properties"]["admin"][0]["pcode"] for feature in page["features"]} == {"SY12"}


def test_reverse_gives_the_nearest_first(client):
    found = client.get("/reverse?lon=36.32&lat=33.464&kind=settlement&limit=5").json()["features"]
    distances = [feature["properties"]["distance_km"] for feature in found]
    assert found[0]["properties"]["pcode"] == "C2302"
    assert distances == sorted(distances)


def test_suggestions_begin_as_was_typed(client):
    found = client.get("/suggest", params={"q": "يلد"}).json()["suggestions"]
    assert "يلدا" in [each["text"] for each in found]


def test_a_text_gives_mentions_where_they_stand(client):
    text = "😀 وصل الوفد إلى مدينة حلب ثم إلى بلدة يلدا في ريف دمشق."
    found = client.post("/geoparse", json={"text": text}).json()["features"]
    assert found
    for feature in found:
        start, end = feature["properties"]["start"], feature["properties"]["end"]
        assert text[start:end] == feature["properties"]["text"]
    units = client.post("/geoparse?offsets=utf16", content=text.encode(), headers={"Content-Type": "text/plain"})
    wide = text.encode("utf-16-le")
    for feature in units.json()["features"]:
        start, end = feature["properties"]["start"], feature["properties"]["end"]
        assert wide[2 * start : 2 * end].decode("utf-16-le") == feature["properties"]["text"]


def test_mentions_come_as_lines_and_as_a_table(client):
    text = "وصل الوفد إلى مدينة حلب ثم إلى بلدة يلدا في ريف دمشق."
    features = client.post("/geoparse", json={"text": text}).json()["features"]
    spans = [(feature["properties"]["start"], feature["properties"]["text"]) for feature in features]
    lines = client.post("/geoparse", json={"text": text, "format": "jsonl"})
    assert lines.headers["content-type"].startswith("application/x-ndjson")
    assert [(line["start"], line["text"]) for line in map(json.loads, lines.text.splitlines())] == spans
    table = client.post("/geoparse?format=csv", content=text.encode(), headers={"Content-Type": "text/plain"})
    assert table.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(table.text.splitlines()))
    assert [(int(row["start"]), row["text"]) for row in rows] == spans


def test_a_text_comes_in_every_form_by_name_or_by_what_is_accepted(client):
    text = "وصل الوفد إلى مدينة حلب ثم إلى بلدة يلدا في ريف دمشق."
    own = {"geojson": "application/geo+json", "html": "text/html"}
    known = own | {name: form.media_type for name, form in FORMS.items()}
    assert set(known) == set(get_args(Format))
    for name, media_type in known.items():
        named = client.post("/geoparse", json={"text": text, "format": name})
        assert named.headers["content-type"].startswith(media_type.split(";")[0])
        assert "يلدا" in named.text
    for accept, form in {
        "application/tei+xml": "tei",
        "text/csv;q=0.5, application/vnd.google-earth.kml+xml": "kml",
        'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"': "web-annotation",
        "application/json, text/plain, */*": "geojson",
        "*/*": "geojson",
        "text/csv;q=x": "geojson",
    }.items():
        accepted = client.post("/geoparse", json={"text": text}, headers={"Accept": accept})
        assert accepted.headers["content-type"].startswith(known[form].split(";")[0]), accept
    tei = client.post("/geoparse?format=tei", content=text.encode(), headers={"Content-Type": "text/plain"})
    assert f"{str(client.base_url).rstrip('/')}/places/bd1j2jaz6k" in tei.text


def test_a_text_comes_as_a_page_that_can_do_no_harm(client):
    text = "<script>alert(1)</script> وصل الوفد إلى بلدة يلدا <b onclick=x>"
    page = client.post("/geoparse", json={"text": text, "format": "html"})
    assert page.headers["content-type"].startswith("text/html")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.text
    assert "<script" not in page.text
    assert "<b " not in page.text
    assert ">يلدا</mark>" in page.text
    (style,) = re.findall(r"<style>(.*?)</style>", page.text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in page.headers["content-security-policy"]


def test_a_declared_charset_is_read_and_an_undeclared_one_refused(client):
    text = "وصل الوفد إلى مدينة حلب ثم إلى بلدة يلدا في ريف دمشق."
    declared = client.post(
        "/geoparse",
        content=text.encode("cp1256"),
        headers={"Content-Type": "text/plain; charset=windows-1256"},
    )
    plain = client.post("/geoparse", content=text.encode(), headers={"Content-Type": "text/plain"})
    assert declared.json() == plain.json()
    refused = client.post("/geoparse", content=text.encode("cp1256"), headers={"Content-Type": "text/plain"})
    assert refused.status_code == 422
    assert "windows-1256" in refused.json()["detail"]


def test_mentions_of_one_place_are_gathered(client):
    text = "قصف على بلدة يلدا. وقالت مصادر محلية إن القصف على بلدة يلدا توقف."
    found = client.post("/geoparse?by=place", json={"text": text}).json()["features"]
    yalda = next(feature for feature in found if feature["properties"]["pcode"] == "C2302")
    assert [mention["text"] for mention in yalda["properties"]["mentions"]] == ["يلدا", "يلدا"]


TEXTS = [
    "قصف على بلدة يلدا. وقالت مصادر محلية إن القصف على بلدة يلدا توقف.",
    "😀 Fighting in Douma and Harasta, and near Beirut.",
    "",
    "لا شيء هنا",
    "<p>وصل الوفد إلى <b>مدينة حلب</b> ثم إلى درعا</p>",
    "نزحت العائلات من دير الزور إلى منبج وبالرقة",
]


@pytest.mark.parametrize("asked", [{}, {"by": "place"}, {"offsets": "utf16", "lang": "ar"}, {"foreign": True}])
def test_texts_together_get_the_answers_of_one_by_one(client, asked):
    answer = client.post("/geoparse", json={"texts": TEXTS, **asked})
    assert answer.headers["content-type"] == "application/json"
    alone = [client.post("/geoparse", json={"text": text, **asked}).json() for text in TEXTS]
    assert answer.json()["results"] == alone
    assert [bool(each["features"]) for each in alone] == [True, True, False, False, True, True]
    named = {name: str(value).lower() for name, value in asked.items()}
    assert client.post("/geoparse", params=named, json={"texts": TEXTS}).json() == answer.json()


def test_what_is_no_text_takes_no_text_with_it(client):
    results = client.post("/geoparse", json={"texts": ["في حلب", 7, None, {"text": "في حمص"}, "في درعا"]}).json()[
        "results"
    ]
    assert [each.get("error", {}).get("row") for each in results] == [None, 2, 3, 4, None]
    assert [[each["id"] for each in one["features"]] for one in results] == [
        [each["id"] for each in client.post("/geoparse", json={"text": text}).json()["features"]] if text else []
        for text in ("في حلب", "", "", "", "في درعا")
    ]
    assert all(each["error"]["errors"][0]["field"] == "texts" for each in results[1:4])


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        ({"texts": []}, 422, "texts"),
        ({"texts": "في حلب"}, 422, "texts"),
        ({"texts": ["في حلب"], "text": "في حلب"}, 422, "text"),
        ({"texts": ["في حلب"], "format": "xml"}, 422, "format"),
        ({"texts": ["في حلب"] * 1_001}, 413, "1001 texts"),
        ({"texts": ["س" * 50_001] * 2}, 413, "100002 letters"),
    ],
)
def test_texts_that_cannot_be_taken_together_are_refused(client, body, status, said):
    refused = client.post("/geoparse", json=body)
    assert refused.status_code == status
    assert said in str(refused.json())


@pytest.mark.parametrize("form", ["csv", "tei", "iob", "kml", "html"])
def test_several_texts_come_back_in_any_form_as_each_does_alone(client, form):
    texts = ["في حلب", "Fighting in Douma and Harasta.", ""]
    together = client.post(f"/geoparse?format={form}&lang=en", json={"texts": texts}).json()["results"]
    alone = [client.post(f"/geoparse?format={form}&lang=en", json={"text": text}).text for text in texts]
    assert together == alone


@pytest.mark.parametrize(
    ("path", "status", "field"),
    [
        ("/lookup", 422, "q"),
        ("/lookup?q=", 422, "q"),
        ("/lookup?q=%20%20", 422, "q"),
        ("/lookup?q=%00", 422, "q"),
        ("/lookup?q=%D9%C9", 422, "query"),
        ("/lookup?q=" + "a" * 400, 422, "q"),
        ("/lookup?q=yalda&q=duma", 422, "q"),
        ("/lookup?q=yalda&limit=0", 422, "limit"),
        ("/lookup?q=yalda&limit=1000000000", 422, "limit"),
        ("/lookup?q=yalda&limit=1.5", 422, "limit"),
        ("/lookup?q=yalda&near=here", 422, "near"),
        ("/lookup?q=yalda&near=400,33", 422, "near"),
        ("/lookup?q=yalda&near=33.4,36.3", 422, "near"),
        ("/lookup?q=yalda&near=nan,33", 422, "near"),
        ("/lookup?q=yalda&kind=planet", 422, "kind"),
        ("/lookup?q=yalda&kind=", 422, "kind"),
        ("/places?kind=,", 422, "kind"),
        ("/lookup?q=yalda&within=Atlantis", 422, "within"),
        ("/lookup?q=yalda&within=", 422, "within"),
        ("/lookup?q=yalda&whithin=Homs", 422, "whithin"),
        ("/lookup?q=yalda&fields=colour", 422, "fields"),
        ("/lookup?q=yalda&lang=arabic", 422, "lang"),
        ("/places?bbox=1,2,3", 422, "bbox"),
        ("/places?bbox=36,34,37,33", 422, "bbox"),
        ("/places?within=Atlantis", 404, None),
        ("/reverse?lon=181&lat=0", 422, "lon"),
        ("/reverse?lon=36&lat=inf", 422, "lat"),
        ("/reverse?lat=33", 422, "lon"),
        ("/places/atlantis", 404, None),
        ("/places/..%2F..%2Fetc%2Fpasswd", 404, None),
        ("/nowhere", 404, None),
        ("/lookup?q=" + "a" * 9000, 414, None),
    ],
)
def test_what_cannot_be_asked_gets_a_problem_that_names_the_field(client, path, status, field):
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert {"type", "title", "status", "detail", "instance"} <= problem.keys()
    assert problem["status"] == status
    if field:
        assert field in [fault["field"] for fault in problem["errors"]]


@pytest.mark.parametrize(
    ("content", "content_type", "status"),
    [
        (b"{", "application/json", 422),
        (b"[]", "application/json", 422),
        (b'{"names": []}', "application/json", 422),
        (b'{"names": 1}', "application/json", 422),
        (b'{"names": ["\\ud800"]}', "application/json", 422),
        (b'{"names": ["Homs"], "kinds": null, "fields": {}}', "application/json", 422),
        (b'{"names": ["Homs"]}', "text/csv", 415),
        (json.dumps({"names": ["Homs"] * 1001}).encode(), "application/json", 413),
        (b" " * 1_000_001, "application/json", 413),
    ],
)
def test_a_batch_that_cannot_be_read_is_refused(client, content, content_type, status):
    answer = client.post("/lookup", content=content, headers={"Content-Type": content_type})
    assert answer.status_code == status
    assert answer.json()["status"] == status


def test_a_body_without_declared_length_is_cut_off_at_the_limit(client):
    chunks = (b"x" * 100_000 for _ in range(20))
    answer = client.post("/geoparse", content=chunks, headers={"Content-Type": "text/plain"})
    assert answer.status_code == 413


def test_the_wrong_method_is_told_the_right_ones(client):
    answer = client.delete("/lookup")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS, POST"


@pytest.mark.parametrize("path", ["/lookup?q=yalda", "/places/SY03", "/ogc/collections", "/nominatim/search?q=yalda"])
def test_head_gives_the_headers_of_get(client, path):
    plain = {"Accept-Encoding": "identity"}
    got, head = client.get(path, headers=plain), client.head(path, headers=plain)
    assert head.content == b""
    ignored = {"date", "x-request-id"}
    assert {k: v for k, v in head.headers.items() if k not in ignored} == {
        k: v for k, v in got.headers.items() if k not in ignored
    }


def test_an_answer_that_is_still_fresh_is_not_sent_again(client):
    first = client.get("/lookup?q=yalda")
    assert first.headers["cache-control"] == "public, max-age=3600"
    again = client.get("/lookup?q=yalda", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get("/lookup?q=duma", headers={"If-None-Match": first.headers["etag"]})
    assert other.status_code == 200
    in_arabic = client.get("/lookup?q=yalda", headers={"Accept-Language": "ar"})
    assert in_arabic.headers["etag"] != first.headers["etag"]


@pytest.mark.parametrize("encoding", ["gzip", "br", "zstd", "identity"])
def test_a_tag_is_known_in_every_form_and_names_what_answers_vary_by(client, encoding):
    """Proxies drop the W/ of a weak tag, and send several; a cache takes over the headers of a 304."""
    first = client.get("/lookup?q=يلدا", headers={"Accept-Encoding": encoding})
    tag = first.headers["etag"]
    for known in (tag, tag.removeprefix("W/"), f'"0", {tag}'):
        again = client.get("/lookup?q=يلدا", headers={"Accept-Encoding": encoding, "If-None-Match": known})
        assert (again.status_code, again.content) == (304, b"")
        varies = [{name.strip() for name in each.headers["vary"].split(",")} for each in (first, again)]
        assert varies[0] == varies[1] >= {"Accept-Encoding", "Accept-Language"}
    assert client.get("/lookup?q=يلدا", headers={"If-None-Match": tag[:-2] + '"'}).status_code == 200


def test_a_point_that_looks_swapped_is_refused_by_the_names_of_its_parameters(client):
    for path, field in (("/reverse?lon=33.5&lat=36.3", "lon, lat"), ("/lookup?q=Nawa&near=33.5,36.3", "near")):
        problem = client.get(path).json()
        assert (problem["status"], problem["errors"][0]["field"]) == (422, field)


@pytest.mark.parametrize(
    ("member", "words"),
    [
        ({"limit": None}, "limit: must be a whole number"),
        ({"limit": 10**25}, "limit: is too large"),
        ({"limit": 2.5}, "limit: must be a whole number"),
        ({"lang": "English"}, "lang: must have the form ^[a-z]{2,3}$"),
    ],
)
def test_what_a_member_must_be_is_said_in_our_words(client, member, words):
    assert client.post("/lookup", json={"names": ["يلدا"], **member}).json()["detail"] == words


def test_a_problem_is_not_cached(client):
    assert client.get("/lookup?q=").headers["cache-control"] == "no-store"


@pytest.mark.parametrize("encoding", ["gzip", "br", "zstd", "identity"])
def test_answers_are_compressed_as_the_client_wishes(client, encoding):
    for _ in range(3):  # the second and third are kept answers
        answer = client.get("/lookup?q=yalda&limit=20", headers={"Accept-Encoding": encoding})
        assert answer.headers.get("content-encoding", "identity") == encoding
        assert answer.json()["features"][0]["properties"]["pcode"] == "C2302"


def test_pages_elsewhere_may_read(client):
    origin = {"Origin": "https://example.org"}
    assert client.get("/lookup?q=yalda", headers=origin).headers["access-control-allow-origin"] == "*"
    asked = client.options("/lookup", headers={**origin, "Access-Control-Request-Method": "POST"})
    assert asked.status_code == 200
    assert "POST" in asked.headers["access-control-allow-methods"]


def test_json_may_not_be_taken_for_a_page(client):
    headers = client.get("/lookup?q=yalda").headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"].startswith("default-src 'none'")


@pytest.mark.parametrize("path", ["/", "/ogc/api.html", "/reconcile/preview?id=C2302"])
def test_every_page_has_a_strict_policy(client, path):
    answer = client.get(path)
    assert answer.headers["content-type"].startswith("text/html")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy or "default-src 'self'" in policy
    assert "unsafe" not in policy


def test_info_counts_what_is_there(client, gazetteer: buldan.Gazetteer):
    info = client.get("/info").json()
    assert info["places"] == len(gazetteer) == sum(info["kinds"].values())
    assert {source["key"] for source in info["sources"]} >= {"ocha", "geonames"}


def test_the_landing_page_is_there(client: httpx.Client):
    assert "Buldan" in client.get("/").text


@pytest.mark.parametrize(
    ("within", "faults"),
    [
        ("", [("within", "the text is empty; give a place name")]),
        ([1, {"unit": "Homs"}], [("within.0", "must be text"), ("within.1", "must be text")]),
        (5, [("within", "must be text"), ("within", "must be a list")]),
    ],
)
def test_a_fault_in_a_body_names_the_member_that_was_sent(client, within, faults):
    answer = client.post("/lookup", json={"names": ["دوما"], "within": within})
    assert answer.status_code == 422
    assert [(fault["field"], fault["message"]) for fault in answer.json()["errors"]] == faults
