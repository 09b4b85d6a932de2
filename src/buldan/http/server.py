"""Run the application with uvicorn: one process, or several processes with one socket."""

from __future__ import annotations

import ctypes
import logging
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from tempfile import TemporaryDirectory
from threading import Lock, Thread

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from buldan.errors import BuldanError
from buldan.gazetteer import load
from buldan.settings import Settings

__all__ = ["serve"]

_LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,  # ours exist already: modules are imported before this is read
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {"uvicorn": {"level": "INFO"}},
}

_log = logging.getLogger("buldan.http")

_SWITCH_S = 0.001
"""Seconds for which a thread keeps the interpreter: short, because a long text in a thread must not delay lookups."""

_QUEUE = 1_024
"""Maximum number of connections that wait to be accepted; under a flood nobody waits behind more than these."""


def serve(settings: Settings) -> None:
    """Serve until the process is stopped; running requests are finished first.

    Every worker loads the gazetteer itself, from the index that the first process has cached.
    """
    _allow_many_connections()
    if settings.workers > 1:  # errors of the data are reported once and not by every worker; this also builds the index
        load(settings.gazetteer, overlay=settings.overlay)
    with TemporaryDirectory(prefix="buldan-metrics-") as folder:
        _announce_address(settings)
        settings.hand_on(counts_folder=folder if settings.workers > 1 and settings.metrics else None)
        uvicorn.run(
            "buldan.http.server:worker_app",
            factory=True,  # by name, since each worker makes its own after it was started
            host=settings.host,
            port=settings.port,
            http="buldan.http.protocol:HeadLimitsProtocol",
            workers=settings.workers,
            log_config=_LOGGING,
            access_log=False,  # ours knows routes and times (middleware/access_log.py)
            server_header=False,  # useless for clients, and useful for people who search for old versions
            proxy_headers=True,
            forwarded_allow_ips=settings.forwarded_allow_ips,
            timeout_keep_alive=settings.keep_alive_s,
            timeout_graceful_shutdown=settings.shutdown_s,
            backlog=_QUEUE,
        )


def _announce_address(settings: Settings) -> None:
    """Print the address to open in a browser; with port 0, uvicorn prints the port when it has one."""
    host = "127.0.0.1" if settings.host in ("0.0.0.0", "::") else settings.host
    host = f"[{host}]" if ":" in host else host
    if settings.public_url or settings.port:
        address = settings.public_url or f"http://{host}:{settings.port}{settings.root_path or ''}"
        print(f"buldan: loading; then open {address.rstrip('/')}/ in a browser", file=sys.stderr, flush=True)


def worker_app() -> object:
    """The application of one worker, made with the settings of `serve`."""
    from buldan.http.app import create_app  # noqa: PLC0415 - after the counts' folder is in the environment
    from buldan.http.deps import keep_loaded  # noqa: PLC0415

    sys.setswitchinterval(_SWITCH_S)
    _share_one_heap()
    app = create_app()
    keep_loaded()
    # Windows does not have this signal; there the service must be started again.
    return Reloading(app, create_app) if hasattr(signal, "SIGHUP") else app


_ARENA_MAX, _TRIM_THRESHOLD = -8, -1
"""Parameters of glibc's `mallopt`."""


def _share_one_heap() -> None:
    """Let all threads use one heap, which gives back free memory of more than a megabyte (only with glibc).

    Otherwise each thread keeps a heap of its own with the size needed for its longest text.
    """
    with suppress(AttributeError, OSError, TypeError):
        mallopt = ctypes.CDLL(None).mallopt
        mallopt(_ARENA_MAX, 1)
        mallopt(_TRIM_THRESHOLD, 1_000_000)


class Reloading:
    """Serves new data after SIGHUP: the application is made again, and running requests end with the old one.

    With several workers, uvicorn's supervisor handles the signal and replaces one worker after the other.
    """

    def __init__(self, app: ASGIApp, make: Callable[[], ASGIApp]) -> None:
        self._app, self._make = app, make
        self._lock = Lock()
        with suppress(ValueError):  # not the main thread, where no signal arrives
            signal.signal(signal.SIGHUP, lambda *_: Thread(target=self.reload, daemon=True).start())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        await self._app(scope, receive, send)

    def reload(self) -> None:
        """Load the data again; if that fails, report the error and keep the old data."""
        # Without the lock, two signals at the same time would load the data twice into memory.
        with self._lock:
            try:
                self._app = self._make()
            except BuldanError as error:
                _log.error("not reloaded: %s", error)
            else:
                _log.info("reloaded")


def _allow_many_connections() -> None:
    """Raise the soft limit on open files to the hard limit: each connection is a file."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - POSIX only

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    # macOS gives "infinity" as the limit and then refuses it.
    wanted = hard if hard != resource.RLIM_INFINITY else max(soft, 65_536)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    except (OSError, ValueError) as error:
        _log.warning("open files stay limited to %d: %s", soft, error)
