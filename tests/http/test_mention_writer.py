"""Mentions put together from kept bytes are, byte by byte, those of the format itself."""

import random

import pytest

from buldan.formats import geojson
from buldan.formats.offsets import count_in_utf16
from buldan.http.mention_writer import MentionWriter
from buldan.http.responses import to_json

SENTENCES = (
    *("قصف على {0} قرب {1}.", "وقع اشتباك 5 كم شمال {0} في ريف {1} الشمالي.", "سافر من {0} إلى لندن ثم {1}."),
    *("Shelling of {0}, 10 km south-east of {1}.", "The eastern countryside of {0} and of {1}.", "Paris, {0} and {1}."),
    *("Between {0} and {1} the road was cut.", "على الطريق بين {0} و{1}.", "😀 مشفى الرحمة في {0}، وسط {1}."),
)
KNOWN = (("Aleppo", "Idlib"), ("حمص", "حماة"), ("Damascus", "Homs"), ("درعا", "إزرع"))


@pytest.fixture(scope="module")
def texts(gazetteer):
    """Of each kind of relation, about well-known places and about any; long enough to name places twice."""
    chance = random.Random(5)
    names = [name for place in gazetteer for name in (place.name_ar, place.name_en) if len(name) > 3]
    pairs = [*KNOWN, *((chance.choice(names), chance.choice(names)) for _ in range(40))]
    return [" ".join(sentence.format(*pair) for sentence in chance.sample(SENTENCES, 5)) for pair in pairs] + ["", "x"]


@pytest.fixture(scope="module")
def readings(gazetteer, texts):
    return [(text, list(gazetteer.iter_mentions(text, foreign=True))) for text in texts]


def test_the_texts_hold_what_is_written_in_different_ways(readings):
    mentions = [mention for _, found in readings for mention in found]
    assert {mention.foreign for mention in mentions} == {True, False}
    assert len({mention.relation.kind for mention in mentions if mention.relation}) > 5
    assert len({mention.relation.area["type"] for mention in mentions if mention.relation}) > 1
    assert any(mention.alternatives for mention in mentions)


@pytest.mark.parametrize("lang", ["en", "ar", "tr"])
def test_bytes_are_those_of_the_format(gazetteer, readings, lang):
    writer = MentionWriter(gazetteer.manifest)
    for _ in range(2):  # the second time from what is kept
        for text, found in readings:
            for mentions in (found, count_in_utf16(text, found)):
                written = to_json(geojson.collect_mentions(mentions, gazetteer.manifest, lang=lang))
                assert writer.write(mentions, lang=lang) == written


def test_members_at_the_end_are_written_after_the_others(gazetteer, readings):
    _, found = readings[0]
    collection = geojson.collect_mentions(found, gazetteer.manifest)
    more = {"truncated": {"mentions": 2, "advice": "ask for less"}}
    assert MentionWriter(gazetteer.manifest).write(found, lang="en", **more) == to_json({**collection, **more})


def test_languages_are_kept_apart(gazetteer, readings):
    writer, found = MentionWriter(gazetteer.manifest), readings[0][1]
    english, arabic = (writer.write(found, lang=lang) for lang in ("en", "ar"))
    assert english != arabic == MentionWriter(gazetteer.manifest).write(found, lang="ar")
