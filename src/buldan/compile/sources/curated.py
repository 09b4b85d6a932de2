"""Read our own facts: `places-*.tsv` (new places, or better facts on known ones), `names-*.tsv`, `same.tsv`.

    places   key kind name_en name_ar names lon lat radius_km within part_of identifiers verified reasoning
    names    place name lang kind reasoning, and from to if known
    same     place other reasoning

`names` contains further names separated by ` | `, each `text`, `lang:text` or `lang/kind:text`. A row with one of a
source's identifiers in `identifiers` is merged into that place. A row that breaks a rule is refused with its file, line
and rule; its point is checked in `buldan.compile.curated_rules`, with the map of units.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from buldan.compile.names import clean, find_scripts, make_name
from buldan.compile.numbered_names import name_by_day, name_by_width
from buldan.compile.reading import Row, iter_rows, number
from buldan.compile.record import SourceRecord
from buldan.compile.town_orders import name_by_town
from buldan.errors import SourceError
from buldan.geometry import SYRIA
from buldan.kinds import kinds
from buldan.model import NAME_KINDS, Name, Position

__all__ = ["read_curated", "reference"]

_PLACE_COLUMNS = (
    *("key", "kind", "name_en", "name_ar", "names", "lon", "lat", "radius_km", "within", "part_of"),
    *("identifiers", "verified", "reasoning"),
)
_NAME_COLUMNS = ["place", "name", "lang", "kind", "reasoning"]
_SAME_COLUMNS = ["place", "other", "reasoning"]

_SPELLINGS = frozenset({"names-usual.tsv"})
"""Tables of spellings that were added systematically: a name in them does not mean that a village is well known."""

_BUILT = "S"
"""Feature class (GeoNames) of buildings and other places on a single point."""

_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_PCODE = re.compile(r"SY\d*|[CN]\d{4}")
_TAGGED = re.compile(r"(?P<lang>[a-z]{2,3})(?:/(?P<kind>[a-z]+))?:(?P<text>.+)")
_DATE = re.compile(r"-?\d{4}(?:-\d\d){0,2}")
_VERIFIED = re.compile(r"unverified|(?:source|inside|near|described):\S+")
_POSITIONS: dict[str, Position] = {"source": "surveyed", "inside": "outline", "described": "described"}
"""The position of a row by the method of its verification; every other method is an estimate."""


def read_curated(folder: Path, *, refused: list[SourceError] | None = None) -> Iterator[SourceRecord]:
    """Every row of every curated table: the places by file and line, then the names.

    If `refused` is given, errors of rows that break a rule are added to it, and reading continues.

    Raises:
        SourceError: a row breaks a rule; the message names file, line and rule.
    """
    keys: dict[str, Row] = {}
    for row, parse in _iter_tables(folder, keys):
        try:
            yield parse(row)
        except SourceError as error:
            if refused is None:
                raise
            refused.append(error)


def _iter_tables(folder: Path, keys: dict[str, Row]) -> Iterator[tuple[Row, Callable[[Row], SourceRecord]]]:
    """Each row with the function that reads it."""

    def place(row: Row) -> SourceRecord:
        first = keys.setdefault(row["key"], row)
        if first is not row:
            raise row.error(f"duplicate key {row['key']!r}, which {first.path.name}, line {first.line} has")
        return _place(row)

    for path in sorted(folder.glob("places-*.tsv")):
        yield from ((row, place) for row in iter_rows(path, _PLACE_COLUMNS, delimiter="\t"))
    for path in sorted(folder.glob("names-*.tsv")):
        yield from ((row, _parse_added_name) for row in iter_rows(path, _NAME_COLUMNS, delimiter="\t"))
    if (folder / "same.tsv").exists():
        yield from ((row, _parse_same) for row in iter_rows(folder / "same.tsv", _SAME_COLUMNS, delimiter="\t"))


def reference(text: str) -> str:
    """A reference of the tables as `scheme:value`: `C1001` → `pcode:C1001`, a key → `curated:key`."""
    if ":" in text or not text:
        return text
    if _PCODE.fullmatch(text):
        return f"pcode:{text}"
    return f"ocha_area:{text}" if re.fullmatch(r"A\d{3}", text) else f"curated:{text}"


def _place(row: Row) -> SourceRecord:
    if not _KEY.fullmatch(row["key"]):
        raise row.error(f"the key {row['key']!r} is not lower-case words joined by hyphens")
    if row["kind"] not in kinds():
        raise row.error(f"unknown kind {row['kind']!r}; known kinds: {', '.join(kinds())}")
    if row["verified"] and not _VERIFIED.fullmatch(row["verified"]):
        raise row.error(f"verified is {row['verified']!r}, not source:…, inside:…, described:…, near:… or unverified")
    identifiers = _parse_identifiers(row)
    point = _point(row)
    if point is None and not identifiers:
        raise row.error("neither coordinates nor an identifier of a place that has some")
    names = tuple(dict.fromkeys(_names(row)))
    if not names and not identifiers:
        raise row.error("a place without a name")
    return SourceRecord(
        source="curated",
        source_id=row["key"],
        kind=row["kind"],
        names=names,
        lon=point[0] if point else None,
        lat=point[1] if point else None,
        radius_km=_parse_radius(row),
        position=_POSITIONS.get(row["verified"].partition(":")[0], "estimated"),
        within=row["within"],
        part_of=reference(row["part_of"]),
        identifiers={"curated": row["key"], **_keep_identifiers(identifiers)},
        merge_into=tuple(f"{scheme}:{value}" for scheme, value in identifiers),
        verified=row["verified"],
        origin=(str(row.path), row.line),
    )


def _parse_identifiers(row: Row) -> list[tuple[str, str]]:
    pairs = []
    for pair in row["identifiers"].split():
        scheme, colon, value = pair.partition(":")
        if not colon or not value or not re.fullmatch(r"[a-z_]+", scheme):
            raise row.error(f"the identifier {pair!r} is not scheme:value")
        pairs += [(scheme, value)]
    return pairs


def _keep_identifiers(identifiers: list[tuple[str, str]]) -> dict[str, str]:
    kept: dict[str, list[str]] = {}
    for scheme, value in identifiers:
        kept.setdefault(scheme, []).append(value)
    return {scheme: ",".join(values) for scheme, values in kept.items()}


def _point(row: Row) -> tuple[float, float] | None:
    """The coordinates of a row, if it has any; an error if they are outside Syria or in the wrong order."""
    if not row["lon"] and not row["lat"]:
        return None
    lon, lat = number(row, "lon"), number(row, "lat")
    if not SYRIA.holds((lon, lat)):
        swapped = "; longitude and latitude are swapped" if SYRIA.holds((lat, lon)) else ""
        raise row.error(f"the point {lon}, {lat} (lon, lat) lies outside Syria{swapped}")
    return lon, lat


def _parse_radius(row: Row) -> float | None:
    if not row["radius_km"]:
        return None
    radius = number(row, "radius_km")
    if not 0 < radius <= 400:
        raise row.error(f"radius_km is {radius:g}, not between 0 and 400")
    return radius


def _names(row: Row) -> Iterator[Name]:
    for column, lang, script in (("name_ar", "ar", "Arab"), ("name_en", "en", "Latn")):
        if row[column]:
            if find_scripts(row[column]) != {script}:
                raise row.error(f"{column} is {row[column]!r}: letters of another script, or none")
            yield _name(row, row[column], lang, "official")
    for part in row["names"].split("|"):
        if text := part.strip():
            tagged = _TAGGED.fullmatch(text)
            yield _name(
                row,
                tagged["text"].strip() if tagged else text,
                tagged["lang"] if tagged else "",
                (tagged["kind"] if tagged else None) or "variant",
            )
    for lang, use, text in _iter_other_forms(row):
        yield _name(row, text, lang, use)


def _iter_other_forms(row: Row) -> Iterator[tuple[str, str, str]]:
    """Language, kind and text of names made by rules: with the town in another position, with a day, with a width."""
    main_names = {"en": row["name_en"], "ar": row["name_ar"]}
    numbered = {lang: [*name_by_day(name, lang)] for lang, name in main_names.items()}
    if row["kind"] == "road":
        for lang, name in main_names.items():
            numbered[lang] += name_by_width(name, lang)
    is_built = kinds()[row["kind"]].feature_class == _BUILT
    yield from name_by_town(main_names["en"], main_names["ar"], is_built=is_built)
    for lang, names in numbered.items():
        for name in names:
            yield lang, "variant", name
            both = main_names | {lang: name}
            forms = name_by_town(both["en"], both["ar"], is_built=is_built)
            yield from (form for form in forms if form[0] == lang)


def _name(row: Row, text: str, lang: str, kind: str) -> Name:
    """One name; an error if it breaks a rule. Without a language, its letters decide."""
    if kind not in NAME_KINDS:
        raise row.error(f"the name {text!r} is of unknown kind {kind!r}; known: {', '.join(NAME_KINDS)}")
    scripts = find_scripts(text)
    if len(scripts) != 1:
        raise row.error(f"the name {text!r} mixes scripts or has no letter")
    tag = lang or {"Arab": "ar", "Latn": "en", "Armn": "hy", "Syrc": "syc"}.get(next(iter(scripts)), "und")
    name = make_name(text, tag, kind=kind, sources=["curated"])
    if name is None or clean(text) != text.replace("ـ", ""):
        raise row.error(f"the name {text!r} holds invisible characters, stray signs or is not NFC")
    if lang and name.lang != lang:
        raise row.error(f"the name {text!r} is not written as {lang!r} is")
    return name


def _parse_added_name(row: Row) -> SourceRecord:
    name = _name(row, row["name"], row["lang"], row["kind"] or "variant")
    for column in ("from", "to"):
        if row.get(column) and not _DATE.fullmatch(row[column]):
            raise row.error(f"{column} is {row[column]!r}, not a year, month or day such as 2024-12-08")
    return _make_addition(row, ("place",), (replace(name, start=row.get("from", ""), end=row.get("to", "")),))


def _parse_same(row: Row) -> SourceRecord:
    """A row that joins two places: sources describe the same place too differently for the rules."""
    if row["place"] == row["other"]:
        raise row.error(f"{row['place']} is said to be itself")
    return _make_addition(row, ("place", "other"), ())


def _make_addition(row: Row, columns: tuple[str, ...], names: tuple[Name, ...]) -> SourceRecord:
    """The record of a row that only adds to the places in its columns."""
    for column in columns:
        if not re.fullmatch(r"[a-z_]+:\S+", row[column]):
            raise row.error(f"the {column} {row[column]!r} is not scheme:value (pcode:C1234, curated:key)")
    return SourceRecord(
        source="curated",
        source_id=row["place"],
        kind="",
        names=names,
        lon=None,
        lat=None,
        merge_into=tuple(row[column] for column in columns),
        origin=(str(row.path), row.line),
        is_spelling=row.path.name in _SPELLINGS,
    )
