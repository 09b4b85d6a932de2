"""Bounds on work, on what is sent, and on what is told."""

import time

import httpx
import pytest

from .conftest import serving

LONG = "سوق الحميدية القديم في وسط المدينة قرب الجامع الأموي الكبير وشارع النصر"


@pytest.fixture(scope="module")
def narrow(tmp_path_factory):
    """A server that gives up soon, with room for one long request at a time."""
    limits = {"time_limit_s": "1", "max_running": "1", "max_waiting": "0", "max_batch_letters": "80000"}
    folder = tmp_path_factory.mktemp("limits")
    with (
        serving(folder, max_mentions="20", **limits) as server,
        httpx.Client(base_url=server.url, timeout=60) as client,
    ):
        yield client


@pytest.mark.parametrize(
    "ask",
    [
        lambda client, names: client.post("/lookup", json={"names": names}),
        lambda client, names: client.post(
            "/reconcile", json={"queries": {str(i): {"query": n} for i, n in enumerate(names)}}
        ),
        lambda client, names: client.post(
            "/reconcile/1.0/match",
            json={"queries": [{"conditions": [{"matchType": "name", "propertyValue": n}]} for n in names]},
        ),
    ],
    ids=["lookup", "reconcile", "match"],
)
def test_work_ends_when_nobody_waits_for_it_any_more(narrow, ask):
    names = [f"{LONG} {number}" for number in range(1_000)]  # within bounds together, and far too much work
    assert sum(map(len, names)) < 80_000
    assert ask(narrow, names).status_code == 503
    until = time.monotonic() + 3  # the name that was being looked up may be finished first
    while time.monotonic() < until and ask(narrow, ["Homs"]).status_code == 503:
        time.sleep(0.1)
    assert ask(narrow, ["Homs"]).status_code == 200
    assert narrow.get("/health").elapsed.total_seconds() < 0.5


def test_names_are_bounded_together(narrow):
    assert narrow.post("/lookup", json={"names": ["a" * 290] * 300}).status_code == 413
    assert (
        narrow.post("/reconcile", json={"queries": {str(n): {"query": "a" * 290} for n in range(300)}}).status_code
        == 413
    )


def test_more_mentions_than_are_told_are_said_to_be(narrow):
    text = "حلب، " * 300
    told = narrow.post("/geoparse", content=text.encode(), headers={"Content-Type": "text/plain"})
    collection = told.json()
    assert len(collection["features"]) == collection["truncated"]["mentions"] == 20
    assert "by=place" in collection["truncated"]["advice"]
    assert told.headers["buldan-truncated"] == "20"
    lines = narrow.post("/geoparse?format=csv", content=text.encode(), headers={"Content-Type": "text/plain"})
    assert (len(lines.text.splitlines()), lines.headers["buldan-truncated"]) == (21, "20")


def test_by_place_counts_every_mention_and_leaves_no_place_out(narrow):
    text = "حلب، " * 300 + " ثم درعا ثم يلدا"
    collection = narrow.post("/geoparse?by=place", json={"text": text}).json()
    counts = {each["properties"]["name_en"]: each["properties"]["mention_count"] for each in collection["features"]}
    assert counts["Aleppo"] == 300
    assert {"Aleppo", "Yalda"} <= counts.keys()
    assert sum(len(each["properties"]["mentions"]) for each in collection["features"]) < 30


def test_a_short_text_is_told_whole(narrow):
    collection = narrow.post("/geoparse", json={"text": "يلدا وببيلا"}).json()
    assert "truncated" not in collection
    assert len(collection["features"]) == 2


def test_a_body_in_chunks_is_bounded_like_any(tmp_path):
    def chunks():
        for _ in range(30):
            yield b" " * 100

    with serving(tmp_path, max_body_bytes="2000") as server:
        answer = httpx.post(f"{server.url}/geoparse", content=chunks(), headers={"Content-Type": "text/plain"})
        assert answer.status_code == 413
        small = httpx.post(f"{server.url}/geoparse", content=iter([b"Homs"]), headers={"Content-Type": "text/plain"})
        assert small.status_code == 200


def test_a_kept_answer_is_of_the_host_that_was_asked_for(client):
    path = "/places?kind=governorate&limit=2"
    for host in ("a.example", "b.example", "a.example"):
        links = client.get(path, headers={"Host": host}).json()["links"]
        assert {link["href"].split("/places")[0] for link in links} == {f"http://{host}"}


def test_a_kept_answer_is_of_the_language_that_was_asked_for(client):
    for lang, name in (("ar", "يلدا"), ("en", "Yalda"), ("ar", "يلدا")):
        found = client.get("/lookup?q=Yalda&limit=1", headers={"Accept-Language": lang}).json()
        assert found["features"][0]["properties"]["name"] == name
