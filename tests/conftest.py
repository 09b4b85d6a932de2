"""What tests of several rooms share: the packaged gazetteer, opened once, and the way to the shared input."""

from pathlib import Path

import pytest

import buldan

SHARED = Path(__file__).parent.parent.parent / "shared"


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--pictures`: write the README's pictures anew; without it, tests leave the tree as it is."""
    parser.addoption("--pictures", action="store_true", help="write the README's pictures to docs/images")


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
