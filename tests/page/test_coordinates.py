"""Coordinates in and out, as the page's own module reads and writes them."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from .conftest import Visiting, visiting

pyproj = pytest.importorskip("pyproj")

POINTS = [
    (33.5155, 36.2737),
    (36.9999, 42.2401),
    (34.5512, 38.2671),
    (35.9999, 36.0001),
    (35.1, 41.9999),
    (32.3101, 35.9999),
    (-33.86, 151.2),
    (60.4, 5.3),
    (0.0001, 0.0001),
]


@pytest.fixture(scope="module")
def page(address: str, browser: Browser) -> Iterator[Page]:
    """The page, with its module of coordinates at hand."""
    with visiting(address, browser) as visit:
        page = visit().open()
        page.evaluate("async () => { window.module = await import('./static/js/coordinates.js') }")
        yield page


def test_mgrs_is_the_grid_of_utm(page: Page) -> None:
    for lat, lon in POINTS:
        written = page.evaluate("point => module.FORMS.mgrs(point)", {"lat": lat, "lon": lon})
        zone, _, east, north = written.split()
        number = int(zone[:-1])
        crs = f"EPSG:{'327' if lat < 0 else '326'}{number:02d}"
        easting, northing = pyproj.Transformer.from_crs(4326, crs, always_xy=True).transform(lon, lat)
        assert (int(east), int(north)) == (int(easting) % 100_000, int(northing) % 100_000)
        back = page.evaluate("text => module.parseCoordinates(text)", written)
        assert pyproj.Geod(ellps="WGS84").inv(lon, lat, back["lon"], back["lat"])[2] < 0.8


@pytest.mark.parametrize(
    ("text", "is_point"),
    [
        ("37S BT 46774 11765", True),
        ("37sbt4677411765", True),
        ("٣٧S BT 46774 11765", True),
        ("37S BT 467 117", True),
        ("37S BT 4677 117", False),
        ("99S BT 46774 11765", False),
        ("C1234", False),
        ("SY0701", False),
    ],
)
def test_what_is_mgrs_and_what_is_not(page: Page, text: str, is_point: bool) -> None:
    assert (page.evaluate("text => module.parseCoordinates(text)", text) is not None) == is_point


@pytest.mark.parametrize("lang", ["ar-SY", "en-GB"])
def test_mgrs_is_pasted_and_copied(visit: Visiting, lang: str) -> None:
    page = visit(lang=lang).open()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.fill("#find-query", "37S BT 46774 11765")
    page.keyboard.press("Enter")
    page.locator(".candidate").first.wait_for()
    page.locator("#find-results > .point-actions summary").click()
    page.locator("#find-results > .point-actions button", has_text="MGRS").click()
    page.wait_for_timeout(200)
    assert page.evaluate("navigator.clipboard.readText()") == "37S BT 46774 11765"


def test_a_point_is_copied_by_keyboard(visit: Visiting) -> None:
    page = visit(lang="ar-SY").open("#find?q=37S BT 46774 11765")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("#find-results > .point-actions summary").focus()
    page.keyboard.press("Enter")
    for _ in range(8):
        page.keyboard.press("Tab")
        if "MGRS" in page.evaluate("document.activeElement.textContent"):
            break
    page.keyboard.press("Enter")
    page.wait_for_timeout(200)
    assert page.evaluate("navigator.clipboard.readText()") == "37S BT 46774 11765"
