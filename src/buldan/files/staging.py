"""A file appears under its name when it is complete, or never."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from buldan.errors import SourceError

__all__ = ["check_folder", "explain_failure", "staged"]


@contextmanager
def staged(path: Path) -> Iterator[Path]:
    """A path to write to; what lies there at the end is moved to `path` in one step.

    The work is done in a hidden folder beside `path`, so that the last step is a rename. When the block fails,
    or is interrupted, the folder goes and whatever was at `path` before stays as it was.

    Raises:
        SourceError: no such folder, no permission, or no room; names the file and says which.
    """
    try:
        folder = Path(tempfile.mkdtemp(prefix=".buldan-", dir=path.parent))
    except OSError as error:
        raise explain_failure(error, path) from error
    try:
        yield folder / path.name
        os.replace(folder / path.name, path)
    except OSError as error:
        raise explain_failure(error, path) from error
    except Exception as error:
        if _is_library_error(error):
            raise SourceError(f"cannot be written ({error}); nothing was changed there", path=path) from error
        raise
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def check_folder(path: Path) -> None:
    """Make sure that a file can be made at `path`.

    Raises:
        SourceError: no such folder, no permission, or a folder of that name.
    """
    try:
        if path.is_dir():
            raise SourceError("this is a folder; name a file", path=path)
        tempfile.TemporaryDirectory(prefix=".buldan-", dir=path.parent).cleanup()
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
