"""A file appears under its name when it is complete, or never.

The work is done in a hidden folder beside it, `.buldan-…`, which goes when the work ends, also on SIGTERM. What a
killed process left is swept away by the next one: a folder whose lock nobody holds has no owner.
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
except ImportError:  # Windows: what was left there stays until somebody takes it away
    fcntl = None  # type: ignore[assignment]

__all__ = ["check_folder", "explain_failure", "open_staging"]

_PREFIX = ".buldan-"
_LOCK = ".lock"


@contextmanager
def open_staging(path: Path) -> Iterator[Path]:
    """A path to write to; what lies there at the end is moved to `path` in one step.

    When the block fails, or is interrupted, whatever was at `path` before stays as it was. Files that a format puts
    beside its own (`.dbf` and `.prj` of a shapefile) are moved with it, before it. A file that is replaced hands its
    permissions on, and of a link the target is replaced.

    Raises:
        SourceError: no such folder, no permission, or no room; names the file and says which.
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
    """SIGTERM ends the block as an exception does, where nobody has made other arrangements."""
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
    """Move what was written, the file itself last, with the permissions of those that it replaces."""
    beside = sorted(entry for entry in folder.iterdir() if entry.name not in {_LOCK, name})
    for entry, place in (*((entry, target.parent / entry.name) for entry in beside), (folder / name, target)):
        with suppress(FileNotFoundError):
            entry.chmod(stat.S_IMODE(place.stat().st_mode))
        os.replace(entry, place)


def _hold(path: Path) -> IO[bytes]:
    """A lock that ends with this process, however it ends."""
    lock = path.open("wb")
    if fcntl is not None:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return lock


def _sweep_leftovers(parent: Path) -> None:
    """Take away folders of processes that are gone; of others, the lock cannot be had."""
    if fcntl is None:
        return
    for path in parent.glob(f"{_PREFIX}*/{_LOCK}"):
        with suppress(OSError), path.open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(path.parent, ignore_errors=True)


def check_folder(path: Path) -> None:
    """Make sure that a file can be made at `path`.

    Raises:
        SourceError: no such folder, no permission, or a folder of that name.
    """
    try:
        if path.is_dir():
            raise SourceError("this is a folder; name a file", path=path)
        tempfile.TemporaryDirectory(prefix=_PREFIX, dir=path.resolve().parent).cleanup()
    except OSError as error:
        raise explain_failure(error, path) from error


def explain_failure(error: OSError, path: Path) -> SourceError:
    """The one line that says why `path` could not be written."""
    if isinstance(error, FileNotFoundError | NotADirectoryError) and not path.parent.is_dir():
        return SourceError(f"there is no folder {path.parent}; make it first", path=path)
    reason = error.strerror or str(error)
    return SourceError(f"cannot be written ({reason}); nothing was changed there", path=path)


def _is_library_error(error: Exception) -> bool:
    """Whether GDAL, Arrow or lxml (which openpyxl writes with where it is there) failed at the file."""
    modules = {kind.__module__.partition(".")[0] for kind in type(error).__mro__}
    return bool(modules & {"pyogrio", "pyarrow", "lxml"})
