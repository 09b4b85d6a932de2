"""Names as publishers write them, brought to the gazetteer's form.

A name of the gazetteer is one line of NFC text in one script, without control or bidi characters, without
presentation forms and stray spaces. What cannot be brought to that form, or is an article and nothing more, is no
name (None).
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
"""Words that tell what a place is, and make a part of a source's name no name of its own."""

_MANY_NAMES = 1 << 17
"""More texts than all sources together hold: each is cleaned once in a compilation."""

_APOSTROPHES = re.compile("[‘’ʻʼʿʾ`´′]")


@lru_cache(maxsize=_MANY_NAMES)
def clean(text: str) -> str:
    """One line of NFC text: the first line that holds anything, invisible characters and stray signs gone.

    An underscore, which OCHA sets between two names of one place, becomes a dash.
    """
    text = _INVISIBLE.sub("", re.sub("_+", " - ", text).replace("\u00a0", " "))
    text = _PRESENTATION.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    line = next((part for part in text.splitlines() if part.strip(_STRAY)), "")
    line = unicodedata.normalize("NFC", line)
    if not line.isprintable():
        line = "".join(c for c in line if unicodedata.category(c) not in ("Cc", "Cf"))
    return " ".join(line.split()).strip(_STRAY)


def find_scripts(text: str) -> frozenset[str]:
    """Every script that has a letter in `text` (ISO 15924); modifier letters (ʿ) belong to any."""
    return frozenset(filter(None, map(_find_script, set(text))))


@cache
def _find_script(c: str) -> str:
    """The script of a letter; "" for a modifier letter and for what is no letter."""
    return script_of(c) if c.isalpha() and unicodedata.category(c) != "Lm" else ""


def make_name(text: str, lang: str, *, kind: NameKind = "variant", sources: Iterable[str]) -> Name | None:
    """The name in the gazetteer's form, None where nothing is left but an article, or scripts are mixed.

    Letters decide the script. A language that is not written in it becomes `und`: Latin letters under `ar`
    are a romanisation and stay; Arabic letters under `en` are an error of the publisher. Letters that Arabic does not
    have (`tables/letters.tsv`) are Kurdish, or not told.
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
    """A name told to be Arabic with the language that its letters show, and those of other keyboards made Arabic."""
    shown = {language for letter, language, _, _ in read_table("letters") if language and letter in text}
    if shown:
        return text, "ku" if "ku" in shown else "und"
    return text.translate({ord(letter): plain for letter, _, plain, _ in read_table("letters") if plain}), "ar"


def fits_language(lang: str, script: str) -> bool:
    """Whether a language is written in a script (`tables/scripts.tsv`); in any where it is not listed."""
    return script in _SCRIPTS.get(lang, (script,))


_SCRIPTS = {lang: scripts.split() for lang, scripts, _ in read_table("scripts")}


def find_bcp47(tag: str) -> str | None:
    """The BCP 47 tag for an ISO 639-3 one; None for languages whose names the gazetteer does not keep."""
    return _LANGUAGES.get(tag)


_LANGUAGES = {tag: bcp for tag, bcp, _ in read_table("languages")}


def split_alternatives(text: str, *, qualifiers: Iterable[str] = ()) -> Iterator[str]:
    """The names inside forms like "A (B)", "A / B" and "A - B", each once; none where the text is one name.

    A further part that says where the place is ("Deir Hanna / Lattakia") or what it is ("Ramadan
    (Non-Official Camp)") is no name: it sounds like one of `qualifiers`, or holds a remark.
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

    Such copies (`nahyt mrkz alhskt`) are written without a capital, which no person does.
    """
    return "://" in text or (text.islower() and script_of(text) == "Latn")


def strip_latin(text: str) -> str:
    """A romanised name for English eyes: no macrons and dots, ayn and hamza only inside words.

    >>> strip_latin("‘Ayn al Ḩulwah"), strip_latin("Mat‘ab")
    ('Ayn al Hulwah', "Mat'ab")
    """
    letters = unicodedata.normalize("NFKD", _APOSTROPHES.sub("'", text))
    letters = "".join(c for c in letters if not unicodedata.combining(c)).translate(_UNDECOMPOSED)
    return re.sub(r"(?<!\w)'+|'+(?!\w)", "", unicodedata.normalize("NFC", letters)).strip()


_UNDECOMPOSED = str.maketrans({"ı": "i", "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "ə": "e", "ħ": "h"})
