"""Three articles reviewed on the desk from start to end, by keyboard alone: what a reader decided, and what is saved.

The decisions were made by reading the articles, which are written for this test, against a map; what is not named here
was accepted as the machine gave it.
"""

import json
import time
from pathlib import Path

import pytest
from playwright.sync_api import Page

from .conftest import ARTEFACTS, Visiting

ARTICLES = Path(__file__).parent / "articles"

SEARCHED = {
    "محطة علوك شرقي": ("محطة علوك", "Alouk water station"),  # the pumping station, not the village of its name
    "Al-Bara": ("البارة", "Bara"),  # where people live, not the ruins
}
"""Mentions that stand for another place: what was typed, and the place that was taken."""

NO_PLACE = {"الزهراء"}
"""A village among a dozen of its name, and nothing in the text says which: better none than a guess."""

MISSED = {"نفاشة": (36.512, 40.744)}
"""Words that were not found, with the point that the reader set: wells near Hasakah."""


def _press(page: Page, *keys: str) -> int:
    for key in keys:
        page.keyboard.press(key)
    return len(keys)


def _search(page: Page, words: str, wanted: str) -> int:
    """Type into the desk's search and take the suggestion that is called so; how many keys that took."""
    before = page.locator("mark.is-chosen-now").get_attribute("data-at")
    pressed = _press(page, "s")
    page.keyboard.type(words)
    options = page.locator("#desk-suggestions [role=option]")
    options.filter(has_text=wanted).first.wait_for()
    rank = next(at for at, text in enumerate(options.all_inner_texts()) if wanted in text.split("\n"))
    pressed += len(words) + _press(page, *["ArrowDown"] * (rank + 1), "Enter")
    page.wait_for_function("at => document.querySelector('mark.is-chosen-now')?.dataset.at !== at", arg=before)
    return pressed


def _set_point(page: Page, lat: float, lon: float) -> int:
    """Coordinates typed into the search are a point."""
    words = f"{lat}, {lon}"
    page.locator("#desk-query:focus").wait_for()
    page.keyboard.type(words)
    page.locator("#desk-suggestions [role=option]").first.wait_for()
    return len(words) + _press(page, "Enter")


@pytest.mark.parametrize(("name", "lang"), [("water.ar", "ar-SY"), ("coast.ar", "ar-SY"), ("return.en", "en-GB")])
def test_an_article_is_reviewed_to_its_end_by_keyboard(visit: Visiting, name: str, lang: str, tmp_path: Path) -> None:
    text = (ARTICLES / f"{name}.txt").read_text("utf-8")
    page = visit(lang=lang, height=900).open("#read")
    page.fill("#read-text", text)
    page.locator("#read-form .primary").click()
    page.locator("#read-results:not([hidden]) #read-summary").wait_for()
    began, pressed = time.monotonic(), 0
    for words, point in MISSED.items():
        if words in text:
            pressed += _press(page, "i")
            page.keyboard.type(words)
            pressed += len(words) + _press(page, "Enter")
            pressed += _set_point(page, *point)
    page.locator("#desk-start").focus()
    pressed += _press(page, "Enter")
    for _ in range(60):
        if page.locator("#mention-card").is_hidden():
            break
        chosen = page.locator("mark.is-chosen-now").inner_text()
        if chosen in SEARCHED:
            pressed += _search(page, *SEARCHED[chosen])
        else:
            pressed += _press(page, "x" if chosen in NO_PLACE else "a")
    marks = page.locator("mark").count()
    assert page.locator("progress").first.get_attribute("value") == page.locator("progress").first.get_attribute("max")
    with page.expect_download() as downloading:
        page.locator("[data-format=geojson]").click()
    saved = tmp_path / "review.geojson"
    downloading.value.save_as(saved)
    ARTEFACTS.mkdir(parents=True, exist_ok=True)
    line = {"article": name, "mentions": marks, "keys": pressed, "seconds": round(time.monotonic() - began, 1)}
    with (ARTEFACTS / "articles.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")
    _check(json.loads(saved.read_text("utf-8")), text)
    assert pressed < 4 * marks


def _check(collection: dict, text: str) -> None:
    """What is saved says what was decided, and by whom."""
    features = [feature["properties"] for feature in collection["features"]]
    by_text = {properties["text"]: properties for properties in features}
    assert all(properties["decided_by"] == "reviewer" for properties in features)
    for words, (_, wanted) in SEARCHED.items():
        if words in text:
            assert by_text[words]["name_en"] == wanted
            assert by_text[words]["machine_id"] != by_text[words]["buldan_id"]
    for words, (lat, lon) in MISSED.items():
        if words in text:
            assert (by_text[words]["lat"], by_text[words]["lon"]) == (lat, lon)
    assert not any(by_text.get(words, {}).get("buldan_id") for words in NO_PLACE)
