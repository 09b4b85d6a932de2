"""The gazetteer in memory: immutable arrays over the text of its files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from buldan.index.build import GazetteerText
from buldan.index.columns import Columns
from buldan.index.keeping import load_or_build
from buldan.index.lines import Lines, NameLines, PlaceLines
from buldan.index.postings import Postings
from buldan.index.strings import Strings
from buldan.kinds import kinds
from buldan.model import Origin, Place
from buldan.outlines import encloses
from buldan.store import Manifest, read_retired

__all__ = ["Index", "Prefixes"]


@dataclass(frozen=True, slots=True)
class Prefixes:
    """Forms in the order of their keys: those that begin alike are neighbours.

    Attributes:
        text: the keys, sorted.
        form: row of the form of each.
        rank: how far behind others each is to be shown.
    """

    text: Strings
    form: NDArray[np.int32]
    rank: NDArray[np.float32]

    @classmethod
    def from_columns(cls, columns: Columns, name: str) -> Prefixes:
        """Those cached under `name`."""
        return cls(Strings.from_columns(columns, f"{name}.text"), columns[f"{name}.form"], columns[f"{name}.rank"])


class Index:
    """What lookup and geoparse ask.

    Attributes:
        manifest: of the gazetteer.
        origin: where it was opened.
        places, names: lazy sequences by row; places in order of id, names in order of place.
        name_place: row of the place of each name row.
        lon, lat (degrees), population (-1 unknown), radius_km, salience: by place row.
        kind: by place row, the position in `buldan.kinds.kinds()`.
        unit: by place row, OCHA's numbers of governorate, district and sub-district (0 where wider).
        coded: by place row, whether it has a P-code.
        arabic: by place row, the number of its Arabic name, which its namesakes share; -1 without one.
        headed: by place row, rows of the governorate, district and sub-district that share a name with it, or -1.
        form_name, form_rule, form_sound: by form row: the name it is a form of, its rule, the row of its phonemes.
        sound_codes, sound_offsets: encoded phonemes by their row, one run with offsets.
        name_standing: by name row, how its place stands to it (`Standing`).
        name_usual: by name row, whether its language is Arabic or English.
        form_articles, form_standing: by form row: how many articles its name has, the standing of that.
        form_arabic: by form row, whether its name is in Arabic letters.
        plain, skeleton: postings from keys to forms.
        near, gram: postings from parts of skeletons to rows of `skeleton_text`.
        prefixes, openings: forms in order of their folded letters, and of their consonants.
        typed: postings from folded names with a letter left out to rows of `plain_text`.
        wide: postings from folded names of the country and of governorates to what they are (`WIDE_CLASSES`).
    """

    def __init__(
        self, manifest: Manifest, folder: Path, text: GazetteerText, columns: Columns, key: str, origin: Origin
    ) -> None:
        self.manifest = manifest
        self.origin = origin
        self._key = key
        self._folder = folder
        self.name_place, self.name_standing = columns["name.place"], columns["name.standing"]
        self.name_usual = columns["name.usual"]
        self.first_name = columns["place.first_name"]
        self.lon, self.lat = columns["place.lon"], columns["place.lat"]
        self.population, self.radius_km = columns["place.population"], columns["place.radius_km"]
        self.kind, self.unit, self.level = columns["place.kind"], columns["place.unit"], columns["place.level"]
        self.salience = columns["place.salience"]
        self.coded, self.headed = columns["place.coded"], columns["place.headed"]
        self.arabic = columns["place.arabic"]
        self.form_name, self.form_rule = columns["form.name"], columns["form.rule"]
        self.form_articles, self.form_standing = columns["form.articles"], columns["form.standing"]
        self.form_sound, self.form_arabic = columns["form.sound"], columns["form.arabic"]
        self.sound_codes, self.sound_offsets = columns["sound.codes"], columns["sound.offsets"]
        self.skeleton_text = Strings.from_columns(columns, "skeleton.text")
        self.plain = Postings.from_columns(columns, "plain")
        self.skeleton = Postings.from_columns(columns, "skeleton")
        self.near = Postings.from_columns(columns, "near")
        self.plain_text = Strings.from_columns(columns, "plain.text")
        self.typed = Postings.from_columns(columns, "typed")
        self.gram = Postings.from_columns(columns, "gram")
        self.wide = Postings.from_columns(columns, "wide")
        self.prefixes = Prefixes.from_columns(columns, "prefix")
        self.openings = Prefixes.from_columns(columns, "opening")
        self.area_place, self.area_bounds = columns["area.place"], columns["area.bounds"]
        self._area_edges, self._area_first_edge = columns["area.edges"], columns["area.first_edge"]
        self._ids = Postings.from_columns(columns, "id")
        self.names = NameLines(Lines(text.names, columns["name.offsets"]))
        self.places = PlaceLines(
            Lines(text.places, columns["place.offsets"]),
            self.names,
            self.first_name,
            self.find_row,
            Lines(text.areas, columns["area.offsets"]),
            self._find_area,
            origin,
        )

    def derive(self, kind: str, version: str, build: Callable[[], Columns]) -> Columns:
        """Arrays that follow from the gazetteer: derived once for the user and kept beside the index."""
        return load_or_build(f"{kind}-{self._key}-{version}", build)

    @cached_property
    def kind_ids(self) -> tuple[str, ...]:
        """Kinds by the codes of `kind`."""
        return tuple(kinds())

    @cached_property
    def of_seat(self) -> NDArray[np.bool_]:
        """By place row, whether it heads a unit, or is a unit that a place heads."""
        found = np.zeros(len(self.headed), np.bool_)
        found[(self.headed >= 0).any(axis=1)] = True
        found[self.headed[self.headed >= 0]] = True
        return found

    @cached_property
    def form_place(self) -> Any:
        """Row of the place of each form."""
        return self.name_place[self.form_name]

    @cached_property
    def _retired(self) -> dict[str, str]:
        return read_retired(self._folder)

    @cached_property
    def _area_of(self) -> dict[int, int]:
        return {place: row for row, place in enumerate(self.area_place.tolist())}

    def _find_area(self, row: int) -> int | None:
        return self._area_of.get(row)

    def find_row(self, identifier: str) -> int | None:
        """Row of the place with an id, a P-code or a `scheme:value`; None where there is none."""
        rows = self._ids.find(identifier) or self._ids.find(identifier.upper())
        if not rows and identifier in self._retired:
            return self.find_row(self._retired[identifier])
        return rows[0] if rows else None

    def find_id(self, identifier: str) -> Place | None:
        """The place with an id, a P-code, a `scheme:value` or a bare GeoNames id; None where there is none.

        A retired id is followed.
        """
        asked = identifier.strip()
        row = self.find_row(asked)  # an id of one's own may be a number
        if row is None and asked.isdecimal():
            row = self.find_row(f"geonames:{asked}")
        return None if row is None else self.places[row]

    def find_rows_containing(self, lon: float, lat: float) -> list[int]:
        """Rows of places whose area holds a point."""
        west, south, east, north = self.area_bounds.T
        near = np.flatnonzero((west <= lon) & (lon <= east) & (south <= lat) & (lat <= north)).tolist()
        edges, first = self._area_edges, self._area_first_edge
        containing_rows = [area for area in near if encloses(edges[first[area] : first[area + 1]], (lon, lat))]
        rows: list[int] = self.area_place[containing_rows].tolist()
        return rows
