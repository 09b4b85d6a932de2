"""Odd input is read rightly or refused with one clear sentence; time and memory grow with the text alone."""

import time
import tracemalloc

import pytest

from buldan.errors import QueryError
from buldan.geoparse.document.decoding import decode
from buldan.geoparse.document.passages import PASSAGE, iter_passages

ARABIC = "وصلت القافلة إلى مدينة دمشق قادمة من حلب في الصباح، وكان في استقبالها عدد من الأهالي. " * 5


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256", "iso8859_6"])
def test_encodings_of_arabic_are_told_apart(encoding):
    assert decode(ARABIC.replace("،", ",").encode(encoding)).text == ARABIC.replace("،", ",")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (bytes(range(1, 9)) * 500, "binary"),
        (b"caf\xe9 d\xe9j\xe0 vu", "iconv"),
        (b"\xff\xfe\xfd\xfc" * 50 + b"\xd8", "iconv"),
    ],
)
def test_what_cannot_be_read_is_refused_with_advice(content, said):
    with pytest.raises(QueryError, match=said):
        decode(content)


def test_html_is_read_as_text_with_offsets_into_the_page(geoparser):
    page = (
        '<html><head><style>دمشق{}</style></head><body><p class="حلب">'
        "من &quot;إدلب&quot; إلى <b>الرقة</b></p></body></html>"
    )
    mentions = geoparser.read(page)
    assert [mention.text for mention in mentions] == ["إدلب", "الرقة"]
    assert all(page[mention.start : mention.end] == mention.text for mention in mentions)


def test_nul_bidi_controls_and_emoji_are_passed_over(geoparser):
    text = "\u202b😀 وصل إلى\x00 \u200fدمشق\u200f\u202c 🇸🇾"
    assert [mention.text for mention in geoparser.read(text)] == ["دمشق"]


def test_a_single_long_word_takes_linear_time(geoparser):
    geoparser.read("دمشق")
    begun = time.process_time()
    assert geoparser.read("حلب" * 700_000) == []
    assert time.process_time() - begun < 60  # of the processor; work by the square of the letters takes hours


def test_passages_joined_are_the_text():
    text = ("كلمة " * 900 + "\n\n") * 200
    passages = list(iter_passages(text))
    assert "".join(passage for _, passage in passages) == text
    assert len(passages) > 2 and all(len(passage) <= 2 * PASSAGE for _, passage in passages)
    assert all(text[start : start + len(passage)] == passage for start, passage in passages)


@pytest.mark.slow
def test_a_long_text_costs_the_memory_of_a_passage(geoparser):
    text = (ARABIC + "\n\n") * 4000
    geoparser.read(ARABIC)
    tracemalloc.start()
    count = sum(1 for _ in geoparser.iter_mentions(text))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 4000 * 5 * 2
    assert peak < 120e6


@pytest.mark.parametrize(
    "text",
    [
        "Letters From Al And Ed",
        "In El And As, near Al",
        "He was seen in The Al The",
        "In " + "Abc" * 200 + " Town",
        "في بلدة ال",
        "قرى ال والـ وال",
        "In —A— Al, Ed",
        "They fled Homs by the Azaz market road",
    ],
)
def test_no_text_raises(geoparser, text):
    for foreign in (False, True):
        for mention in geoparser.read(text, foreign=foreign):
            assert text[mention.start : mention.end] == mention.text
