"""What a map shows: things with a shape, a name, and how sure or how much, from results, places or frames."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from buldan.errors import QueryError
from buldan.lookup.results import Match
from buldan.model import Geometry, Place

if TYPE_CHECKING:
    from buldan.geoparse.results import Mention

__all__ = ["CERTAINTIES", "Shown", "certainty_of", "is_point", "shown_of"]

CERTAINTIES = (("sure", 0.8, "#14705a"), ("likely", 0.5, "#a86008"), ("doubtful", 0.0, "#b03a2e"))
"""How sure, the least share that is so, and its colour; the page has the same."""

_NAME_COLUMNS = ("name", "text", "name_en", "place")
_SHARE_COLUMNS = ("confidence", "score")
_TOLD_COLUMNS = ("kind", "pcode", "status", "adm1_name", "adm3_name", "mentions", "documents", "reason")


@dataclass(frozen=True, slots=True)
class Shown:
    """One thing on a map.

    Attributes:
        geometry: GeoJSON, lon and lat in degrees.
        name, name_ar: what it is called; the Arabic is empty where there is none.
        told: what else a reader sees, as (term, text).
        share: how sure, 0..1; None where that is no question.
        value: how much, for maps of amounts; None where that is no question.
        count: how often it was mentioned.
    """

    geometry: Geometry
    name: str
    name_ar: str = ""
    told: tuple[tuple[str, str], ...] = ()
    share: float | None = None
    value: float | None = None
    count: int = 1


def certainty_of(share: float) -> tuple[str, str]:
    """The word for how sure, and its colour."""
    return next((word, colour) for word, least, colour in CERTAINTIES if share >= least)


def is_point(shown: Shown) -> bool:
    """Whether it is drawn as a point and not as an area."""
    return str(shown.geometry["type"]).endswith("Point")


def shown_of(what: Any, *, value: str | None = None) -> list[Shown]:
    """What to show of matches, mentions, places, or the rows of a GeoDataFrame.

    Args:
        what: results of one kind, or a GeoDataFrame.
        value: the column of a frame whose amounts are shown.

    Raises:
        QueryError: nothing that can be shown, or a frame without that column.
    """
    if hasattr(what, "geometry") and hasattr(what, "columns"):
        return list(_rows(what, value))
    things: Sequence[Any] = list(what)
    if all(isinstance(thing, Place) for thing in things):
        return [_place(place) for place in things]
    if all(isinstance(thing, Match) for thing in things):
        return [_place(match.place, share=match.score, told=(("matched", match.name.text),)) for match in things]
    if all(hasattr(thing, "confidence") for thing in things):
        return list(_mentions(things))
    raise QueryError("a map shows matches, mentions, places or a GeoDataFrame, not this", field="what")


def _place(place: Place, *, share: float | None = None, told: tuple[tuple[str, str], ...] = ()) -> Shown:
    return Shown(_point(place.lon, place.lat), place.name("en"), place.name_ar, (*told, *_facts(place)), share)


def _facts(place: Place) -> Iterator[tuple[str, str]]:
    yield "kind", place.kind
    if place.admin:
        yield "in", " › ".join(unit.name_en or unit.name_ar for unit in place.admin)
    if place.pcode:
        yield "P-code", place.pcode


def _mentions(mentions: Iterable[Mention]) -> Iterator[Shown]:
    """A thing a place, with how often it is mentioned; one more for each area told relative to it."""
    groups: dict[tuple[Any, ...], list[Mention]] = {}
    for mention in mentions:
        if mention.place:
            relation = mention.relation
            at = (relation.kind, relation.lon, relation.lat) if relation else ()
            groups.setdefault((mention.place.id, *at), []).append(mention)
    for group in groups.values():
        place, relation = group[0].place, group[0].relation
        assert place is not None  # only those were gathered
        share = max(mention.confidence for mention in group)
        words = "" if relation is None else f"{relation.words} "
        radius = () if relation is None else (("within about", f"{relation.radius_km:g} km"),)
        yield Shown(
            relation.area if relation else _point(place.lon, place.lat),
            words + place.name("en"),
            words + place.name_ar if place.name_ar else "",
            (("mentions", str(len(group))), *radius, *_facts(place)),
            share,
            count=len(group),
        )


def _rows(frame: Any, value: str | None) -> Iterator[Shown]:
    """A thing a row that has a geometry."""
    if value is not None and value not in frame.columns:
        raise QueryError(
            f"the frame has no column {value!r}; it has {', '.join(map(str, frame.columns))}", field="value"
        )
    frame = frame if frame.crs is None else frame.to_crs(4326)
    names = [column for column in _NAME_COLUMNS if column in frame.columns]
    shares = [column for column in _SHARE_COLUMNS if column in frame.columns]
    told = [column for column in _TOLD_COLUMNS if column in frame.columns]
    for row, geometry in zip(frame.to_dict("records"), frame.geometry, strict=True):
        if geometry is None or geometry.is_empty:
            continue
        texts = (row[column] for column in names)
        share = next((row[column] for column in shares if _is_known(row[column])), None)
        yield Shown(
            geometry.__geo_interface__,
            next((str(text) for text in texts if _is_known(text)), ""),
            str(row["name_ar"]) if _is_known(row.get("name_ar")) else "",
            tuple((column, str(row[column])) for column in told if _is_known(row[column])),
            share,
            None if value is None or not _is_known(row[value]) else float(row[value]),
        )


def _is_known(cell: Any) -> bool:
    return cell is not None and cell == cell and str(cell) != "<NA>"  # noqa: PLR0124 - NaN is not itself


def _point(lon: float, lat: float) -> Geometry:
    return {"type": "Point", "coordinates": [lon, lat]}
