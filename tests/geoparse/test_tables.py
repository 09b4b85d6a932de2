"""The tables of cues are well made: each row as wide as its header, each form folded to something, no two alike."""

import pytest

from buldan.geoparse.cues import ROLES, load_cues
from buldan.geoparse.features import local_columns
from buldan.geoparse.flat import flatten
from buldan.geoparse.model import by_name
from buldan.geoparse.tables import read_table
from buldan.geoparse.weighing import Tools, find_hits, weigh
from buldan.learn.mentions import own_examples
from buldan.text import fold

TABLES = (
    "clitics",
    "cues",
    "facilities",
    "facility_words",
    "noplace",
    "ordinary",
    "others",
    "people",
    "relations",
    "triggers",
    "weights",
)


@pytest.mark.parametrize("table", TABLES)
def test_every_table_reads(table):
    assert read_table(table)


@pytest.mark.parametrize(
    ("table", "column"), [("cues", 0), ("people", 0), ("triggers", 0), ("facilities", 0), ("others", 0)]
)
def test_every_form_is_a_word(table, column):
    for row in read_table(table):
        assert all(fold(form) for form in row[column].split("|")), row


def test_every_weight_is_of_a_column_that_exists(geoparser):
    tools: Tools = geoparser.tools
    hits, terms = find_hits(flatten("من دمشق إلى حلب وحمص"), tools)
    local = local_columns(hits, terms, tools.vocabulary.is_spelled, tools.cues)
    assert set(tools.name) == set(by_name(local))
    assert set(tools.mention) == set(weigh(flatten("من دمشق إلى حلب"), tools).columns)


def test_a_clitic_does_not_hide_a_cue():
    cues = load_cues()
    assert cues.number["وبريف"] and ROLES.index("countryside") >= 0


def test_our_examples_are_marked_and_many():
    examples = own_examples()
    assert len(examples) > 200
    assert all("[" not in example.text and "{" not in example.text for example in examples)
