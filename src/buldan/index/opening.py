"""Open a gazetteer: check that it is whole, then map its index, building that once where there is none yet."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

from buldan.errors import GazetteerError
from buldan.index.build import INDEX_VERSION, GazetteerText, build_columns
from buldan.index.index import Index
from buldan.index.keeping import digest_tables, load_or_build
from buldan.model import Origin
from buldan.store import read_manifest, read_whole_files, schema
from buldan.text import SOUNDS_VERSION

__all__ = ["find_packaged_gazetteer", "open_index"]


def find_packaged_gazetteer() -> Path:
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
    folder = find_packaged_gazetteer() if path is None else Path(path)
    manifest = read_manifest(folder)
    contents = read_whole_files(folder, manifest)
    text = GazetteerText(*(contents[name] for name in (schema.PLACES, schema.NAMES, schema.AREAS)))
    digest = hashlib.sha256(manifest.to_json().encode())
    if overlay is not None:
        from buldan.store.overlay import merge_overlay  # noqa: PLC0415 - few need it

        text = GazetteerText(*merge_overlay(text.places, text.names, text.areas, overlay))
        digest.update(text.places + text.names + text.areas)
        manifest = replace(manifest, version=f"{manifest.version}+{digest.hexdigest()[:8]}")
    key = f"{digest.hexdigest()[:20]}-{INDEX_VERSION}.{SOUNDS_VERSION}-{digest_tables('kinds.tsv', 'text/tables')}"
    columns = load_or_build(f"index-{key}", lambda: build_columns(text))
    origin = Origin(None if path is None else folder.resolve(), manifest.version, _resolve_overlay(overlay))
    return Index(manifest, folder, text, columns, key=key, origin=origin)


def _resolve_overlay(overlay: str | Path | Mapping[str, Any] | None) -> Path | Mapping[str, Any] | None:
    """The overlay as another process, working in another folder, can open it."""
    return overlay if overlay is None or isinstance(overlay, Mapping) else Path(overlay).resolve()
