"""A real server for the real clients: `buldan serve` in a process of its own, on a free port."""

import contextlib
import functools
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from inspect import signature
from pathlib import Path

import httpx
import pytest
from httpx._config import DEFAULT_TIMEOUT_CONFIG
from httpx._transports import default

# A machine with other work answers late: httpx's own five seconds say nothing about the service.
DEFAULT_TIMEOUT_CONFIG.read = 60

# Each client reads the authorities of the web, which takes thirty milliseconds, though no address here is of https.
default.create_ssl_context = functools.cache(default.create_ssl_context)

PATIENCE = 300
"""Seconds that a test waits at most for what must come; it goes on as soon as it is there."""

STARTED = re.compile(r"http://127\.0\.0\.1:(\d+)")


@dataclass
class Server:
    """A running server: its address, its process, and what it has written to standard error."""

    process: subprocess.Popen[bytes]
    log: Path
    url: str = ""

    @property
    def address(self) -> str:
        """`127.0.0.1:PORT`."""
        return self.url.removeprefix("http://")

    def lines(self) -> list[dict]:
        """The lines of JSON in the log."""
        return [json.loads(line) for line in self.log.read_text("utf-8").splitlines() if line.startswith("{")]

    def wait_until(self, come: Callable[[], bool]) -> None:
        """Wait until something has come, at most `PATIENCE`; fail with the log where it has not."""
        until = time.monotonic() + PATIENCE
        while not come():
            assert time.monotonic() < until, self.log.read_text("utf-8")
            time.sleep(0.1)

    def stop(self) -> int:
        """Ask it to stop, wait, and give its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30)


@contextlib.contextmanager
def serving(folder: Path, *flags: str, **settings: str) -> Iterator[Server]:
    """`buldan serve` with flags and `BULDAN_*` settings, until the block ends."""
    log = folder / f"serve-{time.monotonic_ns()}.log"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("BULDAN_")}
    environment |= {"BULDAN_PRELOAD": "false"} | {f"BULDAN_{name.upper()}": value for name, value in settings.items()}
    command = [sys.executable, "-c", "from buldan.cli import main; main()", "serve", "--port", "0", *flags]
    with log.open("wb") as out:
        server = Server(subprocess.Popen(command, stderr=out, env=environment), log)
    try:
        _wait(server)
        yield server
    finally:
        server.stop()


def _wait(server: Server) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.process.poll() is None:
        if found := STARTED.search(server.log.read_text("utf-8")):
            server.url = f"http://127.0.0.1:{found[1]}"
            with contextlib.suppress(httpx.TransportError):
                if httpx.get(f"{server.url}/ready", timeout=5).status_code == 200:
                    return
        time.sleep(0.1)
    raise AssertionError(f"the server did not start:\n{server.log.read_text('utf-8')}")


@pytest.fixture(scope="session")
def serve():
    """`serving`, for tests of settings: each start takes a second of processor, so that they are `slow`."""
    return serving


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that start a server each are `slow`; all others are answered by the usual one, or one of their module."""
    for item in items:
        if isinstance(item, pytest.Function) and "serve" in signature(item.function).parameters:
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server with the usual settings, for all tests that change nothing."""
    with serving(tmp_path_factory.mktemp("server")) as running:
        yield running


@pytest.fixture
def client(server: Server) -> Iterator[httpx.Client]:
    """An HTTP client of that server."""
    with httpx.Client(base_url=server.url, timeout=30) as made:
        yield made
