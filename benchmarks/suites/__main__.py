"""The command: one suite, or all and a table of them; exit code 1 where a case failed or was skipped."""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import httpx

from benchmarks.pages import table
from benchmarks.suites.moving import move_suite
from benchmarks.suites.negatives import measure_negatives
from benchmarks.suites.sources import SUITES, export_suite

__all__ = ["main"]

_HERE = Path(__file__).parent
_REPOSITORY = _HERE.parents[1]
_API = "test/bdd/features/api"
# geopy: what no façade answers, by name; see geopy/__init__.py.
_NOT_GEOPY = "not timezone and not InvalidAccount"
_ASYNCIO = ["-o", "asyncio_mode=auto"]
_OUTCOME = re.compile(r"(\d+) (passed|failed|skipped|errors?)")
_SUMMARY = re.compile(r"\d+ (passed|failed|skipped|errors?).* in [\d.]+s")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run what is asked for."""
    options = _options().parse_args(arguments)
    if options.suite == "negatives":
        sys.exit(not measure_negatives(options.file, server=options.server))
    names = list(SUITES) if options.suite == "all" else [options.suite]
    try:
        httpx.get(f"{options.server}/ready", timeout=60).raise_for_status()
        counts = {name: _run_suite(name, options) for name in names}
    except (httpx.HTTPError, ValueError) as error:
        raise SystemExit(str(error)) from error
    if options.suite == "all":
        rows = ((SUITES[name].title, f"{passed} of {asked}") for name, (passed, asked) in counts.items())
        print("\n".join(table(("suite, at commit", "passed"), rows)))
    sys.exit(any(passed < asked for passed, asked in counts.values()))


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.suites", description=__doc__)
    parser.add_argument("suite", choices=[*SUITES, "negatives", "all"])
    parser.add_argument("--server", default="http://127.0.0.1:8000", help="of a running `buldan serve`")
    parser.add_argument("--checkout", type=Path, help="a clone of the suite's repository")
    parser.add_argument("--checkouts", type=Path, default=Path(), help="a folder of clones, each named as git names it")
    parser.add_argument(
        "--file", type=Path, action="append", default=[], help="negatives: a table with a column `name`"
    )
    parser.add_argument("--keep", type=Path, help="a folder for the moved suite, to look at")
    return parser


def _run_suite(name: str, options: argparse.Namespace) -> tuple[int, int]:
    """How many cases passed, and how many were asked."""
    suite = SUITES[name]
    print(suite.title, flush=True)
    with tempfile.TemporaryDirectory(prefix="suite-") as temporary:
        folder = options.keep or Path(temporary)
        if suite.folders:
            export_suite(suite, checkout=options.checkout or options.checkouts / suite.folder_name, into=folder)
        return _MOVED[name](folder, options.server) if name in _MOVED else _run_ours(name, folder, options.server)


def _run_nominatim(folder: Path, server: str) -> tuple[int, int]:
    tables = _HERE / "nominatim"
    move_suite(folder / _API, moved=tables / "moved.tsv", out_of_scope=tables / "out_of_scope.tsv")
    for file in sorted((folder / _API / "details").iterdir()):
        file.unlink()  # /details shows OpenStreetMap's objects
    return _run_pytest(folder / "test/bdd", ["test_api.py", "-p", "benchmarks.suites.nominatim.steps"], server)


def _run_geopy(folder: Path, server: str) -> tuple[int, int]:
    move_suite(folder, moved=_HERE / "geopy/moved.tsv")
    files = [f"test/geocoders/{name}.py" for name in ("nominatim", "photon", "geonames")]
    asked = [*files, "-p", "benchmarks.suites.geopy.aim", *_ASYNCIO, "-k", _NOT_GEOPY]
    return _run_pytest(folder, asked, server)


def _run_ours(name: str, folder: Path, server: str) -> tuple[int, int]:
    return _run_pytest(folder, [str(_HERE / name), "-c", os.devnull, "--rootdir", str(_HERE)], server)


_MOVED = {"nominatim": _run_nominatim, "geopy": _run_geopy}
"""The suites that are run themselves; the others are asked again, in a folder of their name."""


def _run_pytest(folder: Path, arguments: list[str], server: str) -> tuple[int, int]:
    """Run pytest in a folder. A skip is a case that was asked for and not answered, and no pass."""
    command = [sys.executable, "-m", "pytest", "-q", "-rfsE", "--tb=line", "-p", "no:cacheprovider", *arguments]
    paths = os.pathsep.join([str(_REPOSITORY), str(folder)])
    environment = {**os.environ, "SERVER": server, "SUITE": str(folder), "PYTHONPATH": paths}
    done = subprocess.run(command, cwd=folder, env=environment, check=False, stdout=subprocess.PIPE, text=True)
    print(done.stdout, flush=True)
    summary = next((line for line in reversed(done.stdout.splitlines()) if _SUMMARY.search(line)), "")
    if not summary or "during collection" in done.stdout:
        raise SystemExit("the suite did not run; what it needs is in the extra `benchmarks`")
    outcomes = {outcome: int(count) for count, outcome in _OUTCOME.findall(summary)}
    return outcomes.get("passed", 0), sum(outcomes.values())


if __name__ == "__main__":
    main()
