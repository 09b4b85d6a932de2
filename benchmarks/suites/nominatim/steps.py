"""A pytest plugin: Nominatim's steps without its database, asking a service over HTTP.

Their modules import a database and its server at once. Both are away here: any name in them is a mock, so that their
fixtures set up nothing, and their one class that sends a request (`APIRunner`) sends it to `SERVER`.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any
from unittest.mock import MagicMock

import httpx

_AWAY = {"psycopg", "nominatim_db", "nominatim_api"}


class _Mocked(ModuleType):
    """A module in which every name is there and does nothing."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return MagicMock()


class _Away(MetaPathFinder, Loader):
    """Finds the modules that are to be away, before anybody else does."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname.partition(".")[0] not in _AWAY:
            return None
        return ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _Mocked(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        return None


sys.meta_path.insert(0, _Away())


def pytest_sessionstart() -> None:
    """Let their runner ask the service: their modules are imported by now, and none has asked anything yet."""
    theirs = importlib.import_module("utils.api_runner")

    def ask(_: object, endpoint: str, params: dict[str, str], http_headers: dict[str, str]) -> object:
        answer = httpx.get(
            f"{os.environ['SERVER']}/nominatim/{endpoint}",
            params=params,
            headers={name.lower(): value for name, value in http_headers.items()},
            timeout=60,
        )
        return theirs.APIResponse(endpoint, answer.status_code, answer.text, answer.headers)

    theirs.APIRunner.__init__ = lambda *_: None
    theirs.APIRunner.run = ask
