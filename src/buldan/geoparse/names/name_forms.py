"""The forms in which a text may write a name that the gazetteer holds.

The table `name_words.tsv` has the words that a text leaves out, adds or writes in place of others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import IntEnum

from buldan.enumerations import NumberInArrays
from buldan.geoparse.names.cues import encode_roles, load_cues
from buldan.geoparse.tables import read_table
from buldan.kinds import kinds_named
from buldan.model import Name
from buldan.text import fold, is_arabic, is_article, is_date, load_generic_terms, load_joining_words

__all__ = ["Form", "iter_inflected", "iter_name_forms", "iter_spellings", "strip_vowel_marks"]


def _read_name_words() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """By role in `name_words.tsv`, its folded words, with those that a text may write in their place."""
    words: dict[str, dict[str, tuple[str, ...]]] = {}
    for form, _, role, instead, _ in read_table("name_words"):
        words.setdefault(role, {})[fold(form)] = tuple(fold(other) for other in instead.split(",") if other)
    return words


_WORDS = _read_name_words()
_SAID_FOR = _WORDS["said for"]
_AIRBASES = _WORDS["airbase"]
_INTERNATIONAL = _WORDS["international"]
_OF_SAINTS = _WORDS["of a saint"]
_MONASTERIES = _WORDS["monastery"]
_SAINTS = _WORDS["saint"]
_OF_FIELDS = _WORDS["behind a field"]
_FIELDS_OF = _WORDS["before a field"]
_CASTLES = _WORDS["castle"]
_RIVERS = _WORDS["river"]
_OUTSIDE = _WORDS["never of the name"]
_KEPT = _WORDS["kept"]
_WORKS = _WORDS["works"]
_PRODUCTS = _WORDS["product"]


class Form(NumberInArrays, IntEnum):
    """How a phrase came about from a name."""

    ATTESTED = 0
    ANOTHERS = 1
    """As attested, but another settlement's own name, of which it is a variant here."""
    KIND_LEFT_OUT = 2
    ARTICLE_CHANGED = 3
    SPACING_CHANGED = 4
    NEAR_MISS = 5


def iter_name_forms(name: str) -> Iterator[tuple[str, Form]]:
    """The folded forms of a name under which a text may write it."""
    folded = fold(name.split("(", maxsplit=1)[0])
    # Text in brackets distinguishes namesakes and is not part of the name; but three letters without it are too few.
    if len(folded) < 4:
        folded = fold(name)
    if not folded:
        return
    words = _drop_whereabouts(folded.split(" "))
    if len(words) == 1 or not (words[0] in _OUTSIDE or words[-1] in _OUTSIDE):
        yield folded, Form.ATTESTED
    # Arabic has its generic word in front, English mostly behind.
    for generic, others in ((words[0], words[1:]), (words[-1], words[:-1])):
        rest = _strip_first_stop_words(others)
        if (
            rest
            and _is_droppable_kind(generic)
            and (generic in _RIVERS or not _closes_facility_name(rest[-1]))
            and not rest[0][0].isdigit()  # without its dam, "17 April" is a date
            and not is_date(rest)
            and any(len(word) > 2 and not _is_droppable_kind(word) for word in rest)
        ):
            yield " ".join(rest), Form.ATTESTED if generic in _RIVERS else Form.KIND_LEFT_OUT
    for other in _SAID_FOR.get(words[0], ()):
        yield " ".join((other, *words[1:])), Form.SPACING_CHANGED
    for airbase in _AIRBASES.get(words[-1], ()):
        yield " ".join((*words[:-1], airbase)), Form.ATTESTED
    if len(words) > 2 and (words[-1] in _INTERNATIONAL or words[-2] in _INTERNATIONAL):
        yield " ".join(word for word in words if word not in _INTERNATIONAL), Form.ATTESTED
    if len(words) > 1 and words[-1] in _OF_SAINTS:
        yield " ".join((words[-1], "of", *words[:-1])), Form.ATTESTED
    if len(words) > 2 and words[0] in _OF_SAINTS and words[1] == "of":
        yield " ".join((*words[2:], words[0])), Form.ATTESTED
    if len(words) > 2 and words[0] in _MONASTERIES and words[1] in _SAINTS:
        yield " ".join(words[1:]), Form.KIND_LEFT_OUT
    if len(words) > 2 and words[0] in _WORKS and words[1] in _PRODUCTS:
        yield " ".join((words[0], *words[2:])), Form.ATTESTED
    yield from _iter_field_forms(words)
    yield from _iter_respaced(words)
    yield from _iter_rearticled(words)


def _strip_first_stop_words(words: list[str]) -> list[str]:
    """Words without an "of" before them: Gouvernorat de Hama is written Hama too."""
    terms = load_generic_terms()
    start = next((at for at, word in enumerate(words) if word not in terms or terms[word].role != "stop"), len(words))
    return words[start:]


def _iter_field_forms(words: list[str]) -> Iterator[tuple[str, Form]]:
    """Oil fields and mines, which a text names with any of their words or, in a list, with none: the fields of Omar."""
    begin, end = 0, len(words)
    while end > 1 and words[end - 1] in _OF_FIELDS:
        end -= 1
    while begin < end - 1 and words[begin] in _FIELDS_OF:
        begin += 1
    name = " ".join(words[begin:end])
    kinds = _FIELDS_OF.get(words[0]) if begin else _OF_FIELDS.get(words[-1]) if end < len(words) else None
    # A name of two letters would be found in every text.
    if kinds is None or len(name) < 3:
        return
    yield name, Form.KIND_LEFT_OUT
    for kind in kinds:
        yield f"{kind} {name}" if begin else f"{name} {kind}", Form.ATTESTED


def iter_inflected(forms: Iterable[tuple[str, Form]]) -> Iterator[tuple[str, Form]]:
    """Kurmanji names as they end behind a preposition: Efrîn → Efrînê, Qamişlo → Qamişloyê."""
    for phrase, form in forms:
        # Only of names as they are: a made form with an ending is too far from any name.
        if form == Form.ATTESTED and phrase.isascii():
            ending = "ye" if phrase[-1] in "aeiou" else "e"
            yield phrase + ending, Form.ARTICLE_CHANGED


def _closes_facility_name(word: str) -> bool:
    """Whether a word closes the name of a facility, so that without its generic word another place is named.

    سد درعا الشرقي is no درعا الشرقي, مطار حلب الدولي no حلب الدولي; but نهر الكبير الشمالي is الكبير الشمالي.
    """
    return bool(load_cues().get_roles(word) & _SIDES)


_SIDES = encode_roles("after direction", "after facility")


def _drop_whereabouts(words: list[str]) -> list[str]:
    """A name without what a source adds to say where it is: جبل شحشبو بريف حماة, أم عدسة قرب منبج."""
    whereabouts = load_joining_words("whereabouts")
    for at in range(1, len(words) - 1):
        if words[at] in whereabouts and words[at - 1] not in whereabouts:
            return words[:at]
    return words


def _is_droppable_kind(word: str) -> bool:
    """Whether a word may be left out of a name; not ريف, which makes another place of it."""
    term = load_generic_terms().get(word)
    if word in _CASTLES:
        return True
    return term is not None and term.role == "kind" and word not in _KEPT and bool(term.kinds & _NAMED_ALONE)


_NAMED_ALONE = frozenset().union(
    *(kinds_named(f"group:{group}") for group in ("admin", "settlement", "quarter", "camp", "region", "military"))
) | {
    "airport",
    "crossing",
    "river",
    "mountain",
    "dam",
    "island",
}
"""Kinds of which the name is used without its generic word; nobody calls a university by its city's name."""


def _iter_respaced(words: list[str]) -> Iterator[tuple[str, Form]]:
    """كفر تخاريم → كفرتخاريم, and back; Kafr Zita → Kafrzita."""
    if len(words) == 2 and words[0] in load_joining_words("joined"):
        yield "".join(words), Form.SPACING_CHANGED
    if len(words) == 1:
        # Sorted, so that two builds give the same bytes.
        for first in sorted(load_joining_words("parted")):
            rest = words[0][len(first) :]
            # With fewer letters left, too many words only begin alike: تلك is no تل ك.
            if words[0].startswith(first) and len(rest) >= 3:
                yield f"{first} {rest}", Form.SPACING_CHANGED


def _iter_rearticled(words: list[str]) -> Iterator[tuple[str, Form]]:
    """With the article left out, or put before a name of one word: تلبيسة, التلبيسة; Al Atarib, Atarib."""
    first = words[0]
    if is_arabic(first):
        if first.startswith("ال") and len(first) >= 6 and len(words) == 1:
            # Of six letters and more: what is left of a shorter one is an ordinary word.
            yield first[2:], Form.ARTICLE_CHANGED
        # Not of what ends as an adjective does: with the article it is "the one from there".
        elif len(words) == 1 and len(first) >= 4 and not first.endswith(("ي", "يا", "يه")):
            yield "ال" + first, Form.ARTICLE_CHANGED
    elif len(words) > 1 and len(words[1]) >= 4 and is_article(first, words[1]):
        yield " ".join(words[1:]), Form.ARTICLE_CHANGED
        yield first + " ".join(words[1:]), Form.SPACING_CHANGED
    elif len(first) >= 4:
        yield "al " + " ".join(words), Form.ARTICLE_CHANGED


_VOWELS = dict.fromkeys((*range(1611, 1619), 1648, 1600))
"""Code points of the marks of vowels, the small alef and the tatweel."""


def strip_vowel_marks(text: str) -> str:
    """Arabic text without vowel marks and tatweel."""
    return text.translate(_VOWELS)


def iter_spellings(names: Iterable[Name]) -> Iterator[str]:
    """Every Arabic name to the letter, without vowel marks; with and without article and first word."""
    for name in names:
        if name.script == "Arab":
            text = strip_vowel_marks(name.text)
            _, _, rest = text.partition(" ")
            for form in (text, rest):
                if form:
                    yield form
                    yield form.removeprefix("ال") if form.startswith("ال") else "ال" + form
