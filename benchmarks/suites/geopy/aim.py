"""A pytest plugin: the geocoders that geopy's tests make ask `SERVER`."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from typing import Any

import pytest

os.environ.setdefault("GEONAMES_USERNAME", "anyone")  # without one their tests are skipped


def pytest_collection_modifyitems(items: list[pytest.Function]) -> None:
    """Give each test class's factory our address; what a test makes past the factory stays as it is written."""
    scheme, _, host = os.environ["SERVER"].partition("://")
    for case in {item.cls for item in items if hasattr(item.cls, "make_geocoder")}:
        facade = case.__module__.rpartition(".")[2]  # test.geocoders.photon
        case.make_geocoder = staticmethod(_aim(case.make_geocoder, domain=f"{host}/{facade}", scheme=scheme))


def _aim(make: Callable[..., object], **address: str) -> Callable[..., object]:
    @functools.wraps(make)
    def make_here(**settings: Any) -> object:
        return make(**{**address, **settings})

    return make_here
