"""Plain names skip the rules of the lookup: only because none of these would change their answer."""

import random
from collections.abc import Iterator

import pytest

import buldan
from buldan.lookup.cells import list_compass_words
from buldan.lookup.checks import read_words_for_nothing
from buldan.lookup.plain_names import is_plain_name, list_plain_names
from buldan.lookup.query import parse_query
from buldan.lookup.taken_words import load_taken_words
from buldan.text import load_foreign_names, load_generic_terms, load_joining_words
from buldan.text.tables import read_table

_SKIPPING = ("answering.is_plain_name", "query.is_plain_name", "named_places.is_plain_name", "cell_fit.is_plain_name")
_SKIPPING += ("cell_reading.classes.is_plain_name",)
_SKIPPING += ("engine.list_plain_names", "second_thoughts.list_plain_names", "cell_reading.reader.list_plain_names")
"""Where rules are skipped for plain names."""


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


def check_without_skipping(gazetteer: buldan.Gazetteer, texts: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Check that the answers are the same if no rule is skipped."""
    quick = gazetteer.lookup_many(texts)
    for predicate in _SKIPPING:
        monkeypatch.setattr(f"buldan.lookup.{predicate}", lambda _: ())
    parse_query.cache_clear()
    slow = gazetteer.lookup_many(texts)
    parse_query.cache_clear()
    assert [(found, found.reasons) for found in slow] == [(found, found.reasons) for found in quick]


def test_no_rule_changes_the_answer_to_a_plain_name(
    gazetteer: buldan.Gazetteer, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = [text for text in asked if is_plain_name(text)]
    assert len(plain) > len(asked) / 4
    check_without_skipping(gazetteer, plain, monkeypatch)


@pytest.fixture
def addresses(gazetteer: buldan.Gazetteer, asked: list[str]) -> list[str]:
    """Names with units behind them: the units of the place, or those of another one."""
    chance = random.Random(5)
    places = chance.sample([place for place in gazetteer if place.admin], len(asked) // 2)
    made = []
    for place, other in zip(places, asked, strict=False):
        lang = chance.choice(("en", "ar"))
        units = [unit.name_en if lang == "en" else unit.name_ar for unit in reversed(place.admin)]
        name = chance.choice([place.name(lang), place.name(lang), other, units[0]])
        sign = chance.choice((", ", ", ", "، ", " - ", " / "))
        made.append(sign.join([name, *chance.sample(units, chance.randint(1, len(units)))]))
    return made


def test_no_rule_changes_the_answer_to_a_plain_address(
    gazetteer: buldan.Gazetteer, addresses: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sum(len(list_plain_names(text)) > 1 for text in addresses) > len(addresses) / 4
    check_without_skipping(gazetteer, addresses, monkeypatch)


@pytest.mark.parametrize(
    "name", ["Yalda", "كفر نبل", "Tell Rifaat", "أم جلال", "Bashkuh", "الشعيبات", "Ain al-Arab", "Ma'arrat"]
)
def test_most_names_are_plain(name: str) -> None:
    assert is_plain_name(name)


@pytest.mark.parametrize(
    ("text", "is_plain"),
    [
        ("Um Edam, Menbij, Menbij, Aleppo", True),
        ("ببيلا، ريف دمشق", False),
        ("يلدا، ببيلا، دمشق", True),
        ("Yalda - Damascus", False),
        ("Yalda, near Damascus", False),
        ("Yalda, 12", False),
        ("Yalda,", False),
        ("NE Aleppo, Aleppo", False),
        ("Yalda (Damascus)", False),
    ],
)
def test_plain_addresses_are_names_and_commas(text: str, is_plain: bool) -> None:
    assert (len(list_plain_names(text)) > 1) == is_plain


@pytest.mark.parametrize(
    "text",
    [
        *(
            "Yalda, Damascus",
            "Yalda 2",
            "Hama II",
            " Yalda",
            "Yalda-",
            "Hama's Arbaeen",
            "'v's,s",
            "Yalda (Damascus)",
            "near Yalda",
            "يلدا (ريف دمشق)",
        ),
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
