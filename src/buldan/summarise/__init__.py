"""Counts by area: mentions or documents per admin unit, ready for a choropleth.

Two things can be uncertain about a mention: which place it names (its confidence, and those of the
alternatives), and its location in a place wider than the unit ("fighting in Aleppo governorate", by sub-district).

| `uncertain` | which place | wider than the unit |
|---|---|---|
| `omit` | mentions below `sure` are left out | left out |
| `spread` | each place gets its confidence | in equal parts to the units within it |
| `count` | the first place gets all | left out |

The number of mentions left out is counted too, so that the total is known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_args

import geopandas as gpd
import pandas as pd
import shapely

from buldan.errors import QueryError
from buldan.files import check_folder, open_staging, refuse_ending
from buldan.gazetteer import Gazetteer
from buldan.kinds import ADMIN_KINDS
from buldan.model import Place, admin_chain
from buldan.summarise.mentions import iter_batches
from buldan.summarise.unit_counts import Uncertain, UnitCounts

__all__ = ["LEVELS", "Summary", "summarise", "write_summary"]

LEVELS = {"governorate": 1, "district": 2, "subdistrict": 3}
"""Levels of the units to count by, by name."""


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts by unit, and the amounts outside all units.

    Attributes:
        frame: one row for each unit, also those without mentions: `pcode`, `name`, `name_ar`, `level`, `mentions`,
            `documents`, one column per sum, outline (EPSG:4326).
        mentions: number of all mentions that were read.
        left_out: number of mentions outside all units: unsure, too wide, foreign, or without a place.
        sums_left_out: the amount outside all units, by column that was added up.
        unread: number of cells of those columns with content that is not a number; they count as 0.
        skipped: number of rows of totals, which are not counted.
    """

    frame: gpd.GeoDataFrame
    mentions: int
    left_out: float
    sums_left_out: Mapping[str, float] = field(default_factory=dict)
    unread: int = 0
    skipped: int = 0


def summarise(
    source: Path | pd.DataFrame,
    gazetteer: Gazetteer,
    *,
    by: str = "subdistrict",
    uncertain: Uncertain = "omit",
    sure: float = 0.5,
    sums: Sequence[str] = (),
) -> Summary:
    """Sum up a table of mentions (`buldan geoparse --output`) or of geocoded rows (`buldan geocode`).

    Args:
        source: a Parquet file or a folder of them, any table that `buldan.files.open_table` reads, or a frame, with
            the column `buldan_id`; if it has `document`, rows are grouped by document, else each row is one.
        gazetteer: the gazetteer of the table, or a later one.
        by: a key of `LEVELS`.
        uncertain: how uncertain mentions are counted: `omit`, `spread` or `count` (see `buldan.summarise`).
        sure: with `omit`, the minimum confidence, 0..1.
        sums: columns of numbers (families, individuals) to add up by unit, in addition to the counts.

    Raises:
        QueryError: the level or the choice is unknown.
        SourceError: the table does not have the columns.
    """
    if by not in LEVELS:
        raise QueryError(f"by must be one of {', '.join(LEVELS)}, not {by!r}", field="by")
    if uncertain not in get_args(Uncertain):
        ways = ", ".join(get_args(Uncertain))
        raise QueryError(f"uncertain must be one of {ways}, not {uncertain!r}", field="uncertain")
    units = _list_units(gazetteer, LEVELS[by])
    counts = UnitCounts(gazetteer, units, LEVELS[by], uncertain, sure, sums)
    for batch in iter_batches(source, sums):
        counts.add(batch)
    counts.close()
    left_out = {column: counts.totals[column] - sum(counts.sums[column].values()) for column in sums}
    return Summary(_make_frame(units, counts), counts.rows, counts.left_out, left_out, counts.unread, counts.skipped)


def _list_units(gazetteer: Gazetteer, level: int) -> list[Place]:
    """The units of a level with a P-code, in the order of the codes."""
    found = gazetteer.browse(kinds=[ADMIN_KINDS[level]], limit=1000).places
    return sorted((place for place in found if place.pcode), key=lambda place: place.pcode or "")


def _make_frame(units: list[Place], counts: UnitCounts) -> gpd.GeoDataFrame:
    codes = [unit.pcode or "" for unit in units]
    frame = pd.DataFrame(
        {
            "pcode": codes,
            "name": [unit.name_en for unit in units],
            "name_ar": [unit.name_ar for unit in units],
            "level": len(admin_chain(codes[0])) if codes else 0,
            "mentions": [round(counts.mentions.get(code, 0.0), 6) for code in codes],
            "documents": [round(counts.documents.get(code, 0.0), 6) for code in codes],
            **{column: [round(sums.get(code, 0.0), 6) for code in codes] for column, sums in counts.sums.items()},
        }
    )
    shapes = [shapely.geometry.shape(dict(area)) if (area := unit.area) else None for unit in units]
    return gpd.GeoDataFrame(frame, geometry=gpd.GeoSeries(shapes, crs="EPSG:4326"))


def write_summary(path: Path, summary: Summary) -> None:
    """Write the counts as .gpkg, .geojson, .parquet, .fgb, or without outlines as .csv or .xlsx.

    Raises:
        QueryError: the suffix is unknown.
        SourceError: the file cannot be written.
    """
    suffix, frame = path.suffix.lower(), summary.frame
    known = (".gpkg", ".geojson", ".fgb", ".parquet", ".csv", ".xlsx")
    if suffix not in known:
        raise refuse_ending(path, known)
    check_folder(path)
    with open_staging(path) as staging:
        if suffix == ".parquet":
            frame.to_parquet(staging)
        elif suffix == ".csv":
            frame.drop(columns="geometry").to_csv(staging, index=False)
        elif suffix == ".xlsx":
            frame.drop(columns="geometry").to_excel(staging, index=False)
        else:
            frame.to_file(staging, layer=path.stem)
