"""Choices of an XLSForm (Kobo, ODK, ArcGIS Survey123): places to choose from, each inside its units.

A form asks for the governorate, then for a district of it, a sub-district, and a place: each choice names its
unit, so that `choice_filter` (`governorate=${governorate}`) shows only the places of that unit. Values are P-codes,
which need no translation; a place without one has Buldan's id. See https://xlsform.org/en/#cascading-selects.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pyarrow as pa

from buldan.files import Wishes, write_table
from buldan.kinds import ADMIN_KINDS
from buldan.model import AdminUnit, Place
from buldan.store import Manifest

__all__ = ["is_choices", "write_choices"]

_LISTS = ("governorate", "district", "subdistrict")
_COLUMNS = ("list_name", "name", "label::English (en)", "label::Arabic (ar)", *_LISTS, "attribution")
_SCHEMA = pa.schema([(column, pa.string()) for column in _COLUMNS])
_PLACE_LIST = "place"


def is_choices(path: Path) -> bool:
    """Whether the name of a file asks for choices: `choices.csv`, `idleb-choices.xlsx`."""
    return path.stem.casefold().endswith("choices") and path.suffix.lower() in {".csv", ".xlsx"}


def write_choices(path: Path, places: Iterable[Place], manifest: Manifest) -> None:
    """Write the units of some places, and then the places: the sheet `choices` of a form.

    The attribution is in the first row, in a separate column that forms ignore.

    Raises:
        SourceError: the file cannot be written.
    """
    rows = list(_iter_rows(list(places)))
    first = rows[:1] and [(*rows[0][:-1], manifest.about["attribution"])]
    columns = zip(*(*first, *rows[1:]), strict=True) if rows else [()] * len(_COLUMNS)
    batch = pa.record_batch([pa.array(list(column), pa.string()) for column in columns], schema=_SCHEMA)
    write_table(path, _SCHEMA, [batch], wishes=Wishes(layer="choices"))


def _iter_rows(places: Sequence[Place]) -> Iterator[tuple[str | None, ...]]:
    units: dict[str, tuple[AdminUnit, ...]] = {}
    for place in places:
        for level in range(1, len(place.admin) + 1):
            units.setdefault(place.admin[level - 1].pcode, place.admin[:level])
    for chain in sorted(units.values(), key=lambda chain: (chain[-1].level, chain[-1].pcode)):
        unit = chain[-1]
        yield _make_row(_LISTS[unit.level - 1], unit.pcode, unit.name_en, unit.name_ar, chain[:-1])
    for place in sorted(places, key=lambda place: (place.admin_pcode, place.name("en"), place.id)):
        if place.kind not in ADMIN_KINDS:
            yield _make_row(_PLACE_LIST, place.pcode or place.id, place.name("en"), place.name("ar"), place.admin)


def _make_row(
    list_name: str, name: str, english: str, arabic: str, above: Sequence[AdminUnit]
) -> tuple[str | None, ...]:
    codes = [next((unit.pcode for unit in above if unit.level == level), None) for level in (1, 2, 3)]
    return (list_name, name, english or arabic, arabic or english, *codes, None)
