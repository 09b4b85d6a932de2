"""The review desk: every decision by keyboard, undone and kept, and exported with who decided what."""

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page

from .conftest import Visiting

TEXT = "Buses left Homs for Palmyra. In Homs the road to Zzyxborough was closed; Saraqib and Afrin were quiet."


def _read(page: Page, text: str) -> None:
    page.fill("#read-text", text)
    page.locator("#read-form .primary").click()
    page.locator("#read-results:not([hidden]) #read-summary").wait_for()


def _reviewed(page: Page) -> str:
    return page.locator("#desk-progress").inner_text()


def _saved(page: Page, button: str, folder: Path) -> str:
    with page.expect_download() as downloading:
        page.locator(button).click()
    path = folder / downloading.value.suggested_filename
    downloading.value.save_as(path)
    return path.read_text("utf-8-sig")


@pytest.fixture
def desk(visit: Visiting) -> Page:
    """The text read, the focus on its summary, nothing decided."""
    page = visit().open("#read")
    _read(page, TEXT)
    return page


def test_every_mention_is_decided_by_keyboard(desk: Page) -> None:
    marks = desk.locator("mark.mention").count()
    assert marks == 5
    desk.keyboard.press("n")
    desk.keyboard.press("a")  # both mentions of Homs
    assert _reviewed(desk) == "2 of 5 reviewed"
    desk.keyboard.press("x")  # Palmyra, which comes next, is said to be none
    assert desk.locator("mark.is-dismissed").inner_text() == "Palmyra"
    desk.keyboard.press("s")
    desk.keyboard.type("Yalda")
    desk.locator("#desk-suggestions [role=option]").first.wait_for()
    desk.keyboard.press("Enter")
    desk.locator("mark.is-chosen", has_text="Saraqib").wait_for()
    desk.keyboard.press("1")
    assert _reviewed(desk) == "5 of 5 reviewed"
    assert desk.locator("#status").inner_text()


def test_enter_takes_what_was_typed_and_no_suggestion_of_an_earlier_word(desk: Page) -> None:
    desk.keyboard.press("n")
    desk.keyboard.press("s")
    desk.keyboard.type("Yalda")
    desk.locator("#desk-suggestions[data-text=Yalda] [role=option]").first.wait_for()
    desk.locator("#desk-query").fill("Harasta")
    desk.keyboard.press("Enter")  # before the list of Harasta has come
    desk.locator("mark.is-chosen").first.wait_for()
    assert "Harasta" in desk.locator("mark.is-chosen").first.get_attribute("title")


def test_the_keys_work_in_an_arabic_layout_and_not_in_fields(desk: Page) -> None:
    desk.keyboard.press("n")
    # The key N gives ى there; what counts is where the key is.
    desk.evaluate(
        """() => document.activeElement.dispatchEvent(
            new KeyboardEvent("keydown", { key: "ش", code: "KeyA", bubbles: true, cancelable: true }))"""
    )
    assert _reviewed(desk) == "2 of 5 reviewed"
    desk.locator("#desk-note").fill("")
    desk.locator("#desk-note").press_sequentially("axun")
    assert _reviewed(desk) == "2 of 5 reviewed"
    assert desk.input_value("#desk-note") == "axun"


def test_decisions_are_undone_and_redone_one_by_one(desk: Page) -> None:
    desk.keyboard.press("n")
    desk.keyboard.press("a")
    desk.keyboard.press("x")
    assert _reviewed(desk) == "3 of 5 reviewed"
    desk.keyboard.press("u")
    assert _reviewed(desk) == "2 of 5 reviewed"
    desk.keyboard.press("Control+z")
    assert _reviewed(desk) == "0 of 5 reviewed"
    assert desk.locator("#desk-undo").is_disabled()
    desk.keyboard.press("r")
    desk.keyboard.press("Control+Shift+z")
    assert _reviewed(desk) == "3 of 5 reviewed"


def test_one_mention_can_be_decided_alone(desk: Page) -> None:
    desk.keyboard.press("n")
    desk.keyboard.press("l")
    desk.keyboard.press("x")
    assert desk.locator("mark.is-dismissed").count() == 1


def test_a_decision_about_all_leaves_what_was_decided_singly(desk: Page, tmp_path: Path) -> None:
    desk.keyboard.press("n")
    desk.keyboard.press("l")
    desk.keyboard.press("x")  # the first Homs alone
    desk.locator("mark", has_text="Homs").nth(1).click()
    desk.keyboard.press("l")
    desk.keyboard.press("a")  # all of Homs that are open
    rows = list(csv.DictReader(io.StringIO(_saved(desk, "[data-format=csv]", tmp_path))))
    assert [row["decision"] for row in rows if row["text"] == "Homs"] == ["dismissed", "accepted"]


def test_an_acceptance_of_all_holds_for_the_same_reading_alone(visit: Visiting, tmp_path: Path) -> None:
    page = visit().open("#read")
    _read(page, "Rain fell in Idlib. A market opened 5 km north of Idlib, and buses went to Idlib.")
    page.keyboard.press("n")
    page.keyboard.press("a")
    rows = list(csv.DictReader(io.StringIO(_saved(page, "[data-format=csv]", tmp_path))))
    assert [(row["relation"] != "", row["decision"]) for row in rows] == [
        (False, "accepted"),
        (True, "open"),
        (False, "accepted"),
    ]


def test_to_choose_what_the_machine_chose_is_to_accept_it(desk: Page, tmp_path: Path) -> None:
    desk.keyboard.press("n")
    desk.keyboard.press("1")
    desk.locator("mark.is-accepted").first.wait_for()
    row = next(csv.DictReader(io.StringIO(_saved(desk, "[data-format=csv]", tmp_path))))
    assert (row["decision"], row["corrected"], row["machine_id"]) == ("accepted", "false", row["buldan_id"])


@pytest.mark.parametrize("key", ["Tab", "Enter"])
def test_after_a_note_the_keys_are_still_those_of_its_mention(desk: Page, key: str) -> None:
    desk.keyboard.press("n")
    desk.keyboard.press("t")
    desk.keyboard.type("seen on the map")
    desk.keyboard.press(key)
    desk.locator("mark.is-chosen-now.is-accepted:focus", has_text="Homs").wait_for()
    desk.keyboard.press("x")
    assert desk.locator("mark.is-dismissed").all_inner_texts() == ["Homs"]


def test_a_missed_place_is_added_and_set_by_coordinates(desk: Page, tmp_path: Path) -> None:
    desk.evaluate(
        """() => {
            const walker = document.createTreeWalker(document.getElementById("read-marked"), NodeFilter.SHOW_TEXT);
            while (!walker.nextNode().data.includes("Zzyxborough"));
            const at = walker.currentNode.data.indexOf("Zzyxborough");
            document.getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + 11);
        }"""
    )
    desk.locator("#add-mention").click()
    desk.keyboard.type("34.5, 37.25")
    desk.locator("#desk-suggestions [role=option]").first.wait_for()
    desk.keyboard.press("Enter")
    desk.locator("mark.is-chosen", has_text="Zzyxborough").wait_for()
    rows = list(csv.DictReader(io.StringIO(_saved(desk, "[data-format=overlay]", tmp_path))))
    assert [(row["name"], row["lon"], row["lat"]) for row in rows] == [("Zzyxborough", "37.25000", "34.50000")]


def test_a_point_is_set_on_the_map(desk: Page) -> None:
    desk.keyboard.press("n")
    desk.keyboard.press("m")
    desk.locator("#map.is-picking").wait_for()
    desk.locator("#map").click(position={"x": 200, "y": 200})
    desk.locator("mark.is-chosen").first.wait_for()
    assert desk.locator("#alert").is_hidden()


def test_escape_leaves_the_map_without_a_point(desk: Page) -> None:
    desk.keyboard.press("n")
    desk.keyboard.press("m")
    desk.locator("#map.is-picking").wait_for()
    desk.keyboard.press("Escape")
    desk.locator("#map:not(.is-picking)").wait_for()
    assert _reviewed(desk) == "0 of 5 reviewed"


def test_a_reload_loses_nothing_and_another_text_begins_afresh(desk: Page) -> None:
    desk.keyboard.press("n")
    desk.keyboard.press("x")
    desk.locator("#read-results[data-kept=true]").wait_for()
    desk.reload()
    desk.locator("mark.is-dismissed").first.wait_for()
    assert _reviewed(desk) == "2 of 5 reviewed"
    desk.locator("#read-new").click()
    _read(desk, "Homs was quiet.")
    assert desk.locator("mark.is-dismissed").count() == 0
    assert _reviewed(desk) == "0 of 1 reviewed"
    assert desk.locator(".documents li").count() == 2


def test_what_is_saved_says_who_decided(desk: Page, tmp_path: Path) -> None:
    desk.keyboard.press("n")
    desk.keyboard.press("a")
    desk.keyboard.press("x")
    rows = list(csv.DictReader(io.StringIO(_saved(desk, "[data-format=csv]", tmp_path))))
    assert [(row["text"], row["decided_by"], row["decision"]) for row in rows] == [
        ("Homs", "reviewer", "accepted"),
        ("Palmyra", "reviewer", "dismissed"),
        ("Homs", "reviewer", "accepted"),
        ("Saraqib", "machine", "open"),
        ("Afrin", "machine", "open"),
    ]
    assert all(row["machine_id"] and row["machine_confidence"] for row in rows)
    collection = json.loads(_saved(desk, "[data-format=geojson]", tmp_path))
    assert [feature["properties"]["text"] for feature in collection["features"]] == ["Homs", "Homs", "Saraqib", "Afrin"]


@pytest.fixture
def decided(desk: Page) -> Page:
    """Homs (twice) accepted with a note, Palmyra no place, the first candidate of Saraqib taken for Afrin's sake."""
    desk.keyboard.press("n")
    desk.locator("#desk-note").fill("a < b & c")
    desk.keyboard.press("Tab")
    desk.locator("mark.is-accepted").first.wait_for()
    desk.locator("mark", has_text="Palmyra").click()
    desk.keyboard.press("x")
    desk.locator("mark", has_text="Saraqib").click()
    desk.keyboard.press("s")
    desk.keyboard.type("34.5, 37.25")
    desk.locator("#desk-suggestions [role=option]").first.wait_for()
    desk.keyboard.press("Enter")
    desk.locator("mark.is-chosen", has_text="Saraqib").wait_for()
    return desk


def test_tei_says_what_machine_and_reviewer_answered(decided: Page, tmp_path: Path) -> None:
    from xml.etree import ElementTree

    tree = ElementTree.fromstring(_saved(decided, "[data-format=tei]", tmp_path))
    tei = "{http://www.tei-c.org/ns/1.0}"
    xml_id = "{http://www.w3.org/XML/1998/namespace}id"
    body = tree.find(f".//{tei}body")
    said = [node for node in body.iter() if node.tag in (f"{tei}placeName", f"{tei}rs")]
    assert [(node.text, node.get("resp"), node.get("ana")) for node in said] == [
        ("Homs", "#reviewer", "accepted"),
        ("Palmyra", "#reviewer", "dismissed"),
        ("Homs", "#machine", "open"),
        ("Saraqib", "#reviewer", "changed"),
        ("Afrin", "#machine", "open"),
    ]
    ids = {node.get(xml_id) for node in tree.iter()}
    leads = [
        node.get(name) for node in body.iter() for name in ("ref", "target", "assertedValue", "resp") if node.get(name)
    ]
    assert all(lead.removeprefix("#") in ids for lead in leads)
    assert len(body.findall(f".//{tei}certainty")) == 5  # the machine had an answer to each
    for node in body.iter(f"{tei}note"):
        assert node.text == "a < b & c"
        node.text = ""
    assert "".join(body.itertext()) == TEXT


def test_label_studio_gets_a_prediction_and_an_annotation(decided: Page, tmp_path: Path) -> None:
    [task] = json.loads(_saved(decided, "[data-format=label-studio]", tmp_path))
    labels = [
        [(result["value"]["text"], result.get("origin")) for result in made["result"] if result["type"] == "labels"]
        for made in (task["predictions"][0], task["annotations"][0])
    ]
    assert [text for text, _ in labels[0]] == ["Homs", "Palmyra", "Homs", "Saraqib", "Afrin"]
    assert labels[1] == [
        ("Homs", "prediction"),
        ("Homs", "prediction"),
        ("Saraqib", "prediction-changed"),
        ("Afrin", "prediction"),
    ]
    for made in (task["predictions"][0], task["annotations"][0]):
        for result in made["result"]:
            value = result["value"]
            if result["type"] == "labels":
                assert task["data"]["text"][value["start"] : value["end"]] == value["text"]
            else:
                assert value["text"][0].startswith("bd") or value["text"] == ["34.50000, 37.25000"]


def test_kml_has_a_placemark_a_kept_mention_that_gdal_reads(decided: Page, tmp_path: Path) -> None:
    import geopandas

    path = tmp_path / "m.kml"
    path.write_text(_saved(decided, "[data-format=kml]", tmp_path), "utf-8")
    frame = geopandas.read_file(path)
    assert list(frame["text"]) == ["Homs", "Homs", "Saraqib", "Afrin"]
    assert list(frame["decided_by"]) == ["reviewer", "machine", "reviewer", "machine"]
    assert (frame.geometry[2].x, frame.geometry[2].y) == (37.25, 34.5)


def test_offsets_of_every_format_count_code_points(visit: Visiting, tmp_path: Path) -> None:
    text = "🚌🚌 Buses left Homs.\n\nIn Afrin it rained 🌧️."
    page = visit(lang="ar-SY").open("#read")
    _read(page, text)
    rows = list(csv.DictReader(io.StringIO(_saved(page, "[data-format=csv]", tmp_path))))
    assert [text[int(row["start"]) : int(row["end"])] for row in rows] == ["Homs", "Afrin"]
    [task] = json.loads(_saved(page, "[data-format=label-studio]", tmp_path))
    assert task["annotations"] == []
    values = [result["value"] for result in task["predictions"][0]["result"] if result["type"] == "labels"]
    assert [text[value["start"] : value["end"]] for value in values] == ["Homs", "Afrin"]
    assert _saved(page, "[data-format=tei]", tmp_path).split("<body>")[1].count("<p>") == 2


def test_reviews_travel_as_one_file(desk: Page, visit: Visiting, tmp_path: Path) -> None:
    desk.keyboard.press("n")
    desk.keyboard.press("x")
    content = _saved(desk, "#save-work", tmp_path)
    elsewhere = visit().open("#read")
    elsewhere.set_input_files(
        "#read-file", {"name": "review.json", "mimeType": "application/json", "buffer": content.encode()}
    )
    elsewhere.locator("mark.is-dismissed").first.wait_for()
    assert _reviewed(elsewhere) == "2 of 5 reviewed"


def test_a_file_of_something_else_is_refused_in_words(visit: Visiting) -> None:
    page = visit().open("#read")
    page.set_input_files("#read-file", {"name": "a.json", "mimeType": "application/json", "buffer": b'{"a": 1}'})
    page.locator("#alert").wait_for()
    assert "not a file of saved reviews" in page.locator("#alert").inner_text()


def test_an_archive_of_texts_and_word_files_becomes_a_list_of_documents(visit: Visiting) -> None:
    word = io.BytesIO()
    with zipfile.ZipFile(word, "w", zipfile.ZIP_DEFLATED) as archive:
        body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in ("من حمص", "إلى تدمر"))
        namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{namespace}"><w:body>{body}</w:body></w:document>')
    bundle = io.BytesIO()
    with zipfile.ZipFile(bundle, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("news/one.txt", "Buses left Homs.")
        archive.writestr("news/two.docx", word.getvalue())
        archive.writestr("news/picture.png", b"no text")
    page = visit(lang="ar-SY").open("#read")
    page.set_input_files("#read-file", {"name": "news.zip", "mimeType": "application/zip", "buffer": bundle.getvalue()})
    page.locator(".documents li").nth(1).wait_for()
    titles = page.locator(".documents .place-name").all_inner_texts()
    assert titles == ["one.txt", "two.docx"]
    assert page.locator("#read-marked").evaluate("node => node.textContent") == "من حمص\nإلى تدمر"


def test_a_damaged_archive_is_refused_in_words(visit: Visiting) -> None:
    page = visit().open("#read")
    page.set_input_files("#read-file", {"name": "a.zip", "mimeType": "application/zip", "buffer": b"PK no archive"})
    page.locator("#alert").wait_for()
    assert "damaged or too large" in page.locator("#alert").inner_text()


NAMES = (
    *("Homs", "Palmyra", "Saraqib", "Afrin", "Azaz", "Jarablus", "Salamiyah", "Masyaf", "Tartus", "Jableh"),
    *("Latakia", "Idlib", "Hama", "Raqqa", "Qamishli", "Kobani", "Manbij", "Busra", "Nawa", "Yabrud"),
)


class Fingers:
    """A keyboard that counts how often a key is pressed."""

    def __init__(self, page: Page) -> None:
        self.page, self.pressed = page, 0

    def press(self, keys: str) -> None:
        for key in keys.split():
            self.page.keyboard.press(key)
            self.pressed += 1

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.pressed += len(text)


@pytest.mark.parametrize("lang", ["en-GB", "ar-SY"])
def test_twenty_mentions_take_few_keys(visit: Visiting, lang: str) -> None:
    page = visit(lang=lang).open("#read")
    _read(page, ". ".join(f"Rain fell in {name}" for name in NAMES) + ".")
    assert page.locator("mark.mention").count() == 20
    fingers = Fingers(page)
    fingers.press("n")
    for at in range(20):
        page.locator(f"mark.is-chosen-now[data-at='{at}']").wait_for()
        if at < 14:
            fingers.press("a")
        elif at < 18:
            fingers.press("2" if page.locator("#mention-card .option").count() > 2 else "1")
        else:
            fingers.press("s")
            fingers.type("Kafr Nabl")
            page.locator("#desk-suggestions [role=option]").first.wait_for()
            fingers.press("Enter")
    page.locator("#mention-card").wait_for(state="hidden")
    assert page.locator("#desk-progress").inner_text().count("20" if lang == "en-GB" else "٢٠") == 2
    assert fingers.pressed <= 75
