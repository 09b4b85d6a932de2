"""Check that a release is ready, step by step: `python scripts/release.py --dry-run`; without the flag it also tags.

Every step says what it checks and stops at the first fault. Needs `build` and `twine`. Publishing itself is done by
the forge once the tag is pushed (docs/release.md).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
MEASURED = re.compile(r"Gazetteer (20\d\d\.\d\d\.[0-9a-f]{8}), commit ([0-9a-f]{7,40})\b")
NAMES_WEIGHTS, TEXTS_WEIGHTS = "src/buldan/lookup/weights.tsv", "src/buldan/geoparse/tables/weights.tsv"
FIGURES: dict[str, tuple[str, ...]] = {
    "docs/evaluation.md": (NAMES_WEIGHTS,),
    "docs/evaluation-geoparse.md": (NAMES_WEIGHTS, TEXTS_WEIGHTS),
    "docs/benchmarks-matchers.md": (NAMES_WEIGHTS,),
    "docs/performance.md": (),
    "docs/performance-geoparse.md": (),
    "docs/performance-http.md": (),
    "docs/performance-tables.md": (),
    "docs/reliability.md": (),
    "docs/testing.md": (),
}
"""Pages of figures, each with the learned weights that move them besides the gazetteer."""


class NotReady(SystemExit):
    """What is wrong with the release, and what to do."""


def read_project() -> dict[str, object]:
    """The `[project]` table."""
    project: dict[str, object] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return project


def run(*command: str) -> str:
    """Standard output of a command in the project's folder."""
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, encoding="utf-8")
    if done.returncode:
        raise NotReady(f"{' '.join(command)} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout


def succeeds(*command: str) -> bool:
    """Whether a command in the project's folder ends with exit code 0."""
    return subprocess.run(command, cwd=ROOT, check=False, capture_output=True).returncode == 0


def check_tree() -> str:
    """Nothing is uncommitted."""
    changed = run("git", "status", "--porcelain")
    if changed:
        raise NotReady(f"commit or discard first:\n{changed}")
    return run("git", "rev-parse", "--short", "HEAD").strip()


def check_version() -> str:
    """The changelog begins with the version of pyproject.toml, and no tag has it yet."""
    version = str(read_project()["version"])
    headings = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    if not headings or headings[0] != version:
        raise NotReady(f"CHANGELOG.md begins with {headings[:1]}, pyproject.toml says {version}; make them one")
    if f"v{version}" in run("git", "tag").split():
        raise NotReady(f"v{version} is tagged already; raise the version in pyproject.toml")
    return version


def check_addresses() -> str:
    """The project's URLs are set (only told, since only the owner knows them)."""
    urls = read_project().get("urls")
    unset = [name for name, url in urls.items() if "example.org" in url] if isinstance(urls, dict) else []
    return f"still placeholders: {', '.join(unset)}" if unset else "set"


def measurements(page: Path) -> list[tuple[str, str]]:
    """(version of the gazetteer, commit) of each line of a page that says what was measured with what."""
    return MEASURED.findall(page.read_text("utf-8"))


def stale(pages: Mapping[Path, Sequence[str]], version: str) -> list[str]:
    """Why pages have to be made again: another gazetteer, or weights of theirs that were learned since."""
    reasons = []
    for page, weights in pages.items():
        for measured, commit in measurements(page):
            if measured != version:
                reasons.append(f"{page.name}: measured with {measured}")
            elif not succeeds("git", "cat-file", "-e", commit):
                reasons.append(f"{page.name}: commit {commit} is not in this history")
            elif weights and not succeeds("git", "diff", "--quiet", commit, "--", *weights):
                reasons.append(f"{page.name}: weights were learned again since {commit}")
    return reasons


def check_figures() -> str:
    """Pages of figures were measured with this gazetteer and these weights."""
    version = json.loads((ROOT / "gazetteer" / "manifest.json").read_text("utf-8"))["version"]
    reasons = stale({ROOT / page: weights for page, weights in FIGURES.items()}, version)
    if reasons:
        raise NotReady(
            "\n".join([f"make again, with gazetteer {version}, by the command that each page names:", *reasons])
        )
    return str(version)


def check_data() -> str:
    """The gazetteer breaks no rule; what changed in it since the last tag."""
    run(sys.executable, "-m", "buldan", "check")
    tags = run("git", "tag", "--sort=-creatordate", "--list", "v*").split()
    return run("git", "diff", "--shortstat", tags[0], "--", "gazetteer") if tags else "first release"


def check_build() -> str:
    """Two builds of the wheel give the same bytes, and its metadata is in order."""
    digests = set()
    with tempfile.TemporaryDirectory() as folder:
        for name in ("one", "two"):
            out = Path(folder) / name
            run(sys.executable, "-m", "build", "--outdir", str(out))
            (wheel,) = out.glob("*.whl")
            digests.add(hashlib.sha256(wheel.read_bytes()).hexdigest())
        run(sys.executable, "-m", "twine", "check", "--strict", *map(str, out.iterdir()))
    if len(digests) > 1:
        raise NotReady("two builds of the wheel differ; see hatch_build.py for what keeps them alike")
    return f"{wheel.name}, sha256 {digests.pop()[:16]}…"


def run_tests() -> str:
    """The project's tests."""
    return run("bash", "tests/run.sh").strip().splitlines()[-1]


STEPS: tuple[Callable[[], str], ...] = (
    check_tree,
    check_version,
    check_addresses,
    check_figures,
    check_data,
    check_build,
    run_tests,
)


def main() -> None:
    """Run every step; tag where all went well and this is no rehearsal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dry-run", action="store_true", help="check everything, tag nothing")
    parser.add_argument("--skip", action="append", default=[], choices=[step.__name__ for step in STEPS])
    options = parser.parse_args()
    for step in STEPS:
        if step.__name__ not in options.skip:
            print(f"{step.__name__}: {(step.__doc__ or '').strip()}", flush=True)
            print(f"    {step().strip()}", flush=True)
    if options.dry_run:
        print("ready; nothing was tagged")
        return
    tag = f"v{read_project()['version']}"
    run("git", "tag", "--annotate", tag, "--message", f"Buldan {tag}")
    print(f"tagged {tag}; publish it with: git push origin {tag}")


if __name__ == "__main__":
    main()
