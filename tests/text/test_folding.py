"""One fold: letters that vary in writing take one form, and offsets lead back to the text."""

import itertools

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from buldan.text import fold, fold_with_offsets

ODDITIES = "أإآٱاةهىيئؤوءـًٌٍَُِّْٰﻻﷲﺍﻟﺪکگیەۆێ\u200f\u202b\u2067\ufeff٠١٢پچژڤ'ʿʾ’‘éêşçğıİßæ😀\x00 \n"
texts = st.text(alphabet=st.one_of(st.sampled_from(ODDITIES), st.characters(codec="utf-8")), max_size=60)

SAME = [
    ("أحمد", "إحمد", "احمد", "آحمد"),
    ("الرقة", "الرقه", "الرَّقَّة", "الــرقة"),
    ("مصطفى", "مصطفي", "مصطفی"),
    ("كوباني", "کوبانی", "كوباني\u200f"),
    ("دمشق", "ﺩﻣﺸﻖ", "دِمَشْق", "\u202bدمشق\u202c"),
    ("لؤلؤ", "لولو"),
    ("Kobanê", "KOBANE", "Kobane"),
    ("Ma‘arrat", "Ma'arrat", "Maarrat", "maarrat"),
    ("Ţarţūs", "Tartus", "Tārtūs"),
    ("T4", "t٤"),
]


@pytest.mark.parametrize("spellings", SAME, ids=lambda group: group[0])
def test_spellings_fold_to_one_form(spellings: tuple[str, ...]) -> None:
    assert len({fold(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(("a", "b"), [("حمص", "حماة"), ("تل", "طل"), ("Hama", "Homs"), ("صباح", "سباح")])
def test_different_names_stay_different(a: str, b: str) -> None:
    assert fold(a) != fold(b)


@example("\U0001d6a8")  # a mathematical Alpha, which is a capital only when taken apart
@given(texts)
def test_folding_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(texts)
def test_offsets_lead_back_to_the_text(text: str) -> None:
    folded, offsets = fold_with_offsets(text)
    assert len(offsets) == len(folded) + 1
    assert offsets[len(folded)] == len(text)
    assert all(earlier <= later for earlier, later in itertools.pairwise(offsets))
    for position, letter in enumerate(folded):
        if letter != " ":
            assert letter in fold(f"a{text[offsets[position]]}a")


@given(texts)
def test_folding_with_offsets_is_the_same_fold(text: str) -> None:
    assert " ".join(fold_with_offsets(text)[0].split()) == fold(text)
