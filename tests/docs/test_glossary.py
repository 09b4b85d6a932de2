"""Each package says what it is for, and each public word stands in the glossary."""

import importlib
import pkgutil
from pathlib import Path

import pytest

import buldan
from buldan import geoparse, lookup

GLOSSARY = (Path(__file__).parents[2] / "docs" / "glossary.md").read_text("utf-8")
PACKAGES = ["buldan", *(found.name for found in pkgutil.walk_packages(buldan.__path__, "buldan.") if found.ispkg)]


@pytest.mark.parametrize("name", PACKAGES)
def test_every_package_says_what_it_is_for(name: str) -> None:
    said = importlib.import_module(name).__doc__ or ""
    assert len(said.split()) >= 4


def test_every_public_class_and_function_is_in_the_glossary() -> None:
    public = {*buldan.__all__, "Mention", "Alternative", "Relation", "Match", "Nearby", "Suggestion"}
    assert {"Mention", "Relation"} <= set(geoparse.__all__)
    assert {"Match", "Nearby"} <= set(lookup.__all__)
    assert [name for name in sorted(public) if name not in GLOSSARY and not name.startswith("_")] == []
