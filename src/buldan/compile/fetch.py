"""Bring the publishers' files into the folder that `compile` reads, each checked against what is known of it.

`gazetteer/sources.toml` lists the files: where each lies under its publisher's address, which version it is, and its
checksum where the publisher keeps versions. A file that is there and whole is not fetched again; one that broke off
is gone on with where the server allows it. A file appears under its name when it is complete and verified, or never.
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
"""Bytes read at once."""

_TIMEOUT_S = 60.0
"""Seconds without an answer after which a publisher is given up."""

_GOES_ON, _NOTHING_MORE = 206, 416  # HTTP: partial content, range not satisfiable
_KEYS = {"source", "file", "url", "version", "licence", "attribution", "sha256", "member", "by_hand", "why"}
_NEEDED = ("source", "file", "version", "licence", "attribution")


@dataclass(frozen=True, slots=True)
class Listed:
    """A file that the list names.

    Attributes:
        source: its publisher's key (`compile/tables/publishers.tsv`).
        file: where it goes, below the folder of the sources.
        version: of the publisher, or the day of what we have read.
        licence, attribution: as the publisher states them.
        url: where it lies; empty where it has to be got by hand.
        sha256: of what lies there, in hexadecimal; empty where the publisher replaces the file in its place.
        member: the file to take out of a ZIP archive; empty where what is fetched is the file itself.
        by_hand: what to do where no address is given.
        why: why none can be given.
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
    """What became of a file: `there`, `fetched`, `by hand` or `failed`, and the line to say of it."""

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
    """Fetch what is not there yet; what became of each file, in order. One that fails takes no other with it."""
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
    """Fetch a file, verify it and put it in its place; says how large it is and how it was verified."""
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
    """Download to `part`, from where an earlier attempt broke off if the server goes on from there.

    Raises:
        SourceError: no answer, an error as the answer, or an answer that ends too early; `part` stays for next time.
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
        # Nothing after what we have: it was whole, or another file lies there now. The checksum will tell.
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
