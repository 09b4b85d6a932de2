"""The data report, from the data itself: `docs/gazetteer.md`, its maps, `gazetteer/SOURCES.md`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from statistics import median

from shapely import Point
from shapely.geometry import shape

from buldan.compile.coverage import coverage_maps
from buldan.compile.outcomes import read_outcomes
from buldan.compile.reading import iter_rows
from buldan.compile.sources.curated import read_curated
from buldan.compile.tables import read_table
from buldan.files.staging import staged
from buldan.kinds import kinds
from buldan.model import POSITIONS, identifier_values
from buldan.store import Manifest, NameRecord, PlaceRecord, read_areas, read_manifest, read_names, read_places

__all__ = ["write_report", "write_sources"]

_LANGUAGES = {
    "ar": "Arabic",
    "en": "English",
    "und": "not stated",
    "ku": "Kurdish (Kurmanji)",
    "ckb": "Kurdish (Sorani)",
    "tr": "Turkish",
    "fr": "French",
    "de": "German",
    "es": "Spanish",
    "it": "Italian",
    "nl": "Dutch",
    "az": "Azerbaijani",
    "hy": "Armenian",
    "syc": "Syriac",
    "arc": "Aramaic",
    "la": "Latin",
    "grc": "Ancient Greek",
    "akk": "Akkadian",
}
_SCRIPTS = {
    "Arab": "Arabic",
    "Latn": "Latin",
    "Armn": "Armenian",
    "Syrc": "Syriac",
    "Hebr": "Hebrew",
    "Grek": "Greek",
}


def write_report(folder: Path, docs: Path) -> list[Path]:
    """Write the report on the gazetteer in `folder` into `docs`, and `SOURCES.md` beside the data.

    Returns the paths that were written.

    Raises:
        GazetteerError: there is no gazetteer, or it is damaged.
        SourceError: a path cannot be written.
    """
    docs.mkdir(parents=True, exist_ok=True)
    pages = {"gazetteer.md": _page(folder), **coverage_maps(folder)}
    for name, text in pages.items():
        _write(docs / name, text)
    return [*(docs / name for name in pages), write_sources(folder)]


def write_sources(folder: Path) -> Path:
    """Write `SOURCES.md` beside the data: each source with publisher, licence, link, date and rows used."""
    path = folder / "SOURCES.md"
    _write(path, "\n".join(_sources_page(folder)) + "\n")
    return path


def _write(path: Path, text: str) -> None:
    with staged(path) as staging:
        staging.write_text(text, encoding="utf-8", newline="\n")


def _page(folder: Path) -> str:
    manifest = read_manifest(folder)
    places, names = list(read_places(folder)), list(read_names(folder))
    areas = {id_ for id_, _ in read_areas(folder)}
    parts = (
        _head(manifest, places, names, areas),
        _by_kind(places, areas),
        _by_governorate(places),
        _by_source(manifest, places),
        _by_language(names),
        _identifiers(places),
        _conflation(folder),
        _points(places),
        _outside(places, folder),
        _curated(folder),
        _by_list(places, folder),
    )
    return "\n".join(line for part in parts for line in (*part, "")).rstrip() + "\n"


def _head(
    manifest: Manifest, places: Sequence[PlaceRecord], names: Sequence[NameRecord], areas: set[str]
) -> Iterator[str]:
    yield "# The gazetteer in figures"
    yield ""
    yield "Written by `buldan report`; every figure is counted from the files in `gazetteer/`."
    yield ""
    counts = f"{len(places):,} places, {len(names):,} names, {len(areas):,} outlines"
    yield f"Version {manifest.version}: {counts}."
    yield f"Licence of the whole: {manifest.licence}. {manifest.attribution}."
    yield ""
    yield "![Places per 100 square kilometres, by sub-district](coverage.svg)"
    yield "![Names a place, by sub-district](coverage-names.svg)"
    yield "![Share of places that OCHA's list lacks, by sub-district](coverage-added.svg)"


def _table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """A Markdown table; numbers right-aligned with thousands set apart."""
    body = [[f"{cell:,}" if isinstance(cell, int) else str(cell) for cell in row] for row in rows]
    yield "| " + " | ".join(header) + " |"
    yield "|" + "|".join("---" if position == 0 else "--:" for position in range(len(header))) + "|"
    yield from ("| " + " | ".join(row) + " |" for row in body)


def _by_kind(places: Sequence[PlaceRecord], areas: set[str]) -> Iterator[str]:
    yield "## By kind"
    yield ""
    total = Counter(place.kind for place in places)
    outlined = Counter(place.kind for place in places if place.id in areas)
    coded = Counter(place.kind for place in places if "pcode" in place.identifiers)
    rows = [(kind, total[kind], coded[kind], outlined[kind]) for kind in kinds() if total[kind]]
    yield from _table(("kind", "places", "with a P-code", "with an outline"), rows)


def _by_governorate(places: Sequence[PlaceRecord]) -> Iterator[str]:
    yield "## By governorate"
    yield ""
    names = {
        place.identifiers["pcode"]: f"{place.name_en} / {place.name_ar}"
        for place in places
        if place.kind == "governorate"
    }
    total = Counter(place.admin[:4] for place in places)
    settled = Counter(
        place.admin[:4] for place in places if kinds()[place.kind].group in ("settlement", "quarter", "camp")
    )
    rows = [
        (f"{names[code]} ({code})", total[code], settled[code], total[code] - settled[code]) for code in sorted(names)
    ]
    elsewhere = sum(count for code, count in total.items() if code not in names)
    rows.append(("the country, and rivers", elsewhere, 0, elsewhere))
    yield from _table(("governorate", "places", "settlements and quarters", "other"), rows)


def _by_source(manifest: Manifest, places: Sequence[PlaceRecord]) -> Iterator[str]:
    yield "## By source"
    yield ""
    only = Counter(place.sources[0] for place in places if len(place.sources) == 1)
    rows = [(source.publisher, source.places, only[source.key], source.names) for source in manifest.sources]
    yield from _table(("source", "places that it knows", "that it alone knows", "names that it attests"), rows)


def _by_language(names: Sequence[NameRecord]) -> Iterator[str]:
    yield "## By language and script"
    yield ""
    counts = Counter((name.lang, name.script) for name in names)
    rows = [
        (f"{_LANGUAGES.get(lang, lang)}, {_SCRIPTS.get(script, script)} letters", count)
        for (lang, script), count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]
    yield from _table(("language", "names"), rows)
    yield ""
    by_kind = Counter(name.kind for name in names)
    yield from _table(("use", "names"), [(kind, count) for kind, count in by_kind.most_common()])


def _identifiers(places: Sequence[PlaceRecord]) -> Iterator[str]:
    yield "## Identifiers"
    yield ""
    counts = Counter(scheme for place in places for scheme in place.identifiers)
    rows = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    yield from _table(("scheme", "places"), rows)


def _conflation(folder: Path) -> Iterator[str]:
    yield "## The same place in two sources"
    yield ""
    yield "What became of each source's records. A near miss shares much of a name with a place nearby and"
    yield "stayed apart; it is counted among those that stand alone. Refused are those that lie abroad."
    yield ""
    header = ("source", "records", "merged", "alone", "of them near misses", "refused")
    yield from _table(
        header,
        [(o.source, o.records, o.merged, o.alone, o.near_miss, o.refused) for o in read_outcomes(folder)],
    )
    yield ""
    yield "Samples of 100 with fixed seeds were read one by one: of merges, how many join what are two"
    yield "places; of near misses, how many keep apart what is one."
    yield ""
    rows = [[int(cell) if cell.isdigit() else cell for cell in row] for row in read_table("samples")]
    yield from _table(("round", "sample", "read", "wrong", "doubtful", "what was wrong, what was done"), rows)


def _points(places: Sequence[PlaceRecord]) -> Iterator[str]:
    yield "## How far to trust a point"
    yield ""
    yield "How each point is known: *surveyed*, a source publishes the point of the thing itself; *outline*, it lies"
    yield "inside its published outline; *settlement*, only the point of its town or village is known, and the radius"
    yield "covers that; *described*, from a distance or direction that a source states; *estimated*, from general"
    yield "knowledge. The radii of estimates are those within which nine of ten lay that could be checked."
    yield ""
    by_position: defaultdict[tuple[str, str], list[float]] = defaultdict(list)
    for place in places:
        by_position[place.kind, place.position].append(place.radius_km)
    body = [
        (kind, *(len(by_position[kind, position]) for position in POSITIONS), _median(by_position[kind, "estimated"]))
        for kind in kinds()
        if any(by_position[kind, position] for position in POSITIONS)
    ]
    yield from _table(("kind", *POSITIONS, "median radius of estimates, km"), body)
    yield ""
    steps = (0.3, 0.7, 1.0, 2.0, 5.0, 10.0, 20.0, 1000.0)
    rows = []
    least = 0.0
    for most in steps:
        count = sum(least < place.radius_km <= most for place in places if kinds()[place.kind].group != "admin")
        rows.append((f"up to {most:g} km" if most < 1000 else "more", count))
        least = most
    yield "The radius says how large a place is, or how unsure its point, whichever is more (admin units left"
    yield "out)."
    yield ""
    yield from _table(("radius", "places"), rows)


def _median(radii: Sequence[float]) -> str:
    return f"{median(radii):.1f}" if radii else ""


def _outside(places: Sequence[PlaceRecord], folder: Path) -> Iterator[str]:
    """How many of OCHA's settlements lie outside the unit that OCHA puts them in, by the outlines that ship."""
    outlines = {id_: shape(dict(outline)) for id_, outline in read_areas(folder)}
    units = {place.identifiers["pcode"]: outlines[place.id] for place in places if place.kind == "sub-district"}
    settled = [place for place in places if place.identifiers.get("pcode", " ")[0] in "CN"]
    outside = sum(not units[place.admin].covers(Point(place.lon, place.lat)) for place in settled)
    yield f"Of {len(settled):,} places with a P-code of a community or neighbourhood, {outside} lie outside the unit"
    yield "that OCHA puts them in, nearly all by less than half a kilometre; OCHA's word stands."


def _curated(folder: Path) -> Iterator[str]:
    yield "## Our own facts"
    yield ""
    rows = list(read_curated(folder / "curated"))
    ways = Counter(row.verified.partition(":")[0] or "not said" for row in rows if row.kind)
    told = {
        "source": "a source gives the point",
        "inside": "it lies in the outline that it must lie in",
        "described": "a source says how it lies",
        "near": "it lies by a place that it must lie by",
        "unverified": "not verified; the radius is larger",
        "not said": "not said",
    }
    yield f"{sum(row.kind != '' for row in rows):,} places, {sum(row.kind == '' for row in rows):,} further names."
    yield ""
    yield from _table(("how the point was verified", "places"), [(told[way], ways[way]) for way in told if ways[way]])


_COVERAGE_COLUMNS = ("place", "name_en", "name_ar", "gone_through", "left")
_THIN = 5
"""Names of the largest towns of which a kind of thing is still left, in the table of what is thin."""


def _by_list(places: Sequence[PlaceRecord], folder: Path) -> Iterator[str]:
    """What going through the towns one by one brought, kind by kind, and which large towns are left."""
    yield "## By the list of towns"
    yield ""
    rows = list(iter_rows(folder / "curated" / "coverage.tsv", _COVERAGE_COLUMNS, delimiter="\t"))
    begun = sum(bool(row["gone_through"]) for row in rows)
    yield f"Things that no source lists are gone through town by town: {begun} of {len(rows)} towns have been begun"
    yield "(`curated/coverage.tsv` says what is left of each). Places of ours are those that we alone know; a town is"
    yield "thin in a kind of which nothing was gone through yet."
    yield ""
    ours = Counter(_LISTED_KINDS.get(place.kind, "") for place in places if place.sources == ("curated",))
    people = {code: place.population or 0 for place in places for code in identifier_values(place.identifiers, "pcode")}
    table = []
    for kind in dict.fromkeys(_LISTED_KINDS.values()):
        thin = [row for row in rows if kind not in row["gone_through"].split()]
        largest = sorted(thin, key=lambda row: (-people.get(row["place"], 0), row["place"]))[:_THIN]
        table.append((kind, len(rows) - len(thin), ours[kind], ", ".join(row["name_en"] for row in largest)))
    yield from _table(("kind", "towns gone through", "places of ours", "thin: largest towns left"), table)


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
"""What the list of towns calls the kinds of places that it asks for."""


def _sources_page(folder: Path) -> Iterator[str]:
    manifest = read_manifest(folder)
    yield "# Sources of the gazetteer"
    yield ""
    yield f"Version {manifest.version}. The compiled whole is licensed {manifest.licence}; attribute it as:"
    yield ""
    yield f"> {manifest.attribution}"
    yield ""
    yield "Every name in `names.tsv` and every place in `places.tsv` carries the keys of the sources that it"
    yield "rests on; `manifest.json` holds the same facts for machines. Written by `buldan compile`."
    for source in manifest.sources:
        yield ""
        yield f"## {source.title}"
        yield ""
        yield f"- key: `{source.key}`"
        yield f"- publisher: {source.publisher}"
        yield f"- licence: [{source.licence}]({source.licence_url})"
        yield f"- link: {source.url}"
        yield f"- date: {source.date}"
        yield f"- used: {source.places:,} places rest on it, it attests {source.names:,} names"
