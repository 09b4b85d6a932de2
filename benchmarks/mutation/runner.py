"""Runs pytest again and again in processes forked from one that has everything loaded except the code under test."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

__all__ = ["Runner"]

_LOADED = (
    *("pytest", "numpy", "pandas", "pyarrow", "pyarrow.compute", "pyarrow.parquet", "shapely.geometry", "geopandas"),
    *("httpx", "fastapi", "starlette.testclient", "uvicorn", "hypothesis", "hypothesis.strategies", "pyproj"),
    *("openpyxl", "rapidfuzz.process", "msgspec", "markupsafe", "pydantic_settings", "prometheus_client", "click"),
)
"""What tests import that no fault is put into. To load it takes longer than most tests that notice a fault."""

_FORKING = """
import contextlib, importlib, json, os, signal, sys, time
for name in json.loads(sys.argv[1]):
    with contextlib.suppress(ImportError):
        importlib.import_module(name)
import pytest
assert not any(name.partition(".")[0] == "buldan" for name in sys.modules)
for line in sys.stdin:
    arguments, seconds, keeps_bytecode = json.loads(line)
    child = os.fork()
    if not child:
        os.setsid()
        nowhere = os.open(os.devnull, os.O_RDWR)
        for descriptor in range(3):
            os.dup2(nowhere, descriptor)
        sys.dont_write_bytecode = not keeps_bytecode
        sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w")
        os._exit(int(pytest.main(arguments)))
    until, ended = time.monotonic() + seconds, 0
    while not ended and time.monotonic() < until:
        ended, status = os.waitpid(child, os.WNOHANG)
        time.sleep(0 if ended else 0.02)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)  # servers that the tests had started, too
    if not ended:
        _, status = os.waitpid(child, 0)
    print(os.waitstatus_to_exitcode(status), flush=True)
"""


class Runner:
    """Runs pytest in a copy of the project; ends with the block that it is entered for."""

    def __init__(self, folder: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _FORKING, json.dumps(_LOADED)],
            cwd=folder,
            env=environment_of(folder),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Runner:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def passes(self, tests: Sequence[str], *, seconds: float, keeps_bytecode: bool = False) -> bool:
        """Whether all tests pass, and end in so many seconds; `keeps_bytecode` where the source has no fault."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        arguments = ["-x", "-q", "-p", "no:cacheprovider", *tests]
        self._process.stdin.write(json.dumps([arguments, seconds, keeps_bytecode]) + "\n")
        self._process.stdin.flush()
        return self._process.stdout.readline().strip() == "0"


def environment_of(folder: Path) -> dict[str, str]:
    """What processes in a copy of the project see: its source, a cache of its own, no plugins that no test needs."""
    return os.environ | {
        "PYTHONPATH": f"{folder / 'src'}{os.pathsep}{folder}",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        "XDG_CACHE_HOME": str(folder / "cache"),
    }
