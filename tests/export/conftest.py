import pytest

import buldan


@pytest.fixture(scope="session")
def gazetteer():
    return buldan.load()
