"""Open a gazetteer: check that it is whole, then map its index, building that once where there is none yet."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

from buldan.errors import GazetteerError
from buldan.index.build import INDEX_VERSION, GazetteerText, build_columns
from buldan.index.columns import read_columns, write_columns
from buldan.index.index import Index
from buldan.store import read_manifest, read_whole_files, schema
from buldan.text import SOUNDS_VERSION

__all__ = ["open_index", "packaged_gazetteer"]

_KEPT = 6
"""Indexes in the user's cache, of about 30 MB each."""


def packaged_gazetteer() -> Path:
    """The folder of the gazetteer that came with the package (in a checkout: `gazetteer/` beside `src/`).

    Raises:
        GazetteerError: there is none.
    """
    package = Path(str(files("buldan")))
    for folder in (package / "gazetteer_data", package.parent.parent / "gazetteer"):
        if (folder / schema.MANIFEST).is_file():
            return folder
    raise GazetteerError(f"{package}: the packaged gazetteer is missing; reinstall buldan")


def open_index(path: str | Path | None = None, *, overlay: str | Path | Mapping[str, Any] | None = None) -> Index:
    """The index of the gazetteer in `path` (the packaged one where None), places of `overlay` merged in.

    With an overlay the version ends in a digest of it (`2026.07.1+1a2b3c4d`), so that answers with it and without,
    or on machines with different ones, are never taken for each other's.

    Raises:
        GazetteerError: missing, damaged or of another schema.
        SourceError: an overlay that cannot be used.
    """
    folder = packaged_gazetteer() if path is None else Path(path)
    manifest = read_manifest(folder)
    contents = read_whole_files(folder, manifest)
    text = GazetteerText(*(contents[name] for name in (schema.PLACES, schema.NAMES, schema.AREAS)))
    digest = hashlib.sha256(manifest.to_json().encode())
    if overlay is not None:
        from buldan.store.overlay import merge_overlay  # noqa: PLC0415 - few need it

        text = GazetteerText(*merge_overlay(text.places, text.names, text.areas, overlay))
        digest.update(text.places + text.names + text.areas)
        manifest = replace(manifest, version=f"{manifest.version}+{digest.hexdigest()[:8]}")
    return Index(manifest, folder, text, _cached_columns(digest.hexdigest()[:20], text))


def _cached_columns(digest: str, text: GazetteerText) -> dict[str, Any]:
    """The arrays from the user's cache; built, and kept there if it can be written, where they are not."""
    name = f"index-{digest}-{INDEX_VERSION}.{SOUNDS_VERSION}-{_tables_digest()}.bin"
    for folder in _cache_folders():
        columns = read_columns(folder / name) if _is_ours(folder) else None
        if columns is not None:
            return columns
    columns = build_columns(text)
    for folder in _cache_folders():
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            if not _is_ours(folder):
                continue
            write_columns(folder / name, columns)
        except OSError:
            continue  # a read-only place; the next folder, or none: the cache is never required
        _drop_oldest(folder)
        return read_columns(folder / name) or columns
    return columns


def _tables_digest() -> str:
    """Of the tables that an index is made with, so that who corrects a table sees it at work."""
    root = Path(str(files("buldan")))
    tables = [root / "kinds.tsv", *sorted((root / "text" / "tables").glob("*.tsv"))]
    return hashlib.sha256(b"".join(path.read_bytes() for path in tables)).hexdigest()[:8]


def _cache_folders() -> Iterator[Path]:
    """Where the index may be kept: the user's cache, else a folder of this user among the temporary files."""
    yield user_cache_path("buldan")
    owner = os.getuid() if hasattr(os, "getuid") else "user"
    with suppress(OSError):  # nothing can be written anywhere
        yield Path(tempfile.gettempdir()) / f"buldan-{owner}"


def _is_ours(folder: Path) -> bool:
    """Whether nobody else can have laid an index there: anyone may make a folder among the temporary files."""
    try:
        return not hasattr(os, "getuid") or folder.stat().st_uid == os.getuid()
    except OSError:
        return False


def _drop_oldest(folder: Path) -> None:
    """Keep the indexes last made; every other gazetteer, overlay or version of ours leaves one behind."""
    with suppress(OSError):  # another process may be at it, too; Windows keeps what is mapped
        made = sorted(folder.glob("index-*.bin"), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in made[_KEPT:]:
            path.unlink(missing_ok=True)
