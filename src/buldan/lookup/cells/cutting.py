"""Cut a cell at its signs, brackets, joining words and unit words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from buldan.lookup.cells.parts import Part, split_at_unit_words
from buldan.lookup.cells.patterns import (
    BRACKETS,
    CASE_ENDING,
    CODE,
    DATE,
    DIGIT,
    HASHTAG,
    SCRIPT_CHANGE,
    WORD_END,
    collect_first_words,
    compile_abbreviations,
    compile_distance,
    compile_joining_words,
    compile_labels,
    compile_lead,
    compile_separators,
    compile_tail,
    read_labels,
    read_meanings,
    read_outlets,
    read_sign_roles,
)
from buldan.lookup.cells.unit_words import read_unit_words
from buldan.text import (
    fold,
    fold_word,
    has_letter,
    is_bare_article,
    is_date,
    is_kind_word,
    is_side_word,
    load_generic_terms,
    load_joining_words,
    load_parting_words,
)

__all__ = ["cut_cell", "cut_off_ends", "list_cutting_words", "may_hold_name"]


_DATELINE_SIGNS = frozenset({"bracket", "dash"})
"""Signs between a place and the agency that reports from it."""

_LONGEST_OUTLET = 20
"""Maximum characters of an agency's name."""


@lru_cache(maxsize=4096)
def cut_cell(text: str) -> tuple[Part, ...]:
    """The parts of a cell in order, text in brackets last. A part may have no letters."""
    if " و" in text:
        text = _detach_and(text)
    if _has_no_cut(text) and "bağlı" not in text:
        return (Part(text.strip(), name=text.strip()),)  # as the steps below would have it, which most cells need not
    asked, has_digits = text, DIGIT.search(text)
    if has_digits:
        text = CODE.sub(r" (\g<0>) ", text)
    if not text.isascii():
        text = SCRIPT_CHANGE.sub(" / ", text)
    if "'" in text or "’" in text or "bağlı" in text:
        text = CASE_ENDING.sub(_part_case, text)
    if "#" in text:
        text = HASHTAG.sub(_part_hashtag, text)
    if ":" in text or "=" in text:
        # A form has a label for each unit, and may have no other sign.
        write = _write_label if compile_labels().match(text) else _write_label_or_unit
        text = compile_labels().sub(write, text)
    text = compile_abbreviations().sub(_spell_out, text)
    is_apart = False
    if has_digits:
        text = DATE.sub(" ", text)
        text, is_apart = _strip_distance(text)
    text = BRACKETS.sub(_open_kind, text) if "(" in text else text
    bracketed = [match.group(1) for match in BRACKETS.finditer(text)]
    outside = BRACKETS.sub(_close_gap, text) if bracketed else text
    parts = list(_iter_parts(outside, "first"))
    for inside in bracketed:
        parts += _iter_parts(inside, "bracket")
    parts = [part for part in parts if part.text] or [Part(asked.strip(), name=asked.strip())]
    if len(parts) > 1:
        parts = _strip_dateline(parts)
    return (parts[0]._replace(is_unnamed=parts[0].is_unnamed or is_apart), *parts[1:])


def _write_label(label: re.Match[str]) -> str:
    """A label of a form as a part of the cell: the word for its unit and a colon, or nothing."""
    meant = read_labels().get(label.group(1).lower(), label.group(1))
    return f", {meant}:" if meant else ", "


def _write_label_or_unit(label: re.Match[str]) -> str:
    """The same in a cell that does not begin with a label, so that words for units belong to the names before them:
    Harim district: Salqin.
    """
    _, side = read_unit_words().get(fold_word(label.group(1)), ("", "before"))
    is_of_name = label.group()[0].isspace() and side != "before"
    return f" {label.group(1)}, " if is_of_name else _write_label(label)


def _part_hashtag(hashtag: re.Match[str]) -> str:
    """The words of a hashtag, parted at their capitals: #SouthernIdlib."""
    return f" {WORD_END.sub(' ', hashtag.group(1))}"


def _part_case(ending: re.Match[str]) -> str:
    """The sign for an ending of Turkish: a space before the word for a countryside, which belongs to the name."""
    return " " if ending.group(1) else ", "


def _strip_dateline(parts: list[Part]) -> list[Part]:
    """The parts of a cell without the agency that news signs with, and the day beside it: QAMISHLI, Jan 4 (Reuters).

    A comma before it makes a name of it: Sana, As-Sweida is a village.
    """
    signs = [parts[1].sign, *(part.sign for part in parts[1:])]
    outlets = [
        part
        for part, sign in zip(parts, signs, strict=True)
        if sign in _DATELINE_SIGNS and len(part.text) <= _LONGEST_OUTLET and fold(part.text) in read_outlets()
    ]
    if not outlets:
        return parts
    kept = [part for part in parts if part not in outlets and not is_date(fold(part.text).split())]
    return [kept[0]._replace(sign="first"), *kept[1:]] if kept else parts


def _detach_and(text: str) -> str:
    """A text, a و before a word of kind or unit written apart, so that it joins two names: ناحية سلقين وناحية حارم."""
    first, *others = text.split(" ")
    return " ".join((first, *(f"و {word[1:]}" if _is_joined_kind(word) else word for word in others)))


def _is_joined_kind(word: str) -> bool:
    folded = fold_word(word) if word.startswith("و") else ""
    return len(folded) > 1 and (folded[1:] in read_unit_words() or is_kind_word(folded[1:]))


def cut_off_ends(text: str) -> list[tuple[str, str]]:
    """The first stretch of a cell and the rest behind its sign; the last stretch and the rest before it.

    Empty for a cell without signs. It is not cut at brackets and joining words.
    """
    signs = [sign.span() for sign in compile_separators().finditer(text)]
    return [(text[: signs[0][0]], text[signs[0][1] :]), (text[signs[-1][1] :], text[: signs[-1][0]])] if signs else []


@lru_cache(maxsize=4096)  # asked of each part when the cell is read, searched and revised
def may_hold_name(text: str) -> bool:
    """Whether a text may be a name: it has a letter, and is not only an article."""
    return has_letter(text) and not is_bare_article(text)


def _has_no_cut(text: str) -> bool:
    """Whether a cell is only letters of one script and spaces, without joining words and unit words."""
    if not text.replace(" ", "").isalpha() or (not text.isascii() and SCRIPT_CHANGE.search(text)):
        return False
    return _has_names_alone(text)


def _has_names_alone(stretch: str) -> bool:
    """Whether a text has no joining word, lead word or unit word."""
    words = stretch.split()
    return collect_first_words().isdisjoint(map(str.lower, words)) and read_unit_words().keys().isdisjoint(
        map(fold_word, words)
    )


@cache
def list_cutting_words() -> frozenset[str]:
    """The folded words at which a text of letters and spaces may be cut, or that are spelled out: joining words, lead
    words, unit words, abbreviations.
    """
    joined = (f"و{word}" for word in (*read_unit_words(), *load_generic_terms()))  # see `_detach_and`
    words = (*collect_first_words(), *read_meanings())
    return frozenset((*map(fold_word, words), *read_unit_words(), *joined))


def _close_gap(bracket: re.Match[str]) -> str:
    """The replacement for text in brackets: a space if words of kind follow that belong to the name before,
    else a comma.
    """
    following = bracket.string[bracket.end() :].split()
    return " " if following and all(map(is_kind_word, map(fold_word, following))) else " , "


def _open_kind(bracket: re.Match[str]) -> str:
    """Brackets around words that tell what the name before them is, taken off: Jarablus (District).

    In Arabic and French such words stand before the name, so that they are a part of their own: حلب (محافظة).
    """
    words = bracket.group(1).split()
    level, side = read_unit_words().get(fold_word(words[0]), ("", "")) if len(words) == 1 else ("", "")
    if side == "before" and level != "countryside":
        return f", {words[0]},"
    is_kind = bool(words) and bracket.group(1).isascii() and all(map(_is_kind_word, map(fold_word, words)))
    return f" {bracket.group(1)} " if is_kind else bracket.group()


def _is_kind_word(folded: str) -> bool:
    """Whether a folded word tells a kind behind a name."""
    _, side = read_unit_words().get(folded, ("", ""))
    return side != "before" and (bool(side) or is_kind_word(folded))


def _spell_out(abbreviation: re.Match[str]) -> str:
    return f"{read_meanings()[abbreviation.group().lower()]} "


def _strip_distance(text: str) -> tuple[str, bool]:
    """A cell without a distance at its beginning, and whether it had one: 2 km east of Palmyra is not Palmyra."""
    rest, count = compile_distance().subn(" ", text)
    return rest, count > 0


def _iter_parts(text: str, first: str) -> Iterator[Part]:
    """The parts of a text, cut at separators, joining words and unit words."""
    sign = first
    for position, stretch in enumerate(compile_separators().split(text.replace("_", " "))):
        if position % 2:
            # Line ends and tabs are no signs of the table; a row of dashes, however long, is one.
            sign = read_sign_roles()[stretch.strip().rstrip("-") or "-"] if stretch.strip() else "comma"
        elif _has_names_alone(stretch) and not DIGIT.search(stretch):
            name = stretch.strip()
            yield Part(name, sign, name=name)  # as the steps below would have it, which most stretches need not
        else:
            pieces = [piece for part in _iter_joined(stretch, sign) for piece in split_at_unit_words(part)]
            if len(pieces) == 1 and not pieces[0].level and pieces[0].text != stretch.strip():
                pieces = [pieces[0]._replace(whole=stretch.strip())]
            yield from pieces


def _iter_joined(stretch: str, sign: str) -> Iterator[Part]:
    """The pieces of a text between joining words, without lead words and words for the land around."""
    cursor, piece, beside = 0, compile_tail().sub("", compile_lead().sub("", stretch)), ""
    # The pattern of all joining words is slow: most pieces hold none of their first words.
    joined = (
        compile_joining_words().finditer(piece) if not collect_first_words().isdisjoint(piece.lower().split()) else ()
    )
    for match in joined:
        if not _parts_here(match, piece):
            continue
        yield Part(piece[cursor : match.start()].strip(), sign, beside=beside)
        sign, cursor = load_parting_words()[" ".join(match.group(1).lower().replace("’", "'").split())], match.end()
        word = fold(match.group(1))
        beside = word if word in load_joining_words("apart") else ""
    yield Part(piece[cursor:].strip(), sign, beside=beside)


def _parts_here(match: re.Match[str], piece: str) -> bool:
    """Whether a joining word joins two names here. Before a word that is no name, شرقي belongs to the name before it:
    تل بطال شرقي بريف حلب.
    """
    following = fold_word(piece[match.end() :].split(maxsplit=1)[0])
    if not is_side_word(fold(match.group(1)).split()[-1]):
        return True
    level, _ = read_unit_words().get(following, ("part", ""))
    return following[:1].isalpha() and level == "part" and following not in load_parting_words()
