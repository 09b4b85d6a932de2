"""Write the data report from the data: `docs/gazetteer.md`, its maps, and `gazetteer/SOURCES.md`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from buldan.compile.coverage import draw_coverage
from buldan.compile.fetch import read_list
from buldan.compile.lists import write_spellings, write_themes, write_towns
from buldan.compile.markdown import format_table, write_page
from buldan.compile.outcomes import read_outcomes
from buldan.compile.sources.curated import read_curated
from buldan.compile.sources_page import write_sources
from buldan.compile.tables import read_counts
from buldan.compile.trust import write_trust
from buldan.kinds import kinds
from buldan.store import Manifest, NameRecord, PlaceRecord, read_areas, read_manifest, read_names, read_places

__all__ = ["write_report"]

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
    "syc": "Classical Syriac",
    "syr": "Syriac",
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
    """Write the report on the gazetteer in `folder` into `docs`, and `SOURCES.md` next to the data.

    Returns the paths that were written.

    Raises:
        GazetteerError: there is no gazetteer, or it is damaged.
        SourceError: a path cannot be written.
    """
    docs.mkdir(parents=True, exist_ok=True)
    pages = {"gazetteer.md": _write_page(folder), **draw_coverage(folder)}
    for name, text in pages.items():
        write_page(docs / name, text)
    return [*(docs / name for name in pages), write_sources(folder)]


def _write_page(folder: Path) -> str:
    manifest = read_manifest(folder)
    places, names = list(read_places(folder)), list(read_names(folder))
    areas = {id_ for id_, _ in read_areas(folder)}
    parts = (
        _iter_head(manifest, places, names, areas),
        _count_by_kind(places, areas),
        _count_by_governorate(places),
        _count_by_source(manifest, places),
        _without_address(folder),
        _count_by_language(names),
        _count_identifiers(places),
        _count_conflation(folder),
        write_trust(places, folder),
        _count_curated(folder),
        write_spellings(places, folder),
        write_themes(folder),
        write_towns(places, folder),
    )
    return "\n".join(line for part in parts for line in (*part, "")).rstrip() + "\n"


def _iter_head(
    manifest: Manifest, places: Sequence[PlaceRecord], names: Sequence[NameRecord], areas: set[str]
) -> Iterator[str]:
    yield "# The gazetteer in figures"
    yield ""
    yield "What the gazetteer holds, where each part comes from, how well it was checked, and what is still missing."
    yield "`buldan report` writes this page and counts every figure in the files in `gazetteer/`."
    yield ""
    counts = f"{len(places):,} places, {len(names):,} names, {len(areas):,} outlines"
    yield f"Version {manifest.version}: {counts}."
    yield f"Licence of the whole: {manifest.licence}. {manifest.attribution}."
    yield ""
    yield "![Places per 100 square kilometres, by sub-district](coverage.svg)"
    yield "![Names per place, by sub-district](coverage-names.svg)"
    yield "![Share of places that OCHA's list lacks, by sub-district](coverage-added.svg)"


def _count_by_kind(places: Sequence[PlaceRecord], areas: set[str]) -> Iterator[str]:
    yield "## By kind"
    yield ""
    total = Counter(place.kind for place in places)
    outlined = Counter(place.kind for place in places if place.id in areas)
    coded = Counter(place.kind for place in places if "pcode" in place.identifiers)
    rows = [(kind, total[kind], coded[kind], outlined[kind]) for kind in kinds() if total[kind]]
    yield from format_table(("kind", "places", "with a P-code", "with an outline"), rows)


def _count_by_governorate(places: Sequence[PlaceRecord]) -> Iterator[str]:
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
    yield from format_table(("governorate", "places", "settlements and quarters", "other"), rows)


def _count_by_source(manifest: Manifest, places: Sequence[PlaceRecord]) -> Iterator[str]:
    yield "## By source"
    yield ""
    only = Counter(place.sources[0] for place in places if len(place.sources) == 1)
    rows = [(source.publisher, source.places, only[source.key], source.names) for source in manifest.sources]
    yield from format_table(("source", "places in it", "places in no other source", "names that it gives"), rows)


def _count_by_language(names: Sequence[NameRecord]) -> Iterator[str]:
    yield "## By language and script"
    yield ""
    counts = Counter((name.lang, name.script) for name in names)
    rows = [
        (f"{_LANGUAGES.get(lang, lang)}, {_SCRIPTS.get(script, script)} letters", count)
        for (lang, script), count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]
    yield from format_table(("language", "names"), rows)
    yield ""
    by_kind = Counter(name.kind for name in names)
    yield from format_table(("use", "names"), [(kind, count) for kind, count in by_kind.most_common()])


def _count_identifiers(places: Sequence[PlaceRecord]) -> Iterator[str]:
    yield "## Identifiers"
    yield ""
    counts = Counter(scheme for place in places for scheme in place.identifiers)
    rows = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    yield from format_table(("scheme", "places"), rows)


def _count_conflation(folder: Path) -> Iterator[str]:
    yield "## The same place in two sources"
    yield ""
    yield "What happened to the records of each source. Each record is merged into a place that is already there, kept"
    yield "as a place of its own, or refused. A near miss has a name similar to that of a place nearby, but was kept"
    yield "separate. Refused records lie abroad, or are settlements that only Who's On First has, without a GeoNames"
    yield "number and at wrong points."
    yield ""
    header = ("source", "records", "merged", "separate places", "of these, near misses", "refused")
    yield from format_table(
        header,
        [(o.source, o.records, o.merged, o.alone, o.near_miss, o.refused) for o in read_outcomes(folder)],
    )
    yield ""
    yield "Random samples (of 100 where there were so many, with fixed seeds) were checked row by row. A merge is"
    yield "wrong if it joins two different places. A near miss is wrong if it splits one place into two."
    yield ""
    header = ("round", "sample", "checked", "wrong", "doubtful", "what was wrong, what was done")
    yield from format_table(header, read_counts("samples"))


def _without_address(folder: Path) -> Iterator[str]:
    """The list of publishers' files that cannot be downloaded, with the reasons."""
    listed = read_list(folder / "sources.toml")
    by_hand = [one for one in listed if one.by_hand]
    yield f"The gazetteer is compiled from {len(listed)} files. `buldan sources fetch` downloads all but"
    yield f"{len(by_hand)} of them. For each of these it prints what to download by hand. They are:"
    yield ""
    yield from format_table(
        ("file", "version", "why it cannot be downloaded automatically"),
        [(one.file, one.version, one.why) for one in by_hand],
    )


def _count_curated(folder: Path) -> Iterator[str]:
    yield "## Our own facts"
    yield ""
    rows = list(read_curated(folder / "curated"))
    ways = Counter(row.verified.partition(":")[0] or "not said" for row in rows if row.kind)
    captions = {
        "source": "a source gives the point",
        "inside": "it lies in the outline that it must lie in",
        "described": "a source describes where it is",
        "near": "it lies close to a place that it must be close to",
        "unverified": "not verified; the radius is larger",
        "not said": "not stated",
    }
    yield "Places and names that we added from general knowledge, because no source has them (`gazetteer/curated/`):"
    yield f"{sum(row.kind != '' for row in rows):,} places, {sum(row.kind == '' for row in rows):,} further names."
    yield ""
    yield from format_table(
        ("how the point was verified", "places"), [(captions[way], ways[way]) for way in captions if ways[way]]
    )
