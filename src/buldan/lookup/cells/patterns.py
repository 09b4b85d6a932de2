"""Patterns for the separators of a cell, from the tables of signs, joining words and abbreviations."""

from __future__ import annotations

import re
from functools import cache

from buldan.text import fold, load_parting_words
from buldan.text.tables import read_table

__all__ = [
    "BRACKETS",
    "CASE_ENDING",
    "CODE",
    "DATE",
    "DIGIT",
    "HASHTAG",
    "NUMBERING",
    "SCRIPT_CHANGE",
    "WORD_END",
    "collect_first_words",
    "compile_abbreviations",
    "compile_distance",
    "compile_joining_words",
    "compile_labels",
    "compile_lead",
    "compile_separators",
    "compile_tail",
    "read_english_sides",
    "read_labels",
    "read_meanings",
    "read_outlets",
    "read_sign_roles",
]

BRACKETS = re.compile(r"[(\[{（]([^()\[\]{}（）]*)[)\]}）]?")
DIGIT = re.compile(r"\d")
CODE = re.compile(r"(?<![\w(\[])(?:SY\d{2,8}|[CN]\d{4})(?![\w)\]])")
"""A P-code beside a name; it is read as if in brackets."""
HASHTAG = re.compile(r"#(\w+)")
CASE_ENDING = re.compile(
    r"(?:(?<=\w{3})['’](?:n?[iıuü]n|[dt][ea](?:ki)?|[yn]?[ea]\s+bağlı)|(?<=[iıuü])n[ea]\s+bağlı)\s+"
    r"(?:(?:kuzey|güney|doğu|batı)\s+(?=kırsal))?(?=(kırsal)?\w)",
    re.IGNORECASE,
)
"""Endings of Turkish that join a unit to what lies in it (Halep'in Azez ilçesi, Azez ilçesine bağlı), and the side of
its countryside.
"""
WORD_END = re.compile(r"(?<=[a-z])(?=[A-Z])")
"""Where a word ends in a hashtag, which has no spaces."""
DATE = re.compile(r"(?<!\S)(?:\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}|(?:19|20)\d\d)(?!\S)")
"""A date or a year beside a name."""
SCRIPT_CHANGE = re.compile(
    r"(?<=[A-Za-zÀ-ɏ'’‘]{3})\s+(?=[\u0621-\u06ff]{2})|(?<=[\u0621-\u06ff]{2})\s+(?=[A-Za-zÀ-ɏ]{3})"
)
"""A change of script after a name, mostly before the same name again: Nawa نوى."""
NUMBERING = re.compile(r"^(?:(?:رقم|no\.?|nr\.?|№|#|id)[\s-]*)?\d{1,4}\s*[-.)]?(?:\s+(?=\D)|$)", re.IGNORECASE)
"""The number of a line or a level before a name: `1- سراقب`, `No. 4 Azmarin`.

One behind a name may be its own: اللواء 47.
"""


@cache
def read_outlets() -> frozenset[str]:
    """The folded names of agencies and outlets that sign a dateline: Reuters, سانا."""
    return frozenset(fold(form) for form, _ in read_table("outlets"))


@cache
def compile_separators() -> re.Pattern[str]:
    """One pattern for all signs, longest first, each with the spaces that it needs."""
    patterns = []
    for sign, _, spaces, _ in sorted(read_table("cell_signs"), key=lambda row: -len(row[0])):
        literal = re.escape(sign) + ("+" if sign == "-" else "")
        patterns += {
            "any": [literal],
            "one": [rf"\s{literal}\s", rf"\s{literal}", rf"{literal}\s"],
            "both": [rf"\s{literal}\s"],
            "behind": [rf"(?<=\w{{4}}){literal}\s"],
        }[spaces]
    # The look ahead changes nothing, as no sign begins with a letter, but saves most of the time.
    return re.compile(rf"(?=\W)\s*({'|'.join(patterns)}|[\n\r\t])\s*")


@cache
def read_sign_roles() -> dict[str, str]:
    """The role of each sign of the table."""
    return {sign: role for sign, role, _, _ in read_table("cell_signs")}


@cache
def compile_joining_words() -> re.Pattern[str]:
    """Joining words with a word after them. شرقي at the end of a name and At at the beginning are not joining words."""
    forms = sorted(load_parting_words(), key=lambda form: -len(form))
    alternatives = "|".join(re.escape(form).replace(r"\ ", r"\s+").replace("'", "['’]") for form in forms)
    return re.compile(rf"(?:^(?!\w\w\s(?!of\s))|\s+)({alternatives})(?:\s+|(?<=['’]))(?=\S)", re.IGNORECASE)


@cache
def collect_first_words() -> frozenset[str]:
    """The first words of all joining phrases, lead words, and words for the land around behind "and"."""
    around = (f"و{form}" for form, _ in read_table("tail_words"))
    return frozenset(form.split()[0] for form in (*load_parting_words(), *_read_lead_words(), *around))


@cache
def compile_lead() -> re.Pattern[str]:
    """Lead words at the beginning of a text, with a year if there is one: born 1985 in, من مواليد."""
    words = "|".join(re.escape(form) for form in _read_lead_words())
    # "To" and "in" may also begin a phrase that says which side: إلى الشمال من.
    joining = "|".join(re.escape(form) for form in load_parting_words() if " " in form)
    return re.compile(
        rf"^\s*(?!(?:{joining})\s)(?:{words})(?:\s+(?:{words}|in|في|\d{{4}}))*(?:\s+(?=\S)|\s*$)", re.IGNORECASE
    )


@cache
def _read_lead_words() -> tuple[str, ...]:
    """Phrases before a name in registers that are not part of it (born in), longest first."""
    return tuple(sorted((form for form, _ in read_table("lead_words")), key=lambda form: -len(form)))


@cache
def compile_labels() -> re.Pattern[str]:
    """Labels of a form, each with the space before it and the sign behind it: المحافظة: حلب المنطقة: الباب."""
    forms = {form for form, level, _, _ in read_table("unit_words") if level != "countryside"} | {"city", "town"}
    forms |= {*_read_lead_words(), *read_labels()}
    words = "|".join(re.escape(form) for form in sorted(forms, key=lambda form: -len(form)))
    return re.compile(rf"(?:(?<=[\w)])\s+|(?<!\S)|(?<=[,;|/(]))(?:ال)?({words})\s*[:=]", re.IGNORECASE)


@cache
def read_labels() -> dict[str, str]:
    """What each label that is no word for a unit stands for; empty where the name needs no word."""
    return {form: meant for form, meant, _ in read_table("cell_labels")}


@cache
def compile_tail() -> re.Pattern[str]:
    """What is said of the land around a place at the end of a cell: سراقب و ريفها, وما حولها, Manbij and outskirts."""
    forms = "|".join(re.escape(form) for form, _ in sorted(read_table("tail_words"), key=lambda row: -len(row[0])))
    return re.compile(rf"(?<=\S)\s+(?:و\s*|and\s+)(?:{forms})\s*$", re.IGNORECASE)


@cache
def compile_abbreviations() -> re.Pattern[str]:
    """Abbreviations with punctuation, which would be cut, and abbreviated sides before a name or after km."""
    anywhere, first = map(_write_pattern, _WHERE)
    first = rf"(?:^|(?<=km )|(?<=\()|(?<=[,،] )){first}"
    # The first look behind, which both alternatives imply, saves most of the time.
    return re.compile(rf"(?<![^\s(])(?:(?<!\S){anywhere}(?!\w)|{first}(?=\s))", re.IGNORECASE)


@cache
def compile_distance() -> re.Pattern[str]:
    """A number of kilometres or miles before a name."""
    units, lead = (_write_pattern(where) for where in ("distance", "before distance"))
    return re.compile(rf"^\s*(?:{lead} )?\d+(?:[.,]\d+)?\s*{units}\b\.?(?=\s)", re.IGNORECASE)


_WHERE = ("any", "first")
"""Where in a cell an abbreviation is spelled out: anywhere, or only before the first name."""


def _write_pattern(where: str) -> str:
    """A pattern of the abbreviations, or words for distances, of one value of the column `where`."""
    return rf"(?:{'|'.join(re.escape(form) for form, at, _, _ in _read_abbreviations() if at == where)})"


@cache
def read_meanings() -> dict[str, str]:
    """What each abbreviation stands for, in lower case."""
    return {form: full for form, where, full, _ in _read_abbreviations() if where in _WHERE}


@cache
def read_english_sides() -> frozenset[str]:
    """The folded English words for sides that abbreviations stand for: north, south-west."""
    return frozenset(fold(full) for _, where, full, _ in _read_abbreviations() if where == "first")


@cache
def _read_abbreviations() -> tuple[tuple[str, ...], ...]:
    return read_table("cell_abbreviations")
