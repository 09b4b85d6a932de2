"""Cut a cell at its signs, brackets, joining words and unit words: what lies between are its parts.

`Aleppo/Menbij/Asaliyeh`, `Nawa (Daraa)`, `قرية بقيلون ناحية الفاخورة محافظة اللاذقية`. Nothing here knows the
gazetteer; which part is the name and which contain it is told by `buldan.lookup.units`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from buldan.text import (
    fold,
    fold_word,
    has_letter,
    is_bare_article,
    is_kind_alone,
    is_kind_word,
    is_side_word,
    load_joining_words,
    load_kind_phrases,
    load_parting_words,
    split_plain_words,
)
from buldan.text.tables import read_table

__all__ = ["Part", "cut_cell", "is_compass_word", "is_unit_word", "may_hold_name", "tells_side"]

_BRACKETS = re.compile(r"[(\[{（]([^()\[\]{}（）]*)[)\]}）]?")
_DIGIT = re.compile(r"\d")
_CODE = re.compile(r"(?<![\w(\[])(?:SY\d{2,8}|[CN]\d{4})(?![\w)\]])")
"""A P-code beside a name: it is told as in brackets."""
_DATE = re.compile(r"(?<!\S)(?:\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}|(?:19|20)\d\d)(?!\S)")
"""A date or a year beside a name."""
_SCRIPT_CHANGE = re.compile(
    r"(?<=[A-Za-zÀ-ɏ'’‘]{3})\s+(?=[\u0621-\u06ff]{2})|(?<=[\u0621-\u06ff]{2})\s+(?=[A-Za-zÀ-ɏ]{3})"
)
"""Where a name goes on in the other script: mostly the same name once more, Nawa نوى."""
_NUMBERING = re.compile(r"^(?:(?:رقم|no\.?|nr\.?|№|#|id)[\s-]*)?\d{1,4}\s*[-.)]?(?:\s+(?=\D)|$)", re.IGNORECASE)
"""The number of a line or a level before a name: `1- سراقب`, `No. 4 Azmarin`.

One behind a name may be its own: اللواء 47.
"""


class Part(NamedTuple):
    """A stretch of a cell between signs.

    Attributes:
        text: as written, the unit's word included.
        sign: role of what stands before it: `first`, `comma`, `colon`, `slash`, `dash`, `nested`, `bracket`, `and`,
            `in`, `near`, `space` (`cell_signs.tsv`, `joining_words.tsv`).
        level: what unit its word tells (`governorate`, `district`, `sub-district`, `countryside`), or empty.
        name: the text without that word.
        also: the same name once more, as brackets or a slash give it.
        is_unnamed: whether the name is that of what it lies near, and its own is not told (a camp near Afrin).
        beside: the folded word before it that says so of whatever has no other name (near Afrin, شرق تدمر), or empty.
    """

    text: str
    sign: str = "first"
    level: str = ""
    name: str = ""
    also: str = ""
    is_unnamed: bool = False
    beside: str = ""


@lru_cache(maxsize=4096)
def cut_cell(text: str) -> tuple[Part, ...]:
    """The parts of a cell in their order; what stands in brackets comes behind the rest. Parts may lack letters."""
    if _has_no_cut(text):
        return (Part(text.strip(), name=text.strip()),)  # as the steps below would have it, which most cells need not
    asked, has_digits = text, _DIGIT.search(text)
    if has_digits:
        text = _CODE.sub(r" (\g<0>) ", text)
    if not text.isascii():
        text = _SCRIPT_CHANGE.sub(" / ", text)
    text = _compile_abbreviations().sub(_spell_out, text)
    is_apart = False
    if has_digits:
        text = _DATE.sub(" ", text)
        text, is_apart = _strip_distance(text)
    bracketed = [match.group(1) for match in _BRACKETS.finditer(text)]
    outside = _BRACKETS.sub(_close_gap, text) if bracketed else text
    parts = list(_iter_parts(outside, "first"))
    for inside in bracketed:
        parts += _iter_parts(inside, "bracket")
    parts = [part for part in parts if part.text] or [Part(asked.strip(), name=asked.strip())]
    return (parts[0]._replace(is_unnamed=parts[0].is_unnamed or is_apart), *parts[1:])


def may_hold_name(text: str) -> bool:
    """Whether a text may hold a name: it has a letter, and more than an article."""
    return has_letter(text) and not is_bare_article(text)


def is_unit_word(folded: str) -> bool:
    """Whether a folded word tells what unit a name beside it is: governorate, ناحية, dist."""
    return folded in _read_unit_words()


@lru_cache(maxsize=4096)  # of each part of a cell, most of which are units that come again
def tells_side(text: str) -> bool:
    """Whether a text only tells a side of the land of a place beside it: الريف الجنوبي, western countryside, south.

    A side alone may be the name of a quarter or a village, but in English: الجنوبي, Sharqi, Wasta.
    """
    words = split_plain_words(text)
    lands = [word for word in words if _read_unit_words().get(word, ("", ""))[0] == "countryside"]
    is_land = bool(lands) and all(word in lands or is_side_word(word) for word in words)
    return is_land or fold(text) in _read_english_sides()


@lru_cache(maxsize=4096)
def is_compass_word(folded: str) -> bool:
    """Whether a folded word tells a point of the compass, as a noun or of a land: شمال, شمالية, north, northern."""
    stems = load_joining_words("side")
    if folded in stems or folded.removesuffix("ه") in stems or folded in _read_english_sides():
        return True
    phrase = load_kind_phrases().get((folded,))
    return phrase is not None and phrase.asks == "part" and is_side_word(folded)


@cache
def _read_english_sides() -> frozenset[str]:
    return frozenset(fold(meant) for _, where, meant, _ in _read_abbreviations() if where == "first")


def _has_no_cut(text: str) -> bool:
    """Whether a cell is letters of one script and blanks alone, and no word of it joins names or tells a unit."""
    if not text.replace(" ", "").isalpha() or (not text.isascii() and _SCRIPT_CHANGE.search(text)):
        return False
    return _has_names_alone(text)


def _has_names_alone(stretch: str) -> bool:
    """Whether no word of a stretch joins names, leads up to one or tells a unit."""
    words = stretch.split()
    return _collect_first_words().isdisjoint(map(str.lower, words)) and _read_unit_words().keys().isdisjoint(
        map(fold_word, words)
    )


def _close_gap(bracket: re.Match[str]) -> str:
    """What stands in the place of brackets: nothing where words of kind behind them belong to the name before."""
    following = bracket.string[bracket.end() :].split()
    return " " if following and all(map(is_kind_word, map(fold_word, following))) else " , "


def _iter_parts(text: str, first: str) -> Iterator[Part]:
    """The parts of a text between separators, joining words and unit words."""
    sign = first
    for position, stretch in enumerate(_compile_separators().split(text.replace("_", " "))):
        if position % 2:
            # Line ends and tabs are no signs of the table; a row of dashes, however long, is one.
            sign = _read_sign_roles()[stretch.strip().rstrip("-") or "-"] if stretch.strip() else "comma"
        elif _has_names_alone(stretch) and not _DIGIT.search(stretch):
            name = stretch.strip()
            yield Part(name, sign, name=name)  # as the steps below would have it, which most stretches need not
        else:
            for part in _iter_joined(stretch, sign):
                yield from _iter_told(part)


def _iter_joined(stretch: str, sign: str) -> Iterator[Part]:
    """The stretches between joining words, what leads up to the first left out."""
    cursor, piece, beside = 0, _compile_lead().sub("", stretch), ""
    # The pattern of all joining words is slow: most pieces hold none of their first words.
    joined = (
        _compile_joining_words().finditer(piece) if not _collect_first_words().isdisjoint(piece.lower().split()) else ()
    )
    for match in joined:
        if not _parts_here(match, piece):
            continue
        yield Part(piece[cursor : match.start()].strip(), sign, beside=beside)
        sign, cursor = load_parting_words()[" ".join(match.group(1).lower().split())], match.end()
        word = fold(match.group(1))
        beside = word if word in load_joining_words("apart") else ""
    yield Part(piece[cursor:].strip(), sign, beside=beside)


def _parts_here(match: re.Match[str], piece: str) -> bool:
    """Whether a joining word joins two names here; before what is no name, شرقي is a twin's: تل بطال شرقي بريف حلب."""
    following = fold_word(piece[match.end() :].split(maxsplit=1)[0])
    if not is_side_word(fold(match.group(1)).split()[-1]):
        return True
    level, _ = _read_unit_words().get(following, ("part", ""))
    return following[0].isalpha() and level == "part" and following not in load_parting_words()


def _iter_told(part: Part) -> Iterator[Part]:
    """The stretches of a part that unit words begin or end."""
    text = _NUMBERING.sub("", part.text)
    if _read_unit_words().keys().isdisjoint(map(fold_word, text.split())):
        yield part._replace(text=text, name=text)
        return
    part = part._replace(text=text)
    tokens = list(re.finditer(r"\S+", text))
    begin, level, cut, sign = 0, "", [], part.sign
    for at, token in enumerate(tokens):
        known = _read_unit_words().get(fold_word(token.group()))
        if known is None:
            continue
        told, side = known
        opens = side == "before" or (side == "both" and at == begin) or _has_of(tokens, at)
        if opens and _are_sides(tokens, begin, at):
            level = told  # southern countryside of Idlib
        elif opens and at < len(tokens) - 1 and not _is_alone(tokens, begin, at):
            if at > begin:
                cut.append((begin, at, level))
            begin, level = at, told
        elif side != "before" and at > begin:
            cut.append((begin, at + 1, level or told))
            begin, level = at + 1, ""
    if begin < len(tokens):
        cut.append((begin, len(tokens), level))
    for first, last, told in cut:
        words = [_strip_clitic(token.group()) for token in tokens[first:last]]
        name = " ".join(_iter_without_unit_words(words)) or " ".join(words)
        level = "" if told == "part" else told
        yield part._replace(text=" ".join(words), sign=sign, level=level, name=name)
        part, sign = part._replace(beside=""), "space"


def _iter_without_unit_words(words: list[str]) -> Iterator[str]:
    """The words of a name; those that tell its unit are left out, with the "of" behind them."""
    is_told = False
    for word in words:
        if not (is_told and word.lower() == "of") and fold_word(word) not in _read_unit_words():
            yield word
        is_told = fold_word(word) in _read_unit_words()


def _strip_clitic(word: str) -> str:
    """A unit word without the ب or ل written to it: بريف is ريف."""
    folded = fold_word(word)
    return word[1:] if folded in _read_unit_words() and folded[0] in "بل" and folded[1:] in _read_unit_words() else word


def _has_of(tokens: list[re.Match[str]], at: int) -> bool:
    """Whether a word is joined to the name behind it: the countryside of Idlib, Governorate of Homs."""
    return at < len(tokens) - 2 and tokens[at + 1].group().lower() == "of"


def _are_sides(tokens: list[re.Match[str]], begin: int, at: int) -> bool:
    """Whether the words before a unit word only tell a side of the unit: southern countryside, western Rif Dimashq."""
    return at > begin and all(is_side_word(fold_word(token.group())) for token in tokens[begin:at])


def _is_alone(tokens: list[re.Match[str]], begin: int, at: int) -> bool:
    """Whether the words before a unit word only tell a kind too: مدينة و ريف دوما and مركز مدينة منبج are one part."""
    before = [token.group() for token in tokens[begin:at]]
    return at > begin and (
        all(fold_word(word) in _read_unit_words() for word in before) or is_kind_alone(" ".join(before))
    )


@cache
def _compile_separators() -> re.Pattern[str]:
    """One pattern of all signs, the longest first, each with the spaces that it needs."""
    patterns = []
    for sign, _, spaces, _ in sorted(read_table("cell_signs"), key=lambda row: -len(row[0])):
        literal = re.escape(sign) + ("+" if sign == "-" else "")
        patterns += {
            "any": [literal],
            "one": [rf"\s{literal}\s", rf"\s{literal}", rf"{literal}\s"],
            "both": [rf"\s{literal}\s"],
            "behind": [rf"(?<=\w{{4}}){literal}\s"],
        }[spaces]
    return re.compile(rf"\s*({'|'.join(patterns)}|[\n\r\t])\s*")


@cache
def _read_sign_roles() -> dict[str, str]:
    return {sign: role for sign, role, _, _ in read_table("cell_signs")}


@cache
def _compile_joining_words() -> re.Pattern[str]:
    """Joining words with a word behind them; at the end of a name شرقي is no such word, at the beginning At is none."""
    forms = sorted(load_parting_words(), key=lambda form: -len(form))
    alternatives = "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in forms)
    return re.compile(rf"(?:^(?!\w\w\s(?!of\s))|\s+)({alternatives})\s+(?=\S)", re.IGNORECASE)


@cache
def _collect_first_words() -> frozenset[str]:
    """The first words of all joining words, and of those that lead up to a name."""
    return frozenset(form.split()[0] for form in (*load_parting_words(), *_read_lead_words()))


@cache
def _read_lead_words() -> tuple[str, ...]:
    """What leads up to a name in a register and is no part of it, the longest first."""
    return tuple(sorted((form for form, _ in read_table("lead_words")), key=lambda form: -len(form)))


@cache
def _compile_lead() -> re.Pattern[str]:
    """Lead words at the beginning of a stretch, with the year that they may have: born 1985 in, من مواليد."""
    words = "|".join(re.escape(form) for form in _read_lead_words())
    return re.compile(rf"^\s*(?:{words})(?:\s+(?:{words}|in|في|\d{{4}}))*(?:\s+(?=\S)|\s*$)", re.IGNORECASE)


@cache
def _compile_abbreviations() -> re.Pattern[str]:
    """Abbreviations: with signs in them, which would cut them, and sides, at the beginning of a cell or behind km."""
    anywhere, first = map(_write_pattern, _WHERE)
    return re.compile(rf"(?<!\S){anywhere}(?!\w)|(?:^|(?<=km )|(?<=\()){first}(?=\s)", re.IGNORECASE)


def _strip_distance(text: str) -> tuple[str, bool]:
    """A cell without the distance that it begins with, and whether it had one: 2 km east of Palmyra is not Palmyra."""
    rest, count = _compile_distance().subn(" ", text)
    return rest, count > 0


@cache
def _compile_distance() -> re.Pattern[str]:
    """A number of kilometres or miles before a name."""
    units, lead = (_write_pattern(where) for where in ("distance", "before distance"))
    return re.compile(rf"^\s*(?:{lead} )?\d+(?:[.,]\d+)?\s*{units}\b\.?(?=\s)", re.IGNORECASE)


def _spell_out(abbreviation: re.Match[str]) -> str:
    return f"{_read_meanings()[abbreviation.group().lower()]} "


_WHERE = ("any", "first")
"""Where an abbreviation stands in a cell: anywhere, or before the first name alone."""


def _write_pattern(where: str) -> str:
    """A pattern of the abbreviations, and words of distances, that stand at some point of a cell."""
    return rf"(?:{'|'.join(re.escape(form) for form, at, _, _ in _read_abbreviations() if at == where)})"


@cache
def _read_abbreviations() -> tuple[tuple[str, ...], ...]:
    return read_table("cell_abbreviations")


@cache
def _read_meanings() -> dict[str, str]:
    return {form: meant for form, where, meant, _ in _read_abbreviations() if where in _WHERE}


@cache
def _read_unit_words() -> dict[str, tuple[str, str]]:
    """Level and side of each unit word, by its folded form."""
    return {fold(form): (level, side) for form, level, side, _ in read_table("unit_words")}
