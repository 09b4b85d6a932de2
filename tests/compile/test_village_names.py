"""Names of villages that come with a record of Who's On First, and the communities that OCHA adds."""

import pytest

from buldan.compile.names import clean
from buldan.compile.sources.ocha_places import read_new_communities
from buldan.compile.sources.whosonfirst import _names


def read(kind_is_village, **names):
    properties = {"gn:name": "Ḩarrān", "gn:geonameid": 1, **{f"name:{key}": [text] for key, text in names.items()}}
    return {name.text: (name.lang, name.kind) for name in _names(properties, is_village=kind_is_village)}


@pytest.mark.parametrize(
    ("key", "text", "village", "town"),
    [
        ("tur_x_variant", "Tall Ghazāl", ("ar", "variant"), ("ar", "variant")),
        ("tur_x_variant", "Çobanbey", ("tr", "exonym"), ("tr", "exonym")),
        ("spa_x_preferred", "Harrán", None, ("es", "exonym")),
        ("kur_x_variant", "Tilxezal", ("ku", "variant"), ("ku", "variant")),
    ],
)
def test_a_village_bears_no_foreign_namesakes_names(key, text, village, town):
    assert read(True, **{key: text}).get(text) == village
    assert read(False, **{key: text}).get(text) == town
    assert read(True, **{key: text})["Ḩarrān"] == ("ar", "attested")


def test_reconstructed_names_lose_their_brackets():
    assert clean("[Dur-Katlimmu]") == "Dur-Katlimmu"


def test_the_new_communities_are_read_with_names_and_units(shared):
    records = {record.source_id: record for record in read_new_communities(shared / "sources")}
    assert len(records) == 100
    tall_tamer = records["C8746"]
    assert tall_tamer.within == "SY080001"
    assert {name.text for name in tall_tamer.names} >= {"Ein Eltineh (Tal Tamer)", "عين التينة"}
