"""The manifest of a gazetteer: its version, licence and sources, and the size and digest of each file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from buldan.errors import GazetteerError
from buldan.model import Source
from buldan.store import schema

__all__ = ["FileFacts", "Manifest", "read_facts", "read_manifest", "read_whole_files"]


@dataclass(frozen=True, slots=True)
class FileFacts:
    """Size in bytes, SHA-256 and number of records of one file."""

    bytes: int
    sha256: str
    rows: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """The manifest of a gazetteer.

    Attributes:
        schema: number of the file layout.
        version: version of the data; part of every answer.
        licence: licence of the compiled gazetteer (SPDX).
        attribution: one line that names every publisher; part of every answer.
        sources: every source of a record or a name.
        files: size, digest and number of records of each file, by its name.
    """

    schema: int
    version: str
    licence: str
    attribution: str
    sources: tuple[Source, ...]
    files: Mapping[str, FileFacts]

    @property
    def about(self) -> dict[str, str]:
        """Metadata of an export: `version`, `licence` and `attribution`.

        The attribution says that changes were made, as the licences of the sources require.
        """
        credit = f"{self.attribution}; changes were made: merged, selected and corrected"
        return {"version": self.version, "licence": self.licence, "attribution": credit}

    @property
    def digest(self) -> str:
        """BLAKE2b of the whole manifest, in hexadecimal; it also covers the other files, whose digests are in it."""
        return hashlib.blake2b(json.dumps(asdict(self), sort_keys=True).encode(), digest_size=16).hexdigest()

    def to_json(self) -> str:
        """The manifest as indented JSON with its digest, ending in a newline."""
        facts = asdict(self)
        head = {key: facts.pop(key) for key in ("schema", "version")}
        return json.dumps({**head, "digest": self.digest, **facts}, ensure_ascii=False, indent=2) + "\n"


def read_facts(path: Path, *, rows: int) -> FileFacts:
    """Size and digest of a file on disk, with the number of its records as given."""
    content = path.read_bytes()
    return FileFacts(len(content), hashlib.sha256(content).hexdigest(), rows)


def read_manifest(folder: Path) -> Manifest:
    """The manifest of the gazetteer in `folder`.

    Raises:
        GazetteerError: the manifest is missing, damaged, or of another schema.
    """
    path = folder / schema.MANIFEST
    try:
        raw = json.loads(path.read_text("utf-8"))
        manifest = Manifest(
            raw["schema"],
            raw["version"],
            raw["licence"],
            raw["attribution"],
            tuple(Source(**source) for source in raw["sources"]),
            {name: FileFacts(**facts) for name, facts in raw["files"].items()},
        )
    except FileNotFoundError:
        raise GazetteerError(
            f"{folder}: no gazetteer here ({schema.MANIFEST} is missing); name the folder of one"
        ) from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise GazetteerError(f"{path}: damaged ({error}); reinstall or recompile") from error
    if lacking := {schema.PLACES, schema.NAMES, schema.AREAS, schema.RETIRED} - manifest.files.keys():
        raise GazetteerError(f"{path}: damaged (it does not list {', '.join(sorted(lacking))}); reinstall or recompile")
    if manifest.schema != schema.SCHEMA:
        raise GazetteerError(
            f"{path}: schema {manifest.schema}, this version of buldan reads {schema.SCHEMA}; "
            "update buldan or recompile the gazetteer"
        )
    if raw.get("digest") != manifest.digest:
        raise GazetteerError(f"{path}: damaged (its digest differs); reinstall or recompile")
    return manifest


def read_whole_files(folder: Path, manifest: Manifest) -> dict[str, bytes]:
    """The content of every file that the manifest lists, by name; size and digest of each are verified.

    Raises:
        GazetteerError: a file is missing, or differs from the one that was compiled; the message names it.
    """
    contents = {}
    for name, facts in manifest.files.items():
        path = folder / name
        try:
            content = path.read_bytes()
        except OSError as error:
            raise GazetteerError(f"{path}: missing or unreadable ({error.strerror}); reinstall buldan") from error
        if len(content) != facts.bytes or hashlib.sha256(content).hexdigest() != facts.sha256:
            raise GazetteerError(f"{path}: damaged (it is not the file that was compiled); reinstall or recompile")
        contents[name] = content
    return contents
