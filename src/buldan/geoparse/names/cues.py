"""Cues: words that speak for a place or against one, with their roles and the kinds that they ask for, from tables.

A word's cue is a number; arrays say what each number means, so that a whole text is looked up at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from buldan.geoparse.names.views import CueViews
from buldan.geoparse.tables import read_table
from buldan.kinds import kind_codes, kinds, kinds_named
from buldan.text import fold, load_clitics
from buldan.text.tables import read_table as read_names

__all__ = ["ROLES", "Cues", "encode_kinds", "encode_roles", "load_cues", "load_other_senses"]

_TRIGGER, _FACILITY, _LABEL = "trigger", "facility", "label"
_COLON = "colon"
"""The side of a word that asks of the list behind its colon, and of no name beside it."""


@cache
def encode_kinds(named: str) -> int:
    """The bits of all kinds that a comma-separated list of kinds and groups stands for."""
    codes = kind_codes()
    groups = {kind.group for kind in kinds().values()}
    # A name that is of a kind and of a group is the group in the tables of cues.
    names = (f"group:{name}" if name in groups else name for name in named.split(",") if name)
    return sum(1 << codes[kind] for kind in frozenset[str]().union(*map(kinds_named, names)))


def _iter_rows() -> Iterator[tuple[str, str, str, int, str, bool]]:
    """Form, language, role, mask of kinds, side, and whether it asks all of a list, of every row of every table."""
    for table in (read_table("cues"), read_names("people")):
        for form, lang, role, _ in table:
            yield form, lang, role, 0, "", False
    for form, lang, side, asked, many, _ in read_table("triggers"):
        # What heads a list promises nothing of the word behind it: الخط الرابع, the fourth line.
        yield form, lang, _LABEL if side == _COLON else _TRIGGER, encode_kinds(asked), side, many == "all"
    for form, lang, side, asked, _ in read_table("facilities"):
        yield form, lang, _FACILITY, encode_kinds(asked), side, False


ROLES: tuple[str, ...] = tuple(dict.fromkeys(role for _, _, role, *_ in _iter_rows()))
"""Every role of a cue, in the order of the bits of `Cues.roles`."""


def encode_roles(*roles: str) -> int:
    """The bits of some roles."""
    return sum(1 << ROLES.index(role) for role in roles)


@cache
def load_other_senses() -> Mapping[str, int]:
    """By folded name that is also an ordinary word, the bits of the roles that indicate the word: food for حمص."""
    senses: dict[str, int] = {}
    for name, _, role, _ in read_table("senses"):
        senses[fold(name)] = senses.get(fold(name), 0) | encode_roles(role)
    return senses


@dataclass(slots=True)
class _Cue:
    """What the tables say of one form, while they are read; members as the arrays of `Cues`."""

    roles: int = 0
    before: int = 0
    after: int = 0
    facility: int = 0
    announced: int = 0
    many: bool = False


@dataclass(frozen=True, eq=False)
class Cues:
    """Arrays by cue; cue 0 is a word without any.

    Attributes:
        number: of each form; one of two words is found by its first and its second.
        roles: bits, in the order of `ROLES`.
        before, after: bits of the kinds that the word asks of a name behind it, or in front of it.
        facility: bits of the kinds of a facility that the word names together with a name.
        announced: bits of the kinds that the word asks of all names of a list behind a colon.
        many: whether it speaks of several places.
        role_set: number of its roles among `role_sets`, the few that there are; the first is none.
    """

    number: dict[str, int]
    first_of_two: frozenset[str]
    second_of_two: frozenset[str]
    roles: NDArray[np.uint64]
    before: NDArray[np.uint64]
    after: NDArray[np.uint64]
    facility: NDArray[np.uint64]
    announced: NDArray[np.uint64]
    many: NDArray[np.bool_]
    role_set: NDArray[np.int64]
    role_sets: NDArray[np.uint64]

    @cached_property
    def views(self) -> CueViews:
        """What compiled loops read of cues."""
        return CueViews(
            self.roles.data,
            self.role_set.data,
            self.before.data,
            self.after.data,
            self.announced.data,
            self.facility.data,
            self.many.view(np.uint8).data,
        )

    def get_roles(self, form: str) -> int:
        """The bits of the roles of a folded form; 0 where it is no cue."""
        number = self.number.get(form)
        return int(self.roles[number]) if number else 0


def _iter_clitic_spellings(form: str, lang: str) -> Iterator[str]:
    """A folded form with every clitic that may stand before it."""
    folded = fold(form)
    yield folded
    if lang == "ar":
        yield from (clitic + folded for clitic in load_clitics())
        # The article loses its alef behind ل: للمدينة.
        if folded.startswith("ال"):
            yield from ("لل" + folded[2:], "ولل" + folded[2:])


@cache
def load_cues() -> Cues:
    """The cues of all tables."""
    cues: dict[str, _Cue] = {}
    for form, lang, role, asked, side, many in _iter_rows():
        for spelling in _iter_clitic_spellings(form, lang):
            _add_row(cues.setdefault(spelling, _Cue()), role, asked, side, many=many)
    return _make_arrays(cues)


def _add_row(cue: _Cue, role: str, asked: int, side: str, *, many: bool) -> None:
    """Add what one row of a table says of a form; `asked` are bits of kinds."""
    cue.roles |= 1 << ROLES.index(role)
    cue.many |= many
    if role == _FACILITY:
        cue.facility |= asked
        return
    if side in ("before", "either"):
        cue.before |= asked
    if side in ("after", "either"):
        cue.after |= asked
    if many or side == _COLON:
        cue.announced |= asked


def _make_arrays(cues: dict[str, _Cue]) -> Cues:
    """The cues by form as arrays, numbered from 1 in their order."""

    def column(values: Sequence[Any]) -> NDArray[np.uint64]:
        return np.array([0, *values], np.uint64)

    # A 0 in front of each column: number 0 is a word without a cue, and needs no test in a loop.
    every = list(cues.values())
    two = [form.split(" ") for form in cues if " " in form]
    roles = column([cue.roles for cue in every])
    # Few sets of roles occur: a weight is summed for each set once, and not for each word.
    role_sets, role_set = np.unique(roles, return_inverse=True)
    return Cues(
        number={form: number for number, form in enumerate(cues, start=1)},
        first_of_two=frozenset(first for first, *_ in two),
        second_of_two=frozenset(second for _, second, *_ in two),
        roles=roles,
        before=column([cue.before for cue in every]),
        after=column([cue.after for cue in every]),
        facility=column([cue.facility for cue in every]),
        announced=column([cue.announced for cue in every]),
        many=np.array([False, *(cue.many for cue in every)]),
        role_set=role_set,
        role_sets=role_sets,
    )
