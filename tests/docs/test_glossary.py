"""Each package says what it is for, and each public word stands in the glossary."""

import importlib
import pkgutil
from pathlib import Path

import pytest

import buldan
from buldan import geoparse, lookup
from buldan.formats import geojson

GLOSSARY = (Path(__file__).parents[2] / "docs" / "glossary.md").read_text("utf-8")
TERMS = {
    term.strip()
    for row in GLOSSARY.splitlines()
    if row.startswith("| ")
    for term in row.split("|")[1].replace(";", ",").split(",")
}
PACKAGES = ["buldan", *(found.name for found in pkgutil.walk_packages(buldan.__path__, "buldan.") if found.ispkg)]


@pytest.mark.parametrize("name", PACKAGES)
def test_every_package_says_what_it_is_for(name: str) -> None:
    said = importlib.import_module(name).__doc__ or ""
    assert len(said.split()) >= 4


@pytest.mark.parametrize("package", [buldan, geoparse, lookup], ids=lambda package: package.__name__)
def test_every_public_class_and_function_is_in_the_glossary(package) -> None:
    assert [name for name in package.__all__ if not name.startswith("_") and not _is_explained(name)] == []


def test_every_shape_of_an_answer_is_in_the_glossary() -> None:
    shapes = [name for name in geojson.__all__ if isinstance(getattr(geojson, name), type)]
    assert {"Feature", "MentionCollection"} <= set(shapes)
    assert [name for name in shapes if not _is_explained(name)] == []


def _is_explained(name: str) -> bool:
    """Whether a name stands as a term of its own: in the first column, alone or between commas."""
    return name in TERMS
