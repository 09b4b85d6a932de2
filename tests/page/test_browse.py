"""Browse: down from governorates to places, with the counts that the API gives."""

import statistics

import httpx

from .conftest import Visiting, rest


def test_one_walks_from_the_country_down_to_a_place(visit: Visiting) -> None:
    page = visit().open("#browse")
    assert page.locator(".units li").count() == 14
    page.locator(".units a", has_text="Hama").first.click()
    rest(page)
    page.locator(".units a", has_text="Masyaf").first.click()
    rest(page)
    page.locator(".units a").first.click()
    rest(page)
    assert page.locator(".path li").count() == 4
    page.locator(".places .place-head").first.click()
    page.locator(".places .card-body .names").wait_for()


def test_counts_are_those_of_the_api(visit: Visiting, address: str) -> None:
    page = visit().open("#browse?unit=SY07")
    shown = int(page.locator("#browse-shown").get_attribute("data-shown") or 0)
    kinds = httpx.get(f"{address}/page.json").json()["kinds"]
    held = [kind for kind, about in kinds.items() if about["group"] != "admin"]
    told = httpx.get(f"{address}/places", params={"within": "SY07", "kind": held, "limit": 1}).json()
    assert shown == told["number_matched"]
    assert f"{shown:,} places" in page.locator(".unit-count").inner_text()


def test_a_kind_is_chosen_and_kept_in_the_link(visit: Visiting) -> None:
    page = visit(lang="ar-SY").open("#browse?unit=SY03")
    page.select_option("#browse-group", "camp")
    page.locator(".places .place-head").first.wait_for()
    rest(page)
    assert "group=camp" in page.evaluate("location.hash")
    kinds = set(page.locator(".place-kind").all_inner_texts())
    assert kinds == {"مخيم"}


def test_thousands_of_points_pan_smoothly(visit: Visiting) -> None:
    page = visit().open("#browse")
    page.wait_for_function("+document.getElementById('browse-shown').dataset.shown > 8000", timeout=60_000)
    page.evaluate("""() => {
        window.frames_ms = [];
        let last = performance.now();
        const tick = (now) => { window.frames_ms.push(now - last); last = now; requestAnimationFrame(tick); };
        requestAnimationFrame(tick);
    }""")
    box = page.locator("#map").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(40):
        page.mouse.move(x - step * 4, y - step * 2)
        page.wait_for_timeout(16)
    frames = page.evaluate("window.frames_ms")
    page.mouse.up()
    assert statistics.median(frames) < 40, "fewer than 25 frames a second"


def test_an_unknown_unit_is_said_to_be_none(visit: Visiting) -> None:
    page = visit(lang="ar-SY").open("#browse?unit=SY99")
    page.locator("#alert").wait_for()
    assert "ليس في المعجم" in page.locator("#alert").inner_text()
