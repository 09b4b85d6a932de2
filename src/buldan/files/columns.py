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
"""Signs between the languages of a label."""

_ROLE_OF_TAG = {"#loc": "name", "#adm4": "name", "#adm1": "adm1", "#adm2": "adm2", "#adm3": "adm3"}
"""HXL tags of columns with names; with the attribute `+code` those of a place are P-codes."""


class Column(NamedTuple):
    """One column as its sheet shows it.

    Attributes:
        name: its name in the output; distinct.
        letter: its letter in a spreadsheet (`A`, `AB`); empty if the file is not a spreadsheet.
        tag: its HXL tag (`#loc+name`), or empty.
        labels: all its cells in the rows of the header.
    """

    name: str
    letter: str = ""
    tag: str = ""
    labels: tuple[str, ...] = ()


def column_letter(number: int) -> str:
    """The letter of a column of a spreadsheet, counted from 0: `A`, `B` and on to `Z`, then `AA`."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def find_columns(columns: Sequence[Column], asked: str) -> list[str]:
    """Names of the columns that `asked` refers to; several if the reference is ambiguous, empty if there is none.

    These are tried in order, and the first that finds a column decides: the exact name; the name, then another label
    of the header, without regard to case, punctuation and line breaks; the HXL tag; the letter.
    """
    wanted = fold(asked)
    ways: tuple[Iterable[str], ...] = (
        (column.name for column in columns if column.name == asked),
        (column.name for column in columns if fold(column.name) == wanted),
        (column.name for column in columns if wanted in map(fold, column.labels)),
        (column.name for column in columns if _matches_tag(column.tag, asked)),
        (column.name for column in columns if _LETTERS.fullmatch(asked) and column.letter == asked.upper()),
    )
    # A name of signs alone folds to an empty text, which would equal every other such name: only the exact name counts.
    if not wanted:
        ways = ways[:1]
    return next((found for way in ways if (found := list(way))), [])


def is_hxl_tag(cell: str) -> bool:
    """Whether a cell is an HXL tag with its attributes: `#adm1+name`, `#affected +f`."""
    return _HXL.fullmatch(cell.strip()) is not None


def _matches_tag(tag: str, asked: str) -> bool:
    """Whether a column's tag is `asked`, with at least the attributes of `asked`, in any order."""
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
    """The probable content of a column, by its HXL tag or else its labels.

    Returns:
        `name`, `address`, `bare` (a name of a place or of a person), `adm1` … `adm3`, `pcode`, `person` (something
        that only people have), or empty.
    """
    if column.tag:
        base, *attributes = _split_tag(column.tag)
        role = _ROLE_OF_TAG.get(base, "")
        return "pcode" if role == "name" and "code" in attributes else role
    # Labels may be in two languages: "Village - القرية", "Governorate (المحافظة)".
    labels = [part for label in (column.name, *column.labels) for part in (label, *_SIGNS.split(label))]
    roles = (read_labels().get(fold(label), "") for label in labels)
    return next((role for role in roles if role and role != "hint"), "")
