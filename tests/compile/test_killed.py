"""A compile that is killed with SIGKILL at any step leaves a gazetteer that is whole, or known to be none."""

import os
import pathlib
import signal
import sys
import time
from multiprocessing import get_context

import pytest

from buldan.errors import GazetteerError
from buldan.index import open_index


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def _write_until(step, make, version):
    """Write the gazetteer, and be killed as the file or move of this number begins."""
    begun = 0

    def counted(work):
        def begin(*args, **kwargs):
            nonlocal begun
            begun += 1
            if begun == step:
                os.kill(os.getpid(), signal.SIGKILL)
            return work(*args, **kwargs)

        return begin

    pathlib.Path.write_text = counted(pathlib.Path.write_text)
    os.replace = counted(os.replace)
    make(version=version)


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("step", range(1, 11))
def test_a_killed_compile_leaves_a_whole_gazetteer_or_none_and_the_next_one_mends_it(make, step):
    folder = make(version="1")
    before = contents(folder)
    child = get_context("fork").Process(target=_write_until, args=(step, make, "2"))
    child.start()
    child.join(60)
    assert child.exitcode == -signal.SIGKILL
    if step <= 6:  # five files are written beside it, then the first of them is about to be moved
        assert contents(folder) == before
    try:
        assert open_index(folder).manifest.version == "1"
    except GazetteerError as error:
        assert step > 6
        assert "manifest" in str(error) or "damaged" in str(error)
    for left in folder.glob(".compile-*"):
        os.utime(left, (time.time() - 7_200,) * 2)
    make(version="2")
    assert open_index(folder).manifest.version == "2"
    assert not list(folder.glob(".compile-*"))
