"""Mentions that a person has corrected on the page, for files that only the server can write."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from buldan.errors import QueryError
from buldan.gazetteer import Gazetteer
from buldan.geoparse import Mention, Relation

__all__ = ["MentionsBody", "to_geopackage"]

_Degrees = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
_Share = Annotated[float, Field(ge=0, le=1)]
# A limit that a GeoPackage can store and that is larger than every text.
_Offset = Annotated[int, Field(ge=0, le=100_000_000)]


class _Relation(BaseModel):
    """Somewhere relative to the place."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    kind: str = Field(max_length=50)
    words: str = Field(max_length=1_000)
    start: _Offset
    end: _Offset
    lon: _Degrees
    lat: _Degrees
    radius_km: float = Field(ge=0, le=2_000)


class _Mention(BaseModel):
    """One mention, its place by id."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    start: _Offset
    end: _Offset
    text: str = Field(max_length=1_000)
    id: str | None = Field(max_length=100)
    confidence: _Share
    relation: _Relation | None = None


class MentionsBody(BaseModel):
    """The mentions of one text, offsets in code points."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    # Four times the maximum of /geoparse for one text: a person may have added some.
    mentions: list[_Mention] = Field(min_length=1, max_length=20_000)


def to_geopackage(gaz: Gazetteer, body: MentionsBody) -> bytes:
    """A GeoPackage with one layer, `mentions`, which has the columns of `buldan.frames`.

    Raises:
        PlaceNotFound: there is no place with the id of a mention.
        QueryError: no mention has a place, and there is nothing to draw.
    """
    from buldan.frames import mentions_frame  # noqa: PLC0415 - geopandas only when it is needed

    frame = mentions_frame([_read_mention(gaz, given) for given in body.mentions])
    # A layer without a geometry cannot be shown on a map.
    if frame.geometry.isna().all():
        raise QueryError("no mention has a place", field="mentions")
    # SQLite needs a file; all threads would share GDAL's files in memory.
    with TemporaryDirectory() as folder:
        path = Path(folder) / "mentions.gpkg"
        frame.to_file(path, layer="mentions", driver="GPKG", engine="pyogrio")
        return path.read_bytes()


def _read_mention(gaz: Gazetteer, given: _Mention) -> Mention:
    place = gaz.place(given.id) if given.id else None
    return Mention(
        start=given.start,
        end=given.end,
        text=given.text,
        place=place,
        confidence=given.confidence,
        relation=_read_relation(given.relation) if given.relation else None,
        foreign=place is None,
    )


def _read_relation(given: _Relation) -> Relation:
    # The page does not keep outlines: it sends back only the middle and the radius.
    point = {"type": "Point", "coordinates": [given.lon, given.lat]}
    return Relation(**given.model_dump(), anchors=(), outline=point)
