"""Names of the widest units: what a part of a cell is when it is the country or a governorate, to the letter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from buldan.kinds import CENTRAL_KINDS, kind_codes
from buldan.store.records import NameRecord
from buldan.text import derive_plain_key

__all__ = ["WIDE_CLASSES", "iter_wide_names"]

WIDE_CLASSES = ("country", "governorate")
"""What the numbers of `iter_wide_names` stand for."""


def iter_wide_names(names: Sequence[NameRecord], columns: Mapping[str, NDArray[Any]]) -> Iterator[tuple[str, int]]:
    """The keys of all names of the country, each with 0, and of the governorates and the cities that head them, with 1.

    Args:
        names: all names.
        columns: those of the places, and the place of each name.
    """
    kind, codes = columns["place.kind"], kind_codes()
    is_country = (columns["place.level"] == 0) & (kind == codes["country"])
    is_head = (columns["place.headed"][:, 0] >= 0) & np.isin(kind, [codes[kind] for kind in CENTRAL_KINDS])
    class_of = np.where(is_country, 0, np.where(is_head, 1, -1))[columns["name.place"]].tolist()
    for name, wide in zip(names, class_of, strict=True):
        if wide >= 0 and (key := derive_plain_key(name.name)):
            yield key, wide
