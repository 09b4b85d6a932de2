"""Answers put together from kept bytes are those of the format itself."""

import json

import pytest

from buldan.formats import geojson
from buldan.http.fragments import Fragments


@pytest.mark.parametrize("lang", ["en", "ar", "fr"])
@pytest.mark.parametrize("name", ["Yelda", "حمص", "Tel Abiad", "Springfield"])
def test_spliced_answers_are_those_of_the_format(gazetteer, name, lang):
    fragments = Fragments(gazetteer.manifest)
    matches = gazetteer.lookup(name, limit=8)
    written = geojson.matches_collection(matches, gazetteer.manifest, query=name, lang=lang)
    for _ in range(2):  # the second time from kept bytes
        assert json.loads(fragments.matches(matches, query=name, lang=lang)) == json.loads(json.dumps(written))


def test_a_spliced_place_is_that_of_the_format(gazetteer):
    place = gazetteer.place("C2302")
    spliced = json.loads(Fragments(gazetteer.manifest).place(place, lang="ar", head={"version": "1"}))
    assert spliced == {**json.loads(json.dumps(geojson.place_feature(place, lang="ar"))), "version": "1"}
