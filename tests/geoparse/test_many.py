"""Many texts read together answer as each does alone, to the last bit, however they are cut and ordered."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from buldan.geoparse.document.flat import flatten, flatten_all
from buldan.geoparse.document.passages import PASSAGE

TEXTS = (
    "خرج المقاتلون من يلدا وببيلا إلى مدينة إدلب، وقصف الطيران قرى مرعناز والمالكية وشوارغة شمالي حلب.",
    "أصيب ثلاثة في بلدة الغارية الشرقية شرقي درعا، ونقلوا إلى مشفى بلدة الغارية.",
    "The hospital in Talmenes, Idlib, was hit after a strike on Khan Sheikhounn, 5 km north of Hama.",
    "قال سكان من حي الغويران في حلب إن الكهرباء مقطوعة، وعلى بعد 5 كم",
    "شمال سراقب طريق دمشق، والأردن ولبنان والعراق. اجتمع في باريس مع سلمان الحلبي",
    "Letters From Al And Ed: Mr Homs of the Lebanese city of Tripoli, Marret and Marret Numan, Iraq",
    "<p>قصف على <b>حلب</b> &quot;والرقة&quot;</p><p>ريف دمشق</p>",
    "استهدفت غارة مستشفى كفر تخاريم ليلا ثم مستشفى الرحمة في سراقب، وبينهما فندق الشام",
    "حلب. A. Khan's men. نهر",
    "",
    " \n ",
)

cuts = st.builds(lambda text, a, b: text[min(a, b) : max(a, b)], st.sampled_from(TEXTS), *[st.integers(0, 100)] * 2)


@given(st.lists(st.one_of(cuts, st.sampled_from(TEXTS)), max_size=12))
@settings(max_examples=60, suppress_health_check=list(HealthCheck))
def test_many_answer_as_one_by_one(geoparser, texts):
    together = list(geoparser.read_many(texts, foreign=True))
    assert together == [geoparser.read(text, foreign=True) for text in texts]


@given(st.lists(st.one_of(cuts, st.text("ab .'\n\u2029\u064bحلبﷺ", max_size=6)), min_size=1, max_size=8))
@settings(max_examples=100)
def test_a_passage_among_others_reads_as_alone(texts):
    flat = flatten_all(texts)
    for number, text in enumerate(texts):
        alone, among = flatten(text), flat.take_passage(number)
        assert (among.text, among.original, list(among.words)) == (alone.text, alone.original, list(alone.words))
        assert among.offsets.tolist() == alone.offsets.tolist()
        assert (among.gap_list, among.hashes.tolist()) == (alone.gap_list, alone.hashes.tolist())


def test_texts_are_taken_as_they_are_needed(gazetteer):
    taken = []

    def texts():
        for number in range(1_000_000):
            taken.append(number)
            yield TEXTS[number % 5] * 10

    readings = gazetteer.geoparse_many(texts())
    first = next(readings)
    assert first.text == TEXTS[0] * 10 and first.mentions == gazetteer.geoparse(first.text).mentions
    assert len(taken) < 1000


def test_a_text_of_several_passages_keeps_its_place_among_others(geoparser):
    long = (TEXTS[0] + "\n\n") * (2 * PASSAGE // len(TEXTS[0]) + 10)
    texts = [TEXTS[1], long, TEXTS[2]]
    assert list(geoparser.read_many(texts)) == [geoparser.read(text) for text in texts]


@pytest.mark.parametrize("texts", [[], [""], ["", ""]])
def test_nothing_gives_nothing(geoparser, texts):
    assert list(geoparser.read_many(texts)) == [[] for _ in texts]
