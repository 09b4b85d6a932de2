"""Pleiades: ancient and archaeological places, their names in Latin letters, and the precision of the point.

Signs in its names have a meaning: `*X` is a reconstructed name, `X?` a doubtful one, `X/Y` are two names, `(H)Emesa`
is Emesa or Hemesa. The signs are removed, and the names are kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from buldan.compile.names import clean, make_name
from buldan.compile.reading import Row, iter_rows, number
from buldan.compile.record import SourceRecord
from buldan.compile.tables import read_source_words, read_table
from buldan.geometry import distance_km
from buldan.model import Name

__all__ = ["read_sites"]

_COLUMNS = ("pleiades_id", "title", "names", "lon", "lat", "description", "location_precision")
_LEAST_ROWS = 900
"""Rows that the file has at least; with fewer it is cut."""

_FIRST, _LAST = (
    "|".join(map(re.escape, read_source_words("pleiades", "part of a site", where))) for where in ("first", "last")
)
_PART_OF_A_SITE = re.compile(rf"^(?:(?:{_FIRST})\b|.*\b(?:{_LAST})$)", re.IGNORECASE)
_PARTED_SITES = read_source_words("pleiades", "site of parts")


class _Excavation(NamedTuple):
    """An excavated city whose parts are listed in Pleiades one by one."""

    city: str
    pleiades: str
    point: tuple[float, float]
    km: float

    @classmethod
    def of(cls, row: tuple[str, ...]) -> _Excavation:
        """The excavation of a row of the table."""
        city, pleiades, lon, lat, km, _ = row
        return cls(city, pleiades, (float(lon), float(lat)), float(km))


# Radius of a site with a rough point, of a surveyed site, and of a house or gate in a site.
_ROUGH_KM, _PRECISE_KM, _PART_KM = 15.0, 0.5, 0.1


def read_sites(sources: Path) -> Iterator[SourceRecord]:
    """Every place that has a name.

    Raises:
        SourceError: the file is missing, damaged or of another layout.
    """
    for row in iter_rows(sources / "pleiades" / "pleiades_syria.csv", _COLUMNS, least=_LEAST_ROWS):
        if row["pleiades_id"] in _read_refused():
            continue
        title, kind = _split_type(clean(row["title"]))
        excavation = _find_excavation(row)
        whole = excavation.city if excavation else _find_whole(row, title)
        names = tuple(dict.fromkeys(_part_names(title, whole) if whole else _names(title, row["names"])))
        if names and row["lon"] and row["lat"]:
            yield SourceRecord(
                source="pleiades",
                source_id=row["pleiades_id"],
                kind=kind,
                names=names,
                lon=number(row, "lon"),
                lat=number(row, "lat"),
                radius_km=_choose_radius(row, part=bool(whole), kind=kind),
                position="surveyed" if row["location_precision"] == "precise" else "estimated",
                part_of=f"pleiades:{excavation.pleiades}" if excavation else "",
                identifiers={"pleiades": row["pleiades_id"]},
            )


@cache
def _read_refused() -> frozenset[str]:
    """Identifiers that are left out: empires, peoples and roads, which have no point, and places abroad."""
    return frozenset(identifier for identifier, _ in read_table("pleiades_refused"))


def _split_type(title: str) -> tuple[str, str]:
    """The title without its type, and the kind for that type."""
    for ending, kind, _ in read_table("pleiades_types"):
        if title.endswith(ending.rstrip(".")) or title.endswith(ending):
            return clean(title.removesuffix(ending).removesuffix(ending.rstrip("."))), kind
    return title, "site"


def _find_excavation(row: Row) -> _Excavation | None:
    """The excavation in which the row is only a wall, a house or a street; None for other rows."""
    if not row["lon"] or not row["lat"]:
        return None
    point = number(row, "lon"), number(row, "lat")
    return next(
        (
            one
            for one in map(_Excavation.of, read_table("excavations"))
            if row["pleiades_id"] != one.pleiades and distance_km(point, one.point) <= one.km
        ),
        None,
    )


def _find_whole(row: Row, title: str) -> str:
    """The excavated city of a block, a tower or a gate; empty for a separate place."""
    if not _PART_OF_A_SITE.match(title):
        return ""
    return next((city for city in _PARTED_SITES if city in row["title"] + row["description"]), "")


def _part_names(title: str, whole: str) -> Iterator[Name]:
    """The names of a part together with its city, as block B5 of Dura-Europos: alone they could be in any city."""
    text = title if whole in title else f"{title}, {whole}"
    yield from filter(None, [make_name(text, "en", sources=["pleiades"])])


def _names(title: str, others: str) -> Iterator[Name]:
    for text in (title, *others.split("|")):
        for form in _iter_forms(text):
            modern = form.lower().partition(" ")[0] in _read_modern_words()
            name = make_name(form, "und", kind="variant" if modern else "historical", sources=["pleiades"])
            if name is not None and len(name.text) > 2:
                yield name


def _read_modern_words() -> set[str]:
    return {word for word, _ in read_table("modern_words")}


def _iter_forms(text: str) -> Iterator[str]:
    """The names in one cell, with its signs interpreted and removed."""
    text, _ = _split_type(clean(text))
    for part in re.split(r"[/;]", re.sub(r"[*?‘’]", "", text)):
        if re.search(r"\w\(\w+\)|\(\w+\)\w", part):
            yield clean(re.sub(r"\(\w+\)", "", part)).capitalize()
            yield clean(re.sub(r"[()]", "", part)).capitalize()
        else:
            yield clean(part)


def _choose_radius(row: Row, *, part: bool, kind: str) -> float | None:
    if row["location_precision"] != "precise":
        return _ROUGH_KM
    if kind != "site":
        return None
    return _PART_KM if part else _PRECISE_KM
