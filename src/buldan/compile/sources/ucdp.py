"""UCDP: bases, fields, mountains and other features, with the names that coders of conflict reports gave them.

`tables/feature_words.tsv` gives the kind by the words of the name. Names that only describe a relation to other places
("Road between …") yield a record without names: it becomes a place only if our own facts refer to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from buldan.compile.names import clean, make_name
from buldan.compile.reading import Row, iter_rows, number
from buldan.compile.record import SourceRecord
from buldan.compile.tables import read_table
from buldan.model import Name

__all__ = ["read_features"]

_COLUMNS = ("name", "adm1", "lat", "lon", "n", "prec")
_LEAST_ROWS = 95
"""Rows that the file has at least; with fewer it is cut."""

_RADIUS_KM = {"1": 1.0, "2": 10.0}


def read_features(sources: Path) -> Iterator[SourceRecord]:
    """Every feature; its identifier is the name in UCDP's spelling.

    Raises:
        SourceError: the file is missing, damaged or of another layout.
    """
    for row in iter_rows(sources / "ucdp" / "features.tsv", _COLUMNS, delimiter="\t", least=_LEAST_ROWS):
        if row["prec"] not in _RADIUS_KM:
            raise row.error(f"prec is {row['prec']!r}, not 1 or 2")
        kind, ending = _split_kind(row["name"])
        yield SourceRecord(
            source="ucdp",
            source_id=row["name"],
            kind="facility" if kind == "refused" else kind,
            names=() if kind == "refused" else tuple(_names(row, ending)),
            lon=number(row, "lon"),
            lat=number(row, "lat"),
            radius_km=_RADIUS_KM[row["prec"]],
            position="surveyed" if row["prec"] == "1" else "estimated",
            identifiers={"ucdp": re.sub(r"[\s,]+", "_", row["name"])},
        )


def _split_kind(name: str) -> tuple[str, str]:
    """The kind by the words of a name, and those words if the name can be used without them."""
    for words, kind, strip, _ in read_table("feature_words"):
        if re.search(rf"\b{words}\b", name.lower()):
            return kind, words if strip == "yes" else ""
    return "facility", ""


def _names(row: Row, ending: str) -> Iterator[Name]:
    """The name, its alternatives, and the name without the generic words."""
    text = re.sub(r"\s*\((?:Brigade \d+|Shir|Qibar|93rd Brigade)\)", "", row["name"])
    texts = [*_split(text)]
    if ending:
        texts += [re.sub(rf"\s*\b{ending}\b\s*", " ", part, flags=re.IGNORECASE) for part in texts]
    for form in dict.fromkeys(map(clean, texts)):
        name = make_name(form, "en", sources=["ucdp"])
        if name is not None and len(form) > 2:
            yield name


def _split(text: str) -> Iterator[str]:
    """The names in a text: both of "Sayqal/Sein Military Airbase", with their generic words; X and Y of "X (Y)"."""
    bracketed = re.match(r"^(.*?)\s*\((?!.*\barea\b)(.*)\)$", text)
    if bracketed:
        yield from bracketed.groups()
        return
    parts = re.sub(r"\s*\(.*?\)", "", text).split("/")
    tail = parts[-1].split(" ", 1)[1] if len(parts) > 1 and " " in parts[-1] else ""
    for part in parts:
        yield part if " " in part.strip() or not tail else f"{part} {tail}"
