"""Download the publishers' files to the folder that `compile` reads, and verify each of them.

`gazetteer/sources.toml` lists the files: the address and version of each, and its checksum if the publisher keeps
versions. A complete file is not downloaded again; an interrupted download is continued if the server allows that. A
file appears under its name only when it is complete and verified.
"""

from __future__ import annotations

import hashlib
import tomllib
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from buldan.errors import SourceError
from buldan.files.staging import open_staging

__all__ = ["Fetched", "Listed", "fetch_sources", "read_list"]

_CHUNK = 1 << 16
"""Number of bytes read at once."""

_TIMEOUT_S = 60.0
"""Seconds without an answer after which a download ends with an error."""

_GOES_ON, _NOTHING_MORE = 206, 416  # HTTP: partial content, range not satisfiable
_KEYS = {"source", "file", "url", "version", "licence", "attribution", "sha256", "member", "by_hand", "why"}
_NEEDED = ("source", "file", "version", "licence", "attribution")


@dataclass(frozen=True, slots=True)
class Listed:
    """A file of the list.

    Attributes:
        source: its publisher's key (`compile/tables/publishers.tsv`).
        file: its path in the folder of the sources.
        version: the publisher's version, or the day of the file that we have read.
        licence, attribution: as the publisher states them.
        url: its address; empty if people have to get it themselves.
        sha256: checksum of the file at that address, in hexadecimal; empty if the publisher replaces the file there.
        member: the file to extract from a ZIP archive; empty if the download is the file itself.
        by_hand: what to do if there is no address.
        why: why there is no address.
    """

    source: str
    file: str
    version: str
    licence: str
    attribution: str
    url: str = ""
    sha256: str = ""
    member: str = ""
    by_hand: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """The result for a file (`there`, `fetched`, `by hand` or `failed`), and a line on it for people."""

    listed: Listed
    outcome: str
    line: str


def read_list(path: Path) -> list[Listed]:
    """The files of a list, in its order.

    Raises:
        SourceError: the list is missing or not TOML; an entry lacks a key, has an unknown one or leaves the folder.
    """
    try:
        document = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise SourceError(f"cannot be read ({error.strerror})", path=path) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SourceError(f"not TOML ({error})", path=path) from error
    return [_parse_listed(entry, number, path) for number, entry in enumerate(document.get("file", ()), 1)]


def _parse_listed(entry: Mapping[str, Any], number: int, path: Path) -> Listed:
    where = f"file {number} ({entry.get('file', 'without a name')})"
    if unknown := sorted(entry.keys() - _KEYS):
        raise SourceError(f"{where}: unknown key {unknown[0]!r}", path=path)
    if missing := [key for key in _NEEDED if not entry.get(key)]:
        raise SourceError(f"{where}: no {missing[0]!r}", path=path)
    if bool(entry.get("url")) == bool(entry.get("by_hand")):
        raise SourceError(f"{where}: either 'url' or 'by_hand' is wanted", path=path)
    if bool(entry.get("by_hand")) != bool(entry.get("why")):
        raise SourceError(f"{where}: 'by_hand' and 'why' go together", path=path)
    parts = PurePosixPath(entry["file"])
    if parts.is_absolute() or ".." in parts.parts:
        raise SourceError(f"{where}: lies outside the folder of the sources", path=path)
    return Listed(**entry)


def fetch_sources(listed: Iterable[Listed], folder: Path) -> Iterator[Fetched]:
    """Download the missing files; gives the result for each file, in order. An error does not stop the others."""
    for one in listed:
        target = folder / one.file
        if not one.url:
            yield Fetched(one, "there" if target.exists() else "by hand", one.by_hand)
        elif target.exists() and (one.member or not one.sha256 or _hash_file(target) == one.sha256):
            yield Fetched(one, "there", "is there")
        else:
            try:
                yield Fetched(one, "fetched", _fetch(one, target))
            except SourceError as error:
                yield Fetched(one, "failed", str(error))


def _fetch(one: Listed, target: Path) -> str:
    """Download and verify a file and move it to its place. Returns a text with its size and how it was verified."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    _download(one.url, part, target)
    digest = _hash_file(part)
    if one.sha256 and digest != one.sha256:
        part.unlink()
        raise SourceError(
            f"what lies at {one.url} has another checksum ({digest[:12]}… instead of {one.sha256[:12]}…); "
            "its publisher has changed it, or it was damaged on the way",
            path=target,
        )
    size = part.stat().st_size
    with open_staging(target) as whole:
        if one.member:
            _extract(part, one.member, whole, target)
        else:
            part.rename(whole)
    part.unlink(missing_ok=True)
    how = "checksum verified" if one.sha256 else f"no checksum is known; it is {digest}"
    return f"{size:,} bytes, {how}"


def _download(url: str, part: Path, target: Path) -> None:
    """Download to `part`; an interrupted download is continued if the server allows that.

    Raises:
        SourceError: no answer, an error as answer, or an answer that ends too early; `part` stays for the next attempt.
    """
    begun = part.stat().st_size if part.exists() else 0
    request = Request(url, headers={"Range": f"bytes={begun}-"} if begun else {})
    received, expected = 0, -1
    try:
        with urlopen(request, timeout=_TIMEOUT_S) as answer:
            expected = int(answer.headers.get("Content-Length") or -1)
            with part.open("ab" if answer.status == _GOES_ON else "wb") as file:
                for chunk in iter(lambda: answer.read(_CHUNK), b""):
                    received += file.write(chunk)
    except HTTPError as error:
        if error.code != _NOTHING_MORE:
            raise SourceError(f"{url} answers {error.code} {error.reason}", path=target) from error
        # There are no more bytes: the part is complete, or the file was replaced. The checksum shows which.
    except (URLError, HTTPException, OSError) as error:
        reason = getattr(error, "reason", None) or error
        raise SourceError(f"{url} cannot be fetched ({reason}); try again, it goes on", path=target) from error
    if received < expected:
        raise SourceError(
            f"{url} broke off after {received:,} of {expected:,} bytes; try again, it goes on from there", path=target
        )


def _extract(archive: Path, member: str, whole: Path, target: Path) -> None:
    try:
        with zipfile.ZipFile(archive) as packed, packed.open(member) as file, whole.open("wb") as out:
            for chunk in iter(lambda: file.read(_CHUNK), b""):
                out.write(chunk)
    except (zipfile.BadZipFile, KeyError, EOFError) as error:
        with suppress(OSError):
            archive.unlink()
        raise SourceError(f"no ZIP archive that holds {member} ({error})", path=target) from error


def _hash_file(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
