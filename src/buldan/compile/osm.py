"""OpenStreetMap as an overlay: named nodes and ways of an extract, with Arabic, English and other names.

Its licence (ODbL 1.0) requires that a database made from it has the same licence. For this reason nothing of it is in
the gazetteer: it becomes a separate file, which `--overlay` adds. The point of a way is the middle of its bounds, and
its radius is half their extent; relations (districts, rivers) are left out.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from buldan.compile.names import clean
from buldan.compile.tables import read_table
from buldan.errors import SourceError, needs_extra
from buldan.files.staging import open_staging
from buldan.geometry import SYRIA, distance_km

__all__ = ["write_overlay"]

_COLUMNS = ("id", "name_ar", "name_en", "names", "kind", "lon", "lat", "radius_km", "source", "licence")
_SOURCE, _LICENCE = "© OpenStreetMap contributors", "ODbL-1.0"
_MAIN = {"name:ar": "name_ar", "name:en": "name_en"}
_FURTHER = ("name", "alt_name", "old_name", "int_name", "official_name", "name:ku", "name:tr", "name:fr", "name:hy")

_Kinds: TypeAlias = Sequence[tuple[tuple[tuple[str, str], ...], str]]
"""Required tags of an entity, with its kind; the first row that fits decides."""


def write_overlay(file: Path, out: Path) -> int:
    """Write the overlay; it appears only when it is complete. Returns the number of its places.

    Raises:
        SourceError: the extract is missing or damaged, or the overlay cannot be written.
        MissingExtra: pyosmium is not installed.
    """
    if not file.is_file():
        raise SourceError("the file is missing; get an extract of Syria (.osm.pbf)", path=file)
    count = 0
    with open_staging(out) as path, path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, _COLUMNS, restval="", lineterminator="\n")
        writer.writeheader()
        for count, row in enumerate(_iter_rows(file), 1):  # noqa: B007 - counted
            writer.writerow(row)
    return count


def _iter_rows(file: Path) -> Iterator[dict[str, Any]]:
    with needs_extra("osm"):
        import osmium  # noqa: PLC0415 - installed only by people who make an overlay
    table = read_table("osm_kinds")
    kinds = [(tuple(zip(keys.split("+"), values.split("+"), strict=True)), kind) for keys, values, kind, _ in table]
    try:
        for entity in osmium.FileProcessor(str(file)).with_locations():
            place = _place(entity, kinds)
            if place is not None:
                yield place
    except RuntimeError as error:
        raise SourceError(f"not an OpenStreetMap extract, or damaged ({error})", path=file) from error


def _place(entity: Any, kinds: _Kinds) -> dict[str, Any] | None:
    """The row of an entity; None if it has no name or no kind of the gazetteer, or is outside Syria's bounds."""
    tags = dict(entity.tags)
    kind = next((kind for pairs, kind in kinds if all(tags.get(key) == value for key, value in pairs)), None)
    names = _names(tags)
    if kind is None or not (names.get("name_ar") or names.get("name_en")):
        return None
    if entity.is_node():
        corners, prefix = [(entity.location.lon, entity.location.lat)], "n"
    elif entity.is_way():
        corners = [(node.lon, node.lat) for node in entity.nodes if node.location.valid()]
        prefix = "w"
    else:
        return None
    if not corners:
        return None
    west, east = min(lon for lon, _ in corners), max(lon for lon, _ in corners)
    south, north = min(lat for _, lat in corners), max(lat for _, lat in corners)
    point = round((west + east) / 2, 5), round((south + north) / 2, 5)
    if not SYRIA.holds(point):
        return None
    radius = round(distance_km((west, south), (east, north)) / 2, 2)
    row = {"id": f"osm-{prefix}{entity.id}", "kind": kind, "lon": point[0], "lat": point[1], **names}
    return row | {"radius_km": radius or "", "source": _SOURCE, "licence": _LICENCE}


def _names(tags: Mapping[str, str]) -> dict[str, str]:
    """The names in Arabic and English, and all others; the letters of `name` decide its language."""
    found = {column: clean(tags[key]) for key, column in _MAIN.items() if tags.get(key)}
    own = clean(tags.get("name", ""))
    if own:
        found.setdefault("name_ar" if any("\u0600" <= c <= "\u06ff" for c in own) else "name_en", own)
    further = (clean(part) for key in _FURTHER for part in tags.get(key, "").split(";"))
    others = dict.fromkeys(name for name in further if name and name not in found.values())
    return found | ({"names": "|".join(others)} if others else {})
