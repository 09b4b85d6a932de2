"""What stands in the README, as it looks: each scene is played, looked at, and kept as an artefact.

`pytest tests/page tests/explore --pictures` puts them into docs/images too.
"""

from collections.abc import Callable

from playwright.sync_api import Page

from .conftest import Visiting, shot

Keep = Callable[[Page, str], None]


def test_the_first_look_says_what_to_do(visit: Visiting) -> None:
    page = visit(lang="ar-SY").open()
    assert page.locator(".examples button").count() == 4
    shot(page, "start-ar")


def test_suggestions_in_both_scripts(visit: Visiting) -> None:
    page = visit(lang="ar-SY").open()
    page.locator("#find-query").press_sequentially("tal ab", delay=20)
    page.locator("#find-suggestions li").nth(3).wait_for()
    page.keyboard.press("ArrowDown")
    texts = page.locator("#find-suggestions li").all_inner_texts()
    assert any("تل" in text and "Tal" in text for text in texts)
    shot(page, "suggest-ar")


def test_find(visit: Visiting, keep: Keep) -> None:
    page = visit(lang="ar-SY").open("#find?q=اليرموك")
    assert page.locator(".pin").count() == page.locator(".candidate").count() > 2
    keep(page, "find")


def test_read(visit: Visiting, keep: Keep) -> None:
    page = visit(dark=True).open("#read")
    page.locator("#read-example").click()
    page.locator("mark.is-relative", has_text="Idlib").click()
    page.locator("#mention-card .relation").wait_for()
    keep(page, "read")


def test_read_on_a_phone(visit: Visiting, keep: Keep) -> None:
    page = visit(lang="ar-SY", width=390, height=780).open("#read")
    page.locator("#read-example").click()
    page.locator("mark.mention").first.wait_for()
    keep(page, "phone")


def test_browse(visit: Visiting, keep: Keep) -> None:
    page = visit().open("#browse")
    assert page.locator(".units li").count() == 14
    keep(page, "browse")


def test_browse_as_areas(visit: Visiting, keep: Keep) -> None:
    page = visit(lang="ar-SY").open("#browse?as=shades&unit=SY07")
    page.locator("#browse-key li").nth(1).wait_for()
    keep(page, "browse-areas")


def test_desk(visit: Visiting, keep: Keep) -> None:
    page = visit(lang="ar-SY", width=1280, height=860).open("#read")
    page.locator("#read-example").click()
    page.locator("mark.mention").first.wait_for()
    page.keyboard.press("n")
    page.keyboard.press("a")
    page.keyboard.press("x")
    page.locator("#mention-card .option").nth(1).wait_for()
    keep(page, "desk")


def test_tables(visit: Visiting, keep: Keep) -> None:
    page = visit(width=1280, height=860).open("#tables")
    page.locator("#table-example").click()
    page.locator("#table-run").wait_for(timeout=60_000)
    keep(page, "table-columns")
    page.locator("#table-run").click()
    page.locator("#table-summary").wait_for(timeout=60_000)
    page.keyboard.press("n")
    page.keyboard.press("a")
    page.locator("#table-card .option").nth(2).wait_for()
    keep(page, "table-review")


def test_several_names(visit: Visiting, keep: Keep) -> None:
    page = visit(lang="ar-SY").open()
    page.locator(".many-form summary").click()
    page.fill("#many-names", "يلدا\nQamishlo\nDeir ez-Zour\nكوباني\nSaraqib\nzzxqqwvk")
    page.locator("#many-form .primary").click()
    page.locator("#many-count").wait_for()
    keep(page, "names")
