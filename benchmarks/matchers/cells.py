"""Cells as registers write them, a name among its units; and names that no place bears.

Both are made of the gazetteer with a fixed seed, so that every engine can be asked and no list from elsewhere decides.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator, Mapping
from itertools import cycle, islice
from pathlib import Path

from benchmarks.matchers.material import Group, Material, Question, spelling
from benchmarks.matchers.synthetic import iter_synthetic
from buldan.kinds import ADMIN_KINDS, get_kind
from buldan.store import PlaceRecord

__all__ = ["FORMS", "draw_cells", "draw_negatives"]

_SEED = 14

# v: the village, s: its sub-district, d: district, g: governorate.
_BY_SIGNS = ("{v} ({g})", "{g} - {v}", "{g}: {v}", "{g}/{v}", "{g} | {s} | {v}", "{g} - {d} - {s} - {v}")
"""Forms that signs alone make, in either script."""

FORMS: Mapping[str, tuple[str, ...]] = {
    "Latn": (
        "{v}, {s}, {g}",
        *_BY_SIGNS,
        "{g} countryside - {v}",
        "{v} village, {s} sub-district",
        "{g} governorate, {d} district, {v}",
    ),
    "Arab": (
        "{v}، {s}، {g}",
        *_BY_SIGNS,
        "{v} بريف {g}",
        "قرية {v} ناحية {s} محافظة {g}",
        "محافظة {g} منطقة {d} ناحية {s} قرية {v}",
    ),
}
"""The forms of a cell by script, each used as often as the others."""

_UNIT_WORDS = ("محافظة ", "منطقة ", "ناحية ")
_CODE_LENGTHS = {"g": 4, "d": 6, "s": 8}
_UNIT_KINDS = ADMIN_KINDS[1:]
_TITLES = {"Latn": "cells, Latin", "Arab": "cells, Arabic"}


def draw_cells(material: Material, *, most: int) -> list[Group]:
    """A group for each script: villages and towns within all three units, no two of a name in one governorate."""
    return [Group(title, list(islice(_iter_cells(material, script), most))) for script, title in _TITLES.items()]


def _iter_cells(material: Material, script: str) -> Iterator[Question]:
    units = {unit.identifiers.get("pcode", ""): unit for unit in material.places if unit.kind in _UNIT_KINDS}
    bearers = material.rows_by(spelling)
    settlements = [row for row, place in enumerate(material.places) if get_kind(place.kind).osm_class == "place"]
    random.Random(_SEED).shuffle(settlements)
    forms = cycle(FORMS[script])
    for row in settlements:
        place = material.places[row]
        own = {level: units.get(place.admin[:length]) for level, length in _CODE_LENGTHS.items()}
        words = {level: _name(unit, script) for level, unit in own.items() if unit is not None} | {
            "v": _name(place, script)
        }
        if place.kind in _UNIT_KINDS or len(words) < len(_CODE_LENGTHS) + 1 or not all(words.values()):
            continue
        governorate = place.admin[: _CODE_LENGTHS["g"]]
        namesakes = (material.places[other] for other in bearers.get(spelling(words["v"]), ()))
        if sum(other.admin.startswith(governorate) for other in namesakes) == 1:
            yield Question(next(forms).format_map(words), place.lon, place.lat)


def _name(place: PlaceRecord, script: str) -> str:
    """The first name in a script, without the word of its level: the form brings that."""
    if script == "Latn":
        return place.name_en
    return next(
        (place.name_ar.removeprefix(word) for word in _UNIT_WORDS if place.name_ar.startswith(word)), place.name_ar
    )


def draw_negatives(material: Material, folder: Path, *, most: int) -> dict[str, list[str]]:
    """Texts that name nothing in Syria, by the title of their list.

    "made up" are names of blended words that no place bears; "elsewhere" are those of `negatives.tsv` in `folder`
    (cities of the world, people, organisations, ordinary words), left out where it is absent.
    """
    stored = {spelling(name) for _, name in material.entries}
    invented = (name.name for _, own in iter_synthetic(material, 20 * most, seed=_SEED) for name in own[:1])
    negatives = {"made up": list(islice((name for name in invented if spelling(name) not in stored), most))}
    table = folder / "negatives.tsv"
    if table.exists():
        with table.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            negatives["elsewhere"] = [row["name"] for row in rows][:most]
    return negatives
