"""Read a whole cell: which of its parts are the names to find, and which contain them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from buldan.index import Index
from buldan.lookup.bare_words import strip_generics
from buldan.lookup.cell_reading.classes import LEVELS, PartClassifier
from buldan.lookup.cell_reading.joining import PartJoiner
from buldan.lookup.cell_reading.splitting import PartSplitter
from buldan.lookup.cells import Part, cut_cell, is_compass_word, may_hold_name, names_side
from buldan.lookup.containment import Roles, assign_roles, list_doubtful
from buldan.lookup.plain_names import list_plain_names
from buldan.lookup.units import UnitReader
from buldan.text import derive_plain_key, load_joining_words, split_folded_words, split_plain_words

__all__ = ["CellReader", "CellReading"]

_MOST_PARTS = 8
"""Maximum parts of a cell that are read as names and units; a cell with more is a list."""

_LIST_SIGNS = frozenset({"comma", "dash", "slash"})
"""Signs between the places of a list."""

_LISTING = frozenset(",،;؛\n")
"""Signs between the parts of most cells. The few names that hold one (of ruins) lose no words where they are cut."""

_WITHIN_NAMES = frozenset({"first", "dash", "slash", "and", "in", "near", "space"})
"""Signs that also occur inside one name: Mamura - Mahdum, Rabyeh / Bikas."""


class CellReading(NamedTuple):
    """One way to read a cell.

    Attributes:
        names: the names to find; several names are several places.
        units: the parts that contain them, from wide to narrow.
        near: parts that name a larger place near them.
        is_bold: whether the cell was cut without punctuation or at a word such as "near"; its answer must fit well.
        is_land: whether the cell means the land around the place named (ريف إدلب), not a place in it.
        is_aside: whether the name is in brackets after a town that would contain it, and may be only a second name
            of that town: Tal Aran (Balat).
        side: the word for a side of that land, or empty: شمال in شمال حلب.
    """

    names: tuple[Part, ...]
    units: tuple[Part, ...] = ()
    near: tuple[Part, ...] = ()
    is_bold: bool = False
    is_land: bool = False
    is_aside: bool = False
    side: str = ""


class CellReader:
    """Reads cells over one index."""

    def __init__(self, index: Index, units: UnitReader) -> None:
        self._units, self._named = units, units.named
        self._classifier = PartClassifier(units)
        self._splitter = PartSplitter(index, units, self._classifier)
        self._joiner = PartJoiner(index, units, self._classifier, self._splitter)

    def read(self, text: str) -> CellReading | None:
        """How the parts of a cell belong together; None if it is one name, or if its parts do not say how."""
        plain = list_plain_names(text)
        if len(plain) == 1 and not self._splitter.may_be_split(text):
            return None
        if not plain and _LISTING.isdisjoint(text) and self._is_name(text) and _loses_words(text):
            return CellReading((Part(text, "first", name=text),))
        return self._read_parts(text, plain)

    def _read_parts(self, text: str, plain: Sequence[str]) -> CellReading | None:
        """As `read`; `plain` are the names of a cell of plain names."""
        parts = [Part(name, "comma" if at else "first", name=name) for at, name in enumerate(plain)]
        # A part that is only an article comes from a typing error: "Al- Bab".
        parts = parts or [self._restore_whole(part) for part in cut_cell(text) if may_hold_name(part.text)]
        if not parts:
            return None
        if len(parts) == 1 and parts[0].beside and self._named.is_name(text):
            return CellReading((Part(text, "first", name=text),))  # the name of a quarter: North of the Line
        is_near = False
        if len(plain) < 2:  # of several plain names none is a side, a word of kind or a second spelling
            parts[0] = self._join_side(parts[0])
            if len(parts) == 1 and (land := self._as_land(parts[0])):
                return land
            if sides := [part for part in parts if len(parts) > 1 and names_side(part.text)]:
                parts = [part for part in parts if part not in sides]
                if len(parts) == 1 and self._classifier.classify(parts[0]) in {"governorate", "unit", "stated"}:
                    return CellReading((parts[0]._replace(sign="first"),), is_land=True)
                parts = parts or sides
            if len(parts) == 1 and not self._splitter.may_be_split(parts[0].text):
                return CellReading(tuple(parts)) if parts[0].text != text else None
            is_near = len(parts) == 1 and bool(parts[0].beside)  # near the city of Hama: not the city
            is_joined = not is_near and all(part.sign in _WITHIN_NAMES for part in parts)
            if is_joined and self._joiner.is_one_name(text, parts):
                # It is one name, though its parts are names too: المشفى الوطني في إدلب.
                return CellReading((Part(text, "first", name=text),)) if len(parts) > 1 else None
        cut = [piece for part in self._joiner.join_names(parts, text) for piece in self._splitter.split(part)]
        if not plain:
            cut = [piece for piece in cut if may_hold_name(piece.text)]  # the number of "Hama 1"
        is_bold = len(cut) > len(parts)
        named = cut if len(plain) > 1 and not is_bold else self._joiner.join_generics(self._joiner.pair_spellings(cut))
        if len(named) == 1:
            is_read = len(parts) > 1 or is_bold or is_near or named[0].is_unnamed
            return CellReading((named[0]._replace(sign="first"),)) if is_read else None
        if len(named) > _MOST_PARTS:
            return self._read_long_list(named)
        return self._assign(named, is_bold) if named else None

    def _is_name(self, text: str) -> bool:
        """Whether a text is a stored name, and not only a number."""
        return may_hold_name(text) and self._named.is_name(text)

    def _restore_whole(self, part: Part) -> Part:
        """A part with what was cut off at its ends, if a place is called so."""
        if not part.whole or not self._is_name(part.whole):
            return part
        return part._replace(text=part.whole, name=part.whole, whole="")

    def _read_long_list(self, parts: Sequence[Part]) -> CellReading | None:
        """The reading of more parts than are compared with each other: a list of places, in the only governorate among
        them if it comes first or last. None for a long address, which has unit words.
        """
        if any(part.level for part in parts):
            return None
        wide = [part for part in parts if self._classifier.classify(part) == "governorate"]
        if len(wide) != 1 or wide[0] not in {parts[0], parts[-1]}:
            return CellReading(tuple(parts))
        return CellReading(tuple(part for part in parts if part != wide[0]), tuple(wide))

    def _as_land(self, part: Part) -> CellReading | None:
        """The reading of a cell that means only land (ريف إدلب, or a side of a governorate: شمال حلب); None for
        others.
        """
        if part.level:
            heart = self._named.find_heart(part.text)
            return CellReading((part._replace(text=heart, name=heart),), is_land=True) if heart else None
        if part.is_unnamed:
            return None  # 10 km north of Aleppo is a point
        side, name = (part.beside, part.text) if part.beside in load_joining_words("side") else _cut_side(part.text)
        if not side or self._units.get_widest_class(derive_plain_key(name)) != "governorate":
            return None
        if self._named.is_name(f"{side} {name}" if part.beside else part.text):
            return None  # Eastern Aleppo is called so
        named = part._replace(text=name, sign="first", name=name, beside="")
        return CellReading((named,), is_land=True, side=side)

    def _join_side(self, part: Part) -> Part:
        """The first part, joined with the side before it if both are one name: جنوب الثكنة، حماة."""
        whole = f"{part.beside} {part.text}"
        if not part.beside or not self._named.is_name(whole):
            return part
        return part._replace(text=whole, sign="first", name=whole, is_unnamed=False, beside="")

    def is_unnamed(self, part: Part) -> bool:
        """Whether a part only names what the place lies near: Afrin in "near Afrin".

        شمال حلب is land of Aleppo instead.
        """
        if part.is_unnamed or not part.beside:
            return part.is_unnamed
        called = self._classifier.classify(part)
        # North of Syria is some of Syria, outside Syria is none of it.
        is_land = called in {"country", "governorate", "region"} and part.beside in load_joining_words("side")
        return not is_land

    def _assign(self, parts: Sequence[Part], is_bold: bool) -> CellReading:
        """The reading of parts by their classes: names, units, and larger places near them."""
        classes, signs = self._classifier.classify_all(parts), tuple(part.sign for part in parts)
        held = tuple(
            (wide, narrow)
            for wide, narrow, verdict in list_doubtful(classes, signs)
            if self._is_confirmed(verdict, parts[wide].text, parts[narrow].text)
        )
        roles = _sort_by_level(assign_roles(classes, signs, held), parts)
        names, units, near = (tuple(parts[at] for at in of_role) for of_role in roles)
        if len(names) == 1 and classes[roles.names[0]] == "governorate" and (land := self._as_land(names[0])):
            return land._replace(units=units)  # ريف حلب الشمالي، سوريا
        if listed := self._find_listed(parts, classes, roles):
            units = tuple(parts[at] for at in roles.units if at not in listed)
            names, near = tuple(parts[at] for at in listed), ()
        if len(names) > 1:
            names = tuple(map(self._take_heart, names))
        is_bold = is_bold or any(part.sign in {"near", "in"} for part in parts)
        is_aside = names[0].sign == "bracket" and bool(units) and {"unit", "place"}.issuperset(classes)
        is_aside = is_aside and not any(strip_generics(split_plain_words(unit.text)).asks for unit in units)
        return CellReading(names, units, near, is_bold, is_aside=is_aside)

    def _is_confirmed(self, verdict: str, wide: str, narrow: str) -> bool:
        """Whether the gazetteer confirms a verdict on two names."""
        if verdict == "greater":
            return not self._named.is_town_like(narrow, wide) or self._units.holds(wide, narrow)
        if verdict == "reversed" and self._units.holds(narrow, wide):
            return False  # Afrin, Afrin district
        return self._units.holds(wide, narrow, lesser=verdict == "lesser")

    def _take_heart(self, part: Part) -> Part:
        """A countryside in a list as the unit or town whose land it is; other parts as they are."""
        heart = self._named.find_heart(part.text) if part.level == "countryside" else ""
        return part._replace(text=heart, name=heart) if heart else part

    def _find_listed(self, parts: Sequence[Part], classes: Sequence[str], roles: Roles) -> tuple[int, ...]:
        """The positions of parts that are a list of places, though each could be read as unit or place near another.

        Duma, Harasta, Saqba heads of units that do not contain each other; Jobar, Ain Tarma, Zamalka. Empty if the
        parts are an address.
        """
        towns = [at for at in roles.units if classes[at] == "unit" and not parts[at].level]
        beside = [at for at in roles.near if parts[at].sign in _LIST_SIGNS]
        # Beside a greater place one more is an address, beside its like it is a list: both continue a list.
        further = [*beside, *(at for at in roles.names[1:] if parts[at].sign == "comma")]
        is_list = len(further) > 1 or bool(further and towns and min(towns) < min(roles.names))
        is_list = is_list or self._are_apart(parts, towns)
        if not is_list and len(towns) == len(roles.units) > 1:
            # Only towns contain the names: each name must then lie in the narrowest of them.
            is_list = not any(self._units.holds(parts[towns[-1]].text, parts[at].text) for at in roles.names) and all(
                self._named.find_exact(parts[at].text) for at in roles.names
            )
        return tuple(sorted({*roles.names, *towns, *beside})) if is_list else ()

    def _are_apart(self, parts: Sequence[Part], towns: Sequence[int]) -> bool:
        """Whether one of some towns that head units, from wide to narrow, does not contain the next."""
        return any(not self._units.holds(parts[wide].text, parts[narrow].text) for wide, narrow in pairwise(towns))


def _sort_by_level(roles: Roles, parts: Sequence[Part]) -> Roles:
    """Roles with the units that have the word for a level from the widest level on: an address may go from narrow to
    wide.
    """
    told = [at for at in roles.units if parts[at].level in LEVELS]
    if len(told) < 2:
        return roles  # true of most cells
    by_level = iter(sorted(told, key=lambda at: LEVELS[parts[at].level]))
    return roles._replace(units=tuple(next(by_level) if at in told else at for at in roles.units))


def _loses_words(text: str) -> bool:
    """Whether the parts of a text do not have all its words, as 16 Tishrin Dam is cut like line 16 of a list."""
    return sum(len(split_plain_words(part.text)) for part in cut_cell(text)) < len(split_plain_words(text))


def _cut_side(text: str) -> tuple[str, str]:
    """The side word and the name of a text such as southern Idlib or حلب الشمالية; else empty, and the text."""
    words = split_folded_words(text)
    if not (words and (is_compass_word(words[0]) or is_compass_word(words[-1]))):
        return "", text  # true of nearly every name
    first, _, behind = text.partition(" ")
    before, _, last = text.rpartition(" ")
    for side, name in ((first, behind), (last, before)):
        if name and all(map(is_compass_word, split_folded_words(side))):
            return side, name.strip()
    return "", text
