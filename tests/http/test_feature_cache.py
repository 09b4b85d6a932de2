"""Answers put together from kept bytes are those of the format itself."""

import json

import pytest

from buldan.formats import geojson
from buldan.http.feature_cache import FeatureCache


@pytest.mark.parametrize("lang", ["en", "ar", "fr"])
@pytest.mark.parametrize("name", ["Yelda", "حمص", "Tel Abiad", "Springfield"])
def test_spliced_answers_are_those_of_the_format(gazetteer, name, lang):
    fragments = FeatureCache(gazetteer.manifest)
    matches = gazetteer.lookup(name, limit=8)
    written = geojson.matches_collection(matches, gazetteer.manifest, query=name, lang=lang)
    for _ in range(2):  # the second time from kept bytes
        assert json.loads(fragments.matches(matches, query=name, lang=lang)) == json.loads(json.dumps(written))


@pytest.mark.parametrize("lang", ["en", "ar", "tr"])
@pytest.mark.parametrize("limit", [1, 20])
def test_places_nearby_too(gazetteer, limit, lang):
    nearby = gazetteer.reverse(lon=36.32, lat=33.46, limit=limit)
    written = geojson.collect_nearby(nearby, gazetteer.manifest, lang=lang)
    assert json.loads(FeatureCache(gazetteer.manifest).nearby(nearby, lang=lang)) == json.loads(json.dumps(written))


def test_what_is_written_out_before_is_the_same(gazetteer):
    fragments, matches = FeatureCache(gazetteer.manifest), gazetteer.lookup("Nawa")
    written_when_found = fragments.matches(matches, query="Nawa", lang="ar")
    prepared = FeatureCache(gazetteer.manifest)
    prepared.write_out(gazetteer)
    assert prepared.matches(matches, query="Nawa", lang="ar") == written_when_found


def test_a_spliced_place_is_that_of_the_format(gazetteer):
    place = gazetteer.place("C2302")
    spliced = json.loads(FeatureCache(gazetteer.manifest).place(place, lang="ar", head={"version": "1"}))
    assert spliced == {**json.loads(json.dumps(geojson.place_feature(place, lang="ar"))), "version": "1"}
