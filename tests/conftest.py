"""What tests of several rooms share: the packaged gazetteer, opened once, and the way to the shared input."""

from pathlib import Path

import pytest

import buldan

SHARED = Path(__file__).parent.parent.parent / "shared"


@pytest.fixture(scope="session")
def gazetteer() -> buldan.Gazetteer:
    """The packaged gazetteer."""
    return buldan.load()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The shared input beside the checkout; tests that need it are skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("needs ../shared, which is not here")
    return SHARED
