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
