"""The names that a text may hold, as a table: arrays by number of the name.

The vocabulary knows all of them. A text in which near misses are made has a table of its own, of the names in it and
of these.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from buldan.geoparse.names.name_forms import Form
from buldan.geoparse.names.views import NameViews
from buldan.index import Index

__all__ = ["NameTable", "expand_ranges"]


def expand_ranges(first: NDArray[np.int64], which: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The positions in the ranges `which`, one range after the other, and where each of these begins among them.

    Range i lies from `first[i]` to before `first[i + 1]`. The second array has one more, the number of positions.
    """
    # Counting on from zero gives positions within all runs together; to each is added how far its own run begins
    # from there.
    begin = first.take(which)
    counts = first.take(which + 1) - begin
    bounds = np.zeros(len(which) + 1, np.int64)
    counts.cumsum(out=bounds[1:])
    return np.arange(bounds[-1]) + (begin - bounds[:-1]).repeat(counts), bounds


@dataclass(frozen=True, eq=False)
class NameTable:
    """Names by number, and arrays that say what each is.

    Attributes:
        number: of the name in the vocabulary, -1 for near misses, which come last.
        first: where the places of a name begin in `places`; one more, the end.
        places: rows of the index, the most salient of each name first.
        form_by_place: by place of `places`, how the phrase came about from one of its names.
        share: by place of `places`, the logarithm of its part of the likeness; 0 but for near misses.
        form: the plainest of the ways in which it came about.
        foreign: whether it also names a place abroad.
        person: whether it begins as the name of a person does: ابن عساكر, سليمان الحلبي, Abu Omar.
        is_not_place: whether it is a fixed name of something else, in which no place is to be seen.
        roles: bits of the roles that the phrase has as a cue.
        kinds: bits of the kinds of its places.
        salience: of its most salient place.
        zipf: how common its words are (Zipf value of the rarest, 0 where rare).
        clitic_length: folded letters in front of the phrase that are not of the name (the ل of لل).
        ends_teh_marbuta: whether the name ends with ة, which the fold does not distinguish from ه.
        historical: whether only names of the past lead to its places (Berea, of Aleppo).
        namesake: whether a town abroad is called so, too.
        sense: what its words are known to be beside a place (`Sense`), where that is said of each of them.
        other_sense_roles: bits of the roles of words that indicate its other sense: food for حمص.
        only_place: whether it is written as the gazetteer has it and is nothing else that is known.
        likeness: how like a name of the gazetteer the phrase is, 0..1; less than 1 for near misses only.
    """

    number: NDArray[np.int64]
    first: NDArray[np.int64]
    places: NDArray[np.int32]
    form_by_place: NDArray[np.uint8]
    share: NDArray[np.float64]
    form: NDArray[np.uint8]
    foreign: NDArray[np.bool_]
    person: NDArray[np.bool_]
    is_not_place: NDArray[np.bool_]
    roles: NDArray[np.uint64]
    kinds: NDArray[np.uint64]
    salience: NDArray[np.float64]
    zipf: NDArray[np.float64]
    clitic_length: NDArray[np.int64]
    ends_teh_marbuta: NDArray[np.bool_]
    historical: NDArray[np.bool_]
    namesake: NDArray[np.bool_]
    sense: NDArray[np.int8]
    other_sense_roles: NDArray[np.uint64]
    only_place: NDArray[np.bool_]
    likeness: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.form)

    @cached_property
    def views(self) -> NameViews:
        """What compiled loops read of names."""
        flags = (
            self.form,
            self.foreign,
            self.person,
            self.is_not_place,
            self.ends_teh_marbuta,
            self.historical,
            self.namesake,
            self.sense,
            self.only_place,
        )
        return NameViews(
            (self.first.data, self.places.data, self.form_by_place.data, self.share.data),
            (self.number.data, self.clitic_length.data),
            # As bytes: a typed view cannot be of numpy's booleans.
            tuple(flag.view(np.uint8).data for flag in flags),
            (self.roles.data, self.kinds.data, self.other_sense_roles.data),
            (self.salience.data, self.zipf.data),
        )

    @property
    def has_near_misses(self) -> bool:
        """Whether some names are not of the vocabulary; these come last."""
        return len(self) > 0 and bool(self.number[-1] < 0)

    def lend_room(self) -> _LentRoom:
        """Scratch memory, a number for each name, -1 everywhere; borrowers put -1 back, since it is lent again."""
        return _LentRoom(self._rooms, len(self))

    @cached_property
    def _rooms(self) -> list[memoryview]:
        return []

    def take(self, numbers: NDArray[np.int64]) -> NameTable:
        """The names with these numbers, numbered again in their order."""
        # `take` by name and column is several times as quick as indexing by an array, which looks at its kind first.
        number, first = expand_ranges(self.first, numbers)
        by_place = {name: getattr(self, name).take(number) for name in _BY_PLACE}
        by_name = {name: getattr(self, name).take(numbers) for name in _BY_NAME}
        return NameTable(first=first, **by_place, **by_name)

    def get_places(self, number: int) -> NDArray[np.int32]:
        """The rows of the places of a name."""
        return self.places[self.first[number] : self.first[number + 1]]

    def append_places(self, numbers: NDArray[np.int64], found: Sequence[Sequence[tuple[int, float]]]) -> NameTable:
        """The table with copies of some names at its end, each of which may also mean the rows found by spelling."""
        copies = self.take(numbers)
        parts: dict[str, list[NDArray[np.generic]]] = {name: [getattr(self, name)] for name in _BY_PLACE}
        # How many places each copy has in the end: its own, and those found.
        counts = np.diff(copies.first) + [len(rows) for rows in found]
        for at, rows in enumerate(found):
            own = slice(int(copies.first[at]), int(copies.first[at + 1]))
            # The least score keeps the logarithm finite; -7 is as good as never.
            scores = np.maximum(np.array([score for _, score in rows]), 1e-3)
            more = {
                "places": np.array([row for row, _ in rows], self.places.dtype),
                "form_by_place": np.full(len(rows), Form.NEAR_MISS, np.uint8),
                "share": np.log(scores),
            }
            for name in _BY_PLACE:
                parts[name] += [getattr(copies, name)[own], more[name]]
        joined = {name: np.concatenate((getattr(self, name), getattr(copies, name))) for name in _BY_NAME}
        grown = {name: np.concatenate(columns) for name, columns in parts.items()}
        return NameTable(first=np.append(self.first, self.first[-1] + np.cumsum(counts)), **grown, **joined)

    def append_near_misses(
        self,
        index: Index,
        found: Sequence[Sequence[tuple[int, float]]],
        senses: Sequence[int],
        other_sense_roles: Sequence[int],
    ) -> NameTable:
        """The table with one more name for each run of words that spelling brings near some places.

        Args:
            found: by run, the rows of these places and their scores, the likeliest first.
            senses: by run, what else its words mean (`Sense`).
            other_sense_roles: by run, the bits of the roles of words that indicate that.
        """
        more, kinds = len(found), index.kind.astype(np.uint64)
        places = [[row for row, _ in rows] for rows in found]
        scores = np.array([score for rows in found for _, score in rows])
        flat = np.array([row for rows in places for row in rows], np.int32)
        grown = {name: np.append(column, np.zeros(more, column.dtype)) for name, column in self._list_columns(_BY_NAME)}
        grown["number"][-more:] = -1
        grown["form"][-more:] = Form.NEAR_MISS
        # A bit for each kind of its places, as the vocabulary has it; -more is the run of new names at the end.
        grown["kinds"][-more:] = [int(np.bitwise_or.reduce(np.uint64(1) << kinds[rows])) for rows in places]
        grown["salience"][-more:] = [float(index.salience[rows].max()) for rows in places]
        grown["sense"][-more:], grown["other_sense_roles"][-more:] = senses, other_sense_roles
        # The shares that its places have of all readings of the word; what is missing of 1 is that it is none of them.
        grown["likeness"][-more:] = [sum(score for _, score in rows) for rows in found]
        return replace(
            self,
            first=np.append(self.first, self.first[-1] + np.cumsum([len(rows) for rows in places])),
            places=np.append(self.places, flat),
            form_by_place=np.append(self.form_by_place, np.full(len(flat), Form.NEAR_MISS, np.uint8)),
            share=np.append(self.share, np.log(np.maximum(scores, 1e-3))),
            **grown,
        )

    def _list_columns(self, names: Sequence[str]) -> list[tuple[str, NDArray[np.generic]]]:
        return [(name, getattr(self, name)) for name in names]


class _LentRoom:
    """Scratch memory that is lent within a `with`; where that ends in an error, it is not lent again."""

    # A class, for it costs a third of what `contextmanager` does, three times a text.
    def __init__(self, rooms: list[memoryview], count: int) -> None:
        self._rooms, self._count = rooms, count

    def __enter__(self) -> memoryview:
        try:
            self._room = self._rooms.pop()
        except IndexError:  # the first reader, or more of them at once than ever
            self._room = np.full(self._count, -1).data
        return self._room

    def __exit__(self, error: type[BaseException] | None, *_: object) -> None:
        if error is None:
            self._rooms.append(self._room)


_BY_PLACE = ("places", "form_by_place", "share")
_BY_NAME = tuple(field.name for field in fields(NameTable) if field.name not in ("first", *_BY_PLACE))
