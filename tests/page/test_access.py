"""For everyone: by keyboard, by screen reader, in both languages and directions, light and dark, on a phone."""

from importlib.resources import files

import pytest

from .conftest import Visiting, find_by_keyboard, rest, shot

AXE = files("axe_core_python").joinpath("axe.min.js").read_text("utf-8")
ALL_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}
COLOUR_RULES = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
"""The rule of these that looks at colours: the only one that can find in dark what it does not find in light."""

SERIOUS = """rules => axe.run(document, rules).then(({ violations }) => violations
    .filter(({ impact }) => ["serious", "critical"].includes(impact))
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) =>
        `${id}: ${html.slice(0, 200)} ${failureSummary.slice(0, 200)}`)))"""
"""Only what is serious leaves the browser: all that axe has to say takes longer to hand over than to find."""


HIDE_DRAWINGS = """() => document.styleSheets[0].insertRule(
    ".leaflet-pane :is(svg, canvas) { display: none !important }")"""
"""What the map draws reaches out under the panel, cut off there; axe takes it to lie over the letters of the panel,
and would judge the contrast of none of them."""


def assert_accessible(page, name: str = "") -> None:
    """Axe finds nothing serious in what the page shows, light and dark; under a name, pictures of both are kept."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE)
    for scheme, rules in (("light", ALL_RULES), ("dark", COLOUR_RULES)):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.locator(f"html[data-theme={scheme}]").wait_for()
        if name:
            shot(page, f"{name}-{scheme}")
        page.evaluate(HIDE_DRAWINGS)
        found = page.evaluate(SERIOUS, rules)
        page.evaluate("() => document.styleSheets[0].deleteRule(0)")
        assert found == []


@pytest.mark.parametrize(
    ("lang", "width"),
    # Both languages in both layouts, the panel beside the map and below it; each width of a screen once.
    [("ar-SY", 1440), ("en-GB", 1024), ("en-GB", 390), ("ar-SY", 320)],
)
def test_axe_finds_nothing_serious_in_any_view(visit: Visiting, lang: str, width: int) -> None:
    visited = visit(lang=lang, width=width)
    page = visited.open("#find?q=Sheikh Said")
    page.locator(".candidate-head").first.click()
    page.locator(".card-body").wait_for()
    name = f"{lang[:2]}-{width}"
    assert_accessible(page, f"find-{name}")
    page.locator("#tab-read").click()
    page.locator("#read-example").click()
    page.locator("mark.mention").first.click()
    assert_accessible(page, f"read-{name}")
    page.locator("#tab-tables").click()
    page.locator("#table-example").click()
    page.locator("#table-run").wait_for()
    assert_accessible(page, f"columns-{name}")
    page.locator("#table-run").click()
    page.locator("#table-names button").first.click(timeout=60_000)
    page.locator("#table-card fieldset").wait_for()
    assert_accessible(page, f"tables-{name}")
    page.locator("#tab-browse").click()
    page.locator(".units a").first.click()
    page.locator("#browse-key").wait_for()
    assert_accessible(page, f"browse-{name}")
    for way in ("clusters", "shades"):
        page.select_option("#browse-as", way)
        page.locator("#browse-key").wait_for()
        rest(page)
        assert_accessible(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_would_find_pale_letters(visit: Visiting, scheme: str) -> None:
    """The check above can fail, on either ground: a name in nearly the colour of its paper is found."""
    page = visit().open("#find?q=Sheikh Said")
    page.evaluate(
        """scheme => {
            const rule = `.candidate-head strong { color: ${scheme === "dark" ? "#222" : "#eee"} !important; }`;
            document.styleSheets[0].insertRule(`html[data-theme=${scheme}] ${rule}`);
        }""",
        scheme,
    )
    with pytest.raises(AssertionError, match="color-contrast"):
        assert_accessible(page)


def test_the_language_follows_the_browser_and_the_switch(visit: Visiting) -> None:
    page = visit(lang="ar-SY").open()
    root = page.locator("html")
    assert (root.get_attribute("lang"), root.get_attribute("dir")) == ("ar", "rtl")
    assert page.locator(".panel").bounding_box()["x"] > page.locator("#map").bounding_box()["x"]
    page.locator("#language").click()
    page.locator("html[lang=en]").wait_for()
    assert root.get_attribute("dir") == "ltr"
    assert page.locator(".panel").bounding_box()["x"] < page.locator("#map").bounding_box()["x"]
    page.reload()
    page.locator("html[data-ready]").wait_for()
    assert root.get_attribute("lang") == "en"


def test_a_view_comes_back_as_it_was_left(visit: Visiting) -> None:
    page = visit().open("#find?q=Sheikh Said")
    page.locator(".candidate-head").nth(1).click()
    page.locator(".candidate.is-open").wait_for()
    page.locator("#tab-read").click()
    page.locator("#read-example").click()
    page.locator("mark.mention").first.wait_for()
    page.locator("#tab-browse").click()
    page.locator(".units a").first.wait_for()
    page.locator("#tab-read").click()
    page.locator("mark.mention").first.wait_for()
    page.locator("#tab-find").click()
    rest(page)
    assert page.locator(".candidate").nth(1).get_attribute("class") == "candidate is-open"
    assert page.input_value("#find-query") == "Sheikh Said"


def test_views_that_are_left_while_they_load_do_not_come_in_between(visit: Visiting) -> None:
    page = visit().open("#find?q=Sheikh Said")
    for tab in ("browse", "find", "browse", "read"):
        page.locator(f"#tab-{tab}").click()
    page.locator("#read-example").click()
    for tab in ("browse", "find"):
        page.locator(f"#tab-{tab}").click()
    rest(page)
    assert page.locator(".pin").count() == page.locator(".candidate").count()


def test_a_language_that_we_do_not_speak_gets_english(visit: Visiting) -> None:
    assert visit(lang="fr-FR").open().locator("html").get_attribute("lang") == "en"


def test_the_bar_of_the_scale_speaks_the_language_too(visit: Visiting) -> None:
    page = visit(lang="ar-SY").open("#find?q=Yalda")
    scale = page.locator(".leaflet-control-scale-line")
    assert scale.inner_text().endswith(("كم", "م"))
    page.locator("#language").click()
    page.locator("html[lang=en]").wait_for()
    assert scale.inner_text().endswith((" km", " m"))


def test_on_a_phone_the_chosen_mention_stands_clear_of_its_card(visit: Visiting) -> None:
    page = visit(lang="ar-SY", width=390, height=780).open("#read")
    page.locator("#read-example").click()
    page.locator("mark.mention").first.wait_for()
    for _ in range(page.locator("mark.mention").count()):
        page.keyboard.press("n")
        mark, card = page.locator("mark.is-chosen-now").bounding_box(), page.locator("#mention-card").bounding_box()
        assert mark["y"] + mark["height"] <= card["y"]


def test_what_is_shown_stays_when_the_language_changes(visit: Visiting) -> None:
    page = visit().open("#find?q=Yalda")
    page.locator("#language").click()
    page.locator(".candidate-head strong", has_text="يلدا").wait_for()
    assert page.input_value("#find-query") == "Yalda"


def test_both_tables_say_the_same_things() -> None:
    import json

    folder = files("buldan.http").joinpath("static", "i18n")
    arabic, english = (json.loads(folder.joinpath(f"{lang}.json").read_text("utf-8")) for lang in ("ar", "en"))
    assert set(arabic) == set(english)
    assert all(isinstance(arabic[key], str) == isinstance(english[key], str) for key in english)


def test_dark_follows_the_system_and_the_switch(visit: Visiting) -> None:
    page = visit(dark=True).open()
    paper = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(paper)
    page.locator("#theme").click()
    assert page.evaluate(paper) != dark


def test_all_of_find_works_by_keyboard(visit: Visiting) -> None:
    page = visit().open()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "tab-find"
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    find_by_keyboard(page, "Homs", close_list=True)
    assert page.evaluate("document.activeElement.getAttribute('aria-expanded')") == "true"


@pytest.mark.parametrize(("lang", "key"), [("en-GB", "ArrowRight"), ("ar-SY", "ArrowLeft")])
def test_arrows_move_between_the_views_in_the_direction_of_the_script(visit: Visiting, lang: str, key: str) -> None:
    page = visit(lang=lang).open()
    page.locator("#tab-find").focus()
    page.keyboard.press(key)
    page.locator("#view-read").wait_for()
    assert page.get_attribute("#tab-read", "aria-selected") == "true"


def test_all_of_read_works_by_keyboard(visit: Visiting, article: str) -> None:
    page = visit().open("#read")
    page.locator("#read-text").focus()
    page.keyboard.insert_text(article)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("#read-marked").wait_for()
    while "mention" not in page.evaluate("document.activeElement.className"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("#mention-card fieldset").wait_for()
    while page.evaluate("document.activeElement.type") != "radio":
        page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.locator("mark.is-chosen, mark.is-dismissed").first.wait_for()
    assert page.evaluate("document.activeElement.type") == "radio"


@pytest.mark.parametrize("lang", ["ar-SY", "en-GB"])
def test_nothing_runs_out_of_a_phone(visit: Visiting, lang: str) -> None:
    page = visit(lang=lang, width=320, height=700).open("#find?q=Deir ez-Zour")
    page.locator(".candidate-head").first.click()
    page.locator(".card-body").wait_for()
    for folded in page.locator(".card-body summary").all():
        folded.click()
    for view in ("read", "tables", "browse", "find"):
        page.locator(f"#tab-{view}").click()
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        assert page.evaluate(
            "document.getElementById('panel').scrollWidth <= document.getElementById('panel').clientWidth"
        )
