"""Examples in docstrings give what they say, and what is public says what it is."""

import doctest
from importlib import import_module
from pathlib import Path

import pytest

import buldan

SOURCE = Path(str(buldan.__file__)).parent
WITH_EXAMPLES = [path for path in sorted(SOURCE.rglob("*.py")) if ">>> " in path.read_text("utf-8")]


@pytest.mark.parametrize("path", WITH_EXAMPLES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_examples_give_what_they_say(path: Path) -> None:
    parts = path.relative_to(SOURCE.parent).with_suffix("").parts
    outcome = doctest.testmod(import_module(".".join(parts).removesuffix(".__init__")))
    assert outcome.attempted > 0
    assert outcome.failed == 0


def test_the_public_surface_is_this_list() -> None:
    """Names that people import: a change here is a change for them."""
    assert buldan.__all__ == [
        "BuldanError",
        "Gazetteer",
        "GazetteerError",
        "Match",
        "Matches",
        "Mention",
        "MissingExtra",
        "Name",
        "Place",
        "PlaceNotFound",
        "QueryError",
        "Reading",
        "SourceError",
        "geocode",
        "load",
    ]
    for name in buldan.__all__:
        assert getattr(buldan, name).__doc__
