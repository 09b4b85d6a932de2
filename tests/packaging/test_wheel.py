"""A wheel brings the index of its gazetteer along, however it is built."""

import os
import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("path", ["", "/build/site"])
def test_the_index_of_a_wheel_is_derived_with_the_libraries_of_its_build(
    monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    """pip tells a process of them by this variable alone."""
    monkeypatch.setenv("PYTHONPATH", path)
    environment = runpy.run_path(str(ROOT / "hatch_build.py"))["get_derive_environment"]()
    assert environment["PYTHONPATH"].split(os.pathsep) == [str(ROOT / "src"), path][: 1 + bool(path)]
