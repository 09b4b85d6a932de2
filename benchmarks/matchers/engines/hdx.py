"""AdminLevel of hdx-python-country, which humanitarian pipelines match unit names with."""

from __future__ import annotations

import logging
from importlib.metadata import version
from pathlib import Path
from time import perf_counter

from benchmarks.matchers.engines.base import Engine, demand
from benchmarks.matchers.material import Material

__all__ = ["Hdx"]

_COUNTRY = "SYR"


class Hdx(Engine):
    """One answer a question; made for the few hundred units of a country rather than for all its places."""

    title = "hdx-python-country `AdminLevel`"
    setup = '`get_pcode("SYR", text)` over all names; gives one answer, so both shares are the same'
    share = 0.05

    def __init__(self, material: Material, folder: Path) -> None:
        module = demand("hdx.location.adminlevel", package="hdx-python-country")
        self.version = version("hdx-python-country")
        logging.getLogger("hdx").setLevel(logging.CRITICAL)
        start = perf_counter()
        self._level = module.AdminLevel()
        self._level.setup_from_iterable(
            {"Location": _COUNTRY, "P-Code": f"SY{row:06d}", "Name": name} for row, name in material.entries
        )
        self.build_seconds = perf_counter() - start

    def find(self, text: str) -> list[int]:
        pcode, _ = self._level.get_pcode(_COUNTRY, text)
        return [int(pcode[2:])] if pcode else []
