"""The tables of cues are well made: each row as wide as its header, each form folded to something, no two alike."""

from pathlib import Path

import pytest

import buldan
from buldan import rules
from buldan.geoparse.document.flat import flatten
from buldan.geoparse.names.cues import ROLES, load_cues
from buldan.geoparse.recognition.features import PASSAGE_FEATURES, LocalFeatures
from buldan.geoparse.scoring import Resources, find_hits
from buldan.learn.lessons import read_own_examples
from buldan.text import fold, script_of

TABLES = (
    "cues",
    "facilities",
    "facility_words",
    "name_words",
    "noplace",
    "ordinary",
    "others",
    "people",
    "relations",
    "triggers",
    "weights",
)


def read_table(name):
    """The rows of a table of the geoparser, or of given names, which the lookup reads, too."""
    return rules.read_table(f"{'text' if name == 'people' else 'geoparse'}/tables/{name}")


OF_LANGUAGES = [
    path
    for folder in ("geoparse/tables", "text/tables")
    for path in sorted((Path(buldan.__file__).parent / folder).glob("*.tsv"))
    if "lang" in path.read_text("utf-8").partition("\n")[0].split("\t")
]
"""Tables that say of each form in which language it is: by that column people choose the rows that they can judge."""


@pytest.mark.parametrize("path", OF_LANGUAGES, ids=[path.stem for path in OF_LANGUAGES])
def test_every_form_is_in_the_letters_of_its_language(path):
    header, *rows = (line.split("\t") for line in path.read_text("utf-8").splitlines())
    lang, form = (next(at for at, column in enumerate(header) if column in names) for names in (LANG, FORM))
    assert [row for row in rows if (row[lang] == "ar") != (script_of(row[form]) == "Arab")] == []


LANG, FORM = {"lang"}, {"form", "forms", "name"}


@pytest.mark.parametrize("table", TABLES)
def test_every_table_reads(table):
    assert read_table(table)


@pytest.mark.parametrize("table", [table for table in TABLES if table not in {"ordinary", "weights"}])
def test_every_row_is_one_form_that_is_a_word(table):
    for form, *_ in read_table(table):
        assert fold(form) and "|" not in form, form


@pytest.mark.parametrize("table", TABLES)
def test_no_row_stands_twice(table):
    rows = [row[:-1] for row in read_table(table)]
    assert len(set(rows)) == len(rows)


def test_every_weight_is_of_a_column_that_exists(geoparser):
    resources: Resources = geoparser.resources
    hits, name_table = find_hits(flatten("من دمشق إلى حلب وحمص"), resources)
    local = LocalFeatures(hits, name_table, resources.vocabulary.is_spelled, resources.cues, resources.name)
    assert set(resources.name) == set(local.make_feature_columns())
    assert set(resources.mention) == set(PASSAGE_FEATURES)


def test_a_clitic_does_not_hide_a_cue():
    cues = load_cues()
    assert cues.number["وبريف"] and ROLES.index("countryside") >= 0


def test_our_examples_are_marked_and_many():
    examples = read_own_examples()
    assert len(examples) > 200
    assert all("[" not in example.text and "{" not in example.text for example in examples)
