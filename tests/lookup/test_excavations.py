"""Sites of excavations stand where they lie, by the names that excavators write."""

from __future__ import annotations

import pytest

from buldan import Gazetteer
from buldan.geometry import distance_km

AT = [
    ("Tell Kazel", 34.708, 35.986),
    ("Sumur", 34.708, 35.986),
    ("Jerf el Ahmar", 36.39, 38.19),
    ("جعدة المغارة", 36.67, 38.21),
    ("Tell Kashkashok", 36.638, 40.644),
    ("تل الشيخ حسن", 36.13, 38.1),
    ("Tell Halula", 36.43, 38.18),
    ("Qirqbizeh", 36.175, 36.585),
    ("Seker al-Aheimar", 36.667, 40.311),
    ("قلعة بعرين", 34.943, 36.411),
    ("Nimrod Fortress", 33.253, 35.715),
    ("St. Simeon", 36.334, 36.844),
    ("Cathedral of Saint Simeon", 36.334, 36.844),
    ("رسم الطنجرة", 35.587, 36.356),
    ("al-Bakhra", 34.366, 38.244),
    ("Djebelet el-Beda", 36.213, 39.998),
    ("Djebel Aruda", 36.235, 38.099),
    ("Tell Majnuna", 36.678, 41.052),
    ("Tell Mabtuh", 36.477, 40.142),
]
"""A name, and where the excavation reports put it."""


@pytest.mark.parametrize(("name", "lat", "lon"), AT)
def test_a_site_is_found_where_it_lies(gazetteer: Gazetteer, name: str, lat: float, lon: float) -> None:
    best = gazetteer.lookup(name)[0].place
    assert distance_km((best.lon, best.lat), (lon, lat)) < 5


@pytest.mark.parametrize("name", ["Tell Sukas", "Tell Sianu"])
def test_a_mound_is_there_once(gazetteer: Gazetteer, name: str) -> None:
    found = gazetteer.lookup(name)
    assert found[0].score > 0.8
    assert [match.place.name_en for match in found if match.place.kind == "site"][1:2] != [found[0].place.name_en]
