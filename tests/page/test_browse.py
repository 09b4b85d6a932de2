"""Browse: down from governorates to places, with the counts that the API gives."""

import statistics

import httpx

from .conftest import Visiting, rest, shot


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
    page.wait_for_function("() => +document.getElementById('browse-shown').dataset.shown > 8000", timeout=60_000)
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


def test_reading_the_places_shows_how_far_it_has_come(visit: Visiting) -> None:
    visited = visit()
    page = visited.page
    page.add_init_script("""new MutationObserver(() => {
        const bar = document.querySelector('#browse-places progress');
        if (bar) (window.steps ??= []).push(bar.value);
    }).observe(document, { childList: true, subtree: true })""")
    visited.open("#browse")
    page.locator("#browse-key").wait_for()
    steps = page.evaluate("window.steps")
    assert steps == sorted(steps)
    assert len(set(steps)) > 10


def test_points_are_coloured_by_kind_and_the_key_counts_them(visit: Visiting) -> None:
    page = visit(lang="ar-SY").open("#browse?unit=SY03")
    key = page.locator("#browse-key li").all_inner_texts()
    assert "مدن وبلدات وقرى" in key[0]
    counts = [int("".join(filter(str.isdigit, words.split("(")[1]))) for words in key]
    assert sum(counts) == int(page.locator("#browse-shown").get_attribute("data-shown") or 0)
    colours = page.eval_on_selector_all(
        "#browse-key .swatch", "all => all.map(e => getComputedStyle(e).backgroundColor)"
    )
    assert len(set(colours)) == len(colours) > 3


def test_areas_are_shaded_by_their_counts_and_open_at_a_click(visit: Visiting) -> None:
    page = visit().open("#browse?as=shades")
    page.locator("#browse-key li").nth(2).wait_for()
    counts = page.locator(".unit-size").all_inner_texts()
    bounds = [text.replace(",", "").split(" to ") for text in page.locator("#browse-key li").all_inner_texts()]
    most = max(int(count.replace(",", "")) for count in counts)
    assert int(bounds[-1][-1]) == most
    box = page.locator("#map").bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.4, box["y"] + box["height"] * 0.55)  # the desert east of Homs
    page.wait_for_function("() => location.hash.includes('unit=SY')")
    rest(page)
    assert page.locator(".unit-name").inner_text().startswith("Homs")
    assert "as=shades" in page.evaluate("location.hash")


def test_clusters_part_as_one_looks_closer(visit: Visiting) -> None:
    page = visit().open("#browse?as=clusters")
    page.locator("#browse-key").wait_for()
    shot(page, "browse-clusters")
    box = page.locator("#map").bounding_box()
    before = page.evaluate("location.hash")
    page.mouse.move(box["x"] + box["width"] * 0.2, box["y"] + box["height"] * 0.3)
    page.mouse.wheel(0, -600)
    page.wait_for_function("before => location.hash !== before", arg=before)
    shot(page, "browse-clusters-near")


def test_the_way_is_chosen_by_keyboard(visit: Visiting) -> None:
    page = visit(lang="ar-SY").open("#browse?unit=SY07")
    page.locator("#browse-as").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.wait_for_function("() => location.hash.includes('as=shades')")
    rest(page)
    page.locator("#browse-key li").first.wait_for()
