"""Write `gazetteer/SOURCES.md`: every source with its licence, and the terms for users of its data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from buldan.compile.markdown import write_page
from buldan.compile.tables import read_table
from buldan.store import read_manifest

__all__ = ["write_sources"]


def write_sources(folder: Path) -> Path:
    """Write `SOURCES.md` next to the data: each source with publisher, licence, link, date, rows used and terms."""
    path = folder / "SOURCES.md"
    write_page(path, "\n".join(_iter_page(folder)) + "\n")
    return path


def _iter_page(folder: Path) -> Iterator[str]:
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
        for key, paragraph in read_table("terms"):
            if key == source.key:
                yield ""
                yield paragraph
