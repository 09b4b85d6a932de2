"""Servers in processes of their own: Buldan's, and a bare FastAPI application under the same uvicorn."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks.load.client import get

__all__ = ["Server", "bare_server", "buldan_server"]

_BARE = """
import os
from typing import Annotated

from fastapi import FastAPI, Query, Response
from pydantic import BaseModel, ConfigDict


class Asked(BaseModel):
    model_config = ConfigDict(extra="forbid")
    q: str = ""
    within: str | None = None
    limit: int = 5
    lang: str | None = None


app = FastAPI()


def add(size: int) -> None:
    body = b"x" * size

    @app.get(f"/bare/{size}")
    async def bare() -> Response:
        return Response(body, media_type="application/geo+json")

    @app.get(f"/bound/{size}")
    async def bound(asked: Annotated[Asked, Query()]) -> Response:
        return Response(body, media_type="application/geo+json")


for size in os.environ["BARE_SIZES"].split(","):
    add(int(size))
"""


@dataclass(frozen=True)
class Server:
    """A running server: its port, and its first process."""

    port: int
    process: psutil.Process

    @property
    def cpu_s(self) -> float:
        """Seconds of processor that its processes have spent."""
        return sum(sum(each.cpu_times()[:2]) for each in self._processes())

    @property
    def resident_mb(self) -> float:
        """Memory that its processes hold."""
        return sum(each.memory_info().rss for each in self._processes()) / 1e6

    def _processes(self) -> list[psutil.Process]:
        return [self.process, *self.process.children(recursive=True)]


@contextmanager
def buldan_server(*, workers: int = 1, kept_mb: int = 0, reads: bool = False) -> Iterator[Server]:
    """`buldan serve`; `kept_mb` is the memory for kept answers, `reads` whether it will be sent texts."""
    command = [sys.executable, "-c", "from buldan.cli import main; main()", "serve", "--workers", str(workers)]
    with _running(command, BULDAN_KEPT_ANSWERS_MB=str(kept_mb), BULDAN_PRELOAD=str(reads)) as server:
        yield server


@contextmanager
def bare_server(folder: Path, sizes: Iterable[int]) -> Iterator[Server]:
    """A bare application with constant bodies of these sizes at `/bare/SIZE` and `/bound/SIZE`."""
    (folder / "bare_app.py").write_text(_BARE)
    command = [sys.executable, "-m", "uvicorn", "bare_app:app", "--app-dir", str(folder)]
    flags = ["--no-access-log", "--log-level", "error"]
    with _running([*command, *flags], BARE_SIZES=",".join(map(str, sizes))) as server:
        yield server


@contextmanager
def _running(command: Sequence[str], **environment: str) -> Iterator[Server]:
    port = _free_port()
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen([*command, "--port", str(port)], env={**os.environ, **environment}, stderr=log)
        try:
            server = Server(port, psutil.Process(process.pid))
            _wait_for(server)
            yield server
            if process.poll() is not None:
                raise SystemExit(f"the server ended by itself with {process.returncode}")
        except OSError as error:
            log.seek(-min(4_000, log.tell()), os.SEEK_END)
            raise SystemExit(f"{error}; the server ended with {process.poll()}:\n{log.read().decode()}") from error
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


def _wait_for(server: Server) -> None:
    """Wait until the server answers and all its processes have loaded what they load: until they are idle."""
    until = time.monotonic() + 120
    while not _answers(server.port):
        _check_time(until)
        time.sleep(0.1)
    spent = -1.0
    while server.cpu_s > spent + 0.02:
        _check_time(until)
        spent = server.cpu_s
        time.sleep(0.5)


def _answers(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1) as probe:
        probe.sendall(get("/health"))
        return bool(probe.recv(64))
    return False


def _check_time(until: float) -> None:
    if time.monotonic() > until:
        raise SystemExit("the server did not start, or is not idle after two minutes")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
