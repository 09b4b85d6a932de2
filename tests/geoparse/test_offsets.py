"""Offsets are code points of the text as given, whatever is in it."""

from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st

from buldan.geoparse.document.flat import flatten
from buldan.geoparse.document.markup import strip_html

NAMES = (
    "دمشق",
    "حلب",
    "الحجر الأسود",
    "دير الزور",
    "مخيم اليرموك",
    "الرقّة",
    "إدلب",
    "Aleppo",
    "Deir ez-Zor",
    "Kafr Nabl",
)
ODDITIES = (
    "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670\u0640ءآأؤإئىةﷲﷺﻻﻼﷴ\u200c\u200d\u200e\u200f\u202a\u202b\u202c"
    "\x1c\x1f\x7f\x85\u3000\U000e0041\u2066\u2067\u2069\ufeff\u061c\x00😀🇸🇾½…،؛؟٪٠١٢٣۴«»“”’'()[]<>&\n\r\t\u2028 "
)
CLITICS = ("", "و", "ب", "وب", "ل", "ف", "ك", "ول", "في ", "من ", "بلدة ", "in ", "near ")

pieces = st.one_of(
    st.builds(lambda clitic, name: clitic + name, st.sampled_from(CLITICS), st.sampled_from(NAMES)),
    st.text(alphabet=ODDITIES, max_size=6),
    st.text(max_size=8),
    st.sampled_from(["ـ", "دِمَـشْـق", "ﺩﻣﺸﻖ", "الرقــــة", "Aleppo's", "<b>", "&quot;", "<p>"]),
)
texts = st.lists(pieces, max_size=30).map("".join)


@settings(max_examples=300)
@given(texts)
@example("وصل إلى دمشق\x1f ثم إلى حلب\u3000\x85")
@example("دير الزور<?>في دمشق<P>")
@example("5 km <b>north</b> of Idlib<p>")
def test_the_text_between_the_offsets_is_the_mention(geoparser, text):
    for mention in geoparser.read(text, foreign=True):
        assert 0 <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.text
        assert mention.text.strip() == mention.text
        if mention.relation:
            assert text[mention.relation.start : mention.relation.end] == mention.relation.words


@settings(max_examples=200)
@given(texts)
def test_mentions_come_in_order_and_do_not_overlap(geoparser, text):
    mentions = geoparser.read(text)
    assert all(a.end <= b.start for a, b in pairwise(mentions))


@settings(max_examples=300)
@given(texts)
def test_a_flat_text_keeps_the_place_of_every_word(text):
    flat = flatten(text)
    assert "  " not in flat.text
    assert len(flat.words) == len(flat.starts) - 1 == len(flat.gap_list) - 1
    for word, start in zip(flat.words, flat.starts.tolist(), strict=False):
        first, last = flat.locate_in_original(start, start + len(word))
        assert 0 <= first < last <= len(text)


@settings(max_examples=200)
@given(texts)
def test_text_without_markup_stands_where_it_was(text):
    bare = strip_html(text)
    for at, letter in enumerate(bare.text):
        if letter.isalnum() and bare.ends[at] - bare.offsets[at] == 1:
            assert text[int(bare.offsets[at])] == letter


def test_same_answer_with_foreign_places_or_without(geoparser):
    text = "سافر من دمشق إلى باريس ثم عاد إلى حلب"
    syrian = geoparser.read(text)
    assert [m.text for m in geoparser.read(text, foreign=True) if not m.foreign] == [m.text for m in syrian]
