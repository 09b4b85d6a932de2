"""The rules of scoring, on documents made for them, and the figures that reading must reach."""

import pytest

from buldan.evaluate.documents import read_documents
from buldan.evaluate.geoparse import score_documents
from buldan.geoparse import Mention
from buldan.geoparse.annotated import AnnotatedText, GoldMention


def document(*gold: GoldMention) -> AnnotatedText:
    return AnnotatedText("made", "ar", "من دمشق إلى بيروت ثم لواء القدس وحلب", gold)


def test_overlap_matches_once_and_places_by_tolerance(gazetteer):
    damascus, aleppo = gazetteer.place("C1001"), gazetteer.place("C1007")
    gold = (
        GoldMention(3, 7, "syria", "city", damascus.lon, damascus.lat + 0.05, 10),
        GoldMention(12, 17, "foreign"),
        GoldMention(26, 31, "embedded"),
        GoldMention(33, 36, "syria", "city", aleppo.lon, aleppo.lat, 10),
    )
    answers = [
        Mention(0, 7, "من دمشق", damascus, 0.9),
        Mention(12, 17, "بيروت", damascus, 0.5),
        Mention(26, 31, "القدس", damascus, 0.5),
        Mention(33, 36, "حلب", damascus, 0.9),
    ]
    scores, errors = score_documents([document(*gold)], lambda _: answers)
    score = scores["ar"]
    assert (score.found, score.exact, score.missed, score.wrong) == (2, 1, 0, 1)
    assert (score.placed, score.placeable, score.end_to_end) == (1, 2, 1)
    assert sorted(error.cause for error in errors) == ["foreign place", "wrong place"]


def test_a_mark_without_a_point_counts_for_detection(gazetteer):
    gold = GoldMention(3, 7, "syria", "region")
    answer = Mention(3, 7, "دمشق", gazetteer.place("C1001"), 0.9)
    scores, _ = score_documents([document(gold)], lambda _: [answer])
    assert scores["all"].end_to_end_f1 == 1.0 and scores["all"].placeable == 0


@pytest.mark.parametrize(
    ("language", "f1", "resolution", "end_to_end"), [("ar", 0.92, 0.93, 0.87), ("en", 0.92, 0.87, 0.86)]
)
def test_reading_reaches_what_it_must(geoparser, shared, language, f1, resolution, end_to_end):
    documents = [d for d in read_documents(shared / "eval" / "geoparse-dev.jsonl") if d.lang == language]
    score = score_documents(documents, geoparser.read)[0][language]
    assert score.f1 >= f1
    assert score.resolution >= resolution
    assert score.end_to_end_f1 >= end_to_end


def test_ordinary_text_raises_few_false_alarms(geoparser, shared):
    text = (shared / "eval" / "ordinary-arabic.txt").read_text("utf-8")
    assert len(geoparser.read(text)) / len(text.split()) <= 0.002
