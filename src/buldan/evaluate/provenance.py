"""The versions behind figures: of the gazetteer, and the commit of the code."""

from __future__ import annotations

import subprocess
from importlib.metadata import version as installed_version
from pathlib import Path

__all__ = ["name_versions"]


def name_versions(version: str) -> str:
    """The line of versions for a page of figures.

    Args:
        version: version of the gazetteer.

    Returns:
        `Gazetteer 2026.11.0f529eb5, commit f363385e21`; `with changes` follows the commit if tracked files differ
        from it. Outside a clone the version of the package is given instead of the commit.
    """
    folder, name = Path(__file__).parent, Path(__file__).name
    if _ask_git(folder, "ls-files", "--error-unmatch", name) is None:
        return f"Gazetteer {version}, Buldan {installed_version('buldan')}"
    commit = (_ask_git(folder, "rev-parse", "--short=10", "HEAD") or "").strip()
    # Changes in docs/ are ignored: pages are written there during a run, and they do not change figures.
    changed = _ask_git(folder, "status", "--porcelain", "--untracked-files=no", "--", ":/", ":!/docs")
    return f"Gazetteer {version}, commit {commit}{' with changes' if changed else ''}"


def _ask_git(folder: Path, *words: str) -> str | None:
    """The output of git; None if there is no git or it reports an error."""
    try:
        done = subprocess.run(["git", *words], cwd=folder, check=False, capture_output=True, encoding="utf-8")
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None
