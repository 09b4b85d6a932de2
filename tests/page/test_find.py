"""Find: any spelling gives the place, on a list and on the map, and a link gives it again."""

import csv
import io
import json
from pathlib import Path

import pytest

from .conftest import Visiting, rest, serving


@pytest.mark.parametrize(
    ("lang", "typed", "name"),
    [
        ("ar-SY", "يلدا", "يلدا"),
        ("ar-SY", "Deir ez-Zour", "دير الزور"),
        ("en-GB", "دير الزور", "Deir ez-Zor"),
        ("en-GB", "yalda", "Yalda"),
    ],
)
def test_a_name_in_either_script_finds_the_place_in_the_page_s_language(
    visit: Visiting, lang: str, typed: str, name: str
) -> None:
    page = visit(lang=lang).open()
    page.fill("#find-query", typed)
    page.keyboard.press("Enter")
    first = page.locator(".candidate-head").first
    first.wait_for()
    assert first.locator("strong").inner_text() == name
    assert first.locator(".score").inner_text().strip()
    assert page.locator(".pin").count() == page.locator(".candidate").count()
    assert page.locator("html").get_attribute("dir") == ("rtl" if lang.startswith("ar") else "ltr")


@pytest.mark.parametrize("typed", ["qamish", "القامش"])
def test_suggestions_come_while_typing_and_one_is_taken_by_keyboard(visit: Visiting, typed: str) -> None:
    page = visit().open()
    page.locator("#find-query").press_sequentially(typed, delay=20)
    page.locator(f"#find-suggestions[data-text='{typed}'] [role=option]").first.wait_for()
    assert page.get_attribute("#find-query", "aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    chosen = page.locator("#find-suggestions [aria-selected=true]")
    assert chosen.get_attribute("id") == page.get_attribute("#find-query", "aria-activedescendant")
    page.keyboard.press("Enter")
    page.locator(".candidate.is-open .card-body").wait_for()
    assert page.locator("#find-suggestions").is_hidden()


def test_a_marked_suggestion_stays_marked_in_the_next_list(visit: Visiting) -> None:
    page = visit().open()
    marked = page.locator("#find-suggestions [aria-selected=true]")
    page.locator("#find-query").press_sequentially("qamis")
    page.locator("#find-suggestions[data-text=qamis] [role=option]").first.wait_for()
    page.keyboard.press("ArrowDown")
    before = marked.inner_text()
    page.keyboard.type("h")
    page.locator("#find-suggestions[data-text=qamish]").wait_for()
    assert marked.inner_text() == before
    page.locator("#find-query").fill("dayr az")
    page.locator("#find-suggestions[data-text='dayr az'] [role=option]").first.wait_for()
    assert marked.count() == 0


def test_a_candidate_opens_with_all_that_is_known_and_its_link_reopens_it(visit: Visiting) -> None:
    page = visit().open("#find?q=Damascus")
    page.locator(".candidate-head").first.click()
    card = page.locator(".candidate.is-open .card-body")
    card.wait_for()
    assert "دمشق" in card.locator(".names").inner_text()
    assert card.locator(".why").inner_text()
    assert card.locator("a[href^='https://www.geonames.org/']").count() == 1
    assert page.locator(".pin.is-chosen").count() == 1
    rest(page)
    address = page.evaluate("location.hash")

    again = visit().open(address)
    again.locator(".candidate.is-open .card-body").wait_for()
    assert again.locator(".candidate.is-open strong").inner_text() == "Damascus"
    assert again.input_value("#find-query") == "Damascus"


def test_the_pins_choose_too_and_the_back_button_goes_back(visit: Visiting) -> None:
    page = visit().open("#find?q=Sheikh Said")
    page.locator(".pin").first.click()
    page.locator(".candidate.is-open").wait_for()
    page.go_back()
    page.locator(".candidate.is-open").wait_for(state="detached")
    assert page.locator(".candidate").count() > 1


def test_geojson_and_link_are_copied(visit: Visiting) -> None:
    visited = visit()
    visited.page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=visited.url)
    page = visited.open("#find?q=Idlib")
    page.locator(".candidate-head").first.click()
    page.get_by_role("button", name="Copy GeoJSON").click()
    page.get_by_role("button", name="Copied").wait_for()
    feature = json.loads(page.evaluate("() => navigator.clipboard.readText()"))
    assert feature["type"] == "Feature"
    assert feature["properties"]["name_ar"] == "إدلب"
    page.get_by_role("button", name="Copy name and code").click()
    page.wait_for_function("() => navigator.clipboard.readText().then((text) => /^Idle?b \\(\\w+\\)$/.test(text))")
    assert "BULDAN_PUBLIC_URL" in page.locator(".card-body").inner_text()


def test_a_link_is_copied_with_the_public_address(visit: Visiting, tmp_path: Path) -> None:
    with serving(tmp_path, public_url="https://buldan.example.org/syria") as (url, _):
        visited = visit(url=url)
        visited.page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=url)
        page = visited.open("#find?q=Idlib")
        page.locator(".candidate-head").first.click()
        page.get_by_role("button", name="Copy link").click()
        page.get_by_role("button", name="Copied").wait_for()
        copied = page.evaluate("() => navigator.clipboard.readText()")
        visited.page.goto("about:blank")
    assert copied.startswith("https://buldan.example.org/syria/#find?place=bd")


def test_a_result_shows_the_api_calls_behind_it(visit: Visiting) -> None:
    visited = visit()
    page = visited.open("#find?q=Idlib")
    page.locator(".candidate-head").first.click()
    page.get_by_text("The API calls behind this").click()
    question, place = (link.get_attribute("href") for link in page.locator(".card-body .point-actions a.code").all())
    assert question.startswith(f"{visited.url}/lookup?q=Idlib")
    assert [page.request.get(call).json()["type"] for call in (question, place)] == ["FeatureCollection", "Feature"]


def test_an_area_is_outlined(visit: Visiting) -> None:
    page = visit().open("#find?q=SY07")
    with page.expect_response(lambda answer: "geometry=area" in answer.url):
        page.locator(".candidate-head").first.click()
    page.get_by_role("link", name="Browse its places").click()
    page.locator("#unit-name").wait_for()


def test_an_empty_search_asks_for_a_name(visit: Visiting) -> None:
    page = visit(lang="ar-SY").open()
    page.locator("#find-form .primary").click()
    assert "اكتب اسم مكان" in page.locator("#find-results").inner_text()
    assert page.evaluate("document.activeElement.id") == "find-query"


def test_a_name_of_nowhere_is_said_to_be_none_and_stays(visit: Visiting) -> None:
    page = visit().open()
    page.fill("#find-query", "zzxqqwv")
    page.keyboard.press("Enter")
    page.locator("#find-results .note", has_text="No place has the name").wait_for()
    assert page.input_value("#find-query") == "zzxqqwv"


@pytest.mark.parametrize("lang", ["en-GB", "ar-SY"])
def test_filters_narrow_and_stand_in_the_link(visit: Visiting, lang: str) -> None:
    page = visit(lang=lang).open("#find?q=Mazraa")
    everywhere = page.locator(".candidate").count()
    page.select_option("#find-within", "SY04")
    rest(page)
    page.select_option("#find-group", "settlement")
    rest(page)
    shown = page.locator(".candidate-meta").all_inner_texts()
    assert shown
    assert all(("Homs" if lang == "en-GB" else "حمص") in text for text in shown)
    again = visit(lang=lang).open(page.evaluate("location.hash"))
    again.locator(".candidate").first.wait_for()
    assert again.locator(".candidate-meta").all_inner_texts() == shown
    assert again.input_value("#find-within") == "SY04"
    again.select_option("#find-within", "")
    rest(again)
    again.select_option("#find-group", "")
    rest(again)
    assert again.locator(".candidate").count() == everywhere


def test_only_what_the_map_shows(visit: Visiting) -> None:
    page = visit().open("#find?q=Mazraa&at=9/34.73/36.71")
    before = page.locator(".candidate").count()
    page.locator("#find-view").check()
    rest(page)
    assert 0 < page.locator(".candidate").count() <= before
    assert page.evaluate("location.hash").startswith("#find?") and "in=1" in page.evaluate("location.hash")


def test_more_matches_are_shown_when_asked_for(visit: Visiting) -> None:
    page = visit().open("#find?q=تل احمر")
    assert page.locator(".candidate").count() == 12
    page.locator("#find-more").click()
    page.locator(".candidate").nth(12).wait_for()
    assert page.evaluate("document.activeElement.className") == "candidate-head"
    page.locator("#find-more").wait_for(state="detached")


@pytest.mark.parametrize(("lang", "words"), [("en-GB", "2 of 3 names found"), ("ar-SY", "وُجد اسمان من ٣")])
def test_several_names_are_found_by_keyboard_and_saved(visit: Visiting, tmp_path: Path, lang: str, words: str) -> None:
    page = visit(lang=lang).open()
    page.locator(".many-form summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.insert_text("يلدا\nzzxqqwvk\nSaraqib\nيلدا\n")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("#many-count", has_text=words).wait_for()
    assert page.evaluate("document.activeElement.id") == "many-count"
    with page.expect_download() as downloading:
        page.locator("[data-save=csv]").click()
    downloading.value.save_as(tmp_path / "places.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "places.csv").read_text("utf-8-sig"))))
    assert [(row["query"], row["name_en"]) for row in rows] == [
        ("يلدا", "Yalda"),
        ("zzxqqwvk", ""),
        ("Saraqib", "Saraqib"),
    ]
    page.locator(".many .candidate-head").first.click()
    page.locator("#find-filters select").first.wait_for()
    assert page.input_value("#find-query") == "يلدا"


def test_what_was_found_is_saved_with_its_score(visit: Visiting, tmp_path: Path) -> None:
    page = visit().open("#find?q=Sheikh Said")
    with page.expect_download() as downloading:
        page.locator("[data-save=geojson]").click()
    downloading.value.save_as(tmp_path / "places.geojson")
    collection = json.loads((tmp_path / "places.geojson").read_text("utf-8"))
    assert len(collection["features"]) == page.locator(".candidate").count()
    assert all(0 <= feature["properties"]["score"] <= 1 for feature in collection["features"])
