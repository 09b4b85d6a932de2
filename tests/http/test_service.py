"""How the service behaves: limits, keys, load, proxies, logs, workers, and how it ends."""

import asyncio
import contextlib
import json
import re
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

TEXT = "وصل الوفد إلى مدينة حلب ثم إلى بلدة يلدا في ريف دمشق. " * 40


UNFINISHED = b"POST /geoparse HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 99\r\n\r\nab"


@pytest.fixture
def folder(tmp_path):
    return tmp_path


def test_it_listens_on_this_machine_only(server):
    with (
        pytest.raises(ConnectionError),
        socket.create_connection((_own_address(), int(server.url.rsplit(":")[-1])), 1),
    ):
        pass


def _own_address():
    """An address of this machine that is not loopback."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            pytest.skip("this machine has no address but loopback")
        address = probe.getsockname()[0]
    if address.startswith("127."):
        pytest.skip("this machine has no address but loopback")
    return address


def test_limits_can_be_set(serve, folder):
    with serve(folder, "--max-body-bytes", "2000", max_url_bytes="300", max_batch="3") as server:
        assert httpx.post(f"{server.url}/geoparse", json={"text": "x" * 3000}).status_code == 413
        assert httpx.get(f"{server.url}/lookup?q={'a' * 400}").status_code == 414
        assert httpx.post(f"{server.url}/lookup", json={"names": ["Homs"] * 4}).status_code == 413
        assert httpx.post(f"{server.url}/lookup", json={"names": ["Homs"] * 3}).status_code == 200
        refused = httpx.get(f"{server.url}/lookup?q={'a' * 400}", headers={"Origin": "https://example.org"}).headers
        assert refused["access-control-allow-origin"] == "*"
        assert refused["x-content-type-options"] == "nosniff"


def test_pages_of_chosen_origins_alone_may_read(serve, folder):
    with serve(folder, cors_origins="https://a.example, https://b.example") as server:
        for origin, allowed in (("https://b.example", "https://b.example"), ("https://c.example", None)):
            answer = httpx.get(f"{server.url}/lookup?q=Homs", headers={"Origin": origin})
            assert answer.headers.get("access-control-allow-origin") == allowed
            assert "Origin" in answer.headers["vary"]
    with serve(folder, "--cors-origins", "") as server:
        answer = httpx.get(f"{server.url}/lookup?q=Homs", headers={"Origin": "https://a.example"})
        assert "access-control-allow-origin" not in answer.headers


def test_keys_open_the_door_and_nothing_else_does(serve, folder):
    with serve(folder, api_keys="one,two") as server:
        url = f"{server.url}/lookup?q=yalda"
        refused = httpx.get(url)
        assert refused.status_code == 401
        assert refused.headers["www-authenticate"] == "Bearer"
        assert httpx.get(url, headers={"X-API-Key": "three"}).status_code == 401
        for other in ("Bearer x", "Basic two", "two", "Bearer"):
            assert httpx.get(url, headers={"Authorization": other}).status_code == 401
        for headers in ({"X-API-Key": "one"}, {"Authorization": "Bearer two"}, {"Authorization": "bearer two"}):
            opened = httpx.get(url, headers=headers)
            assert opened.status_code == 200
            assert opened.headers["cache-control"].startswith("private")
        assert httpx.get(f"{server.url}/health").status_code == 200
        manifest = httpx.get(f"{server.url}/reconcile").json()  # the one part that version 0.2 wants open
        assert manifest["authentication"] == {"type": "apiKey", "name": "X-API-Key", "in": "header"}
        assert httpx.get(f"{server.url}/reconcile?queries={{}}").status_code == 401
        assert httpx.post(f"{server.url}/reconcile").status_code == 401
        assert httpx.get(f"{server.url}/nominatim/search?q=Homs").json()["error"]["code"] == 401


def test_long_work_that_finds_no_room_is_told_to_come_back(serve, folder):
    names = {"names": [f"Yalda{n}" for n in range(300)]}
    with serve(folder, max_running="1", max_waiting="1") as server, ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(lambda _: httpx.post(f"{server.url}/lookup", json=names, timeout=60), range(12)))
        statuses = {answer.status_code for answer in answers}
        assert statuses == {200, 503}
        for answer in answers:
            if answer.status_code == 503:
                assert int(answer.headers["retry-after"]) > 0
        assert httpx.get(f"{server.url}/ready").status_code == 200


def test_work_that_takes_too_long_is_given_up(serve, folder):
    names = {"names": [f"Yalda{n}" for n in range(1000)]}
    with serve(folder, time_limit_s="0.05") as server:
        answer = httpx.post(f"{server.url}/lookup", json=names, timeout=60)
        assert answer.status_code == 503
        assert "0.05 seconds" in answer.json()["detail"]
        assert httpx.get(f"{server.url}/lookup?q=yalda", timeout=60).status_code == 200


def test_a_long_question_holds_up_no_other(serve, folder):
    name = ", ".join(["Homs", "Aleppo", "Idleb", "Yalda", "Hama"] * 8)
    with serve(folder, max_running="1", max_waiting="0") as server, ThreadPoolExecutor(8) as pool:
        long = [
            pool.submit(httpx.get, f"{server.url}/lookup", params={"q": f"{name} {n}"}, timeout=60) for n in range(8)
        ]
        assert httpx.get(f"{server.url}/lookup?q=Yalda", timeout=60).status_code == 200
        assert {asked.result().status_code for asked in long} == {200, 503}


def test_more_requests_than_are_let_in_are_shed_but_health_is_answered(serve, folder):
    async def storm(server):
        limits = httpx.Limits(max_connections=200)
        async with httpx.AsyncClient(base_url=server.url, limits=limits, timeout=60) as client:
            lookups = [client.get(f"/lookup?q=Yalda{n}") for n in range(150)]
            return await asyncio.gather(*lookups, client.get("/health"))

    with serve(folder, max_in_flight="5") as server:
        *answers, health = asyncio.run(storm(server))
        assert {answer.status_code for answer in answers} <= {200, 503}
        assert any(answer.status_code == 200 for answer in answers)
        assert all("retry-after" in answer.headers for answer in answers if answer.status_code == 503)
        assert health.status_code == 200


def test_a_body_that_does_not_come_is_not_waited_for(serve, folder):
    with serve(folder, read_timeout_s="0.5") as server:
        host, port = server.address.split(":")
        with socket.create_connection((host, int(port)), 10) as slow:
            slow.sendall(UNFINISHED)
            assert httpx.get(f"{server.url}/lookup?q=yalda").status_code == 200
            assert b" 408 " in slow.recv(4096)


@pytest.mark.parametrize("begun", [b"GET /lookup?q=", b"GET /lookup?q=yalda HTTP/1.1\r\nHost: x\r\nX-Much: "])
def test_a_head_without_an_end_is_refused_before_it_costs_others_time(server, begun):
    host, port = server.address.split(":")
    sent, received = 0, b""
    with socket.create_connection((host, int(port)), 10) as endless, contextlib.suppress(ConnectionError):
        endless.sendall(begun)
        while sent < 50_000_000:
            sent += endless.send(b"a" * 10_000)
            if sent % 1_000_000 == 0:
                assert httpx.get(f"{server.url}/lookup?q=yalda").status_code == 200
            endless.settimeout(0.001)
            with contextlib.suppress(TimeoutError, BlockingIOError):
                received += endless.recv(4096)
                break
            endless.settimeout(10)
    assert sent < 5_000_000
    assert not received or b" 431 " in received  # a client that goes on sending may meet the reset first
    assert httpx.get(f"{server.url}/lookup?q=yalda").status_code == 200


def test_long_heads_and_longer_bodies_that_end_are_answered(server):
    much = {"X-Much": "a" * 60_000}
    text = {"Content-Type": "text/plain"}
    with httpx.Client(base_url=server.url) as client:
        for _ in range(3):  # on one connection, so that what was counted is forgotten
            assert client.get("/lookup?q=yalda", headers=much).status_code == 200
            assert client.post("/geoparse", content=" " * 300_000 + "حلب", headers=text).status_code == 200
    host, port = server.address.split(":")
    head = b"POST /geoparse HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 200000\r\n\r\n"
    with socket.create_connection((host, int(port)), 10) as pipelined:
        # The second head begins in the chunk that ends the first body.
        pipelined.sendall(head + b"  " * 100_000 + b"GET /health HTTP/1.1\r\nHost: x\r\n")
        time.sleep(0.2)
        pipelined.sendall(b"Connection: close\r\n\r\n")
        received = b""
        while part := pipelined.recv(65_536):
            received += part
    assert received.count(b"HTTP/1.1 200 ") == 2


def test_a_request_that_never_begins_or_never_ends_is_not_waited_for(serve, folder):
    whole = b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n"
    with serve(folder, read_timeout_s="0.5", keep_alive_s="60") as server:
        host, port = server.address.split(":")
        for before, said in (
            (b"", b""),
            (b"", b"GET /lookup?q=yal"),
            (whole, b"\r\n"),
            (whole, b"GET /lookup HTTP/1.1\r\n"),
        ):
            with socket.create_connection((host, int(port)), 10) as slow:
                received = b""
                slow.sendall(before)
                while before and not received.endswith(b"}"):
                    received += slow.recv(4096)
                slow.sendall(said)
                assert slow.recv(4096) == b""


def test_slow_and_vanishing_clients_lose_no_one_elses_answer(server):
    host, port = server.address.split(":")
    with contextlib.ExitStack() as stack:
        for _ in range(100):
            slow = stack.enter_context(socket.create_connection((host, int(port)), 10))
            slow.sendall(UNFINISHED)
        for n in range(100):
            with socket.create_connection((host, int(port)), 10) as gone:
                gone.sendall(f"GET /lookup?q=Yalda{n} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        with ThreadPoolExecutor(4) as pool:
            answers = list(
                pool.map(lambda n: httpx.get(f"{server.url}/lookup?q=Homs&limit={n}", timeout=60), range(1, 41))
            )
    assert [len(answer.json()["features"]) <= n for n, answer in enumerate(answers, start=1)] == [True] * 40


def test_what_runs_is_finished_at_shutdown(serve, folder):
    names = {"names": [f"Yalda{n}" for n in range(400)]}
    with serve(folder) as server, ThreadPoolExecutor(1) as pool:
        asked = pool.submit(httpx.post, f"{server.url}/lookup", json=names, timeout=60)
        time.sleep(0.3)
        code = server.stop()
        assert asked.result().status_code == 200
        assert len(asked.result().json()["results"]) == 400
        assert code in {0, -signal.SIGTERM}


def test_the_log_tells_of_requests_but_never_what_was_posted(serve, folder):
    with serve(folder) as server:
        httpx.post(f"{server.url}/geoparse", json={"text": "سر لا يعرفه أحد في حلب"}, timeout=60)
        httpx.post(
            f"{server.url}/geoparse",
            content=b'{"text": "geheim" ',
            headers={"Content-Type": "application/json"},
        )
        httpx.get(f"{server.url}/lookup?q=yalda")
        httpx.get(f"{server.url}/places/nowhere")
        server.stop()
        log = server.log.read_text("utf-8")
        assert "سر" not in log
        assert "geheim" not in log
        assert "yalda" not in log
        lines = [line for line in server.lines() if line["path"] != "/ready"]
    assert [(line["method"], line["path"], line["status"]) for line in lines] == [
        ("POST", "/geoparse", 200),
        ("POST", "/geoparse", 422),
        ("GET", "/lookup", 200),
        ("GET", "/places/nowhere", 404),
    ]
    assert {"time", "method", "path", "status", "request_id", "bytes", "ms"} == set(lines[0])


def test_queries_are_logged_only_when_asked(serve, folder):
    with serve(folder, log_queries="true") as server:
        httpx.get(f"{server.url}/lookup?q=yalda")
        server.stop()
        assert server.lines()[-1]["query"] == "q=yalda"
    with serve(folder, "--no-access-log", metrics="false") as server:
        httpx.get(f"{server.url}/lookup?q=yalda")
        assert httpx.get(f"{server.url}/metrics").status_code == 404
        server.stop()
        assert server.lines() == []


def test_counts_are_served(client):
    client.get("/lookup?q=yalda")
    client.get("/places/C2302")
    text = client.get("/metrics").text
    assert re.search(r'buldan_requests_total\{route="/lookup",status="200"\} \d', text)
    assert 'route="/places/{id:path}"' in text
    assert "C2302" not in text


def test_two_workers_serve_one_address_and_count_together(serve, folder):
    with serve(folder, "--workers", "2") as server:
        for n in range(40):
            assert httpx.get(f"{server.url}/lookup?q=yalda&limit={1 + n % 9}").status_code == 200
        found = re.search(
            r'buldan_requests_total\{route="/lookup",status="200"\} (\S+)',
            httpx.get(f"{server.url}/metrics").text,
        )
        assert float(found[1]) == 40


@pytest.mark.parametrize(
    ("settings", "headers", "seen"),
    [
        ({"root_path": "/geo"}, {"Host": "maps.example"}, "http://maps.example/geo"),
        (
            {"root_path": "/geo"},
            {"Host": "maps.example", "X-Forwarded-Proto": "https"},
            "https://maps.example/geo",
        ),
        ({"public_url": "https://maps.example/geo/"}, {"Host": "evil.example"}, "https://maps.example/geo"),
    ],
)
def test_behind_a_proxy_every_link_leads_back(serve, folder, settings, headers, seen):
    with serve(folder, **settings) as server:
        for kept in ("/geo", ""):  # the proxy may keep its prefix or take it off
            assert httpx.get(f"{server.url}/geo", headers=headers).headers["location"] == f"{seen}/"
            _assert_links_lead_back(httpx.Client(base_url=f"{server.url}{kept}", headers=headers).get, seen)


def _assert_links_lead_back(get, seen):
    assert get("/openapi.json").json()["servers"] in ([{"url": seen}], [{"url": "/geo"}])
    pages = [
        get("/ogc"),
        get("/ogc/"),
        get("/ogc/collections/town/items?limit=2"),
        get("/places?limit=1"),
        get("/reconcile"),
    ]
    for page in pages:
        links = re.findall(r'"(https?://[^"]+)"', json.dumps([page.json()]))
        own = [link for link in links if "opengis.net" not in link]
        assert own
        assert all(link.startswith(f"{seen}/") for link in own), own


def test_a_setting_that_cannot_be_is_named_in_one_line(serve, folder):
    for settings in ({"workers": "0"}, {"cache_s": "-1"}, {"max_batch": "none"}):
        with pytest.raises(AssertionError) as failed, serve(folder, **settings):
            pass
        (name,) = settings
        assert f"BULDAN_{name.upper()}" in str(failed.value)
        assert "Traceback" not in str(failed.value)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_missing_gazetteer_is_named_in_one_line_and_once_whatever_the_workers(folder, workers):
    command = [sys.executable, "-c", "from buldan.cli import main; main()", "serve", "--port", "0"]
    options = ["--workers", workers, "--gazetteer", str(folder / "nowhere")]
    ran = subprocess.run([*command, *options], capture_output=True, text=True, check=False)
    assert ran.returncode == 2
    (line,) = ran.stderr.splitlines()
    assert "no gazetteer here" in line
