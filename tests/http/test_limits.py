"""Bounds on work, on what is sent, and on what is told."""

import contextlib
import gzip
import random
import socket
import struct
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

WORDS = ["سوق", "الحميدية", "القديم", "وسط", "المدينة", "قرب", "الجامع", "الأموي", "الكبير", "شارع", "النصر"]
LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"


def _costly_names(number: int) -> list[str]:
    """Lists of seven misspelled words: each word may be a place, and few are met twice, so that little can be kept."""
    chance = random.Random(17)

    def misspell(word: str) -> str:
        at = chance.randrange(len(word))
        return word[:at] + chance.choice(LETTERS) + word[at + 1 :]

    return ["، ".join(map(misspell, chance.sample(WORDS, 7))) for _ in range(number)]


@pytest.fixture(scope="module")
def narrow(serve, tmp_path_factory):
    """A server that gives up soon, with room for one long request at a time."""
    limits = {"time_limit_s": "1", "max_running": "1", "max_waiting": "0", "max_batch_letters": "80000"}
    folder = tmp_path_factory.mktemp("limits")
    with (
        serve(folder, max_mentions="20", **limits) as server,
        httpx.Client(base_url=server.url, timeout=60) as client,
    ):
        until = time.monotonic() + 60
        while time.monotonic() < until and client.post("/geoparse", json={"text": "Homs"}).status_code != 200:
            time.sleep(0.2)  # opening the geoparser may take longer than any request here
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
    names = _costly_names(1_000)  # within bounds together, and far too much work
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
    text = "حلب، " * 300 + "درعا، يلدا"
    collection = narrow.post("/geoparse?by=place", json={"text": text}).json()
    counts = {each["properties"]["name_en"]: each["properties"]["mention_count"] for each in collection["features"]}
    assert counts["Aleppo"] == 300
    assert {"Aleppo", "Yalda"} <= counts.keys()
    assert sum(len(each["properties"]["mentions"]) for each in collection["features"]) < 30


def test_each_of_several_texts_is_told_as_far_as_alone(narrow):
    texts = ["حلب، " * 300 + "درعا، يلدا", "يلدا وببيلا"]
    for by in ("mention", "place"):
        results = narrow.post("/geoparse", json={"texts": texts, "by": by}).json()["results"]
        assert results == [narrow.post("/geoparse", json={"text": text, "by": by}).json() for text in texts]
        assert [("truncated" in each) for each in results] == [True, False]


def test_a_short_text_is_told_whole(narrow):
    collection = narrow.post("/geoparse", json={"text": "يلدا وببيلا"}).json()
    assert "truncated" not in collection
    assert len(collection["features"]) == 2


def test_a_body_in_chunks_is_bounded_like_any(serve, tmp_path):
    def chunks():
        for _ in range(30):
            yield b" " * 100

    with serve(tmp_path, max_body_bytes="2000") as server:
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


@pytest.mark.parametrize("path", ["/lookup", "/geoparse", "/reconcile", "/reconcile/1.0/match"])
def test_a_compressed_body_is_refused_before_it_is_read(client, path):
    bomb = gzip.compress(b'{"text": "' + b" " * 50_000_000 + b'"}')
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    answer = client.post(path, content=bomb, headers=headers)
    assert answer.status_code == 415
    assert answer.headers["accept-encoding"] == "identity"
    assert "without Content-Encoding" in answer.text
    plain = client.post("/geoparse", json={"text": "Homs"}, headers={"Content-Encoding": "identity"})
    assert plain.status_code == 200


@pytest.mark.parametrize("path", ["/lookup", "/geoparse", "/reconcile", "/reconcile/1.0/match"])
@pytest.mark.parametrize("content", [b"[" * 900_000, b'{"text": ' + b'{"a":' * 150_000])
def test_json_nested_without_end_is_a_clear_refusal(client, path, content):
    answer = client.post(path, content=content, headers={"Content-Type": "application/json"})
    assert answer.status_code in {400, 422}
    assert "depth" in answer.text


def _connected(server):
    host, port = server.address.split(":")
    return socket.create_connection((host, int(port)), 10)


def test_many_idle_connections_and_slow_heads_leave_room_for_others(serve, tmp_path):
    """Those who connect and say nothing, or a letter at a time, go when their time is up, and hold up nobody."""
    with serve(tmp_path, read_timeout_s="2", keep_alive_s="1") as server, contextlib.ExitStack() as stack:
        idle = [stack.enter_context(_connected(server)) for _ in range(800)]
        slow = [stack.enter_context(_connected(server)) for _ in range(50)]
        for begun in range(6):
            for each in slow:
                with contextlib.suppress(OSError):
                    each.sendall(b"GET /lookup?q=homs HTTP/1.1\r\nHost: x\r\n"[begun * 6 : begun * 6 + 6])
            assert httpx.get(f"{server.url}/health", timeout=5).elapsed.total_seconds() < 2
            time.sleep(0.5)
        for each in (*idle, *slow):
            each.settimeout(10)
            with contextlib.suppress(ConnectionError):
                assert each.recv(100) == b""


def test_as_many_headers_as_there_is_room_for_are_read_and_no_more(server):
    def ask(count):
        with _connected(server) as connection:
            fields = b"".join(b"X-%d: a\r\n" % number for number in range(count))
            with contextlib.suppress(ConnectionError):
                connection.sendall(b"GET /lookup?q=homs HTTP/1.1\r\nHost: x\r\n" + fields)
                time.sleep(0.3)
                connection.sendall(b"Connection: close\r\n\r\n")
                return connection.recv(100)
        return b""

    assert b" 200 " in ask(3_000)
    assert b" 200 " not in ask(20_000)
    assert httpx.get(f"{server.url}/health").status_code == 200


def test_a_client_that_resets_its_connection_leaves_no_traceback(serve, tmp_path):
    text = ("حلب ثم درعا " * 4_000).encode()
    head = b"POST /geoparse HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n"
    with serve(tmp_path) as server:
        for said in (
            b"",
            b"GET /lookup?q=",
            b"GET /ogc/collections/places/items?limit=1000 HTTP/1.1\r\nHost: x\r\n\r\n",
            head % 500 + b"half",
            head % len(text) + text,
        ):
            for wait_s in (0, 0.3):
                with _connected(server) as gone:
                    gone.sendall(said)
                    time.sleep(wait_s)
                    gone.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        with ThreadPoolExecutor(2) as pool:
            assert list(pool.map(lambda _: httpx.get(f"{server.url}/health").status_code, "ab")) == [200, 200]
        server.stop()
        log = server.log.read_text("utf-8")
    assert "Traceback" not in log
    assert all(line.startswith("{") or " INFO " in line for line in log.splitlines()), log
