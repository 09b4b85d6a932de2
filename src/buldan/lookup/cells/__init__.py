"""Cut a cell at its signs, brackets, joining words and unit words: what lies between are its parts.

`Aleppo/Menbij/Asaliyeh`, `Nawa (Daraa)`, `قرية بقيلون ناحية الفاخورة محافظة اللاذقية`. Text goes in, parts come out,
each with the sign before it and the level of its unit word. This package does not use the gazetteer:
`buldan.lookup.cell_reading` finds which part is the name and which contain it.

`cutting` is the way in; `parts` cuts at unit words; `unit_words` and `patterns` read the tables.
"""

from __future__ import annotations

from buldan.lookup.cells.cutting import cut_cell, cut_off_ends, list_cutting_words, may_hold_name
from buldan.lookup.cells.parts import Part
from buldan.lookup.cells.patterns import DIGIT
from buldan.lookup.cells.unit_words import (
    is_compass_word,
    is_unit_word,
    list_compass_words,
    names_side,
    read_unit_words,
)

__all__ = [
    "DIGIT",
    "Part",
    "cut_cell",
    "cut_off_ends",
    "is_compass_word",
    "is_unit_word",
    "list_compass_words",
    "list_cutting_words",
    "may_hold_name",
    "names_side",
    "read_unit_words",
]
