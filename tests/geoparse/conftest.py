"""The geoparser over the packaged gazetteer, made once, and the names that it finds."""

import pytest

import buldan
from buldan.geoparse import Geoparser
from buldan.index import open_index
from buldan.lookup import Lookup


@pytest.fixture(scope="session")
def geoparser() -> Geoparser:
    """The geoparser over the packaged gazetteer."""
    index = open_index()
    return Geoparser(index, Lookup(index))


@pytest.fixture(scope="session")
def mini_gazetteer(mini) -> buldan.Gazetteer:
    """The mini gazetteer of namesakes, opened."""
    return buldan.load(mini)


def find_names(geoparser: Geoparser, text: str) -> list[str]:
    """The words of a text that are read as places, in their order."""
    return [mention.text for mention in geoparser.read(text)]
