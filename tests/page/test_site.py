"""The page as static files: written by one command, found and browsed without a service or a network."""

import functools
import http.server
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from buldan.cli import main
from buldan.index import opening

from .conftest import Visiting, find_by_keyboard, rest, shot
from .test_access import assert_accessible


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site, as the command writes it."""
    target = tmp_path_factory.mktemp("site") / "public"
    command = [sys.executable, "-m", "buldan", "site", str(target)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stderr
    assert str(target) in said
    return target


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[str]:
    """Its address below a path of a host that only hands out files."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder.parent)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/{folder.name}"
    server.shutdown()


@pytest.mark.parametrize("lang", ["ar-SY", "en-GB"])
def test_a_stored_name_is_completed_found_and_shown(visit: Visiting, site: str, lang: str) -> None:
    page = visit(lang=lang, url=site).open()
    assert page.locator("#demo-note").is_visible()
    assert page.locator("[role=tab]:visible").count() == 2
    page.locator("#find-query").press_sequentially("الحجر ال", delay=10)
    page.locator("#find-suggestions li").first.wait_for()
    page.keyboard.press("Escape")
    page.fill("#find-query", "AL-HAJAR al aswad")
    page.keyboard.press("Enter")
    page.locator(".candidate-head").first.wait_for()
    assert "الحجر الأسود" in page.locator(".candidate-head").first.inner_text()
    page.locator(".candidate-head").first.click()
    page.locator(".card-body .facts").wait_for()
    assert "SY030" in page.locator(".card-body").inner_text()
    shot(page, f"site-{lang[:2]}")


def test_a_name_that_no_place_bears_is_said_to_be_none(visit: Visiting, site: str) -> None:
    page = visit(url=site).open("#find?q=Zzxqqwvk")
    assert page.locator(".candidate").count() == 0
    assert "Zzxqqwvk" in page.locator("#find-results").inner_text()


def test_a_point_says_what_is_around_it(visit: Visiting, site: str) -> None:
    page = visit(url=site).open("#find?q=33.46, 36.30")
    assert page.locator(".candidate").count() > 2
    assert "km" in page.locator(".candidate .score").first.inner_text()


def test_one_browses_from_the_country_to_a_place(visit: Visiting, site: str) -> None:
    page = visit(lang="ar-SY", url=site).open("#browse")
    assert page.locator(".units li").count() == 14
    page.locator(".units a").first.click()
    rest(page)
    page.locator(".units a").first.click()
    rest(page)
    page.locator(".places .place-head").first.click()
    page.locator(".places .card-body .names").wait_for()


def test_it_needs_no_network_but_its_own_host(visit: Visiting, site: str) -> None:
    visited = visit(url=site)
    visited.open("#browse?as=shades").locator("#browse-key li").first.wait_for()
    assert visited.requests
    assert all(url.startswith(site) for url in visited.requests)


def test_it_is_written_again_over_itself_and_over_nothing_else(mini: Path, tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.setattr(opening, "find_packaged_gazetteer", lambda: mini)

    def write(target: Path) -> object:
        with pytest.raises(SystemExit) as left:
            main(["site", str(target)])
        return left.value.code

    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "mine.txt").write_text("kept", "utf-8")
    assert write(mine) == 2
    assert "something else" in capsys.readouterr().err
    assert [file.name for file in mine.iterdir()] == ["mine.txt"]
    target = tmp_path / "site"
    assert write(target) == 0
    before = {file.relative_to(target) for file in target.rglob("*")}
    assert write(target) == 0
    assert {file.relative_to(target) for file in target.rglob("*")} == before
    assert all("mentions" not in file.name for file in target.iterdir())


@pytest.mark.parametrize(("lang", "width"), [("en-GB", 1440), ("ar-SY", 320)])
def test_axe_finds_nothing_serious(visit: Visiting, site: str, lang: str, width: int) -> None:
    page = visit(lang=lang, width=width, url=site).open("#find?q=Yalda")
    page.locator(".candidate-head").first.click()
    page.locator(".card-body").wait_for()
    assert_accessible(page)
    page.locator("#tab-browse").click()
    page.locator("#browse-key").wait_for()
    assert_accessible(page)


def test_it_is_used_by_keyboard_alone(visit: Visiting, site: str) -> None:
    page = visit(lang="ar-SY", url=site).open()
    find_by_keyboard(page, "القامشلي")
    page.locator("#tab-find").focus()
    page.keyboard.press("ArrowLeft")
    page.locator("#view-browse .units a").first.wait_for()
