"""Docs, help, messages, docstrings and the page speak present-day English: no word of `wordlist.tsv` is in them."""

import csv
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
with Path(__file__).with_name("wordlist.tsv").open(encoding="utf-8", newline="") as file:
    WORDS = {row["avoid"]: row["write"] for row in csv.DictReader(file, delimiter="\t")}
AVOIDED = re.compile(rf"\b(?:{'|'.join(map(re.escape, WORDS))})\b", re.IGNORECASE)
PAGES = [
    *ROOT.glob("*.md"),
    *ROOT.glob("docs/**/*.md"),
    *ROOT.glob("src/buldan/**/*.py"),
    ROOT / "src/buldan/http/static/i18n/en.json",
]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_page_holds_no_word_that_a_second_language_reader_stumbles_over(page: Path) -> None:
    text = " ".join(page.read_text("utf-8").split())
    found = [
        f"{hit[0]!r} → {WORDS[hit[0].casefold()]!r}: …{text[max(0, hit.start() - 30) : hit.end() + 30]}…"
        for hit in AVOIDED.finditer(text)
    ]
    assert not found, "\n".join(found)
