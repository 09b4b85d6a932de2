"""Plain names skip the rules of the lookup: only because none of these would change their answer."""

import random
from collections.abc import Iterator

import pytest

import buldan
from buldan.lookup.cells import list_compass_words
from buldan.lookup.checks import read_words_for_nothing
from buldan.lookup.plain_names import is_plain_name
from buldan.lookup.taken_words import load_taken_words
from buldan.text import load_foreign_names, load_generic_terms, load_joining_words
from buldan.text.tables import read_table

_SKIPPING = ("engine", "answering", "second_thoughts", "cell_reading.reader")
"""Modules that skip rules for plain names."""


def _iter_words_of_rules() -> Iterator[str]:
    """Texts with words of each table that a rule of the lookup reads, alone and beside a name."""
    words = [*load_generic_terms(), *load_foreign_names(), *list_compass_words(), *read_words_for_nothing()]
    words += [form for form, *_ in (*read_table("people"), *read_table("kind_phrases"))]
    words += [form for form, *_ in (*read_table("bare_phrases"), *read_table("unit_words"))]
    words += sorted(load_taken_words())[::20]
    words += load_joining_words("near", "inside", "around", "son", "first")
    for number, word in enumerate(words):
        beside = "Yalda" if word.isascii() else "يلدا"
        yield (word, f"{word} {beside}", f"{beside} {word}")[number % 3]


@pytest.fixture
def asked(gazetteer: buldan.Gazetteer) -> list[str]:
    """Names of the gazetteer, some with a letter left out, and words of rules."""
    chance = random.Random(3)
    names = [name.text for place in chance.sample(list(gazetteer), 500) for name in place.names[:3]]
    slips = [name[:2] + name[3:] for name in names[::4] if len(name) > 4]
    return [*names, *slips, *chance.sample(list(_iter_words_of_rules()), 800), "Hama II", "Tell", "خربة", "Mari"]


def test_no_rule_changes_the_answer_to_a_plain_name(
    gazetteer: buldan.Gazetteer, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = [text for text in asked if is_plain_name(text)]
    assert len(plain) > len(asked) / 4
    quick = gazetteer.lookup_many(plain)
    for module in _SKIPPING:
        monkeypatch.setattr(f"buldan.lookup.{module}.is_plain_name", lambda _: False)
    assert [(found, found.reasons) for found in gazetteer.lookup_many(plain)] == [
        (found, found.reasons) for found in quick
    ]


@pytest.mark.parametrize("name", ["Yalda", "كفر نبل", "Tell Rifaat", "أم جلال", "Bashkuh", "الشعيبات", "Ain al-Arab"])
def test_most_names_are_plain(name: str) -> None:
    assert is_plain_name(name.replace("-", " "))


@pytest.mark.parametrize(
    "text",
    [
        *("Yalda, Damascus", "Yalda 2", "Hama II", " Yalda", "Yalda (Damascus)", "near Yalda", "يلدا (ريف دمشق)"),
        *(
            "مخيم اليرموك",
            "Yarmouk camp",
            "Northern Homs",
            "حلب الشمالية",
            "ريف دمشق",
            "محافظة حلب",
            "unknown",
            "غير معروف",
        ),
        *(
            "Tell",
            "خربة",
            "Khalid",
            "خالد",
            "Baghdad",
            "جبل عمان",
            "عمان",
            "Алеппо",
            "pgf,",
            "Great Mosque",
            "المستشفى",
        ),
    ],
)
def test_what_a_rule_is_about_is_no_plain_name(text: str) -> None:
    assert not is_plain_name(text)
