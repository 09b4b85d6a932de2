"""Convert names of publishers to the gazetteer's form.

A name of the gazetteer is one line of NFC text in one script, without control or bidi characters, presentation forms
and superfluous spaces. A text that cannot have that form, or is only an article, is not a name (None).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from buldan.compile.tables import read_table
from buldan.model import Name, NameKind
from buldan.text import is_bare_article, script_of, skeletons

__all__ = [
    "clean",
    "find_bcp47",
    "find_scripts",
    "fits_language",
    "is_machine_made",
    "make_name",
    "split_alternatives",
    "strip_latin",
]

_INVISIBLE = re.compile("[\u00ad\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2069\u061c\ufeff]")
_PRESENTATION = re.compile("[\ufb50-\ufdff\ufe70-\ufefe]+")
_STRAY = ' \t,;:/\\|_[]*?·.؟،؛-–—"“”„«»<>'
_BETWEEN = re.compile(r"\s*[/\\|]\s*|\s+[-–]\s*|\s*[-–]\s+|(?<=[\u0620-\u064a])-(?=[\u0620-\u064a])")
_BRACKETED = re.compile(r"^(?P<outside>[^()]+?)\s*\((?P<inside>[^()]+?)\s*\)\s*(?P<rest>[^()]*)$")
_ANYWHERE, _FIRST = (
    "|".join(form for form, at, _ in read_table("remarks") if at == where) for where in ("any", "first")
)
_REMARK = re.compile(rf"\b(?:{_ANYWHERE})\b|^(?:{_FIRST})\s", re.IGNORECASE)
"""Words that describe a place: a part of a source's name that has one is not a name of its own."""

_MANY_NAMES = 1 << 17
"""Size of the cache, larger than the number of texts of all sources: each is cleaned only once in a compilation."""

_APOSTROPHES = re.compile("[‘’ʻʼʿʾ`´′]")


@lru_cache(maxsize=_MANY_NAMES)
def clean(text: str) -> str:
    """The first line that is not blank, as NFC text without invisible characters and signs at its ends.

    Underscores, which OCHA writes between two names of a place, become a dash.
    """
    text = _INVISIBLE.sub("", re.sub("_+", " - ", text).replace("\u00a0", " "))
    text = _PRESENTATION.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    line = next((part for part in text.splitlines() if part.strip(_STRAY)), "")
    line = unicodedata.normalize("NFC", line)
    if not line.isprintable():
        line = "".join(c for c in line if unicodedata.category(c) not in ("Cc", "Cf"))
    return " ".join(line.split()).strip(_STRAY)


def find_scripts(text: str) -> frozenset[str]:
    """The scripts (ISO 15924) of the letters in `text`; modifier letters (ʿ) are ignored."""
    return frozenset(filter(None, map(_find_script, set(text))))


@cache
def _find_script(c: str) -> str:
    """The script of a letter; "" for a modifier letter, and for a character that is not a letter."""
    return script_of(c) if c.isalpha() and unicodedata.category(c) != "Lm" else ""


def make_name(text: str, lang: str, *, kind: NameKind = "variant", sources: Iterable[str]) -> Name | None:
    """The name in the gazetteer's form; None if it is empty, only an article, or in several scripts.

    The letters decide the script. If the language is not written in that script, it becomes `und`: a romanisation
    marked as `ar`, or Arabic letters that the publisher has marked as `en` by mistake. Names with letters that Arabic
    does not have (`tables/letters.tsv`) become Kurdish or `und`.
    """
    text = clean(text)
    scripts = find_scripts(text)
    if len(scripts) != 1 or "Zyyy" in scripts or text.lower() in ("null", "untitled", "unnamed"):
        return None
    if is_bare_article(text):
        return None
    (script,) = scripts
    if lang == "ar" and script == "Arab":
        text, lang = _read_letters(text)
    return Name(text, lang if fits_language(lang, script) else "und", script, kind, tuple(sources))


def _read_letters(text: str) -> tuple[str, str]:
    """The text and the language of a name that is marked as Arabic.

    The language follows from its letters; letters of other keyboards are replaced by Arabic ones.
    """
    shown = {language for letter, language, _, _ in read_table("letters") if language and letter in text}
    if shown:
        return text, "ku" if "ku" in shown else "und"
    return text.translate({ord(letter): plain for letter, _, plain, _ in read_table("letters") if plain}), "ar"


def fits_language(lang: str, script: str) -> bool:
    """Whether a language is written in a script (`tables/scripts.tsv`); true for a language that is not listed."""
    return script in _SCRIPTS.get(lang, (script,))


_SCRIPTS = {lang: scripts.split() for lang, scripts, _ in read_table("scripts")}


def find_bcp47(tag: str) -> str | None:
    """The BCP 47 tag for an ISO 639-3 one; None for languages whose names the gazetteer does not keep."""
    return _LANGUAGES.get(tag)


_LANGUAGES = {tag: bcp for tag, bcp, _ in read_table("languages")}


def split_alternatives(text: str, *, qualifiers: Iterable[str] = ()) -> Iterator[str]:
    """The names in forms like "A (B)", "A / B" and "A - B", each only once; nothing if the text is a single name.

    A further part is left out if it is the area of the place ("Deir Hanna / Lattakia"), that is, sounds like one of
    `qualifiers`; or if it is a remark ("Ramadan (Non-Official Camp)").
    """
    text = clean(text)
    bracketed = _BRACKETED.match(text)
    parts = [bracketed["outside"], bracketed["inside"]] if bracketed else _BETWEEN.split(text)
    if len(parts) < 2:
        return
    places = {skeleton for qualifier in qualifiers for skeleton in skeletons(qualifier)}
    for position, part in enumerate(dict.fromkeys(map(clean, parts))):
        is_name = places.isdisjoint(skeletons(part)) and not _REMARK.search(part)
        if part and (position == 0 or is_name):
            yield part


def is_machine_made(text: str) -> bool:
    """Whether a Latin form is a letter-for-letter copy of the Arabic, without vowels, or a web address.

    Such copies (`nahyt mrkz alhskt`) have no capital letter, unlike names that people write.
    """
    return "://" in text or (text.islower() and script_of(text) == "Latn")


def strip_latin(text: str) -> str:
    """A romanised name for English readers: without macrons and dots, with ayn and hamza only inside words.

    >>> strip_latin("‘Ayn al Ḩulwah"), strip_latin("Mat‘ab")
    ('Ayn al Hulwah', "Mat'ab")
    """
    letters = unicodedata.normalize("NFKD", _APOSTROPHES.sub("'", text))
    letters = "".join(c for c in letters if not unicodedata.combining(c)).translate(_UNDECOMPOSED)
    return re.sub(r"(?<!\w)'+|'+(?!\w)", "", unicodedata.normalize("NFC", letters)).strip()


_UNDECOMPOSED = str.maketrans({"ı": "i", "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "ə": "e", "ħ": "h"})
