"""What tests of several rooms share: the packaged gazetteer, opened once, and the way to the shared input."""

from pathlib import Path

import pytest
from hypothesis import settings

import buldan
from buldan.index import find_packaged_gazetteer, keeping
from buldan.store import read_areas, read_manifest, read_names, read_places, write_gazetteer
from buldan.text import fold

# How long an example takes is the machine's business: speed is measured in benchmarks/, never by a test.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

SHARED = Path(__file__).parent.parent.parent / "shared"

_MINI_NAMES = (
    *("صوران", "نوى", "يلدا", "الزهراء", "اليرموك", "دوما", "حرستا", "سلقين", "حارم", "كفر نبل", "نبل", "حلب", "حمص"),
    *("دمشق", "ريف دمشق", "المزة", "عين العرب", "دير الزور", "القصير", "جبلة", "اعزاز", "السلمية", "سراقب", "ادلب"),
)
"""Names of which the mini gazetteer has every bearer: namesakes, towns with units of their name, words."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--pictures`, `--golden`: write the README's pictures, or golden answers; else tests leave the tree as it is."""
    parser.addoption("--pictures", action="store_true", help="write the README's pictures to docs/images")
    parser.addoption("--golden", action="store_true", help="write what is answered now into tests/golden/*.txt")


_SLOW_ROOMS = frozenset({"benchmarks", "cli", "corpora", "dask", "explore", "export", "packaging", "page"})
"""Rooms whose tests start processes, browsers or databases."""


_ORDER = (
    "compile/test_compile.py",
    *("page/test_access.py", "page/test_desk.py", "page/test_site.py", "page/test_find.py", "page/test_read.py"),
    *("page/test_safety.py", "page/test_browse.py", "page/test_pictures.py", "page/"),
    *("http/test_openapi.py", "http/test_service.py", "dask/test_dask.py", "benchmarks/test_smoke.py"),
    *("tables/test_geocode_files.py", "export/test_export.py", "benchmarks/test_load.py", "benchmarks/test_bulk.py"),
    *("compile/test_sources.py", "http/test_keys.py", "http/test_limits.py", "export/test_postgis.py"),
    *("compile/test_revise.py", "cli/test_lookup_command.py", "packaging/test_typed.py", "docs/test_tutorials.py"),
    "",
)
"""How the paths of files begin, in the order that they run in.

Those that take a quarter of a minute or more come first: begun last, one of them would leave a worker idle. Those of
the page follow each other, since a worker that goes on to another room closes its browser.
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of slow rooms are `slow`; so is what says so of itself. They run in `_ORDER`."""
    tests = Path(__file__).parent  # a clone may itself lie in a folder that is called page
    for item in items:
        if not _SLOW_ROOMS.isdisjoint(item.path.relative_to(tests).parts):
            item.add_marker(pytest.mark.slow)
    items.sort(key=lambda item: _tell_rank(item.path.relative_to(tests).as_posix()))


def _tell_rank(path: str) -> int:
    """The place of a file in the order."""
    return next(rank for rank, beginning in enumerate(_ORDER) if path.startswith(beginning))


def pytest_make_parametrize_id(val: object) -> str | None:
    """Cases are named in their own script, so that a failure can be read: `[يلدا]` and not `[\\u064a…]`."""
    return val if isinstance(val, str) and val.isprintable() and not val.isascii() else None


@pytest.fixture(scope="session", autouse=True)
def number_kept() -> int:
    """How many indexes are kept for a user.

    For tests it is many: their small gazetteers would push out the packaged one, which takes twenty seconds to derive.
    """
    number = keeping._KEPT
    keeping._KEPT = 1_000
    return number


@pytest.fixture(scope="session")
def gazetteer() -> buldan.Gazetteer:
    """The packaged gazetteer."""
    return buldan.load()


@pytest.fixture(scope="session")
def mini(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a mini gazetteer of namesakes, quick to open: what tests of single stages stand on."""
    return _write_mini(tmp_path_factory.mktemp("mini"))


@pytest.fixture(scope="session")
def golden(request: pytest.FixtureRequest) -> bool:
    """Whether golden answers are to be written anew."""
    return bool(request.config.getoption("--golden"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The shared input beside the checkout; tests that need it are skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("needs ../shared, which is not here")
    return SHARED


def _write_mini(folder: Path) -> Path:
    """Write the mini gazetteer into a folder and return that: the places of `_MINI_NAMES` with their units."""
    source = find_packaged_gazetteer()
    wanted = {fold(name) for name in _MINI_NAMES}
    names = list(read_names(source))
    bearers = {name.place for name in names if fold(name.name) in wanted}
    places = list(read_places(source))
    codes = {place.admin for place in places if place.id in bearers}
    chains = {code[:length] for code in codes for length in (2, 4, 6, 8)}
    units = {place.id for place in places if place.identifiers.get("pcode") in chains}
    kept = bearers | units
    manifest = read_manifest(source)
    write_gazetteer(
        folder,
        places=[
            each._replace(part_of=each.part_of if each.part_of in kept else "") for each in places if each.id in kept
        ],
        names=[name for name in names if name.place in kept],
        areas={id_: area for id_, area in read_areas(source) if id_ in kept},
        retired={},
        version=f"{manifest.version}-mini",
        licence=manifest.licence,
        attribution=manifest.attribution,
        sources=manifest.sources,
    )
    return folder
