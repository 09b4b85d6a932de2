"""The Arabic page translates what the service says: each sentence of its table is one that the service still says."""

import json
import re
from pathlib import Path

import pytest

import buldan

SOURCE = Path(buldan.__file__).parent
SENTENCES = json.loads((SOURCE / "http" / "static" / "i18n" / "service.ar.json").read_text("utf-8"))
FRAGMENT = 12
"""Letters from which on a part of a sentence between its gaps tells it from others."""


@pytest.fixture(scope="module")
def code() -> str:
    joined = "\n".join(path.read_text("utf-8") for path in (*SOURCE.rglob("*.py"), *SOURCE.rglob("*.tsv")))
    return re.sub(r'"\s*\n\s*f?"', "", joined)


@pytest.mark.parametrize("sentence", [english for english, _ in SENTENCES])
def test_a_translated_sentence_is_still_said(code: str, sentence: str) -> None:
    parts = [part.strip() for part in re.split(r"\{\}|\d+|\brows?\b", sentence)]
    missing = [part for part in parts if len(part) >= FRAGMENT and part not in code]
    assert missing == []


def test_a_sentence_and_its_translation_have_the_same_gaps() -> None:
    assert [english for english, arabic in SENTENCES if english.count("{}") < arabic.count("{}")] == []
