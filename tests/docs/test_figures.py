"""Pages of figures say what they were measured with, truly, and are no older than the edition of the gazetteer."""

import json
import re
import runpy
import subprocess
from pathlib import Path

import pytest

from buldan.index import find_packaged_gazetteer
from buldan.store import read_manifest

ROOT = Path(__file__).parents[2]
RELEASE = runpy.run_path(str(ROOT / "scripts" / "release.py"))
PAGES = [ROOT / page for page in RELEASE["FIGURES"]]
COMMAND = re.compile(r"(?:buldan (?:evaluate|learn)|python (?:-m )?benchmarks)[./ ]\w+")
VERSION = read_manifest(find_packaged_gazetteer()).version


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_of_figures_names_its_command_gazetteer_and_commit(page: Path) -> None:
    text = page.read_text("utf-8")
    assert COMMAND.search(text)
    measured = RELEASE["measurements"](page)
    assert measured, "it needs a line such as: Gazetteer 2026.11.0f529eb5, commit f363385e21"
    assert "with changes" not in text, "measured with changes that no commit has: commit, measure again"
    for version, commit in measured:
        shown = subprocess.run(
            ["git", "show", f"{commit}:gazetteer/manifest.json"], cwd=ROOT, capture_output=True, check=False
        )
        if shown.returncode == 0:  # else a clone without this part of the history
            assert json.loads(shown.stdout)["version"] == version


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_of_figures_is_of_this_edition_of_the_gazetteer(page: Path) -> None:
    """A change of the data need not measure all again at once; a new edition must, and a release asks for the day."""
    edition = VERSION.rpartition(".")[0]
    assert {version.rpartition(".")[0] for version, _ in RELEASE["measurements"](page)} == {edition}


def test_every_page_that_names_a_gazetteer_is_known_as_one_of_figures() -> None:
    named = {page for page in (ROOT / "docs").rglob("*.md") if RELEASE["measurements"](page)}
    assert named <= set(PAGES)


def test_the_report_of_the_data_is_of_this_very_gazetteer() -> None:
    assert f"Version {VERSION}:" in (ROOT / "docs" / "gazetteer.md").read_text("utf-8"), "run: buldan report"


def test_a_release_refuses_figures_of_another_gazetteer(tmp_path: Path) -> None:
    page, weights = tmp_path / "page.md", ["src/buldan/lookup/weights.tsv"]
    page.write_text("Gazetteer 2020.01.00000000, commit 0123456789.", "utf-8")
    (reason,) = RELEASE["stale"]({page: weights}, VERSION)
    assert reason == "page.md: measured with 2020.01.00000000"
    page.write_text(f"Gazetteer {VERSION}, commit 0123456789.", "utf-8")
    assert RELEASE["stale"]({page: weights}, VERSION) == ["page.md: commit 0123456789 is not in this history"]
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, check=False, encoding="utf-8")
    if head.returncode == 0:
        page.write_text(f"Gazetteer {VERSION}, commit {head.stdout.strip()}.", "utf-8")
        assert RELEASE["stale"]({page: weights}, VERSION) == []
