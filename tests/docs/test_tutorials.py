"""Every block of the tutorials runs, in its order, in an empty folder; what a page shows as output is printed.

`sh` blocks run; `{.sh .no-run}` only have to be commands that exist; blocks with a title are files; a `text` block
without one is output of the block before it, compared word by word (scores apart, which learning moves).
"""

import re
import shlex
from pathlib import Path

import pytest

from buldan.cli import _COMMANDS, main

DOCS = Path(__file__).parents[2] / "docs"
PAGES = [DOCS / "start.md", *sorted((DOCS / "tutorials").glob("*.md")), *sorted((DOCS / "ar").glob("*.md"))]
BLOCK = re.compile(r"^```(?:\{([^}]*)\}|(\w+))\n(.*?)^```", re.DOTALL | re.MULTILINE)


def blocks(page: Path) -> list[tuple[str, str, str]]:
    """(language, title or "no-run" or empty, content) of each block."""
    found = []
    for attributes, plain, content in BLOCK.findall(page.read_text("utf-8")):
        language = plain or attributes.split()[0].lstrip(".")
        title = re.search(r'title="([^"]+)"', attributes)
        found.append((language, title[1] if title else "no-run" if "no-run" in attributes else "", content))
    return found


def run(line: str, capfd: pytest.CaptureFixture[str]) -> str:
    """What a line of a `sh` block prints; it begins with `buldan`, and may write into a file."""
    words = shlex.split(line)
    assert words[0] == "buldan", line
    out = words[words.index(">") + 1] if ">" in words else ""
    arguments = words[1 : words.index(">")] if out else words[1:]
    capfd.readouterr()
    with pytest.raises(SystemExit) as left:
        main(arguments)
    said = capfd.readouterr()
    assert left.value.code == 0, f"{line}\n{said.err}"
    if out:
        Path(out).write_text(said.out, "utf-8")
    return said.out


def words_of(text: str) -> list[list[str]]:
    """The words of each line, without numbers with a point (coordinates and scores)."""
    return [[word for word in line.split() if not re.fullmatch(r"-?\d+\.\d+,?|\?", word)] for line in text.splitlines()]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}/{page.stem}")
def test_a_page_can_be_followed_word_for_word(page: Path, tmp_path: Path, monkeypatch, capfd) -> None:
    monkeypatch.chdir(tmp_path)
    printed = ""
    names: dict[str, object] = {}
    for language, title, content in blocks(page):
        if title and title != "no-run":
            (tmp_path / title).parent.mkdir(exist_ok=True)
            (tmp_path / title).write_text(content, "utf-8")
        elif language == "python":
            exec(compile(content, page.name, "exec"), names)
        elif language == "text":
            shown = words_of(printed)
            for wanted in words_of(content):
                assert any(line[: len(wanted)] == wanted for line in shown), f"{wanted} is not in\n{printed}"
        elif title != "no-run":
            printed = "".join(run(line, capfd) for line in content.splitlines())
        else:
            commands = re.findall(r"^buldan (\w+)", content, re.MULTILINE)
            assert set(commands) <= set(_COMMANDS)
