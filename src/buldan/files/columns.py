"""The columns of a table, and how people refer to them: by name, by letter, or by HXL tag."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from buldan.text import fold

__all__ = ["Column", "column_letter", "find_columns", "guess_role", "is_hxl_tag", "read_labels"]

_LETTERS = re.compile("[A-Za-z]{1,3}")
_HXL = re.compile(r"#[a-z][a-z0-9_]*(\s*\+\s*[a-z][a-z0-9_]*)*", re.IGNORECASE)

_SIGNS = re.compile(r"\s+[-–]\s+|[/|()\n]")
"""What stands between the languages of a label."""

_ROLE_OF_TAG = {"#loc": "name", "#adm4": "name", "#adm1": "adm1", "#adm2": "adm2", "#adm3": "adm3"}
"""HXL tags of columns with names; with the attribute `+code` those of a place are P-codes."""


class Column(NamedTuple):
    """One column as its sheet shows it.

    Attributes:
        name: what it is called in the output; distinct.
        letter: what spreadsheets call it (`A`, `AB`); empty where the file is no sheet.
        tag: its HXL tag (`#loc+name`), or empty.
        labels: all that stands above it in the rows of the header.
    """

    name: str
    letter: str = ""
    tag: str = ""
    labels: tuple[str, ...] = ()


def column_letter(number: int) -> str:
    """What a spreadsheet calls its column, counted from 0: `A`, `B` and on to `Z`, then `AA`."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def find_columns(columns: Sequence[Column], asked: str) -> list[str]:
    """Names of the columns that `asked` refers to; more than one where it is not clear which.

    The first way that finds any counts: the name as it is written, the name or another label of the header
    without regard to case, punctuation and line breaks, the HXL tag, the letter.
    """
    wanted = fold(asked)
    ways: tuple[Iterable[str], ...] = (
        (column.name for column in columns if column.name == asked),
        (column.name for column in columns if fold(column.name) == wanted),
        (column.name for column in columns if wanted in map(fold, column.labels)),
        (column.name for column in columns if _matches_tag(column.tag, asked)),
        (column.name for column in columns if _LETTERS.fullmatch(asked) and column.letter == asked.upper()),
    )
    # What folds to nothing (a name of signs alone) is looked for as it is written, or it would fit any of the kind.
    if not wanted:
        ways = ways[:1]
    return next((found for way in ways if (found := list(way))), [])


def is_hxl_tag(cell: str) -> bool:
    """Whether a cell is an HXL tag with its attributes: `#adm1+name`, `#affected +f`."""
    return _HXL.fullmatch(cell.strip()) is not None


def _matches_tag(tag: str, asked: str) -> bool:
    """Whether a column's tag is the one asked for, with at least the attributes asked for, in any order."""
    if not tag or not is_hxl_tag(asked):
        return False
    (base, *attributes), (asked_base, *asked_attributes) = _split_tag(tag), _split_tag(asked)
    return base == asked_base and set(asked_attributes) <= set(attributes)


def _split_tag(tag: str) -> list[str]:
    return [part.strip().lower() for part in tag.split("+")]


@cache
def read_labels() -> dict[str, str]:
    """Roles of labels by their folded form, from `labels.tsv`."""
    _, *lines = files("buldan.files").joinpath("labels.tsv").read_text("utf-8").splitlines()
    return {fold(form): role for form, role, _ in (line.split("\t") for line in lines)}


def guess_role(column: Column) -> str:
    """What a column seems to hold.

    Returns:
        `name`, `address`, `bare` (a name, of a place or of a person), `adm1` … `adm3`, `pcode`, `person` (what only
        people have), or empty.
    """
    if column.tag:
        base, *attributes = _split_tag(column.tag)
        role = _ROLE_OF_TAG.get(base, "")
        return "pcode" if role == "name" and "code" in attributes else role
    # Labels may be in two languages: "Village - القرية", "Governorate (المحافظة)".
    labels = [part for label in (column.name, *column.labels) for part in (label, *_SIGNS.split(label))]
    roles = (read_labels().get(fold(label), "") for label in labels)
    return next((role for role in roles if role and role != "hint"), "")
