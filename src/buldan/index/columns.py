"""Arrays in one file, mapped into memory rather than read: how the index is cached.

Layout: eight bytes that name the format, eight of header length, eight of the header's BLAKE2b, a JSON header
({name: [dtype, shape, offset, CRC-32]}), then the arrays, each aligned to 64 bytes. Opening reads every array once
and compares it with its checksum: compiled loops follow the offsets in them without looking, so that one wrong bit
may end the process or change an answer. CRC-32 notices damage, some 20 ms for an index; it is no guard against who
may write into the folder.
"""

from __future__ import annotations

import json
import mmap
import os
import tempfile
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeAlias
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

__all__ = ["Columns", "is_of_another_format", "read_columns", "write_columns"]

Columns: TypeAlias = Mapping[str, NDArray[Any]]

_MAGIC = b"BULDAN03"
_START = 24
"""Where the header begins."""

_ALIGNMENT = 64  # bytes: a line of the processor's cache


def _align(offset: int) -> int:
    """The first aligned offset from this one on."""
    return -(-offset // _ALIGNMENT) * _ALIGNMENT


def write_columns(path: Path, columns: Columns) -> None:
    """Write the arrays to `path`, all of them or nothing (beside it first, then moved)."""
    layout: dict[str, tuple[str, tuple[int, ...], int, int]] = {}
    offset = 0
    for name, array in columns.items():
        layout[name] = (array.dtype.str, array.shape, offset, crc32(np.ascontiguousarray(array).tobytes()))
        offset = _align(offset + array.nbytes)
    header = json.dumps(layout).encode()
    base = _align(_START + len(header))
    handle, staging = tempfile.mkstemp(prefix=path.name, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(_MAGIC + len(header).to_bytes(8, "little") + _digest_header(header) + header)
            for name, array in columns.items():
                file.seek(base + layout[name][2])
                file.write(np.ascontiguousarray(array).tobytes())
            file.truncate(base + offset)
        os.replace(staging, path)
    except BaseException:
        Path(staging).unlink(missing_ok=True)
        raise


def read_columns(path: Path) -> dict[str, NDArray[Any]] | None:
    """The arrays in `path`, read-only views of the mapped file; None where it is absent or damaged."""
    try:
        with path.open("rb") as file:
            mapped = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        if mapped[:8] != _MAGIC:
            return None
        header_end = _START + int.from_bytes(mapped[8:16], "little")
        header = bytes(mapped[_START:header_end])
        if _digest_header(header) != mapped[16:_START]:
            return None
        layout = json.loads(header)
        base = _align(header_end)
        return {name: _view_array(mapped, *column, base=base) for name, column in layout.items()}
    except (OSError, ValueError, TypeError):
        return None


def is_of_another_format(path: Path) -> bool:
    """Whether another version of Buldan wrote the file; this one does not read it."""
    with path.open("rb") as file:
        magic = file.read(len(_MAGIC))
    return magic != _MAGIC and magic[:6] == _MAGIC[:6]


def _digest_header(header: bytes) -> bytes:
    return blake2b(header, digest_size=8).digest()


def _view_array(mapped: memoryview, dtype: str, shape: list[int], offset: int, crc: int, *, base: int) -> NDArray[Any]:
    """A view of one array of a mapped file, `offset` bytes behind `base`; ValueError where its checksum is wrong."""
    count = int(np.prod(shape))
    start = base + offset
    if crc32(mapped[start : start + count * np.dtype(dtype).itemsize]) != crc:
        raise ValueError("an array is not the one that was written")
    return np.frombuffer(mapped, dtype=dtype, count=count, offset=start).reshape(shape)
