"""What a cell says: which of its parts is the name, which contain it, which are other places.

Parts of a cell (`buldan.lookup.cells`) go in, a reading comes out. Names are only checked against the gazetteer here,
not ranked. `buldan.lookup.containment` has the rules: a name that the gazetteer stores is one name; a governorate, or
a name with a unit word, contains the others in either order; two names of towns are two places.

`reader` is the way in; `joining` puts parts together, `splitting` cuts where no sign stands, `classes` tells what a
part is.
"""

from __future__ import annotations

from buldan.lookup.cell_reading.generic_words import is_only_generic
from buldan.lookup.cell_reading.reader import CellReader, CellReading

__all__ = ["CellReader", "CellReading", "is_only_generic"]
