"""Counts by area: mentions or documents per admin unit, ready for a choropleth.

Two things can be uncertain about a mention: which place it names (its confidence, and the alternatives with
theirs), and where in a place wider than the unit it is ("fighting in Aleppo governorate", by sub-district).

| `uncertain` | which place | wider than the unit |
|---|---|---|
| `omit` | mentions below `sure` are left out | left out |
| `spread` | each place gets its confidence | in equal parts to the units within it |
| `count` | the first place gets all | left out |

What is left out is counted too, so that the sum is known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite, nan
from pathlib import Path
from typing import Any, Literal, TypeAlias

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import shapely

from buldan.errors import PlaceNotFound, QueryError, SourceError
from buldan.files import check_folder, open_table, staged
from buldan.gazetteer import Gazetteer
from buldan.kinds import ADMIN_KINDS
from buldan.model import Place, admin_chain
from buldan.tables.answers import ROW_OF_SUMS

__all__ = ["LEVELS", "Summary", "summarise", "write_summary"]

LEVELS = {"governorate": 1, "district": 2, "subdistrict": 3}
"""Names of the levels that can be summed up by."""

Uncertain: TypeAlias = Literal["omit", "spread", "count"]

_CODE_LENGTH = {1: 4, 2: 6, 3: 8}


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts by unit, and what is in none.

    Attributes:
        frame: a row a unit, those without mentions too: `pcode`, `name`, `name_ar`, `level`, `mentions`,
            `documents`, a column a sum, outline (EPSG:4326).
        mentions: all mentions that were read.
        left_out: share of them (in mentions) that is in no unit: unsure, too wide, foreign, or without a place.
        sums_left_out: of each column that was added up, the amount that is in no unit.
        unread: cells of those columns that hold something and no number; they count as 0.
        skipped: rows of sums, which count nowhere.
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
            the column `buldan_id`; with `document` too, documents are told apart, else each row is one.
        gazetteer: the one that the table was made with, or a later one.
        by: a key of `LEVELS`.
        uncertain: what becomes of uncertain mentions; see the module.
        sure: with `omit`, the least confidence that counts, 0..1.
        sums: columns of numbers (families, individuals) to add up by unit, beside the counts.

    Raises:
        QueryError: an unknown level or choice.
        SourceError: a table without the columns.
    """
    if by not in LEVELS:
        raise QueryError(f"by must be one of {', '.join(LEVELS)}, not {by!r}", field="by")
    if uncertain not in ("omit", "spread", "count"):
        raise QueryError(f"uncertain must be omit, spread or count, not {uncertain!r}", field="uncertain")
    units = _units(gazetteer, LEVELS[by])
    tally = _Tally(gazetteer, units, LEVELS[by], uncertain, sure, sums)
    for batch in _iter_batches(source, sums):
        tally.add(batch)
    tally.close()
    left_out = {column: tally.totals[column] - sum(tally.sums[column].values()) for column in sums}
    return Summary(_frame(units, tally), tally.rows, tally.left_out, left_out, tally.unread, tally.skipped)


def _units(gazetteer: Gazetteer, level: int) -> list[Place]:
    """The units of a level that have a P-code, in its order."""
    found = gazetteer.browse(kinds=[ADMIN_KINDS[level]], limit=1000).places
    return sorted((place for place in found if place.pcode), key=lambda place: place.pcode or "")


_UNIT_COLUMNS = ("adm3_pcode", "adm2_pcode", "adm1_pcode")
_OFTEN_THEIRS = frozenset({"score", "status", "reason", *_UNIT_COLUMNS})
"""Columns of ours that a table may have had before: then ours is called `buldan_…`."""


class _Tally:
    """Weights by unit, as batches go by; documents stand together, so only the last one is kept open."""

    def __init__(
        self,
        gazetteer: Gazetteer,
        units: list[Place],
        level: int,
        uncertain: Uncertain,
        sure: float,
        sums: Sequence[str] = (),
    ) -> None:
        self._level, self._uncertain, self._sure = level, uncertain, sure
        self._gazetteer = gazetteer
        self._within: dict[str, list[str]] = defaultdict(list)
        for place in units:
            for code in ("SY", *admin_chain(place.pcode or "")):
                self._within[code].append(place.pcode or "")
        self._units_of: dict[str, dict[str, float]] = {}
        self.mentions: dict[str, float] = defaultdict(float)
        self.documents: dict[str, float] = defaultdict(float)
        self._open: dict[str, float] = {}
        self._document: object = None
        self.sums: dict[str, dict[str, float]] = {column: defaultdict(float) for column in sums}
        self.totals: dict[str, float] = dict.fromkeys(sums, 0.0)
        self.unread = 0
        self.skipped = 0
        self.rows = 0
        self.left_out = 0.0

    def add(self, batch: pa.RecordBatch) -> None:
        """Count a batch of mentions."""
        if "reason" in batch.schema.names:
            # It would count everything twice.
            kept = [not str(reason).startswith(ROW_OF_SUMS) for reason in batch.column("reason").to_pylist()]
            self.skipped += len(kept) - sum(kept)
            batch = batch.filter(pa.array(kept, pa.bool_()))
        columns = {name: batch.column(name).to_pylist() for name in batch.schema.names}
        nothing = [None] * batch.num_rows
        documents = columns.get("document") or range(self.rows, self.rows + batch.num_rows)
        confidences = columns.get("confidence") or columns.get("score") or [1.0] * batch.num_rows
        if "status" in columns:  # of a row whose place is not known, the unit is
            statuses = columns["status"]
            confidences = [1.0 if status == "unit only" else c for status, c in zip(statuses, confidences, strict=True)]
        amounts = list(zip(*(map(self._read_amount, columns[column]) for column in self.sums), strict=True))
        alternatives = columns["alternatives"] if "document" in columns and "alternatives" in columns else nothing
        # A point that a person set has no id, and units all the same.
        ids = [columns["buldan_id"], *(columns[name] for name in _UNIT_COLUMNS if name in columns)]
        places = [
            next((cell for cell in cells if isinstance(cell, str) and cell), None) for cells in zip(*ids, strict=True)
        ]
        for document, place, confidence, others, numbers in zip(
            documents, places, confidences, alternatives, amounts or [()] * batch.num_rows, strict=True
        ):
            if document != self._document:
                self.close()
                self._document = document
            self._add_mention(place, _as_number(confidence), others, numbers)
        self.rows += batch.num_rows

    def _read_amount(self, cell: Any) -> float:
        """A number as people write it: `1,200`, `١٢٠٠`, blank for none."""
        text = "" if cell is None else str(cell).replace(",", "").replace("٬", "").replace("٫", ".").strip()
        try:
            amount = float(text or 0)
        except ValueError:
            amount = nan
        if isfinite(amount):
            return amount
        self.unread += 1
        return 0.0

    def _add_mention(self, place: str | None, confidence: float, others: str | None, numbers: Sequence[float]) -> None:
        shares = self._shares(place, confidence, others)
        for column, number in zip(self.sums, numbers, strict=True):
            self.totals[column] += number
            for pcode, share in shares.items():
                self.sums[column][pcode] += share * number
        self.left_out += 1.0 - sum(shares.values())
        for pcode, share in shares.items():
            self.mentions[pcode] += share
            self._open[pcode] = max(self._open.get(pcode, 0.0), share)

    def _shares(self, place: str | None, confidence: float, others: str | None) -> dict[str, float]:
        """What one mention gives to each unit; at most 1 in all."""
        if not place or (self._uncertain == "omit" and confidence < self._sure):
            return {}
        if self._uncertain != "spread":
            return self._spread(place) if len(self._spread(place)) == 1 else {}
        weights = {place: confidence}
        for other in (others or "").split():
            id_, _, share = other.partition("=")
            weights[id_] = weights.get(id_, 0.0) + _as_number(share)
        excess = max(1.0, sum(weights.values()))
        shares: dict[str, float] = defaultdict(float)
        for id_, weight in weights.items():
            for pcode, part in self._spread(id_).items():
                shares[pcode] += weight * part / excess
        return shares

    def _spread(self, id_: str) -> dict[str, float]:
        """The units that a place lies in or spans, with equal parts that sum to 1."""
        if id_ not in self._units_of:
            try:
                pcode = self._gazetteer.place(id_).admin_pcode
            except PlaceNotFound:
                pcode = ""
            length = _CODE_LENGTH[self._level]
            units = [pcode[:length]] if len(pcode) >= length else self._within.get(pcode, [])
            self._units_of[id_] = dict.fromkeys(units, 1 / len(units)) if units else {}
        return self._units_of[id_]

    def close(self) -> None:
        """Count the document that is open."""
        for pcode, share in self._open.items():
            self.documents[pcode] += share
        self._open = {}


def _as_number(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return 0.0


def _iter_batches(source: Path | pd.DataFrame, sums: Sequence[str]) -> Iterator[pa.RecordBatch]:
    """The columns that count, of a frame, or file by file in the order of their names."""
    if isinstance(source, pd.DataFrame):
        if "buldan_id" not in source.columns:
            raise QueryError("the frame has no column buldan_id; is it of mentions or geocoded rows?", field="source")
        if missing := [column for column in sums if column not in source.columns]:
            raise QueryError(f"the frame has no column {missing[0]!r} to add up", field="sums")
        found = _find_columns(list(map(str, source.columns)), sums)
        columns = {name: source[column] for name, column in found.items()}
        yield from pa.Table.from_pandas(pd.DataFrame(columns), preserve_index=False).to_batches()
        return
    paths = sorted(source.glob("[!_.]*.parquet")) if source.is_dir() else [source]
    if not paths:
        raise SourceError("no Parquet files in this folder", path=source)
    for path in paths:
        table = open_table(path, wanted=("buldan_id",))
        if "buldan_id" not in table.schema.names:
            raise SourceError("no column buldan_id; is this the output of buldan geocode or geoparse?", path=path)
        found = _find_columns(table.schema.names, ()) | {column: table.require(column) for column in sums}
        for batch in table.batches():
            yield pa.record_batch({name: batch.column(column) for name, column in found.items()})


def _find_columns(names: Sequence[str], sums: Sequence[str]) -> dict[str, str]:
    """Where the columns that count are: ours is called `buldan_…` where the table had a name already."""
    ours = {
        name: f"buldan_{name}" if name in _OFTEN_THEIRS and f"buldan_{name}" in names else name
        for name in ("document", "buldan_id", "confidence", "score", "alternatives", "status", "reason", *_UNIT_COLUMNS)
    }
    return {name: column for name, column in ours.items() if column in names} | {name: name for name in sums}


def _frame(units: list[Place], tally: _Tally) -> gpd.GeoDataFrame:
    codes = [unit.pcode or "" for unit in units]
    frame = pd.DataFrame(
        {
            "pcode": codes,
            "name": [unit.name_en for unit in units],
            "name_ar": [unit.name_ar for unit in units],
            "level": len(admin_chain(codes[0])) if codes else 0,
            "mentions": [round(tally.mentions.get(code, 0.0), 6) for code in codes],
            "documents": [round(tally.documents.get(code, 0.0), 6) for code in codes],
            **{column: [round(sums.get(code, 0.0), 6) for code in codes] for column, sums in tally.sums.items()},
        }
    )
    shapes = [shapely.geometry.shape(dict(area)) if (area := unit.area) else None for unit in units]
    return gpd.GeoDataFrame(frame, geometry=gpd.GeoSeries(shapes, crs="EPSG:4326"))


def write_summary(path: Path, summary: Summary) -> None:
    """Write the counts as .gpkg, .geojson, .parquet, .fgb, or without outlines as .csv or .xlsx.

    Raises:
        QueryError: an unknown suffix.
        SourceError: the file cannot be written.
    """
    suffix, frame = path.suffix.lower(), summary.frame
    known = (".gpkg", ".geojson", ".fgb", ".parquet", ".csv", ".xlsx")
    if suffix not in known:
        raise QueryError(f"{path}: unknown kind of table; known are {' '.join(known)}", field="output")
    check_folder(path)
    with staged(path) as staging:
        if suffix == ".parquet":
            frame.to_parquet(staging)
        elif suffix == ".csv":
            frame.drop(columns="geometry").to_csv(staging, index=False)
        elif suffix == ".xlsx":
            frame.drop(columns="geometry").to_excel(staging, index=False)
        else:
            frame.to_file(staging, layer=path.stem)
