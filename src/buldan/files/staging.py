"""Write a file in such a way that it appears under its name only when it is complete.

It is written in a hidden folder next to it, `.buldan-…`, which is removed when the work ends, also on SIGTERM. Folders
that killed processes have left are removed by the next process: it knows them by their lock, which nobody holds.
"""

from __future__ import annotations

import os
import shutil
import signal
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from textwrap import shorten
from threading import current_thread, main_thread
from typing import IO

from buldan.errors import SourceError

try:
    import fcntl
except ImportError:  # Windows: folders of killed processes stay there until somebody deletes them
    fcntl = None  # type: ignore[assignment]

__all__ = ["check_folder", "explain_failure", "open_staging"]

_PREFIX = ".buldan-"
_LOCK = ".lock"


@contextmanager
def open_staging(path: Path) -> Iterator[Path]:
    """Give a path to write to; the file written there is moved to `path` in one step at the end of the block.

    If the block fails or is interrupted, the earlier file at `path` stays unchanged. Further files of a format (`.dbf`
    and `.prj` of a shapefile) are moved first. The new file gets the permissions of the file that it replaces; if
    `path` is a link, its target is replaced.

    Raises:
        SourceError: no such folder, no permission, or no space; names the file and the reason.
    """
    target = path.resolve() if path.is_symlink() else path
    try:
        _sweep_leftovers(target.parent)
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=target.parent))
        lock = _hold(folder / _LOCK)
    except OSError as error:
        raise explain_failure(error, path) from error
    try:
        with _end_in_order():
            yield folder / path.name
            _move(folder, path.name, target)
    except OSError as error:
        raise explain_failure(error, path) from error
    except Exception as error:
        if _is_library_error(error):
            raise SourceError(
                f"cannot be written ({shorten(str(error), 160)}); nothing was changed there", path=path
            ) from error
        raise
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        lock.close()


@contextmanager
def _end_in_order() -> Iterator[None]:
    """Let SIGTERM end the block like an exception, unless the program has a handler of its own."""
    if current_thread() is not main_thread() or signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL:
        yield
        return
    signal.signal(signal.SIGTERM, _leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _leave(number: int, _: object) -> None:
    sys.exit(128 + number)


def _move(folder: Path, name: str, target: Path) -> None:
    """Move the files that were written, the main file last, with the permissions of the files that they replace."""
    beside = sorted(entry for entry in folder.iterdir() if entry.name not in {_LOCK, name})
    for entry, place in (*((entry, target.parent / entry.name) for entry in beside), (folder / name, target)):
        with suppress(FileNotFoundError):
            entry.chmod(stat.S_IMODE(place.stat().st_mode))
        os.replace(entry, place)


def _hold(path: Path) -> IO[bytes]:
    """Open and lock a file; the lock ends with this process, even if it is killed."""
    lock = path.open("wb")
    if fcntl is not None:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return lock


def _sweep_leftovers(parent: Path) -> None:
    """Remove folders of processes that have ended; folders in use are locked and stay."""
    if fcntl is None:
        return
    for path in parent.glob(f"{_PREFIX}*/{_LOCK}"):
        with suppress(OSError), path.open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(path.parent, ignore_errors=True)


def check_folder(path: Path) -> None:
    """Check that a file can be written at `path`.

    Raises:
        SourceError: no such folder, no permission, or `path` is a folder.
    """
    try:
        if path.is_dir():
            raise SourceError("this is a folder; name a file", path=path)
        tempfile.TemporaryDirectory(prefix=_PREFIX, dir=path.resolve().parent).cleanup()
    except OSError as error:
        raise explain_failure(error, path) from error


def explain_failure(error: OSError, path: Path) -> SourceError:
    """An error with the reason why `path` could not be written, in one line."""
    if isinstance(error, FileNotFoundError | NotADirectoryError) and not path.parent.is_dir():
        return SourceError(f"there is no folder {path.parent}; make it first", path=path)
    reason = error.strerror or str(error)
    return SourceError(f"cannot be written ({reason}); nothing was changed there", path=path)


def _is_library_error(error: Exception) -> bool:
    """Whether the error is one of GDAL, Arrow or lxml (which openpyxl uses to write if it is installed)."""
    modules = {kind.__module__.partition(".")[0] for kind in type(error).__mro__}
    return bool(modules & {"pyogrio", "pyarrow", "lxml"})
