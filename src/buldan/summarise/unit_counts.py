"""Count mentions by unit, by batches: the share of each mention in each unit, and the shares outside all units."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from math import isfinite, nan
from typing import Any, Literal, TypeAlias

import pyarrow as pa

from buldan.errors import PlaceNotFound
from buldan.gazetteer import Gazetteer
from buldan.model import Place, admin_chain
from buldan.summarise.mentions import UNIT_COLUMNS
from buldan.tables.answers import ROW_OF_SUMS

__all__ = ["Uncertain", "UnitCounts"]

Uncertain: TypeAlias = Literal["omit", "spread", "count"]
"""How to count a mention whose place or unit is not certain; see `buldan.summarise`."""

_NUMBER_SIGNS = str.maketrans({"٫": ".", "٬": ",", "،": ",", "\u00a0": " ", "\u202f": " "})
"""Signs inside numbers, as the sign that means the same in Latin script."""

_GROUPED = re.compile(r"[+-]?(?![0٠])\d{1,3}(?:([, ])\d{3})(?:\1\d{3})*(?:\.\d+)?")
"""Thousands set apart: `1,200`, `1 200 300`."""

_DECIMAL_COMMA = re.compile(r"[+-]?(?:\d+|(?![0٠])\d{1,3}(?:\.\d{3})+),\d+")
"""A comma that cannot set thousands apart: `13,5`, `0,125`, `1.200,5`."""

_CODE_LENGTH = {1: 4, 2: 6, 3: 8}
"""Number of characters of a P-code by level: `SY02`, `SY0201`, `SY020103`."""


class UnitCounts:
    """Sums of shares by unit. The rows of a document follow each other, so only the last document is kept open."""

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
            # A row of totals would count everything twice.
            kept = [not str(reason).startswith(ROW_OF_SUMS) for reason in batch.column("reason").to_pylist()]
            self.skipped += len(kept) - sum(kept)
            batch = batch.filter(pa.array(kept, pa.bool_()))
        columns = {name: batch.column(name).to_pylist() for name in batch.schema.names}
        nothing = [None] * batch.num_rows
        documents = columns.get("document") or range(self.rows, self.rows + batch.num_rows)
        confidences = columns.get("confidence") or columns.get("score") or [1.0] * batch.num_rows
        if "status" in columns:  # if the place is not known, its unit is sure
            statuses = columns["status"]
            confidences = [1.0 if status == "unit only" else c for status, c in zip(statuses, confidences, strict=True)]
        amounts = list(zip(*(map(self._read_amount, columns[column]) for column in self.sums), strict=True))
        alternatives = columns["alternatives"] if "document" in columns and "alternatives" in columns else nothing
        # A point set by a person has no id, but has units.
        ids = [columns["buldan_id"], *(columns[name] for name in UNIT_COLUMNS if name in columns)]
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
        """The number of a cell as people write it: `1,200`, `١٢٠٠`, `13,5`; 0 for an empty cell and for text."""
        text = "" if cell is None else str(cell).translate(_NUMBER_SIGNS).strip()
        if _GROUPED.fullmatch(text):
            text = text.replace(",", "").replace(" ", "")
        elif _DECIMAL_COMMA.fullmatch(text):
            text = text.replace(".", "").replace(",", ".")
        try:
            amount = float(text or 0)
        except ValueError:
            amount = nan
        if isfinite(amount):
            return amount
        self.unread += 1
        return 0.0

    def _add_mention(self, place: str | None, confidence: float, others: str | None, numbers: Sequence[float]) -> None:
        shares = self._share_out(place, confidence, others)
        for column, number in zip(self.sums, numbers, strict=True):
            self.totals[column] += number
            for pcode, share in shares.items():
                self.sums[column][pcode] += share * number
        self.left_out += 1.0 - sum(shares.values())
        for pcode, share in shares.items():
            self.mentions[pcode] += share
            self._open[pcode] = max(self._open.get(pcode, 0.0), share)

    def _share_out(self, place: str | None, confidence: float, others: str | None) -> dict[str, float]:
        """The share of one mention in each unit, by P-code; at most 1 together."""
        if not place or (self._uncertain == "omit" and confidence < self._sure):
            return {}
        if self._uncertain != "spread":
            return self._spread_over_units(place) if len(self._spread_over_units(place)) == 1 else {}
        weights = {place: confidence}
        for other in (others or "").split():
            id_, _, share = other.partition("=")
            weights[id_] = weights.get(id_, 0.0) + _as_number(share)
        excess = max(1.0, sum(weights.values()))
        shares: dict[str, float] = defaultdict(float)
        for id_, weight in weights.items():
            for pcode, part in self._spread_over_units(id_).items():
                shares[pcode] += weight * part / excess
        return shares

    def _spread_over_units(self, id_: str) -> dict[str, float]:
        """The units that contain a place, or that it contains, with equal shares that sum to 1, or none."""
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
        """Add the open document to the counts."""
        for pcode, share in self._open.items():
            self.documents[pcode] += share
        self._open = {}


def _as_number(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return 0.0
