"""The part of the data report on systematic searches: spellings by governorate, facilities by town, facts by theme."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from buldan.compile.markdown import format_table
from buldan.compile.reading import iter_rows
from buldan.model import identifier_values
from buldan.store import PlaceRecord

__all__ = ["write_spellings", "write_themes", "write_towns"]

_COVERAGE_COLUMNS = ("place", "name_en", "name_ar", "gone_through", "left")
_THIN = 5
"""Number of the largest towns not searched yet that the table names for each kind."""


def write_towns(places: Sequence[PlaceRecord], folder: Path) -> Iterator[str]:
    """The section on the search town by town: the places added by kind, and the large towns that are left."""
    yield "## By the list of towns"
    yield ""
    rows = list(iter_rows(folder / "curated" / "coverage.tsv", _COVERAGE_COLUMNS, delimiter="\t"))
    begun = sum(bool(row["gone_through"]) for row in rows)
    yield f"No source lists the quarters, streets and facilities of most towns. We add them town by town: {begun} of"
    yield f"{len(rows)} towns have been started; `curated/coverage.tsv` lists what is missing in each. The table"
    yield "counts, for each kind, the towns that were searched for it and the places that only our own tables have."
    yield ""
    ours = Counter(_LISTED_KINDS.get(place.kind, "") for place in places if place.sources == ("curated",))
    people = {code: place.population or 0 for place in places for code in identifier_values(place.identifiers, "pcode")}
    table = []
    for kind in dict.fromkeys(_LISTED_KINDS.values()):
        thin = [row for row in rows if kind not in row["gone_through"].split()]
        largest = sorted(thin, key=lambda row: (-people.get(row["place"], 0), row["place"]))[:_THIN]
        table.append((kind, len(rows) - len(thin), ours[kind], ", ".join(row["name_en"] for row in largest)))
    yield from format_table(("kind", "towns searched", "our own places", "largest towns not searched yet"), table)


_SPELLINGS_COLUMNS = ("place", "name_en", "name_ar", "gone_through", "settlements", "left")


def write_spellings(places: Sequence[PlaceRecord], folder: Path) -> Iterator[str]:
    """The section on spellings of the press: the share of settlements checked, by governorate."""
    yield "## By the list of spellings"
    yield ""
    yield "We add the spellings that news and maps use in Latin letters, one sub-district after the other: first"
    yield "towns, then villages that are in the news, then the others. `curated/spellings.tsv` counts the"
    yield "settlements checked. `curated/names-press.tsv` holds the spellings of towns and of villages in the news."
    yield "`curated/names-usual.tsv` holds those of the other villages; they do not make a place count as better"
    yield "known."
    yield ""
    units = {place.admin: place for place in places if place.kind == "governorate"}
    held = {
        f"{scheme}:{value}": place.admin[:4]
        for place in places
        for scheme in place.identifiers
        for value in identifier_values(place.identifiers, scheme)
    }
    curated = folder / "curated"
    spelled = (iter_rows(curated / f"names-{table}.tsv", ("place",), delimiter="\t") for table in ("press", "usual"))
    brought = Counter(held[row["place"]] for row in chain.from_iterable(spelled))
    gone, settled, left = Counter[str](), Counter[str](), Counter[str]()
    for row in iter_rows(curated / "spellings.tsv", _SPELLINGS_COLUMNS, delimiter="\t"):
        unit = row["place"][:4]
        gone[unit] += int(row["gone_through"])
        settled[unit] += int(row["settlements"])
        left[unit] += row["gone_through"] == "0"
    yield from format_table(
        ("governorate", "settlements", "checked", "spellings added", "sub-districts not started"),
        [(units[unit].name_en, settled[unit], gone[unit], brought[unit], left[unit]) for unit in sorted(settled)],
    )


_LISTED_KINDS = {
    "neighbourhood": "quarters",
    "road": "streets",
    "landmark": "squares",
    "mosque": "worship",
    "church": "worship",
    "hospital": "health",
    "university": "learning",
    "school": "learning",
    "market": "markets",
    "station": "stations",
    "military": "security",
    "checkpoint": "security",
    "prison": "security",
}
"""Names that the list of towns has for the kinds of places searched."""

_THEME_COLUMNS = ("theme", "gone_through", "left")


def write_themes(folder: Path) -> Iterator[str]:
    """The section on themes that were searched in the whole country, and what is left of each."""
    yield "## By theme"
    yield ""
    yield "Some subjects were checked for the whole country (`curated/themes.tsv`)."
    yield ""
    rows = iter_rows(folder / "curated" / "themes.tsv", _THEME_COLUMNS, delimiter="\t")
    yield from format_table(
        ("theme", "checked", "still missing"), [tuple(row[column] for column in _THEME_COLUMNS) for row in rows]
    )
