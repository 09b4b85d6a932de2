"""The cache of derived arrays: kept for the user, and built again if they are lost or cannot be written.

Those of the packaged gazetteer come with a wheel (`hatch_build.py` derives them), so that the first question after an
installation waits for nothing.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

from platformdirs import user_cache_path

from buldan.index.columns import Columns, is_of_another_format, read_columns, write_columns
from buldan.waiting import announced

__all__ = ["KeptFile", "clear_kept", "digest_tables", "keep_only_in", "list_kept", "load_or_build"]

_KEPT = 4
"""Files of one kind in the user's cache, of at most 40 MB each."""

_PACKAGED = "derived"
"""The folder of the package in which a wheel brings what was derived at its build."""

_only_folder: Path | None = None


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file of the cache.

    Attributes:
        path: where it lies.
        bytes: its size.
        made: when it was written, UTC.
        state: `whole`, `damaged`, `unfinished` (its writer was killed), or `foreign` (another version of Buldan
            wrote it); only what is whole is ever used.
    """

    path: Path
    bytes: int
    made: datetime
    state: str


def list_kept() -> list[KeptFile]:
    """What is kept for this user, each file read and checked."""
    kept = []
    for path in _list_kept_paths():
        with suppress(OSError):  # another process has dropped it meanwhile
            facts = path.stat()
            made = datetime.fromtimestamp(facts.st_mtime, UTC)
            kept.append(KeptFile(path, facts.st_size, made, _check_state(path)))
    return kept


def _check_state(path: Path) -> str:
    """The state of a file of the cache; see `KeptFile`."""
    if path.suffix != ".bin":
        return "unfinished"
    if is_of_another_format(path):
        return "foreign"
    return "damaged" if read_columns(path) is None else "whole"


def clear_kept() -> list[Path]:
    """Delete what is kept for this user, and say which files that was; all is made again when it is next needed."""
    cleared = []
    for path in _list_kept_paths():
        path.unlink(missing_ok=True)
        cleared.append(path)
    return cleared


def _list_kept_paths() -> list[Path]:
    """Files of the cache, also those that were begun beside their place and never moved there."""
    folders = [folder for folder in _iter_cache_folders() if _is_ours(folder)]
    return [path for folder in folders for path in sorted(folder.glob("*-*.bin*")) if path.is_file()]


def load_or_build(name: str, build: Callable[[], Columns]) -> Columns:
    """The arrays kept under `name`; where there are none they are built, and kept if they can be written.

    A name is a kind (`index`, `vocabulary`), a hyphen, and a digest of all that the arrays are made from.
    """
    file, (kind, *_) = f"{name}.bin", name.split("-")
    # What came with the package is trusted as its code is; a folder of the user's only where nobody else could write.
    for folder in (Path(str(files("buldan"))) / _PACKAGED, *filter(_is_ours, _iter_cache_folders())):
        columns = read_columns(folder / file)
        if columns is not None:
            _note_use(folder / file)
            return columns
    with announced(f"Building the {kind} of this gazetteer"):
        built = build()
    for folder in _iter_cache_folders():
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            if not _is_ours(folder):
                continue
            write_columns(folder / file, built)
        except OSError:
            continue  # a read-only place; the next folder, or none: the cache is never required
        _drop_oldest(folder, kind)
        # Read back, for mapped pages are shared by all processes and can be dropped by the system, what was built
        # cannot.
        return read_columns(folder / file) or built
    return built


def keep_only_in(folder: Path) -> None:
    """Keep arrays in one folder from now on, and look nowhere else; for who builds a wheel."""
    global _only_folder  # noqa: PLW0603 - one for a process
    _only_folder = folder


def digest_tables(*paths: str) -> str:
    """Eight hexadecimal digits that change with the content of these tables; a folder stands for all tables in it."""
    root = Path(str(files("buldan")))
    tables = [table for path in paths for table in sorted((root / path).glob("*.tsv")) or [root / path]]
    return hashlib.sha256(b"".join(table.read_bytes() for table in tables)).hexdigest()[:8]


def _iter_cache_folders() -> Iterator[Path]:
    """Where arrays may be kept: the user's cache, else a folder of this user among the temporary files."""
    if _only_folder is not None:
        yield _only_folder
        return
    yield user_cache_path("buldan")
    owner = os.getuid() if hasattr(os, "getuid") else "user"
    with suppress(OSError):  # nothing can be written anywhere
        yield Path(tempfile.gettempdir()) / f"buldan-{owner}"


def _is_ours(folder: Path) -> bool:
    """Whether nobody else can have laid a file there: anyone may make a folder among the temporary files."""
    try:
        return not hasattr(os, "getuid") or folder.stat().st_uid == os.getuid()
    except OSError:
        return False


def _note_use(path: Path) -> None:
    """Note that a file is in use, by the time of its last access; many systems note that seldom or never."""
    with suppress(OSError):  # a folder of another user's, such as that of the package
        os.utime(path, ns=(time.time_ns(), path.stat().st_mtime_ns))


def _drop_oldest(folder: Path, kind: str) -> None:
    """Keep the files last made or used; every other gazetteer, overlay or version of ours leaves one behind."""

    def get_last_use(path: Path) -> float:
        facts = path.stat()
        return max(facts.st_mtime, facts.st_atime)

    with suppress(OSError):  # another process may be at it, too; Windows keeps what is mapped
        for path in sorted(folder.glob(f"{kind}-*.bin"), key=get_last_use, reverse=True)[_KEPT:]:
            path.unlink(missing_ok=True)
