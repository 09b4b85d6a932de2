"""Open Syria: universities and institutes, some with a point from Wikidata.

Those without a point get the point of their town, which is in `tables/university_towns.tsv` as a P-code of OCHA. If the
only source of Open Syria is Wikipedia's list, which requires that derived data have the same licence, only the
identifier is used, and our own facts give the names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from buldan.compile.names import make_name
from buldan.compile.reading import need, read_json
from buldan.compile.record import SourceRecord
from buldan.compile.tables import read_table
from buldan.errors import SourceError
from buldan.model import Name

__all__ = ["read_universities"]

_LEAST = 57
"""Universities that the list has at least; with fewer it is cut."""

_OPEN = "wikidata"
"""The source of Open Syria whose data are in the public domain."""

_TOWN_KM = 3.0
"""Radius of a university at its town's point; a city's own radius replaces it if that is larger."""


def read_universities(sources: Path) -> Iterator[SourceRecord]:
    """Every university, with its own point or as a part of its town, whose point it gets later.

    Raises:
        SourceError: a file is missing, damaged or of another layout; a university has neither point nor town.
    """
    path = sources / "opensyria" / "universities.json"
    listed = read_json(path)
    if not isinstance(listed, list) or len(listed) < _LEAST:
        raise SourceError(f"not a list of {_LEAST} universities or more; the file is cut", path=path)
    towns = {university: pcode for university, pcode, _ in read_table("university_towns")}
    for university in listed:
        id_ = str(need(university, "id", path=path, where="a university"))
        point = need(university, "location", path=path, where=id_).get("centroid")
        if point is None and id_ not in towns:
            raise SourceError(f"{id_} has no point, and tables/university_towns.tsv no town for it", path=path)
        is_open = _OPEN in need(university, "sourceIds", path=path, where=id_)
        wikidata = university.get("externalIds", {}).get("wikidata")
        yield SourceRecord(
            source="opensyria",
            source_id=id_,
            kind="university",
            names=tuple(_names(university, path)) if is_open else (),
            lon=float(point["longitude"]) if point else None,
            lat=float(point["latitude"]) if point else None,
            radius_km=None if point else _TOWN_KM,
            position="surveyed" if point else "settlement",
            part_of="" if point else f"pcode:{towns[id_]}",
            identifiers={"opensyria": id_} | ({"wikidata": wikidata} if wikidata else {}),
        )


def _names(university: Mapping[str, Any], path: Path) -> Iterator[Name]:
    given = need(university, "name", path=path, where="a university")
    forms = [(given.get(lang, ""), lang) for lang in ("ar", "en")]
    forms += [(alias["value"], alias["language"]) for alias in university.get("aliases", ())]
    yield from filter(None, (make_name(text, lang, sources=["opensyria"]) for text, lang in forms))
