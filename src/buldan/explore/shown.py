"""The items of a map, with shape, name, and certainty or amount, from results, places or frames."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from buldan.errors import QueryError
from buldan.explore.words import translate_kind, translate_term
from buldan.formats.html import describe_relation
from buldan.kinds import ADMIN_KINDS
from buldan.lookup.results import Match
from buldan.model import Geometry, Place

if TYPE_CHECKING:
    from buldan.geoparse.results import Mention

__all__ = ["Shown", "collect_shown", "is_point"]

_NAME_COLUMNS = {"en": ("name", "name_en", "name_ar", "text"), "ar": ("name_ar", "name", "name_en", "text")}
_SHARE_COLUMNS = ("confidence", "score")
_FACT_COLUMNS = ("kind", "adm1_name", "adm3_name", "pcode", "status", "reason", "mentions", "documents")


@dataclass(frozen=True, slots=True)
class Shown:
    """One item of a map.

    Attributes:
        geometry: GeoJSON, lon and lat in degrees.
        name, other_name: its name in the map's language and in the other, the latter empty if unknown.
        facts: further facts to show, as pairs (term, text).
        share: how sure, 0..1; None if that has no meaning.
        value: the amount, on maps of amounts; else None.
        count: number of mentions.
    """

    geometry: Geometry
    name: str
    other_name: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    share: float | None = None
    value: float | None = None
    count: int = 1


def is_point(shown: Shown) -> bool:
    """Whether an item is drawn as a point and not as an area."""
    return str(shown.geometry["type"]) == "Point"


def collect_shown(what: Any, *, lang: str = "en", value: str | None = None) -> list[Shown]:
    """The items of matches, mentions, places, or the rows of a GeoDataFrame.

    Args:
        what: results of one kind, or a GeoDataFrame; rows without a geometry are left out.
        lang: `ar` or `en`, for names and words.
        value: the column of a frame with the amounts to show.

    Raises:
        QueryError: `what` cannot be shown, a frame does not have that column, or the language is unknown.
    """
    if lang not in _NAME_COLUMNS:
        raise QueryError(f"lang must be 'ar' or 'en', not {lang!r}", field="lang")
    if hasattr(what, "geometry") and hasattr(what, "columns"):
        return list(_iter_rows(what, lang, value))
    things: Sequence[Any] = list(what) if isinstance(what, Iterable) and not isinstance(what, str) else [None]
    if all(isinstance(thing, Place) for thing in things):
        return [_place(place, lang) for place in things]
    if all(isinstance(thing, Match) for thing in things):
        return [_place(match.place, lang, share=match.score, matched=match.name.text) for match in things]
    if all(hasattr(thing, "confidence") and hasattr(thing, "relation") for thing in things):
        return list(_iter_mentions(things, lang))
    raise QueryError(
        f"a map shows matches, mentions, places or a GeoDataFrame, not {type(what).__name__}", field="what"
    )


def _place(place: Place, lang: str, *, share: float | None = None, matched: str = "") -> Shown:
    facts = ((translate_term("matched", lang), matched),) if matched else ()
    geometry = place.area if place.kind in _AREAL and place.area else _point(place.lon, place.lat)
    return Shown(geometry, *_names(place, lang), (*facts, *_iter_facts(place, lang)), share)


_AREAL = frozenset({*ADMIN_KINDS, "lake", "river"})


def _names(place: Place, lang: str) -> tuple[str, str]:
    name, other = place.name(lang), place.name("en" if lang == "ar" else "ar")
    return name, "" if other == name else other


def _iter_facts(place: Place, lang: str) -> Iterator[tuple[str, str]]:
    yield translate_term("kind", lang), translate_kind(place.kind, lang)
    if place.admin:
        units = (
            (unit.name_ar or unit.name_en) if lang == "ar" else (unit.name_en or unit.name_ar) for unit in place.admin
        )
        yield translate_term("in", lang), (" ‹ " if lang == "ar" else " › ").join(dict.fromkeys(units))
    if place.pcode:
        yield translate_term("pcode", lang), place.pcode


def _iter_mentions(mentions: Iterable[Mention], lang: str) -> Iterator[Shown]:
    """One item for each place, with its number of mentions, and one for each area described relative to it."""
    groups: dict[tuple[Any, ...], list[Mention]] = {}
    for mention in mentions:
        if mention.place:
            relation = mention.relation
            at = (relation.kind, relation.lon, relation.lat) if relation else ()
            groups.setdefault((mention.place.id, *at), []).append(mention)
    for group in groups.values():
        first, place = group[0], group[0].place
        assert place is not None  # mentions without a place were left out above
        facts = [(translate_term("mentions", lang), str(len(group)))]
        if first.relation:
            facts.append(
                (translate_term("within", lang), f"{first.relation.radius_km:.3g} {translate_term('km', lang)}")
            )
        yield Shown(
            first.relation.area if first.relation else _point(place.lon, place.lat),
            *((describe_relation(first.text, first.relation), "") if first.relation else _names(place, lang)),
            (*facts, *_iter_facts(place, lang)),
            max(mention.confidence for mention in group),
            count=len(group),
        )


def _iter_rows(frame: Any, lang: str, value: str | None) -> Iterator[Shown]:
    """One item for each row with a geometry; several if the geometry has several points or kinds."""
    if value is not None and value not in frame.columns:
        known = ", ".join(map(str, frame.columns))
        raise QueryError(f"the frame has no column {value!r}; it has {known}", field="value")
    frame = frame if frame.crs is None else frame.to_crs(4326)
    pairs = zip(frame.to_dict("records"), frame.geometry, strict=True)
    for row, shape in ((row, shape) for row, geometry in pairs for shape in _iter_simple(geometry)):
        names = [str(row[column]) for column in _NAME_COLUMNS[lang] if _is_known(row.get(column))]
        facts = ((column, row[column]) for column in _FACT_COLUMNS if column != value and _is_known(row.get(column)))
        yield Shown(
            shape.__geo_interface__,
            names[0] if names else "",
            next((name for name in names[1:] if name != names[0]), ""),
            tuple((translate_term(column, lang), _format_cell(column, cell, lang)) for column, cell in facts),
            next((float(row[column]) for column in _SHARE_COLUMNS if _is_known(row.get(column))), None),
            None if value is None else _parse_amount(row[value], value),
        )


def _iter_simple(geometry: Any) -> Iterator[Any]:
    """The parts of a multipoint or a collection, or the geometry itself; nothing for an empty geometry."""
    if geometry is None or geometry.is_empty:
        return
    if geometry.geom_type in ("MultiPoint", "GeometryCollection"):
        for part in geometry.geoms:
            yield from _iter_simple(part)
    else:
        yield geometry


def _format_cell(column: str, cell: Any, lang: str) -> str:
    if column == "kind":
        return translate_kind(str(cell), lang)
    return f"{cell:.3g}" if isinstance(cell, float) else translate_term(str(cell), lang)


def _parse_amount(cell: Any, column: str) -> float | None:
    try:
        return float(cell) if _is_known(cell) else None
    except (TypeError, ValueError):
        raise QueryError(f"the column {column!r} holds {cell!r}, not an amount", field="value") from None


def _is_known(cell: Any) -> bool:
    return cell is not None and cell == cell and str(cell) not in ("", "<NA>")  # noqa: PLR0124 - NaN is not itself


def _point(lon: float, lat: float) -> Geometry:
    return {"type": "Point", "coordinates": [lon, lat]}
