"""UN OCHA, COD-AB: the country, its governorates, districts and sub-districts, with outlines and P-codes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from shapely import Point
from shapely.geometry.base import BaseGeometry

from buldan.compile.names import clean, make_name, split_alternatives
from buldan.compile.reading import features, need, read_geometry
from buldan.compile.record import SourceRecord
from buldan.errors import SourceError
from buldan.model import Name, NameKind

__all__ = ["read_units"]

_FOLDER = "ocha-cod"


class _Level(NamedTuple):
    number: int
    kind: str
    units: int


_LEVELS = (
    _Level(0, "country", 1),
    _Level(1, "governorate", 14),
    _Level(2, "district", 62),
    _Level(3, "sub-district", 272),
)


def read_units(sources: Path) -> Iterator[SourceRecord]:
    """The 1 + 14 + 62 + 272 units, from the country down.

    Raises:
        SourceError: a file is missing, damaged, of another layout, or has another number of units.
    """
    for level in _LEVELS:
        path = sources / _FOLDER / f"syr_admin{level.number}.geojson"
        units = [_read_unit(feature, level, path) for feature in features(path)]
        if len({unit.source_id for unit in units}) != level.units:
            raise SourceError(f"{len(units)} units instead of {level.units}", path=path)
        yield from units


def _read_unit(feature: dict[str, Any], level: _Level, path: Path) -> SourceRecord:
    properties = need(feature, "properties", path=path, where="a feature")
    prefix = f"adm{level.number}"
    pcode = str(need(properties, f"{prefix}_pcode", path=path, where="a unit"))
    english = str(need(properties, f"{prefix}_name", path=path, where=pcode))
    arabic = str(need(properties, f"{prefix}_name1", path=path, where=pcode))
    area = read_geometry(feature, path=path)
    point = _choose_inner_point(
        area,
        float(need(properties, "center_lon", path=path, where=pcode)),
        float(need(properties, "center_lat", path=path, where=pcode)),
    )
    return SourceRecord(
        source="ocha",
        source_id=pcode,
        kind=level.kind,
        position="outline",
        names=tuple(_names(arabic, english)),
        lon=point.x,
        lat=point.y,
        within=pcode,
        identifiers={"pcode": pcode},
        area=area,
    )


def _names(arabic: str, english: str) -> Iterator[Name]:
    """The official names, a country's short ones first, and a centre's name without "مركز"."""
    short: tuple[tuple[str, str, NameKind], ...] = ()
    if clean(english) == "Syrian Arab Republic":
        short = (("سوريا", "ar", "official"), ("Syria", "en", "official"))
    parts = [(part, lang) for text, lang in ((arabic, "ar"), (english, "en")) for part in split_alternatives(text)]
    for text, lang, kind in (
        *short,
        (arabic, "ar", "official"),
        (english, "en", "official"),
        *((part, lang, "variant") for part, lang in parts),
        *((clean(text).removeprefix("مركز "), "ar", "variant") for text in (arabic,) if "مركز " in text),
    ):
        name = make_name(text, lang, kind=kind, sources=["ocha"])
        if name is not None:
            yield name


def _choose_inner_point(area: BaseGeometry, lon: float, lat: float) -> Point:
    """The publisher's centre if it is inside the area, else another point inside."""
    centre = Point(lon, lat)
    return centre if area.covers(centre) else area.representative_point()
