"""What the server gives to the page: its files and no others, the base map, the units, GeoPackages."""

import httpx
import pytest

from .conftest import Visiting, rest


@pytest.mark.parametrize(
    "path",
    ["../app.py", "..%2fapp.py", "%2e%2e/app.py", "/etc/passwd", "vendor/leaflet/../../../app.py", "nothing.js"],
)
def test_no_path_reaches_other_files(address: str, path: str) -> None:
    assert httpx.get(f"{address}/static/{path}").status_code == 404


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("js/main.js", "text/javascript"),
        ("css/page.css", "text/css"),
        ("i18n/ar.json", "application/json"),
        ("vendor/leaflet/leaflet.js", "text/javascript"),
        ("vendor/leaflet/images/layers.png", "image/png"),
    ],
)
def test_files_come_with_their_type_and_an_etag_that_spares_the_second_time(
    address: str, path: str, media_type: str
) -> None:
    first = httpx.get(f"{address}/static/{path}")
    assert first.headers["content-type"].startswith(media_type)
    again = httpx.get(f"{address}/static/{path}", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304


def test_a_page_that_is_known_already_keeps_its_policy(address: str) -> None:
    first = httpx.get(address)
    again = httpx.get(address, headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert "content-security-policy" not in again.headers  # one here would take the place of the page's


def test_a_page_that_is_loaded_again_works_as_before(visit: Visiting) -> None:
    page = visit().open()
    for _ in range(2):
        page.reload()
        rest(page)


@pytest.mark.parametrize(
    ("layer", "least"),
    [
        ("country", 1),
        ("governorates", 13),
        ("districts", 60),
        ("subdistricts", 270),
        ("water", 20),
        ("towns", 250),
        ("quarters", 400),
    ],
)
def test_the_base_map_has_its_layers_with_names_in_arabic(address: str, layer: str, least: int) -> None:
    answer = httpx.get(f"{address}/basemap/{layer}.geojson").json()
    assert len(answer["features"]) >= least
    named = [feature for feature in answer["features"] if feature["properties"]["name_ar"]]
    assert len(named) > 0.7 * len(answer["features"])
    assert all(feature["geometry"]["coordinates"] for feature in answer["features"])


def test_an_unknown_layer_is_not_found(address: str) -> None:
    assert httpx.get(f"{address}/basemap/moon.geojson").status_code == 404


def test_units_hold_what_their_parts_hold(address: str) -> None:
    units = httpx.get(f"{address}/units.json", timeout=60).json()["units"]
    by_code = {unit["pcode"]: unit for unit in units}
    for unit in units:
        if unit["level"] >= 2:
            assert unit["places"] <= by_code[unit["pcode"][:-2]]["places"]
    assert by_code["SY"]["places"] >= sum(unit["places"] for unit in units if unit["level"] == 1)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"mentions": []}, 422),
        ({"mentions": [{"start": 0, "end": 1, "text": "x", "id": "nothing", "confidence": 1}]}, 404),
        ({"mentions": [{"start": 0, "end": 1, "text": "x", "id": None, "confidence": 1}]}, 422),
        ({"mentions": [{"start": -1, "end": 1, "text": "x", "id": None, "confidence": 2}]}, 422),
    ],
)
def test_a_geopackage_of_nonsense_is_refused(address: str, body: dict, status: int) -> None:
    assert httpx.post(f"{address}/mentions.gpkg", json=body).status_code == status
