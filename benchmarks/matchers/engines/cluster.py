"""A PostgreSQL of our own for as long as the benchmark runs: started in a temporary folder, stopped at the end."""

from __future__ import annotations

import atexit
import os
import pwd
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.matchers.engines.base import MissingEngineError, demand

__all__ = ["Cluster", "cluster"]

_PORT = 54_329
_BINARIES = Path("/usr/lib/postgresql/15/bin")


class Cluster:
    """A cluster that listens on a Unix socket alone; its superuser is `postgres`."""

    def __init__(self) -> None:
        if not (_BINARIES / "initdb").exists():
            raise MissingEngineError("PostgreSQL 15 is not installed (Debian: postgresql-15)")
        self._psycopg = demand("psycopg", package="psycopg")
        self.folder = Path(tempfile.mkdtemp(prefix="matchers-postgres-"))
        self._owner = "postgres" if os.geteuid() == 0 else None
        if self._owner:
            os.chown(self.folder, pwd.getpwnam(self._owner).pw_uid, -1)
        self._data = self.folder / "data"
        self._run("initdb", "--pgdata", self._data, "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8")
        # Nothing here need survive a power cut.
        options = f"-k {self.folder} -h '' -p {_PORT} -c fsync=off"
        self._run("pg_ctl", "--pgdata", self._data, "-w", "-l", self.folder / "log", "-o", options, "start")
        atexit.register(self.stop)

    def _run(self, program: str, *arguments: object) -> None:
        command = [str(_BINARIES / program), *map(str, arguments)]
        done = subprocess.run(
            command, user=self._owner, cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
        )
        if done.returncode:
            raise MissingEngineError(f"{program} failed: {done.stdout.decode().strip().splitlines()[-1]}")

    def connect(self, base: str = "postgres") -> Any:
        """A connection that commits each statement."""
        return self._psycopg.connect(host=str(self.folder), port=_PORT, user="postgres", dbname=base, autocommit=True)

    def address(self, base: str) -> str:
        """Where a database is, in the words of libpq."""
        return f"dbname={base};host={self.folder};port={_PORT};user=postgres"

    def stop(self) -> None:
        """Stop the server and remove its folder."""
        atexit.unregister(self.stop)
        self._run("pg_ctl", "--pgdata", self._data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)


@cache
def cluster() -> Cluster:
    """The cluster of this run, started when first asked for."""
    return Cluster()
