"""A real server, a real browser, and what each page did in it: errors, and hosts that it spoke to."""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

pytest.importorskip("playwright.sync_api", reason="needs playwright")
from playwright.sync_api import Browser, Page, sync_playwright

PICTURES = Path(__file__).parents[2] / "docs" / "images"
ARTEFACTS = Path(__file__).parents[2] / "artefacts" / "page"
CHROMIUMS = ("/usr/bin/chromium", "chromium", "chromium-browser")
FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
STARTED = re.compile(r"http://127\.0\.0\.1:(\d+)")


@dataclass
class Visit:
    """A page, what it wrote to the console, and where its requests went."""

    page: Page
    url: str
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    @property
    def foreign(self) -> list[str]:
        """Requests to other hosts; what the page makes itself (data:, blob:) is none."""
        here = urlsplit(self.url).netloc
        return [url for url in self.requests if url.startswith("http") and urlsplit(url).netloc != here]

    def open(self, address: str = "") -> Page:
        """Go to an address of the page (`#find?q=…`) and wait until it rests."""
        self.page.goto(f"{self.url}/{address}")
        rest(self.page)
        return self.page


def find_by_keyboard(page: Page, name: str, *, close_list: bool = False) -> None:
    """Find a name and open its first place with keys alone; the list of suggestions may be closed on the way."""
    while page.evaluate("document.activeElement.id") != "find-query":
        page.keyboard.press("Tab")
    page.keyboard.type(name)
    if close_list:
        page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    page.locator(".candidate-head").first.wait_for()
    while "candidate-head" not in page.evaluate("document.activeElement.className"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator(".candidate.is-open .card-body").wait_for()


def rest(page: Page) -> None:
    """Wait until a page shows what it was last asked for."""
    page.locator("html[data-ready] #panel[aria-busy=false]").wait_for()


def shot(page: Page, name: str) -> Path:
    """Keep what a page looks like, its base map drawn, as an artefact."""
    if page.locator("#panel").count():
        rest(page)
        page.locator("#map[data-drawn=true]").wait_for()
    path = ARTEFACTS / f"{name}.png"
    page.screenshot(path=path)
    return path


@pytest.fixture(scope="package")
def keep(request: pytest.FixtureRequest) -> Callable[[Page, str], None]:
    """Keeps a picture as an artefact, and with `--pictures` in docs/images, where the README shows it."""

    def keep(page: Page, name: str) -> None:
        path = shot(page, f"picture-{name}")
        if request.config.getoption("--pictures"):
            few_colours(path, PICTURES / f"{name}.png")

    return keep


def few_colours(source: Path, target: Path) -> None:
    """Write a picture with 256 colours, which is a third of its bytes."""
    from PIL import Image

    Image.open(source).convert("RGB").quantize(256, method=Image.Quantize.FASTOCTREE).save(target, optimize=True)


@contextlib.contextmanager
def serving(folder: Path, **settings: str) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """`buldan serve` on a free port; its address and its process."""
    log = folder / f"serve-{time.monotonic_ns()}.log"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("BULDAN_")}
    environment |= {f"BULDAN_{name.upper()}": value for name, value in settings.items()}
    command = [sys.executable, "-c", "from buldan.cli import main; main()", "serve", "--port", "0"]
    with log.open("wb") as out:
        process = subprocess.Popen(command, stderr=out, env=environment)
    try:
        yield _wait(process, log), process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


def _wait(process: subprocess.Popen[bytes], log: Path) -> str:
    until = time.monotonic() + 300  # a machine with other work takes its time
    while time.monotonic() < until and process.poll() is None:
        if found := STARTED.search(log.read_text("utf-8")):
            url = f"http://127.0.0.1:{found[1]}"
            with contextlib.suppress(httpx.TransportError):
                if httpx.get(f"{url}/ready", timeout=5).status_code == 200:
                    return url
        time.sleep(0.1)
    raise AssertionError(f"the server did not start:\n{log.read_text('utf-8')}")


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with the usual settings, which stays; a browser would keep other rooms from asyncio."""
    with serving(tmp_path_factory.mktemp("page")) as (url, _):
        yield url


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Headless Chromium."""
    chromium = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if chromium is None:
        pytest.skip("needs chromium, which tests/run.sh installs")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield started
        started.close()


Visiting = Callable[..., Visit]


@pytest.fixture
def visit(address: str, browser: Browser) -> Iterator[Visiting]:
    """`visiting`, for the visits of one test."""
    with visiting(address, browser) as made:
        yield made


@contextlib.contextmanager
def visiting(address: str, browser: Browser) -> Iterator[Visiting]:
    """Makes visits: `visit(lang="ar", width=390, dark=True)`; afterwards none may have erred or left the host.

    A visit made with `may_err=True` is one where the browser is expected to log an answer of 4xx or a lost server.
    """
    made: list[tuple[Visit, bool]] = []

    def make(
        *,
        lang: str = "en-GB",
        width: int = 1280,
        height: int = 800,
        dark: bool = False,
        url: str = address,
        may_err: bool = False,
    ) -> Visit:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale=lang,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            accept_downloads=True,
        )
        visited = Visit(context.new_page(), url)
        page = visited.page
        page.on("console", lambda m: visited.errors.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: visited.errors.append(str(error)))
        page.on("request", lambda request: visited.requests.append(request.url))
        made.append((visited, may_err))
        return visited

    yield make
    for visited, may_err in made:
        visited.page.context.close()
        assert not visited.foreign
        assert may_err or not visited.errors


@pytest.fixture
def article() -> str:
    """An article of ours, with letters beyond the basic plane before the places."""
    return (
        "🌧️ أمطار غزيرة في الساحل 🚧\n\n"
        "وصلت فرق الإغاثة إلى اللاذقية وجبلة صباح اليوم، بعد أن قطعت السيول الطريق بين حمص وطرطوس. "
        "وقال سكان من القرداحة إن الماء بلغ البيوت، فيما أُرسلت حافلات من حمص إلى تلكلخ. 🚌\n\n"
        "وفي الداخل بقيت المدارس مفتوحة في السلمية وتدمر، وسقط ثلج خفيف 10 كم شمال إدلب.\n"
        "وعادت الكهرباء إلى تدمر مساءً."
    )
