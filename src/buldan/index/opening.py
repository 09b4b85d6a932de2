"""Open a gazetteer: check that it is whole, then map its index, building that once where there is none yet."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

from buldan.errors import GazetteerError
from buldan.index.build import INDEX_VERSION, GazetteerText, build_columns
from buldan.index.columns import read_columns, write_columns
from buldan.index.index import Index
from buldan.store import Manifest, read_manifest, schema
from buldan.text import SOUNDS_VERSION

__all__ = ["open_index", "packaged_gazetteer"]


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

    Raises:
        GazetteerError: missing, damaged or of another schema.
        SourceError: an overlay that cannot be used.
    """
    folder = packaged_gazetteer() if path is None else Path(path)
    manifest = read_manifest(folder)
    text = _read_text(folder, manifest)
    digest = hashlib.sha256(manifest.to_json().encode())
    if overlay is not None:
        from buldan.store.overlay import merge_overlay  # noqa: PLC0415 - few need it

        text = GazetteerText(*merge_overlay(text.places, text.names, text.areas, overlay))
        digest.update(text.places + text.names + text.areas)
    return Index(manifest, folder, text, _cached_columns(digest.hexdigest()[:20], text))


def _read_text(folder: Path, manifest: Manifest) -> GazetteerText:
    """The files, each compared with its size and digest in the manifest."""
    contents = {}
    for name, facts in manifest.files.items():
        path = folder / name
        try:
            content = path.read_bytes()
        except OSError as error:
            raise GazetteerError(f"{path}: missing or unreadable ({error.strerror}); reinstall buldan") from error
        if len(content) != facts.bytes or hashlib.sha256(content).hexdigest() != facts.sha256:
            raise GazetteerError(f"{path}: damaged (not the file that was compiled); reinstall or recompile")
        contents[name] = content
    return GazetteerText(contents[schema.PLACES], contents[schema.NAMES], contents[schema.AREAS])


def _cached_columns(digest: str, text: GazetteerText) -> dict[str, Any]:
    """The arrays from the user's cache; built, and kept there if it can be written, where they are not."""
    name = f"index-{digest}-{INDEX_VERSION}.{SOUNDS_VERSION}.bin"
    for folder in _cache_folders():
        columns = read_columns(folder / name)
        if columns is not None:
            return columns
    columns = build_columns(text)
    for folder in _cache_folders():
        try:
            folder.mkdir(parents=True, exist_ok=True)
            write_columns(folder / name, columns)
        except OSError:
            continue  # a read-only place; the next folder, or none: the cache is never required
        return read_columns(folder / name) or columns
    return columns


def _cache_folders() -> tuple[Path, ...]:
    """Where the index may be kept: the user's cache, else a folder of this user among the temporary files."""
    owner = os.getuid() if hasattr(os, "getuid") else "user"
    return user_cache_path("buldan"), Path(tempfile.gettempdir()) / f"buldan-{owner}"
