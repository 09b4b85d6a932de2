"""What the page weighs, how soon it serves on a slow line, and how long it keeps the browser busy.

    python benchmarks/page.py          # needs chromium and playwright; prints a table

The line is Chromium's own throttling (CDP): 400 kbit/s, 100 ms. A task is a stretch of the main thread in which no key
is heard. Its length is given twice, as Chromium's trace has it: as it passes, which other work on the
machine stretches, and in time of the processor, which is what it takes on an idle machine.
"""

from __future__ import annotations

import csv
import io
import json
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from playwright.sync_api import Browser, Page, sync_playwright

from tests.page.conftest import FLAGS, serving

KBIT = 1000 / 8
LINE = {"offline": False, "latency": 100, "downloadThroughput": 400 * KBIT, "uploadThroughput": 400 * KBIT}


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
    _trace(page)
    page.locator("#read-form .primary").click()
    page.locator("#read-summary").wait_for(timeout=180_000)
    return {"200 kB of text: longest task from the click on (ms)": _longest(page)}


def _table(browser: Browser, url: str) -> dict[str, str]:
    names = ["يلدا", "Qamishli", "Zahraa", "Tell Abyad", "الحفة", "no such place", "Kafr Nabl", "Sheikh Said"]
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerows([("place", "note"), *((names[row % len(names)], row) for row in range(5_000))])
    page = _watched(browser, f"{url}/#tables")
    content = {"name": "rows.csv", "mimeType": "text/csv", "buffer": file.getvalue().encode()}
    page.set_input_files("#table-file", content)
    page.locator("#table-run").wait_for(timeout=60_000)
    _trace(page)
    page.locator("#table-run").click()
    page.locator("#table-summary").wait_for(timeout=180_000)
    return {"a table of 5,000 rows: longest task from the click on (ms)": _longest(page)}


def _watched(browser: Browser, address: str) -> Page:
    page = browser.new_page()
    page.goto(address)
    page.locator("html[data-ready] #panel[aria-busy=false]").wait_for()
    page.locator("#map[data-drawn=true]").wait_for()
    page.wait_for_timeout(2_000)
    return page


def _trace(page: Page) -> None:
    assert page.context.browser is not None
    page.context.browser.start_tracing(page=page, categories=["toplevel", "__metadata"])


def _longest(page: Page) -> str:
    page.wait_for_timeout(4_000)
    assert page.context.browser is not None
    events = json.loads(page.context.browser.stop_tracing())["traceEvents"]
    main = {
        (event["pid"], event["tid"])
        for event in events
        if event["name"] == "thread_name" and event["args"]["name"] == "CrRendererMain"
    }
    tasks = [event for event in events if event["name"].endswith("RunTask") and (event["pid"], event["tid"]) in main]
    page.close()
    passed, worked = (max(event.get(length, 0) for event in tasks) / 1000 for length in ("dur", "tdur"))
    return f"{passed:.0f} as it passed; {worked:.0f} of the processor"


if __name__ == "__main__":
    main()
