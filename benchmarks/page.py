"""What the page weighs, how soon it serves on a slow line, and how long it keeps the browser busy.

    python benchmarks/page.py          # needs chromium and playwright; prints a table

The line is Chromium's own throttling (CDP): 400 kbit/s, 100 ms. A task is a stretch of the main thread in which no key
is heard, as Chromium's `longtask` entries say; those before the service has answered are not counted.
"""

from __future__ import annotations

import csv
import io
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from playwright.sync_api import Browser, Page, sync_playwright

from tests.page.conftest import FLAGS, serving

KBIT = 1000 / 8
LINE = {"offline": False, "latency": 100, "downloadThroughput": 400 * KBIT, "uploadThroughput": 400 * KBIT}
WATCH = """
window.tasks = [];
new PerformanceObserver((list) => window.tasks.push(...list.getEntries().map((e) => [e.startTime, e.duration])))
  .observe({ type: "longtask", buffered: true });
const fetched = window.fetch;
window.fetch = async (...given) => {
  const answer = await fetched(...given);
  if (/geoparse|geocode/.test(String(given[0]))) window.answered = performance.now();
  return answer;
};
"""


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as (url, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        figures = {**_line(browser, url), **_text(browser, url), **_table(browser, url)}
        browser.close()
    for words, figure in figures.items():
        print(f"{words:60} {figure}")


def _line(browser: Browser, url: str) -> dict[str, str]:
    page = browser.new_page()
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", LINE)
    received: list[float] = []
    session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    began = time.monotonic()
    page.goto(f"{url}/#find?q=Yalda", wait_until="commit")
    page.locator(".candidate-head").first.wait_for(timeout=90_000)
    answered, until_answer = time.monotonic() - began, sum(received)
    page.locator("#map[data-drawn=true]").wait_for(timeout=90_000)
    drawn, whole = time.monotonic() - began, sum(received)
    page.goto(f"{url}/#browse", wait_until="commit")
    began = time.monotonic()
    page.locator("#browse-places progress").wait_for(timeout=90_000)
    shown = time.monotonic() - began
    page.locator("#browse-key").wait_for(timeout=90_000)
    every = time.monotonic() - began
    page.close()
    return {
        "400 kbit/s: a linked search is answered (s)": f"{answered:.1f}",
        "400 kbit/s: the map stands (s)": f"{drawn:.1f}",
        "bytes until the answer; until the map stands (kB)": f"{until_answer / 1000:.0f}; {whole / 1000:.0f}",
        "400 kbit/s: Browse shows progress; every place (s)": f"{shown:.1f}; {every:.1f}",
    }


def _text(browser: Browser, url: str) -> dict[str, str]:
    sentences = [
        "وصلت قافلة من حمص إلى تدمر صباح اليوم، ثم تابعت نحو دير الزور والميادين. ",
        "وقال سكان من إدلب وأريحا وجسر الشغور إن الكهرباء عادت بعد أسبوع من الانقطاع. ",
        "Buses left Aleppo for Manbij and Kobani; the road to Raqqa stayed closed until noon.\n\n",
    ]
    text = ""
    while len(text.encode()) < 200_000:
        text += sentences[len(text) % len(sentences)]
    page = _watched(browser, f"{url}/#read")
    page.evaluate("text => { document.getElementById('read-text').value = text }", text)
    page.locator("#read-form .primary").click()
    page.locator("#read-summary").wait_for(timeout=180_000)
    return {"200 kB of text: longest task after the answer (ms)": _longest(page)}


def _table(browser: Browser, url: str) -> dict[str, str]:
    names = ["يلدا", "Qamishli", "Zahraa", "Tell Abyad", "الحفة", "no such place", "Kafr Nabl", "Sheikh Said"]
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerows([("place", "note"), *((names[row % len(names)], row) for row in range(5_000))])
    page = _watched(browser, f"{url}/#tables")
    content = {"name": "rows.csv", "mimeType": "text/csv", "buffer": file.getvalue().encode()}
    page.set_input_files("#table-file", content)
    page.locator("#table-run").click(timeout=60_000)
    page.locator("#table-summary").wait_for(timeout=180_000)
    return {"a table of 5,000 rows: longest task after the answer (ms)": _longest(page)}


def _watched(browser: Browser, address: str) -> Page:
    page = browser.new_page()
    page.add_init_script(WATCH)
    page.goto(address)
    page.locator("html[data-ready] #panel[aria-busy=false]").wait_for()
    page.locator("#map[data-drawn=true]").wait_for()
    return page


def _longest(page: Page) -> str:
    page.wait_for_timeout(4_000)
    longest = page.evaluate(
        "Math.max(0, ...window.tasks.filter(([at]) => at > window.answered - 1).map(([, lasts]) => lasts))"
    )
    page.close()
    return f"{longest:.0f}"


if __name__ == "__main__":
    main()
