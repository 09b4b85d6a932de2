"""What every engine is given: the places and names of a gazetteer, and the questions put to all alike.

Questions of the deformed groups are made from the gazetteer with a fixed seed. The spelling that is asked for is
held out: where the gazetteer stores it, it is taken from every engine's index. Only names are drawn that no two
places more than five kilometres apart bear, and no question is a stored name of another place, so that what is
measured is spelling and not luck with homonyms.
"""

from __future__ import annotations

import csv
import random
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.matchers import deform
from buldan.geometry import distance_km
from buldan.learn.mistakes import Mistake
from buldan.store import NameRecord, PlaceRecord, read_areas, read_manifest, read_names, read_places, write_gazetteer

__all__ = [
    "NEAR_KM",
    "Group",
    "Material",
    "Question",
    "draw_groups",
    "read_eval_groups",
    "read_material",
    "spelling",
    "write_material",
]

NEAR_KM = 5.0
"""An answer so near to the point asked for is right."""

_SEED = 20_26
_EVAL_TABLES = ("airwars", "respelled", "ucdp")
"""Names as people wrote them, with points; other tables are lists of one kind and are judged elsewhere."""

_EVAL_COLUMNS = ("name", "name_ar", "name_en")


class Question(NamedTuple):
    """A text, and the point (degrees) of what it means."""

    text: str
    lon: float
    lat: float


class Group(NamedTuple):
    """Questions of one kind."""

    title: str
    questions: list[Question]


@dataclass(frozen=True)
class Material:
    """The gazetteer in `folder`, and its records as every engine is given them."""

    folder: Path
    places: list[PlaceRecord]
    names: list[NameRecord]

    @cached_property
    def row_of(self) -> dict[str, int]:
        """Row of each place by its id."""
        return {place.id: row for row, place in enumerate(self.places)}

    @cached_property
    def entries(self) -> list[tuple[int, str]]:
        """(row of the place, name), a pair a name."""
        return [(self.row_of[name.place], name.name) for name in self.names]

    @cached_property
    def names_of(self) -> dict[int, list[str]]:
        """The names of each place, by its row."""
        names: dict[int, list[str]] = defaultdict(list)
        for row, name in self.entries:
            names[row].append(name)
        return names

    def rows_by(self, key: Callable[[str], str]) -> dict[str, list[int]]:
        """Rows of the places that bear each name, names alike under `key` taken together."""
        rows: dict[str, list[int]] = defaultdict(list)
        for row, name in self.entries:
            keyed = key(name)
            if keyed and row not in rows[keyed]:
                rows[keyed].append(row)
        return {keyed: found for keyed, found in rows.items() if found}

    def point(self, row: int) -> tuple[float, float]:
        """Longitude and latitude of a place."""
        return self.places[row].lon, self.places[row].lat


def read_material(folder: Path) -> Material:
    """The records of the gazetteer in a folder."""
    return Material(folder, list(read_places(folder)), list(read_names(folder)))


def write_material(
    source: Material, folder: Path, *, places: Iterable[PlaceRecord], names: Sequence[NameRecord], version: str
) -> None:
    """Write a gazetteer of other places and names to `folder`, the rest of its facts those of `source`."""
    manifest, kept = read_manifest(source.folder), list(places)
    ids = {place.id for place in kept}
    areas: Mapping[str, Any] = {id_: area for id_, area in read_areas(source.folder) if id_ in ids}
    write_gazetteer(
        folder,
        places=kept,
        names=names,
        areas=areas,
        retired={},
        version=version,
        licence=manifest.licence,
        attribution=manifest.attribution,
        sources=manifest.sources,
    )


def spelling(name: str) -> str:
    """A name without case, accents and signs: names alike here are one spelling, whichever engine reads them."""
    bare = (c for c in unicodedata.normalize("NFKD", name.casefold()) if unicodedata.category(c) != "Mn")
    return " ".join("".join(c if c.isalnum() else " " for c in bare if c not in "'’‘ʼʻ`").split())


def read_eval_groups(folder: Path, *, most: int) -> list[Group]:
    """A group for each column of names in those tables that `folder` holds, rows with a name and a point."""
    groups = []
    for path in (folder / f"names-{table}.tsv" for table in _EVAL_TABLES):
        if not path.exists():
            continue
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
        for column in _EVAL_COLUMNS:
            named = [row for row in rows if (row.get(column) or "").strip()]
            if named:
                title = path.stem.removeprefix("names-") + column.removeprefix("name").replace("_", " ")
                chosen = random.Random(_SEED).sample(named, min(most, len(named)))
                questions = [Question(row[column], float(row["lon"]), float(row["lat"])) for row in chosen]
                groups.append(Group(title, questions))
    return groups


def draw_groups(material: Material, folder: Path, *, most: int) -> tuple[Material, list[Group]]:
    """The material without the spellings asked for (written to `folder`), and the groups that ask for them."""
    drawn = _Draw(material, random.Random(_SEED))
    groups = [drawn.stored(most), drawn.variants(most)]
    groups += [drawn.deformed(title, change, most) for title, change in deform.CHANGES.items()]
    names = [name for name in material.names if (name.place, spelling(name.name)) not in drawn.held_out]
    latin = {name.place: name.name for name in reversed(names) if name.script == "Latn"}
    places = [
        place._replace(name_en=latin.get(place.id, ""))
        if (place.id, spelling(place.name_en)) in drawn.held_out
        else place
        for place in material.places
    ]
    write_material(material, folder, places=places, names=names, version="held-out")
    return read_material(folder), groups


class _Draw:
    """Draws groups from disjoint places; remembers the spellings to hold out."""

    def __init__(self, material: Material, chance: random.Random) -> None:
        self._material, self._chance = material, chance
        self._bearers = material.rows_by(spelling)
        self._used: set[int] = set()
        self.held_out: set[tuple[str, str]] = set()

    def stored(self, most: int) -> Group:
        """Names as they are stored: what is asked most."""
        chosen = ((row, name) for row, name, _ in self._iter_names({"Latn", "Arab"}))
        return Group("as stored", [self._ask(row, name) for row, name in self._take(chosen, most)])

    def variants(self, most: int) -> Group:
        """Latin spellings of places that keep another one."""
        return Group("Latin variant", [self._ask(row, name) for row, name in self._take(self._iter_variants(), most)])

    def deformed(self, title: str, change: Mistake, most: int) -> Group:
        """Stored names with one change."""
        found = self._take(self._iter_deformed(change), most)
        return Group(title, [self._ask(row, name) for row, name in found])

    def _take(self, found: Iterable[tuple[int, str]], most: int) -> Iterator[tuple[int, str]]:
        for row, text in islice(found, most):
            self._used.add(row)
            yield row, text

    def _ask(self, row: int, text: str) -> Question:
        return Question(text, *self._material.point(row))

    def _iter_names(self, scripts: set[str]) -> Iterator[tuple[int, str, str]]:
        """(row, name, its spelling) in random order, of places not used, where the name means one spot."""
        rows = self._material.row_of
        names = [
            (rows[name.place], name.name)
            for name in self._material.names
            if name.script in scripts and name.kind in {"official", "variant"} and name.lang in {"ar", "en", "und"}
        ]
        self._chance.shuffle(names)
        for row, name in names:
            keyed = spelling(name)
            if row not in self._used and len(keyed) >= 4 and self._is_one_spot(row, keyed):
                yield row, name, keyed

    def _is_one_spot(self, row: int, keyed: str) -> bool:
        here = self._material.point(row)
        return all(distance_km(self._material.point(other), here) <= NEAR_KM for other in self._bearers[keyed])

    def _iter_variants(self) -> Iterator[tuple[int, str]]:
        """Names in plain ASCII whose place has another Latin spelling."""
        latin: dict[int, set[str]] = defaultdict(set)
        for record in self._material.names:
            if record.script == "Latn" and record.kind in {"official", "variant"}:
                latin[self._material.row_of[record.place]].add(spelling(record.name))
        for row, name, keyed in self._iter_names({"Latn"}):
            if name.isascii() and len(latin[row]) > 1 and len(self._bearers[keyed]) == 1:
                self._hold_out(row, keyed)
                yield row, name

    def _iter_deformed(self, change: Mistake) -> Iterator[tuple[int, str]]:
        for row, name, _ in self._iter_names({change.script}):
            text = change.apply(name, self._chance)
            if text is not None and self._bearers.get(spelling(text), [row]) == [row]:
                self._hold_out(row, spelling(text))
                yield row, text

    def _hold_out(self, row: int, keyed: str) -> None:
        self.held_out.add((self._material.places[row].id, keyed))
