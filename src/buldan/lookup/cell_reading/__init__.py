"""What a cell says: which of its parts is the name, which contain it, which are other places.

Parts go in (`buldan.lookup.cells`), a reading comes out; no name is searched here but for those that the gazetteer
stores as they are written. The rules of precedence are those of `buldan.lookup.containment`: what the gazetteer holds
as one name is one name; a governorate, and whatever a unit's word tells, contains in either order; two names of towns
are two places.

`reader` is the way in; `joining` puts parts together, `splitting` cuts where no sign stands, `classes` tells what a
part is.
"""

from __future__ import annotations

from buldan.lookup.cell_reading.generic_words import is_only_generic
from buldan.lookup.cell_reading.reader import CellReader, CellReading

__all__ = ["CellReader", "CellReading", "is_only_generic"]
