"""The manifest: what a gazetteer is, made of what, and whether its files are whole."""

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
    """The head of a gazetteer.

    Attributes:
        schema: number of the file layout.
        version: of the data; travels with every answer.
        licence: of the compiled whole (SPDX).
        attribution: one line that names every publisher; travels with every answer.
        sources: every source that a record or a name rests on.
        files: facts of each file, by its name.
    """

    schema: int
    version: str
    licence: str
    attribution: str
    sources: tuple[Source, ...]
    files: Mapping[str, FileFacts]

    @property
    def about(self) -> dict[str, str]:
        """What an export says of itself: version, licence, and an attribution that tells of the changes, as the
        licences of the sources ask.
        """
        credit = f"{self.attribution}; changes were made: merged, selected and corrected"
        return {"version": self.version, "licence": self.licence, "attribution": credit}

    @property
    def digest(self) -> str:
        """BLAKE2b over all that the manifest says: it lists the digests of the other files, and this one its own."""
        return hashlib.blake2b(json.dumps(asdict(self), sort_keys=True).encode(), digest_size=16).hexdigest()

    def to_json(self) -> str:
        """The manifest as indented JSON with its digest, ending in a newline."""
        facts = asdict(self)
        head = {key: facts.pop(key) for key in ("schema", "version")}
        return json.dumps({**head, "digest": self.digest, **facts}, ensure_ascii=False, indent=2) + "\n"


def read_facts(path: Path, *, rows: int) -> FileFacts:
    """Facts of a file as it lies there."""
    content = path.read_bytes()
    return FileFacts(len(content), hashlib.sha256(content).hexdigest(), rows)


def read_manifest(folder: Path) -> Manifest:
    """The manifest of the gazetteer in `folder`.

    Raises:
        GazetteerError: missing, damaged, or of another schema.
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
        raise GazetteerError(f"{path}: damaged (its digest is another); reinstall or recompile")
    return manifest


def read_whole_files(folder: Path, manifest: Manifest) -> dict[str, bytes]:
    """The content of every file that the manifest lists, by name, compared with its size and digest there.

    Raises:
        GazetteerError: a file is missing or is not the one that was compiled; the message names it.
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
