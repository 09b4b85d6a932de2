"""Names of both scripts sound alike: one skeleton, small costs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buldan.text import measure_edit_cost, phonemes, similarity, skeletons

PAIRS = [
    ("الحجر الأسود", "al-Hajar al-Aswad"),
    ("الشيخ مسكين", "Cheikh Meskine"),
    ("السويداء", "Assuwayda"),
    ("السويداء", "es-Souweïda"),
    ("معرة النعمان", "Ma‘arrat an-Nu‘mān"),
    ("حمص", "7oms"),
    ("عين عيسى", "3ein 3isa"),
    ("ذيبان", "Theeban"),
    ("جرابلس", "Cerablus"),
    ("القامشلي", "Qamişlo"),
    ("عبد العزيز", "Abdulaziz"),
    ("وادي العيون", "Ouadi el Ouyoun"),
    ("دير الزور", "Deir ez-Zor"),
    ("خان شيخون", "Xan Şêxûn"),
    ("الشياح", "al-Shayyaah"),
    ("جروح", "Jarouh"),
    ("زاكية", "Zakieh"),
]

words = st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهويةىأ abcdefghijklmnopqrstuvwxyzéêşç'-", max_size=20)


@pytest.mark.parametrize(("arabic", "latin"), PAIRS)
def test_both_scripts_share_a_skeleton(arabic: str, latin: str) -> None:
    assert set(skeletons(arabic)) & set(skeletons(latin))


@pytest.mark.parametrize(("arabic", "latin"), PAIRS)
def test_spellings_are_more_alike_than_strangers(arabic: str, latin: str) -> None:
    strangers = [other for _, other in PAIRS if not set(skeletons(other)) & set(skeletons(arabic))]
    assert all(similarity(arabic, latin) > similarity(arabic, stranger) for stranger in strangers)


@given(words, words)
def test_similarity_is_symmetric_and_a_share(a: str, b: str) -> None:
    assert similarity(a, b) == pytest.approx(similarity(b, a))
    assert 0.0 <= similarity(a, b) <= 1.0


@given(words)
def test_a_name_costs_nothing_to_itself(name: str) -> None:
    assert measure_edit_cost(phonemes(name), phonemes(name)) == 0.0


@pytest.mark.parametrize("sign", ["'", "’", "‘", "`"])
def test_the_t_behind_an_ayn_is_a_teh_marbuta_too(sign):
    assert skeletons(f"Qal{sign}at Najm") == skeletons("قلعة نجم")
