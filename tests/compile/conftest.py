"""Small gazetteers to damage and to compare."""

from types import SimpleNamespace

import pytest
from shapely import box
from shapely.geometry import mapping

from buldan.compile.publishers import read_publishers
from buldan.store import NameRecord, PlaceRecord, write_gazetteer

UNIT = PlaceRecord(
    "bd00000001", "sub-district", "Duma", "مركز دوما", 36.5, 33.5, 20.0, "SY030200", "", None,
    {"pcode": "SY030200"}, ("ocha",),
)  # fmt: skip
COUNTRY = UNIT._replace(id="bd00000002", kind="country", name_en="Syria", admin="SY", identifiers={"pcode": "SY"})
TOWN = UNIT._replace(
    id="bd00000003", kind="town", name_en="Douma", name_ar="دوما", lon=36.4, lat=33.57, radius_km=2.0,
    identifiers={"pcode": "C2338"},
)  # fmt: skip


def names_of(*places):
    return [NameRecord(place.id, place.name_ar, "ar", "Arab", "official", ("ocha",)) for place in places]


@pytest.fixture
def small():
    """What the small gazetteer is made of."""
    return SimpleNamespace(unit=UNIT, country=COUNTRY, town=TOWN, names_of=names_of)


@pytest.fixture
def make(tmp_path):
    """Writes a gazetteer of three places, changed as the test asks, and gives its folder."""

    def write(*, folder="gazetteer", places=(UNIT, COUNTRY, TOWN), names=None, areas=None, retired=None, version="1"):
        outlines = {UNIT.id: mapping(box(36, 33, 37, 34)), COUNTRY.id: mapping(box(36, 33, 42, 37))}
        write_gazetteer(
            tmp_path / folder,
            places=places,
            names=names_of(*places) if names is None else names,
            areas=outlines if areas is None else areas,
            retired=retired or {},
            version=version,
            licence="CC-BY-4.0",
            attribution="all of them",
            sources=[read_publishers()["ocha"]],
        )
        return tmp_path / folder

    return write
