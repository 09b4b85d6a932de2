"""Results as GeoDataFrames: one row per place, match or mention.

The geometry is the point of the place, WGS 84 (EPSG:4326); distances are kilometres, scores 0..1. All
frames have `PLACE_COLUMNS` in the same order, so they can be joined and stacked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import geopandas as gpd

if TYPE_CHECKING:  # tables of names do not need the geoparser
    import pandas as pd

    from buldan.geoparse.results import Alternative, Mention
    from buldan.lookup.results import Match
    from buldan.model import AdminUnit, Place

__all__ = [
    "MENTION_COLUMNS",
    "PLACE_COLUMNS",
    "make_mention_row",
    "matches_frame",
    "mentions_frame",
    "name_units",
    "place_row",
    "points",
    "write_alternatives",
]

PLACE_COLUMNS = (
    "buldan_id",
    "name",
    "name_ar",
    "kind",
    "pcode",
    "adm1_pcode",
    "adm1_name",
    "adm2_pcode",
    "adm2_name",
    "adm3_pcode",
    "adm3_name",
    "lon",
    "lat",
    "radius_km",
    "position",
)
"""Columns of a place: id, names and kind, P-codes of the place and of its governorate, district and sub-district, and
its position."""

MENTION_COLUMNS = (
    "start",
    "end",
    "text",
    *PLACE_COLUMNS,
    "confidence",
    "alternatives",
    "foreign",
    "relation",
    "relation_words",
    "relation_lon",
    "relation_lat",
    "relation_radius_km",
)
"""Columns of a mention: its span (code points, half-open), the place and the confidence, other places that it may mean
(`id=confidence`, separated by spaces), and for a place described relative to others, centre and radius of the area."""

_EMPTY_PLACE = (None,) * len(PLACE_COLUMNS)
_EMPTY_RELATION = (None,) * 5


def matches_frame(matches: Iterable[Match]) -> gpd.GeoDataFrame:
    """One row per match, best first: `PLACE_COLUMNS`, the name that matched, score, whether it is ambiguous, and
    the rules of its reasons.
    """
    columns = (*PLACE_COLUMNS, "matched_name", "score", "ambiguous", "reasons")
    rows = [
        (
            *place_row(match.place),
            match.name.text,
            match.score,
            match.ambiguous,
            " ".join(reason.rule for reason in match.reasons),
        )
        for match in matches
    ]
    return _make_frame(rows, columns)


def mentions_frame(mentions: Iterable[Mention]) -> gpd.GeoDataFrame:
    """One row per mention, in the order of the text: `MENTION_COLUMNS`."""
    return _make_frame([make_mention_row(mention) for mention in mentions], MENTION_COLUMNS)


def place_row(place: Place) -> tuple[Any, ...]:
    """The values of a place for `PLACE_COLUMNS`; None for a code or name that it does not have."""
    return (
        place.id,
        place.name_en or place.name(),
        place.name_ar or None,
        place.kind,
        place.pcode,
        *name_units(place.admin).values(),
        place.lon,
        place.lat,
        place.radius_km,
        place.position,
    )


def name_units(units: Iterable[AdminUnit]) -> dict[str, str | None]:
    """P-code and name of the governorate, district and sub-district among units, by column; None for missing ones."""
    levels = {unit.level: (unit.pcode, unit.name_en or unit.name_ar) for unit in units}
    cells: dict[str, str | None] = {}
    for level in (1, 2, 3):
        cells[f"adm{level}_pcode"], cells[f"adm{level}_name"] = levels.get(level, (None, None))
    return cells


def make_mention_row(mention: Mention) -> tuple[Any, ...]:
    """The values of a mention for `MENTION_COLUMNS`."""
    relation = mention.relation
    return (
        mention.start,
        mention.end,
        mention.text,
        *(place_row(mention.place) if mention.place else _EMPTY_PLACE),
        mention.confidence,
        write_alternatives(mention.alternatives),
        mention.foreign,
        *(
            (relation.kind, relation.words, relation.lon, relation.lat, relation.radius_km)
            if relation
            else _EMPTY_RELATION
        ),
    )


def write_alternatives(alternatives: Iterable[Alternative]) -> str:
    """Alternatives as text, for all formats: `bd1a2b3c4d=0.21 bd5e6f7a8b=0.05`."""
    return " ".join(f"{place.id}={confidence:.4g}" for place, confidence in alternatives)


def _make_frame(rows: Sequence[tuple[Any, ...]], columns: Sequence[str]) -> gpd.GeoDataFrame:
    frame = gpd.GeoDataFrame([list(row) for row in rows], columns=list(columns))
    return frame.set_geometry(points(frame["lon"], frame["lat"]))


def points(lon: pd.Series[Any], lat: pd.Series[Any]) -> gpd.GeoSeries:
    """Points (EPSG:4326) of two columns of degrees, on their index; None for missing values."""
    shapes = gpd.points_from_xy(lon.astype(float), lat.astype(float), crs="EPSG:4326")
    return gpd.GeoSeries(shapes, index=lon.index).where(lon.notna(), None)
