"""UN OCHA, populated places: communities (`C…`), neighbourhoods (`N…`) and Damascus' groups of them (`A…`).

The table's `featurename` columns have the sub-district as a suffix, sometimes a wrong one; the plain columns
(`adm4_*`, `neighborhoodname_*`) have the names. `<Null>` means an empty cell.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from shapely import Point, union_all
from shapely.geometry.base import BaseGeometry

from buldan.compile.names import clean, make_name, split_alternatives
from buldan.compile.reading import Row, features, iter_rows, need, number, read_geometry
from buldan.compile.record import SourceRecord
from buldan.compile.tables import read_table
from buldan.errors import SourceError
from buldan.geometry import distance_km
from buldan.model import Name
from buldan.text import fold, is_bare_phrase, is_side_word, similarity, skeletons

__all__ = ["read_communities", "read_neighbourhoods", "read_new_communities"]

_FOLDER = "ocha-cod"
_UNIT_COLUMNS = ("adm4_en", "adm4_ar", "adm4_pcode", "adm3_en", "adm3_ar", "adm3_pcode", "adm1_en", "adm1_ar")
_PLACE_COLUMNS = (
    *("featurename_en", "featurename_ar", "pcode", "popplaceclasstitle", "point_x", "point_y", "adm2_en", "adm2_ar"),
    *_UNIT_COLUMNS,
)
_QUARTER_COLUMNS = (
    *("neighborhoodname_en", "neighborhoodname_ar", "neighborhoodpcode", "neighborhoodaltname1_en"),
    *("areaname_en", "areaname_ar", "areapcode"),
    *_UNIT_COLUMNS,
)
_CAPITAL_COLUMNS = ("adm_p_lvl", "name", "x_coord", "y_coord", "adm1_name")

_CAPITAL_KINDS = {"0": "city", "1": "city", "2": "city", "3": "town"}
_CAPITAL_WITHIN_KM = 1.5
"""Maximum distance of a capital's own point from its community's: they come from two surveys."""

_CAPITAL_LIKENESS = 0.2
"""Similarity of two names from which a community is the capital: so little that one word in common is enough."""

_CENTRE = "00"
"""The end of the P-code of the sub-district that contains the district's capital."""

_COMMUNITIES, _NEIGHBOURHOODS, _CAPITALS, _NEW_COMMUNITIES = 7593, 414, 260, 100
"""Rows that the four files have at least; with fewer one is cut."""

_QUALIFYING_COLUMNS = ("adm3_en", "adm3_ar", "adm2_en", "adm2_ar", "adm1_en", "adm1_ar")
_NEW_COLUMNS = ("pcode", "name_en", "name_ar", "adm3_pcode", "lat", "lon")
_SUFFIX = re.compile(r"\s*(?:\(.*|-\s.*)$")
_COMPOUND = re.compile(r"[/\\(]")
"""Signs that a text contains several names."""

_SLIPS = {wrong: right for wrong, right, _ in read_table("slips")}
"""Typing errors in OCHA's names → the right names."""


def read_communities(sources: Path) -> Iterator[SourceRecord]:
    """The 7,593 communities; each is a city, town or village by the unit of which it is the capital, if any.

    Raises:
        SourceError: a file is missing, damaged, of another layout, or has another number of communities.
    """
    rows = _read_rows(sources, "Community", _COMMUNITIES)
    kinds = _find_capitals(sources, rows)
    for row in rows:
        yield SourceRecord(
            source="ocha",
            source_id=row["pcode"],
            kind=kinds.get(row["pcode"]) or ("camp" if fold(row["adm4_ar"]).startswith("مخيم ") else "village"),
            names=tuple(_iter_community_names(row)),
            lon=number(row, "point_x"),
            lat=number(row, "point_y"),
            within=row["adm3_pcode"],
            identifiers={"pcode": row["pcode"]},
        )


def _read_rows(sources: Path, title: str, count: int) -> list[Row]:
    path = sources / _FOLDER / "syr_populatedplaces.csv"
    rows = [row for row in iter_rows(path, _PLACE_COLUMNS) if row["popplaceclasstitle"] == title]
    if len({row["pcode"] for row in rows}) != count:
        raise SourceError(f"{len(rows)} places of class {title} instead of {count}; the file is cut", path=path)
    return rows


def _find_capitals(sources: Path, rows: list[Row]) -> dict[str, str]:
    """The kind of each community that is a capital, by P-code.

    It is the community nearby whose name sounds most like the capital's. A community with a different name is not the
    capital, even if it is very near: one capital has a wrong point in the table. Some capitals are not in the table
    (Ras al-Ain, Khan Arnaba): they are the communities with the name of their unit.
    """
    kinds: dict[str, str] = {}
    for capital in iter_rows(sources / _FOLDER / "syr_admincapitals.csv", _CAPITAL_COLUMNS, least=_CAPITALS):
        kind = _CAPITAL_KINDS.get(capital["adm_p_lvl"])
        if kind is None:
            raise capital.error(f"adm_p_lvl is {capital['adm_p_lvl']!r}, not 0 to 3")
        near = [
            (-round(_compare_sound(row, capital), 1), away, row["pcode"]) for away, row in _iter_around(capital, rows)
        ]
        if near and -min(near)[0] >= _CAPITAL_LIKENESS:
            pcode = min(near)[2]
            kinds[pcode] = "city" if "city" in (kind, kinds.get(pcode)) else kind
    seated = {row["adm3_pcode"] for row in rows if row["pcode"] in kinds}
    for row in rows:
        if row["adm3_pcode"] not in seated and row["adm4_en"] in (row["adm3_en"], row["adm2_en"]):
            kinds[row["pcode"]] = "city" if row["adm3_pcode"].endswith(_CENTRE) else "town"
    return kinds


def _iter_around(capital: Row, rows: list[Row]) -> Iterator[tuple[float, Row]]:
    """The communities within `_CAPITAL_WITHIN_KM` of a capital, with the distance."""
    point = number(capital, "x_coord"), number(capital, "y_coord")
    for row in rows:
        if abs(number(row, "point_y") - point[1]) < 0.02:
            away = distance_km(point, (number(row, "point_x"), number(row, "point_y")))
            if away <= _CAPITAL_WITHIN_KM:
                yield away, row


def _compare_sound(row: Row, capital: Row) -> float:
    """Similarity of a community's name to the capital's or to its governorate's; one common word is enough."""
    names = [name for name in (capital["name"], capital["adm1_name"]) if name]
    shared = any(
        word in key or key in word
        for name in names[:1]
        for word in map(_get_consonants, name.split())
        for key in map(_get_consonants, row["adm4_en"].split())
        if min(len(word), len(key)) >= 2
    )
    return max([_CAPITAL_LIKENESS * shared, *(similarity(row["adm4_en"], name) for name in names)])


def _get_consonants(word: str) -> str:
    return next(iter(skeletons(word)), "")


def _iter_community_names(row: Row) -> Iterator[Name]:
    units = [row[column] for column in _QUALIFYING_COLUMNS]
    yield from filter(None, [_make_sided_name(row)])
    yield from _iter_official(row["adm4_ar"], row["adm4_en"], qualifiers=units, row=row)
    spelled = _SUFFIX.sub("", clean(row["featurename_en"]))
    if spelled and fold(spelled) != fold(row["adm4_en"]) and set(skeletons(spelled)) & set(skeletons(row["adm4_en"])):
        yield from filter(None, [make_name(spelled, "en", sources=["ocha"])])


def _make_sided_name(row: Row) -> Name | None:
    """The name with a word for a side, which only `featurename_ar` has if two communities nearby have the same name."""
    plain, featured = clean(row["adm4_ar"]), clean(row["featurename_ar"].partition("-")[0])
    side = featured.removeprefix(f"{plain} ")
    if side == featured or not is_side_word(fold(side).removeprefix("ال")):
        return None
    return make_name(featured, "ar", kind="official", sources=["ocha"])


def _iter_official(arabic: str, english: str, *, qualifiers: Iterable[str], row: Row) -> Iterator[Name]:
    """The corrected names, then OCHA's own spellings, then the alternatives in them.

    Typing errors are corrected. In "A / B" and "A (B)" the first name is the official one, and in "A - unit" it is A.
    OCHA's own spelling is kept as a variant, because many tables have it.
    """
    named = False
    for text, lang in ((arabic, "ar"), (english, "en")):
        mended = _SLIPS.get(clean(text), text)
        parts = list(split_alternatives(mended, qualifiers=qualifiers))
        first = parts.pop(0) if parts and (_COMPOUND.search(mended) or len(parts) == 1) else mended
        for form in dict.fromkeys((first, mended, text, *parts)):
            name = make_name(form, lang, kind="official" if form == first else "variant", sources=["ocha"])
            named = named or name is not None
            yield from filter(None, [name])
    if not named:
        raise row.error("a place without a readable name")


def read_neighbourhoods(sources: Path) -> Iterator[SourceRecord]:
    """The 414 neighbourhoods with their outlines, then Damascus' groups of neighbourhoods.

    A group with the name of one of its neighbourhoods is left out: the two could not be distinguished by name.

    Raises:
        SourceError: a file is missing, damaged, of another layout, or has another number of neighbourhoods.
    """
    path = sources / _FOLDER / "syr_neighborhoods.csv"
    points = {
        row["pcode"]: (number(row, "point_x"), number(row, "point_y"))
        for row in _read_rows(sources, "Neighborhood", _NEIGHBOURHOODS)
    }
    areas = _read_areas(sources)
    groups: defaultdict[str, list[Row]] = defaultdict(list)
    for row in iter_rows(path, _QUARTER_COLUMNS, least=_NEIGHBOURHOODS):
        pcode = row["neighborhoodpcode"]
        if pcode not in points or pcode not in areas:
            raise row.error(f"the neighbourhood {pcode} has no point or no outline in the other files")
        if row["areapcode"] not in ("", "<Null>"):
            groups[row["areapcode"]].append(row)
        yield _make_neighbourhood(row, points[pcode], areas[pcode])
    for code, members in sorted(groups.items()):
        yield from _group(code, members, areas)


def read_new_communities(sources: Path) -> Iterator[SourceRecord]:
    """The communities that OCHA's list of January 2023 adds.

    Raises:
        SourceError: a file is missing, damaged or of another layout.
    """
    units = {
        row["adm3_pcode"]: [row[column] for column in _QUALIFYING_COLUMNS]
        for row in _read_rows(sources, "Community", _COMMUNITIES)
    }
    for row in iter_rows(sources / "ocha-2023" / "new_communities.csv", _NEW_COLUMNS, least=_NEW_COMMUNITIES):
        qualifiers = units.get(row["adm3_pcode"])
        if qualifiers is None:
            raise row.error(f"unknown sub-district {row['adm3_pcode']!r}")
        yield SourceRecord(
            source="ocha",
            source_id=row["pcode"],
            kind="camp" if fold(row["name_ar"]).startswith("مخيم ") else "village",
            names=tuple(_iter_official(row["name_ar"], row["name_en"], qualifiers=qualifiers, row=row)),
            lon=number(row, "lon"),
            lat=number(row, "lat"),
            within=row["adm3_pcode"],
            identifiers={"pcode": row["pcode"]},
        )


def _read_areas(sources: Path) -> dict[str, BaseGeometry]:
    path = sources / _FOLDER / "syr_neighborhoods.geojson"
    return {
        need(feature["properties"], "neighborhoodpcode", path=path, where="a neighbourhood"): read_geometry(
            feature, path=path
        )
        for feature in features(path)
    }


def _make_neighbourhood(row: Row, point: tuple[float, float], area: BaseGeometry) -> SourceRecord:
    units = [row[column] for column in ("adm4_en", "adm4_ar", "adm3_en", "adm3_ar", "adm1_en", "adm1_ar")]
    names = list(_iter_hosted_names(row))
    names += _iter_official(row["neighborhoodname_ar"], row["neighborhoodname_en"], qualifiers=units, row=row)
    names = [replace(name, kind="variant") if is_bare_phrase(name.text) else name for name in names]
    other = _SUFFIX.sub("", clean(row["neighborhoodaltname1_en"]))
    names += filter(None, [make_name(other, "en", sources=["ocha"])])
    return SourceRecord(
        source="ocha",
        source_id=row["neighborhoodpcode"],
        kind="neighbourhood",
        names=tuple(names),
        lon=point[0],
        lat=point[1],
        within=row["adm3_pcode"],
        part_of=f"pcode:{row['adm4_pcode']}",
        identifiers={"pcode": row["neighborhoodpcode"]},
        area=area,
    )


def _iter_hosted_names(row: Row) -> Iterator[Name]:
    """The names with the town's name added, for a quarter whose name every town has: مركز المدينة."""
    for plain, town, lang, join in (
        (row["neighborhoodname_ar"], row["adm4_ar"], "ar", "{} ب{}"),
        (row["neighborhoodname_en"], row["adm4_en"], "en", "{} of {}"),
    ):
        if is_bare_phrase(plain):
            hosted = join.format(clean(plain), clean(town))
            yield from filter(None, [make_name(hosted, lang, kind="official", sources=["ocha"])])


def _group(code: str, members: list[Row], areas: dict[str, BaseGeometry]) -> Iterator[SourceRecord]:
    first = members[0]
    if fold(first["areaname_ar"]) in {fold(row["neighborhoodname_ar"]) for row in members}:
        return
    area = union_all([areas[row["neighborhoodpcode"]] for row in members], grid_size=1e-6)
    point = area.centroid if area.covers(area.centroid) else Point(area.representative_point())
    yield SourceRecord(
        source="ocha",
        source_id=code,
        kind="neighbourhood",
        names=tuple(_iter_official(first["areaname_ar"], first["areaname_en"], qualifiers=(), row=first)),
        lon=point.x,
        lat=point.y,
        within=first["adm3_pcode"],
        part_of=f"pcode:{first['adm4_pcode']}",
        identifiers={"ocha_area": code},
        area=area,
    )
