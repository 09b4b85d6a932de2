"""Keys, rates, request ids, and new data while running."""

import asyncio
import signal

import httpx
import pytest

from buldan.errors import QueryError
from buldan.http.middleware.keys import ApiKeys, RateLimit, read_rate, without_key
from buldan.settings import Settings

KEYS = "kept-for-analysts,kept-for-others"


@pytest.fixture(scope="module")
def keyed(serve, tmp_path_factory):
    folder = tmp_path_factory.mktemp("keys")
    with serve(
        folder, api_keys=KEYS, key_in_path="true", open_lookups="true", open_paths="/health,/ready,/metrics"
    ) as server:
        yield server


def test_keys_are_compared_whole(keyed):
    ask = {"json": {"names": ["Homs"]}, "timeout": 30}
    assert httpx.post(f"{keyed.url}/lookup", headers={"X-API-Key": "kept-for-analysts"}, **ask).status_code == 200
    for near in ("kept-for-analyst", "kept-for-analysts2", "kept", "kept-for-", "KEPT-FOR-ANALYSTS", KEYS, ""):
        assert httpx.post(f"{keyed.url}/lookup", headers={"X-API-Key": near}, **ask).status_code == 401


def test_page_and_single_lookups_may_be_left_open(keyed):
    for path in (
        "/",
        "/static/js/main.js",
        "/page.json",
        "/suggest?q=Hom",
        "/lookup?q=Homs",
        "/places/C2302",
        "/health",
        "/metrics",
    ):
        answer = httpx.get(keyed.url + path)
        assert answer.status_code != 401, path
    for path in ("/nominatim/search?q=Homs", "/ogc/collections", "/openapi.json"):
        assert httpx.get(keyed.url + path).status_code == 401, path
    for path in ("/lookup", "/geoparse", "/reconcile", "/mentions.gpkg"):
        assert httpx.post(keyed.url + path, json={"text": "Homs"}).status_code == 401, path


def test_a_browser_signs_in_for_its_session(serve, tmp_path):
    with (
        serve(tmp_path, api_keys=f"{KEYS},ключ;=") as server,
        httpx.Client(base_url=server.url, timeout=30) as browser,
    ):
        html = {"Accept": "text/html,*/*;q=0.8"}
        sent = browser.get("/", headers=html)
        assert (sent.status_code, sent.headers["location"]) == (303, "/sign-in")
        assert browser.get("/").status_code == 401
        assert 'type="password"' in browser.get("/sign-in").text
        for wrong in ("", "kept-for", "nobody's"):
            refused = browser.post("/sign-in", data={"key": wrong})
            assert refused.status_code == 401
            assert "set-cookie" not in refused.headers
        for key in ("kept-for-others", "ключ;="):
            taken = browser.post("/sign-in", data={"key": key})
            cookie = taken.headers["set-cookie"].lower()
            assert taken.status_code == 303
            assert all(each in cookie for each in ("httponly", "samesite=strict", "path=/"))
            assert not {"max-age", "expires"} & {part.split("=")[0].strip() for part in cookie.split(";")}
            assert browser.get("/", headers=html).status_code == 200
            assert browser.post("/lookup", json={"names": ["Homs"]}).status_code == 200
            assert browser.get("/ogc/collections").status_code == 200
            assert browser.post("/sign-out").status_code == 303
            assert browser.post("/lookup", json={"names": ["Homs"]}).status_code == 401


def test_without_keys_there_is_nothing_to_sign_in_to(server):
    assert httpx.get(f"{server.url}/sign-in").status_code == 303
    assert httpx.post(f"{server.url}/sign-in", data={"key": ""}).status_code == 401


@pytest.mark.parametrize(
    "cookie", ["buldan_key=%zz", "buldan_key", "; ;=", 'buldan_key="kept', "x=[]; buldan_key=kept"]
)
def test_a_cookie_that_is_no_key_opens_nothing(keyed, cookie):
    answer = httpx.get(f"{keyed.url}/ogc/collections", headers={"Cookie": cookie})
    assert answer.status_code == 401


def test_a_key_in_the_path_opens_and_is_carried_on_by_links_but_never_logged(keyed):
    with_key = f"{keyed.url}/key/kept-for-others"
    assert httpx.get(f"{with_key}/nominatim/search?q=Homs").json()[0]["name"] == "Homs"
    page = httpx.get(f"{with_key}/ogc/collections/town/items?limit=2").json()
    following = next(link["href"] for link in page["links"] if link["rel"] == "next")
    assert following.startswith(with_key)
    assert httpx.get(following).json()["numberReturned"] == 2
    assert httpx.get(f"{keyed.url}/key/wrong-one/nominatim/search?q=Homs").status_code == 401
    log = keyed.log.read_text("utf-8")
    assert "/key/…/nominatim/search" in log
    assert "kept-for-others" not in log
    assert "wrong-one" not in log


def test_a_key_in_the_path_is_no_address_unless_it_is_allowed(serve, tmp_path):
    with serve(tmp_path, api_keys=KEYS) as server:
        assert httpx.get(f"{server.url}/key/kept-for-others/lookup?q=Homs").status_code == 401
        assert httpx.get(f"{server.url}/").status_code == 401


def test_who_asks_too_often_is_told_when_to_come_back(serve, tmp_path):
    with serve(tmp_path, api_keys=KEYS, rate_limit="3/hour") as server:
        ask = lambda key: httpx.get(f"{server.url}/lookup?q=Homs", headers={"X-API-Key": key})  # noqa: E731
        assert [ask("kept-for-others").status_code for _ in range(4)] == [200, 200, 200, 429]
        refused = ask("kept-for-others")
        assert 0 < int(refused.headers["retry-after"]) <= 3600
        assert "3 requests" in refused.json()["detail"]
        assert ask("kept-for-analysts").status_code == 200
        assert all(httpx.get(f"{server.url}/health").status_code == 200 for _ in range(5))


def test_a_rate_that_cannot_be_read_is_refused_with_an_example():
    with pytest.raises(QueryError, match="60/minute"):
        read_rate("often")


def test_each_request_has_an_id_in_its_answer_and_in_the_log(keyed):
    given = httpx.get(f"{keyed.url}/lookup?q=Homs", headers={"X-Request-ID": "trace-7.a"})
    assert given.headers["x-request-id"] == "trace-7.a"
    made = [
        httpx.get(f"{keyed.url}/lookup?q=Homs", headers={"X-Request-ID": "no id!"}).headers["x-request-id"]
        for _ in "ab"
    ]
    assert made[0] != made[1]
    keyed.wait_until(lambda: {"trace-7.a", *made} <= {line["request_id"] for line in keyed.lines()})


def test_new_data_are_served_from_sighup_on_and_damaged_ones_are_not(serve, tmp_path, mini):
    own = tmp_path / "own.csv"
    own.write_text("name_en,lon,lat\nOneoffton,36.5,33.5\n", "utf-8")
    with serve(tmp_path, overlay=str(own), gazetteer=str(mini)) as server:
        found = lambda name: bool(httpx.get(f"{server.url}/lookup?q={name}").json()["features"])  # noqa: E731
        assert found("Oneoffton")
        own.write_text("name_en,lon,lat\nTwiceburg,36.5,33.5\n", "utf-8")
        server.process.send_signal(signal.SIGHUP)
        server.wait_until(lambda: found("Twiceburg"))
        assert not found("Oneoffton")
        own.write_text("name_en,lon,lat\nBroken,far,away\n", "utf-8")
        server.process.send_signal(signal.SIGHUP)
        server.wait_until(lambda: "not reloaded" in server.log.read_text("utf-8"))
        assert found("Twiceburg")


def status_of(layer, path="/lookup", method="GET", query=b"", **scope):
    """What a layer alone answers, and its headers; 200 where it lets a request through."""
    sent = []

    async def send(message):
        sent.append(message)

    asked = {"type": "http", "method": method, "path": path, "query_string": query, "headers": [], **scope}
    asyncio.run(layer(asked, None, send))
    return (sent[0]["status"], dict(sent[0]["headers"])) if sent else (200, {})


async def let_through(scope, receive, send):
    """An application that answers nothing."""


def test_rates_are_counted_by_address_where_there_is_no_key():
    layer = RateLimit(let_through, Settings(rate_limit="2/minute"))
    here, there = ("10.0.0.1", 5), ("10.0.0.2", 5)
    assert [status_of(layer, client=here)[0] for _ in range(3)] == [200, 200, 429]
    assert status_of(layer, client=("10.0.0.1", 6))[0] == 429  # another connection of the same client
    assert status_of(layer, client=there)[0] == 200
    assert [status_of(layer, client=None)[0] for _ in range(3)] == [200, 200, 429]
    assert status_of(layer, client=None, api_key=b"one")[0] == 200
    assert status_of(layer, "/health", client=here)[0] == 200


def test_who_is_to_come_back_at_once_is_told_to_wait_a_second():
    layer = RateLimit(let_through, Settings(rate_limit="1/second"))
    answers = [status_of(layer, client=("10.0.0.1", 5)) for _ in range(5)]
    refused = [headers for status, headers in answers if status == 429]
    assert {headers[b"retry-after"] for headers in refused} == {b"1"}


def test_what_is_open_without_a_key_is_the_manifest_and_nothing_beside_it():
    layer = ApiKeys(let_through, Settings(api_keys=("one",)))
    for path in ("/reconcile", "/reconcile/", "/reconcile/1.0", "/health"):
        assert status_of(layer, path)[0] == 200, path
    assert status_of(layer, "/lookup", method="OPTIONS")[0] == 200
    for path, method, query in (
        ("/reconcile", "GET", b"queries={}"),
        ("/reconcile", "POST", b""),
        ("/reconcile/suggest/entity", "GET", b""),
        ("/lookup", "GET", b""),
        ("/", "GET", b""),
    ):
        assert status_of(layer, path, method=method, query=query)[0] == 401, path


def test_of_a_path_the_first_key_is_hidden_since_it_alone_opens():
    assert without_key("/key/one/places/key/two") == "/key/…/places/key/two"


@pytest.mark.parametrize(
    ("header", "value", "status"),
    [
        (b"x-api-key", b"one", 200),
        (b"authorization", b"Bearer one", 200),
        (b"authorization", b"bearer  one ", 200),
        (b"authorization", b"Basic one", 401),
        (b"authorization", b"one", 401),
        (b"authorization", b"Bearer", 401),
        (b"authorization", b"Bearer one two", 401),
        (b"cookie", b"one", 401),
    ],
)
def test_a_key_is_taken_from_two_header_fields_alone(header, value, status):
    layer = ApiKeys(let_through, Settings(api_keys=("one",)))
    assert status_of(layer, headers=[(header, value)])[0] == status
