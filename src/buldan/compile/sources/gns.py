"""NGA's GEOnet Names Server: names of features, one name per row, in the layout used since 2022.

Rows of one feature have the same `ufi`. `nt` is the type of a name: N approved, C conventional, V variant,
D unverified, P provisional; a second letter S marks the name in its own script. The codes of features are the same as
in GeoNames, which has copied them: `tables/geonames_features.tsv` gives their kinds.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from buldan.compile.names import find_bcp47, is_machine_made, make_name
from buldan.compile.reading import Row, iter_rows, number
from buldan.compile.record import SourceRecord
from buldan.compile.tables import read_table
from buldan.model import Name, NameKind

__all__ = ["read_features_of_gns"]

_FILE = Path("nga-gns", "Syria.txt")
_COLUMNS = ("ufi", "full_name", "nt", "lat_dd", "long_dd", "desig_cd", "fc", "lang_cd")
_USES: dict[str, NameKind] = {"N": "attested", "NS": "attested", "C": "exonym"}
"""Kinds of names by their type; other types are variants. `H` is a historic name."""


def read_features_of_gns(sources: Path) -> Iterator[SourceRecord]:
    """Every feature with a kind of the gazetteer, and all its names, in the file's order; nothing without the file.

    Raises:
        SourceError: the file is damaged or of another layout.
    """
    if not (sources / _FILE).exists():
        return
    features: dict[str, list[Row]] = {}
    for row in iter_rows(sources / _FILE, _COLUMNS, delimiter="\t"):
        features.setdefault(row["ufi"], []).append(row)
    kinds = {code: kind for code, kind, _ in read_table("geonames_features")}
    for ufi, rows in features.items():
        first = rows[0]
        kind = kinds.get(f"{first['fc']}.{first['desig_cd']}", kinds.get(first["fc"], ""))
        names = tuple(filter(None, map(_name, rows)))
        if kind and names:
            yield SourceRecord(
                source="nga",
                source_id=ufi,
                kind=kind,
                names=tuple(sorted(names, key=lambda name: name.kind != "attested")),
                lon=number(first, "long_dd"),
                lat=number(first, "lat_dd"),
                identifiers={"nga": ufi},
            )


def _name(row: Row) -> Name | None:
    if is_machine_made(row["full_name"]):
        return None
    kind: NameKind = "historical" if row["nt"].startswith("H") else _USES.get(row["nt"], "variant")
    return make_name(row["full_name"], find_bcp47(row["lang_cd"]) or "ar", kind=kind, sources=["nga"])
