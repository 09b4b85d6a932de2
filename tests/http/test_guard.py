"""The guard alone, without a service behind it: each bound holds exactly where the settings say."""

import asyncio
import contextlib
import errno

import pytest
import uvicorn
from uvicorn.server import ServerState

from buldan.http.middleware.limits import RequestLimits
from buldan.http.protocol import HeadLimitsProtocol
from buldan.settings import Settings


def run(story):
    """Run a coroutine; what would wait for ever fails."""

    async def bounded():
        async with asyncio.timeout(10):
            return await story

    return asyncio.run(bounded())


def scope_of(method="GET", path="/lookup", query=b"", headers=(), **more):
    return {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": query,
        "headers": list(headers),
        **more,
    }


class Behind:
    """What stands behind the guard: keeps what it is asked, and answers when it is let."""

    def __init__(self):
        self.bodies, self.paths = [], []
        self.may_answer = asyncio.Event()
        self.may_answer.set()

    async def __call__(self, scope, receive, send):
        self.paths.append(scope["path"])
        if scope["method"] == "POST":
            message = await receive()
            assert message["more_body"] is False
            self.bodies.append(message["body"])
        await self.may_answer.wait()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})


async def ask(limits, scope, *parts):
    """Status and header fields of the answer to a body that comes in parts; None where nobody answers."""
    messages = [{"type": "http.request", "body": part, "more_body": part is not parts[-1]} for part in parts]
    sent = []

    async def receive():
        if not messages:
            await asyncio.Event().wait()
        return messages.pop(0)

    async def send(message):
        sent.append(message)

    await limits(scope, receive, send)
    if not sent:
        return None, {}
    return sent[0]["status"], {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}


def answer(settings, scope, *parts):
    """As `ask`, of a guard with these settings; and the bodies that came through."""

    async def story():
        behind = Behind()
        status, headers = await ask(RequestLimits(behind, Settings(**settings)), scope, *parts)
        return status, headers, behind.bodies

    return run(story())


@pytest.mark.parametrize(
    ("path", "query", "status"),
    [
        ("/" + "a" * 999, b"", 200),
        ("/" + "a" * 500, b"q" * 499, 200),
        ("/" + "a" * 1000, b"", 414),
        ("/" + "a" * 500, b"q" * 500, 414),
        ("/", b"q" * 1000, 414),
        ("/", b"q" * 999, 200),
    ],
)
def test_path_and_query_may_be_as_long_as_is_set_together(path, query, status):
    got, headers, _ = answer({"max_url_bytes": 1_000}, scope_of(path=path, query=query))
    assert got == status
    assert "connection" not in headers
    assert "retry-after" not in headers


def test_a_server_that_gives_no_raw_path_is_answered():
    assert answer({}, scope_of(raw_path=None))[0] == 200


@pytest.mark.parametrize("path", ["/geoparse", "/geocode"])
@pytest.mark.parametrize(("over", "status"), [(0, 200), (1, 413)])
def test_a_body_may_be_as_long_as_is_set_for_its_path(path, over, status):
    limits = {"max_body_bytes": 1_000, "max_table_bytes": 5_000}
    size = (5_000 if path == "/geocode" else 1_000) + over
    whole = b"x" * size
    for parts in ([whole], [whole[:600], whole[600:]], [whole[:-1], whole[-1:]]):
        got, headers, bodies = answer(limits, scope_of("POST", path), *parts)
        assert got == status
        assert bodies == ([whole] if status == 200 else [])
        assert headers.get("connection") == ("close" if status == 413 else None)


@pytest.mark.parametrize(
    ("declared", "status"), [(b"1000", 200), (b"1001", 413), (b"-1", 413), (b"ten", 413), (b"0", 200), (b"", 200)]
)
def test_what_a_body_says_of_its_length_is_believed_where_it_is_too_long(declared, status):
    scope = scope_of("POST", "/geoparse", headers=[(b"content-length", declared)])
    assert answer({"max_body_bytes": 1_000}, scope, b"x")[0] == status


@pytest.mark.parametrize(("coding", "status"), [(b"gzip", 415), (b"br", 415), (b"Identity", 200), (b"", 200)])
def test_a_compressed_body_is_refused_with_what_would_be_read(coding, status):
    got, headers, _ = answer({}, scope_of("POST", "/geoparse", headers=[(b"content-encoding", coding)]), b"x")
    assert got == status
    assert (headers.get("accept-encoding"), headers.get("connection")) == (
        ("identity", "close") if status == 415 else (None, None)
    )


def test_a_body_that_does_not_come_is_waited_for_as_long_as_is_set():
    async def story():
        behind = Behind()
        limits = RequestLimits(behind, Settings(read_timeout_s=0.05))
        return await ask(limits, scope_of("POST", "/geoparse")), behind.paths

    (status, headers), asked = run(story())
    assert (status, headers["connection"], asked) == (408, "close", [])


def test_who_goes_in_the_middle_of_a_body_asks_nothing():
    async def story():
        behind, sent = Behind(), []
        messages = iter(
            [{"type": "http.request", "body": b"x", "more_body": True}, {"type": "http.disconnect"}],
        )

        async def receive():
            return next(messages)

        async def send(message):
            sent.append(message)

        await RequestLimits(behind, Settings())(scope_of("POST", "/geoparse"), receive, send)
        return behind.paths, sent

    assert run(story()) == ([], [])


def test_after_its_body_a_request_hears_what_the_client_does_next():
    heard = []

    async def behind(scope, receive, send):
        heard.extend([await receive(), await receive()])

    async def story():
        messages = iter(
            [
                {"type": "http.request", "body": b"a", "more_body": True},
                {"type": "http.request", "body": b"b"},
                {"type": "http.disconnect"},
            ],
        )

        async def receive():
            return next(messages)

        await RequestLimits(behind, Settings())(scope_of("POST", "/geoparse"), receive, None)

    run(story())
    assert heard == [{"type": "http.request", "body": b"ab", "more_body": False}, {"type": "http.disconnect"}]


def test_as_many_are_in_flight_as_is_set_and_then_again():
    async def story():
        behind = Behind()
        limits = RequestLimits(behind, Settings(max_in_flight=3))
        statuses = []
        for _ in range(2):
            behind.may_answer.clear()
            waiting = [asyncio.ensure_future(ask(limits, scope_of())) for _ in range(3)]
            while len(behind.paths) % 3 or not behind.paths:
                await asyncio.sleep(0)
            statuses.append(await ask(limits, scope_of()))
            health = asyncio.ensure_future(ask(limits, scope_of(path="/health")))
            for _ in range(20):
                await asyncio.sleep(0)
            behind.may_answer.set()
            statuses.extend([await health, *await asyncio.gather(*waiting)])
            behind.paths.clear()
        return statuses

    told = run(story())
    assert [status for status, _ in told] == [503, 200, 200, 200, 200] * 2
    assert (told[0][1]["retry-after"], "connection" in told[0][1]) == ("1", False)
    assert "accept-encoding" not in told[0][1]


def stand_still():
    """Stop the clock of the running loop, so that no turn is long because the machine is busy; the hand to move it."""
    now = [asyncio.get_running_loop().time()]
    asyncio.get_running_loop().time = lambda: now[0]
    return now


@pytest.mark.parametrize("count", [1, 20])
def test_short_questions_pass_in_two_rounds_each(count):
    async def story():
        stand_still()
        behind = Behind()
        limits = RequestLimits(behind, Settings())
        asked = [asyncio.ensure_future(ask(limits, scope_of())) for _ in range(count)]
        rounds = 0
        while not all(each.done() for each in asked):
            await asyncio.sleep(0)
            rounds += 1
        return rounds

    assert run(story()) == 2 * count + 2


def test_after_a_long_turn_others_have_six_rounds():
    """One who comes then is accepted, read and answered before the next turn."""

    async def story():
        order, now = [], stand_still()

        async def behind(scope, receive, send):
            if scope["path"] == "/long":
                now[0] += 0.003
            order.append(scope["path"])

        limits = RequestLimits(behind, Settings())
        asked = [asyncio.ensure_future(limits(scope_of(path=path), None, None)) for path in ("/long", "/next")]
        rounds = 0
        while "/next" not in order:
            await asyncio.sleep(0)
            rounds += bool(order)
        await asyncio.gather(*asked)
        return rounds

    assert run(story()) == 9  # its own round, the one that sees it ended, six for others, and that of the next turn


class Listening:
    """The protocol on a free port, before an application that answers after `pause_s`, or once the client has gone."""

    def __init__(self, *, pause_s=0.0, **settings):
        self.pause_s, self.settings = pause_s, Settings(**settings)
        self.state, self.made, self.gone = ServerState(), [], []

    async def __aenter__(self):
        config = uvicorn.Config(
            self._app, lifespan="off", interface="asgi3", log_config=None, access_log=False, timeout_keep_alive=30
        )
        config.load()

        def make():
            self.made.append(HeadLimitsProtocol(config, self.state, {"settings": self.settings}))
            return self.made[-1]

        self._server = await asyncio.get_running_loop().create_server(make, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_):
        self._server.close()

    async def _app(self, scope, receive, send):
        assert scope["is_gone"]() is False
        body, more = b"", scope["method"] == "POST"
        while more:
            message = await receive()
            body, more = body + message.get("body", b""), message.get("more_body", False)
        if scope["path"] == "/wait":
            while not scope["is_gone"]():
                await asyncio.sleep(0.01)
            self.gone.append(scope["path"])
            return
        await asyncio.sleep(self.pause_s)
        said = f"{len(body)}".encode()
        fields = [(b"content-length", b"%d" % len(said))]
        await send({"type": "http.response.start", "status": 200, "headers": fields})
        await send({"type": "http.response.body", "body": said})

    async def say(self, *parts, reading=True, pause_s=0.02):
        """All that comes back until the other side closes, or until nothing more comes."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        for part in parts:
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(pause_s)
        heard = b""
        with contextlib.suppress(TimeoutError, ConnectionError):
            async with asyncio.timeout(0.6):
                while reading and (piece := await reader.read(10_000)):
                    heard += piece
                heard += b"<closed>" if reading else b""
        writer.close()
        return heard


def heard(*parts, **settings):
    async def story():
        async with Listening(**settings) as listening:
            return await listening.say(*parts)

    return run(story())


def head(length, path=b"/a"):
    """A whole head of so many bytes."""
    begun = b"GET %s HTTP/1.1\r\nHost: x\r\nX-Fill: " % path
    return begun + b"f" * (length - len(begun) - 4) + b"\r\n\r\n"


def test_a_head_may_be_as_long_as_is_set_until_it_ends():
    whole = head(1_001)
    assert b" 200 " in heard(whole[:-1], whole[-1:], max_header_bytes=1_000)
    longer = head(1_002)
    said = heard(longer[:-1], longer[-1:], max_header_bytes=1_000)
    assert b" 431 " in said
    assert said.endswith(b"too long.<closed>")
    assert b" 200 " not in said


def test_each_head_of_a_connection_is_counted_for_itself():
    whole = head(1_001)
    assert heard(whole[:-1], whole[-1:], whole[:-1], whole[-1:], max_header_bytes=1_000).count(b" 200 ") == 2
    said = heard(head(100), head(1_002)[:-1], b"x", max_header_bytes=1_000)
    assert (said.count(b" 200 "), said.count(b" 431 "), said.endswith(b"<closed>")) == (1, 1, True)


def test_a_long_body_and_the_beginning_of_the_next_head_are_no_long_head():
    begun = b"POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 3000\r\n\r\n"
    said = heard(begun, b"b" * 3_000 + head(100)[:20], head(100)[20:], max_header_bytes=1_000)
    assert said.count(b" 200 ") == 2
    assert b"3000" in said
    assert heard(begun + b"b" * 3_000, max_header_bytes=1_000).count(b" 200 ") == 1


def test_a_long_head_behind_a_request_that_is_being_answered_does_not_write_into_its_answer():
    said = heard(head(100), head(1_900)[:1_600], max_header_bytes=1_000, pause_s=0.3)
    assert b" 431 " not in said
    assert said.endswith(b"<closed>")


def test_who_says_nothing_or_half_a_head_goes_when_the_time_is_up():
    for parts in ([b""], [head(100)[:50]], [head(100)[:50], b"f", b"f", b"f"], [head(100), head(100)[:50]]):
        said = heard(*parts, read_timeout_s=0.15)
        assert said.endswith(b"<closed>")
        assert said.count(b" 200 ") == len(parts) // 2 % 2


def test_who_waits_for_an_answer_is_let_wait():
    posted = b"POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\n"
    for parts in ([head(100)], [head(100)[:30], head(100)[30:60], head(100)[60:]], [posted, b"ab", b"cd"]):
        assert b" 200 " in heard(*parts, read_timeout_s=0.15, pause_s=0.4)


def test_of_a_client_that_has_gone_nothing_is_kept():
    async def story():
        async with Listening(read_timeout_s=5) as listening:
            await listening.say(head(100)[:50], reading=False)
            await listening.say(head(100, b"/wait"), reading=False)
            await asyncio.sleep(0.1)
            timers = [made._waiting for made in listening.made]
            return listening.gone, listening.state.connections, timers

    assert run(story()) == (["/wait"], set(), [None, None])


class Reset:
    """A transport whose client has reset it before anything was read."""

    def __init__(self, error):
        self.error, self.aborted = error, False

    def getsockopt(self, *_):
        return self.error

    def getsockname(self):
        return "127.0.0.1", 80

    getpeername = getsockname

    def get_extra_info(self, name, default=None):
        return self if name == "socket" else default

    def abort(self):
        self.aborted = True

    def is_closing(self):
        return self.aborted


@pytest.mark.parametrize(("error", "asked"), [(errno.ECONNRESET, 0), (0, 1)])
def test_who_has_reset_the_connection_already_is_answered_nothing(error, asked):
    async def story():
        async with Listening() as listening:
            _reader, writer = await asyncio.open_connection("127.0.0.1", listening.port)
            await asyncio.sleep(0.02)
            (made,) = listening.made
            transport, made.transport = made.transport, Reset(error)
            made.data_received(head(100))
            tasks = len(listening.state.tasks)
            for task in listening.state.tasks:
                task.cancel()
            transport.abort()
            writer.close()
            return tasks, made.transport.aborted

    assert run(story()) == (asked, bool(error))
