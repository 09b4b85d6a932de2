"""Names of villages that come with a record of Who's On First, and the communities that OCHA adds."""

import pytest

from buldan.compile.names import clean
from buldan.compile.sources.ocha_places import (
    _iter_official,
    read_communities,
    read_neighbourhoods,
    read_new_communities,
)
from buldan.compile.sources.whosonfirst import _names
from buldan.text import is_bare_phrase


def read(kind_is_village, **names):
    properties = {"gn:name": "Ḩarrān", "gn:geonameid": 1, **{f"name:{key}": [text] for key, text in names.items()}}
    return {name.text: (name.lang, name.kind) for name in _names(properties, is_village=kind_is_village)}


@pytest.mark.parametrize(
    ("key", "text", "village", "town"),
    [
        ("tur_x_variant", "Tall Ghazāl", ("ar", "variant"), ("ar", "variant")),
        ("tur_x_variant", "Çobanbey", None, ("tr", "exonym")),
        ("tur_x_variant", "Cami", None, ("tr", "exonym")),
        ("tur_x_variant", "Herran", ("tr", "exonym"), ("tr", "exonym")),
        ("tur_x_variant", "Herrâne Qibli", ("und", "variant"), ("und", "variant")),
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


def texts(names, kind):
    return [name.text for name in names if name.kind == kind]


@pytest.mark.parametrize(
    ("arabic", "english", "official", "variants"),
    [
        ("الزيتون / بوزلجة", "Zaytun (Buzlija)", ["الزيتون", "Zaytun"], {"الزيتون / بوزلجة", "بوزلجة", "Buzlija"}),
        ("الزيتون / اللاذقية", "Zaytun", ["الزيتون", "Zaytun"], {"الزيتون / اللاذقية"}),
        ("زهرةالحياة", "Zahra", ["زهرة الحياة", "Zahra"], {"زهرةالحياة"}),
        ("الزيتون - بوزلجة", "Zaytun", ["الزيتون - بوزلجة", "Zaytun"], {"الزيتون", "بوزلجة"}),
    ],
)
def test_of_two_names_in_one_the_first_is_official_and_what_is_written_stays(arabic, english, official, variants):
    names = list(_iter_official(arabic, english, qualifiers=["اللاذقية"], row={}))
    assert texts(names, "official") == official
    assert variants <= set(texts(names, "variant"))


def test_what_tells_two_communities_of_a_sub_district_apart_is_a_part_of_the_name(shared):
    records = {record.source_id: record for record in read_communities(shared / "sources")}
    assert texts(records["C7336"].names, "official") == ["زبيدة الغربية", "زبيدة", "Zabida"]
    assert texts(records["C1237"].names, "official")[0] == "زبيدة"


def test_a_quarter_that_any_town_has_bears_the_name_of_its_town(shared):
    quarters = [record for record in read_neighbourhoods(shared / "sources") if record.source_id.startswith("N")]
    official = {text for record in quarters for text in texts(record.names, "official")}
    assert not any(map(is_bare_phrase, official))
    assert {text for text in official if text.startswith("الملعب البلدي ب")}
