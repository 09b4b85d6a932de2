"""Tables: what was understood, columns, answers, the review by keyboard, and files that the command line takes back."""

import csv
import io
import json
import re
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page

from .conftest import Visiting, rest

ROWS = [
    ("No", "Village", "Governorate"),
    ("1", "Yalda", "Rural Damascus"),
    ("2", "Tal Ahmar", ""),
    ("3", "Tal Ahmar", ""),
    ("4", "Other", ""),
    ("5", "Mazraa", ""),
]
WAIT = 60_000  # other work may share the machine


def _csv(rows) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def _open(page: Page, content: bytes, name: str = "sites.csv") -> None:
    page.set_input_files("#table-file", {"name": name, "mimeType": "application/octet-stream", "buffer": content})
    page.locator("#table-name", has_text=name).wait_for(timeout=WAIT)


def _run(page: Page) -> None:
    page.locator("#table-run").click()
    page.locator("#table-summary").wait_for(timeout=WAIT)


def _role(page: Page, column: str) -> str:
    return page.input_value(f"[data-column='{column}']")


def _counts(page: Page) -> list[str]:
    return [" ".join(text.split()) for text in page.locator(".counts .chip").all_inner_texts()]


def _saved(page: Page, button: str, folder: Path) -> Path:
    with page.expect_download(timeout=WAIT) as downloading:
        page.locator(button).click()
    path = folder / downloading.value.suggested_filename
    downloading.value.save_as(path)
    return path


@pytest.fixture
def table(visit: Visiting) -> Page:
    """A small table, answered."""
    page = visit().open("#tables")
    _open(page, _csv(ROWS))
    _run(page)
    return page


def test_a_table_is_understood_before_anything_is_asked(visit: Visiting) -> None:
    page = visit().open("#tables")
    _open(page, "الرقم;القرية;المحافظة\n1;يلدا;ريف دمشق\n".encode("windows-1256"))
    assert "windows-1256, separated by semicolons" in page.locator("#table-understood").inner_text()
    assert [_role(page, column) for column in ("الرقم", "القرية", "المحافظة")] == ["", "name", "adm1"]
    assert "يلدا" in page.locator("#table-columns").inner_text()
    assert not page.locator("#table-summary").count()


def test_the_sheet_and_the_columns_can_be_chosen(visit: Visiting) -> None:
    book = openpyxl.Workbook()
    book.active.title = "first"
    for row in (("Place", "x"), ("Homs", "1")):
        book.active.append(row)
    for row in (("a", "b"), ("Yalda", "Rural Damascus"), ("Saraqib", "Idleb")):
        (book["second"] if "second" in book.sheetnames else book.create_sheet("second")).append(row)
    content = io.BytesIO()
    book.save(content)
    page = visit().open("#tables")
    _open(page, content.getvalue(), "two.xlsx")
    assert _role(page, "Place") == "name"
    page.select_option("#table-sheet", "second")
    page.locator("[data-column=a]").wait_for(timeout=WAIT)
    assert _role(page, "a") == ""
    page.locator("#table-run").click()
    page.locator("#alert", has_text="Which column").wait_for()
    page.select_option("[data-column=a]", "name")
    page.select_option("[data-column=b]", "adm1")
    _run(page)
    assert _counts(page) == ["found 2"]


@pytest.mark.parametrize(("lang", "summary"), [("en-GB", "5 rows answered"), ("ar-SY", "أُجيب عن ٥ صفوف")])
def test_the_doubtful_names_are_reviewed_by_keyboard(visit: Visiting, lang: str, summary: str, tmp_path: Path) -> None:
    page = visit(lang=lang).open("#tables")
    _open(page, _csv(ROWS))
    page.locator("#table-run").focus()
    page.keyboard.press("Enter")
    page.locator("#table-summary").wait_for(timeout=WAIT)
    assert page.locator("#table-summary").inner_text() == summary
    names = page.locator("#table-names .place-name")
    assert names.all_inner_texts() == ["Tal Ahmar", "Mazraa"]  # each once
    page.keyboard.press("n")
    assert page.locator(".pin").count() == page.locator("#table-card .option").count() - 1  # the last is "no place"
    page.keyboard.press("2")
    page.locator("[data-at='1'][aria-current]").wait_for()
    page.keyboard.press("x")
    page.locator("#table-card").wait_for(state="hidden")
    page.keyboard.press("u")
    page.keyboard.press("s")
    page.keyboard.type("34.5, 37.25")
    page.locator("#desk-suggestions [role=option]").first.wait_for()
    page.keyboard.press("Enter")
    page.locator("#table-card").wait_for(state="hidden")
    rows = list(csv.DictReader(io.StringIO(_saved(page, "[data-format=decisions]", tmp_path).read_text("utf-8-sig"))))
    assert rows[0]["name"] == "Tal Ahmar"
    assert rows[0]["decision"].startswith("bd")
    assert rows[1]["decision"] == "34.50000, 37.25000"
    page.locator("#table-apply").click()
    page.locator(".counts .chip", has_text={"en": "decided", "ar": "محسوم بقرار"}[lang[:2]]).wait_for(timeout=WAIT)
    assert not page.locator(".counts .chip", has_text={"en": "doubtful", "ar": "مشكوك"}[lang[:2]]).count()


def test_the_decisions_are_what_the_command_line_reads(table: Page, tmp_path: Path) -> None:
    from click.testing import CliRunner

    from buldan.cli.geocode import geocode

    table.keyboard.press("n")
    table.keyboard.press("a")
    table.keyboard.press("x")
    decisions = _saved(table, "[data-format=decisions]", tmp_path)
    page_made = _saved(table, "[data-format=csv]", tmp_path)
    (tmp_path / "sites.csv").write_bytes(_csv(ROWS))
    wanted = ["sites.csv", "-o", "out.csv", "--bom", "--decisions", decisions.name]
    wanted = [str(tmp_path / word) if word.endswith(".csv") else word for word in wanted]
    CliRunner().invoke(geocode, wanted, catch_exceptions=False)
    assert page_made.read_bytes() == (tmp_path / "out.csv").read_bytes()


def test_files_hold_every_row_with_the_decisions_applied(table: Page, tmp_path: Path) -> None:
    table.keyboard.press("n")
    table.keyboard.press("x")
    sheet = openpyxl.load_workbook(_saved(table, "[data-format=xlsx]", tmp_path)).worksheets[0]
    head, *rows = sheet.iter_rows(values_only=True)
    assert [row[head.index("status")] for row in rows] == ["found", "decided", "decided", "not a place", "doubtful"]
    collection = json.loads(_saved(table, "[data-format=geojson]", tmp_path).read_text("utf-8"))
    assert [feature["geometry"] is not None for feature in collection["features"]] == [True, False, False, False, True]


def test_rows_are_filtered_by_their_status(table: Page) -> None:
    assert table.locator("#table-rows tbody tr").count() == 5
    table.locator(".counts .chip", has_text="doubtful").click()
    assert table.locator("#table-rows tbody tr").count() == 3
    table.locator(".counts .chip", has_text="doubtful").click()
    assert table.locator("#table-rows tbody tr").count() == 5


def test_a_reload_loses_no_decision(table: Page) -> None:
    table.keyboard.press("n")
    table.keyboard.press("x")
    table.locator("#view-tables[data-kept=true]").wait_for()
    table.reload()
    table.locator("#table-progress", has_text="1 of 2 names reviewed").wait_for()
    assert "Not a place" in table.locator("#table-names li").first.inner_text()


def test_other_columns_are_another_question(table: Page) -> None:
    table.locator("#table-understood summary").click()
    table.select_option("[data-column=Governorate]", "")
    table.locator("#table-summary").wait_for(state="detached")
    _run(table)
    assert "found" in _counts(table)[0]


@pytest.mark.parametrize(("lang", "empty"), [("en-GB", "empty"), ("ar-SY", "فارغ")])
def test_what_is_no_table_is_refused_in_words(visit: Visiting, lang: str, empty: str) -> None:
    page = visit(lang=lang, may_err=True).open("#tables")
    for name, content, words in (
        ("a.pdf", b"x", "a.pdf"),
        ("a.csv", b"%PDF-1.4 not a table", "PDF"),
        ("b.csv", b"", empty),
    ):
        page.set_input_files("#table-file", {"name": name, "mimeType": "text/csv", "buffer": content})
        page.locator("#alert", has_text=words).wait_for(timeout=WAIT)
        assert not page.locator("#table-name").count()


def test_a_file_beyond_the_limit_is_not_sent(visit: Visiting) -> None:
    visited = visit()
    page = visited.open("#tables")
    page.set_input_files(
        "#table-file", {"name": "a.csv", "mimeType": "text/csv", "buffer": b"name\n" + b"x" * 6_000_000}
    )
    page.locator("#alert", has_text="maximum at once is 5 MB").wait_for()
    assert not any("geocode" in request for request in visited.requests)


def test_five_thousand_rows_leave_the_page_at_hand(visit: Visiting) -> None:
    import buldan

    places = buldan.load().browse(kinds=["group:settlement"], limit=1000).places
    rows = [("no", "name", "governorate")]
    rows += [
        (at, places[at % 1000].name_en, places[at % 1000].admin[0].name_en if at % 3 else "") for at in range(5_000)
    ]
    page = visit().open("#tables")
    _open(page, _csv(rows))
    _run(page)
    page.locator("#view-tables[data-drawn]").wait_for(timeout=WAIT)
    assert int(page.get_attribute("#view-tables", "data-drawn") or 0) > 900
    page.locator("#rows-more").click()
    assert page.locator("#table-rows tbody tr").count() == 200


def test_several_tables_are_kept_and_each_comes_back_as_it_was(visit: Visiting) -> None:
    page = visit().open("#tables")
    for name, place in (("first.csv", "Yalda"), ("second.csv", "Qamishli")):
        content = f"place,note\n{place},1\nno such place zzxq,2\n".encode()
        page.set_input_files("#table-file", {"name": name, "mimeType": "text/csv", "buffer": content})
        page.locator("#table-name", has_text=name).wait_for()
        page.locator("#table-run").click()
        page.locator("#table-summary").wait_for()
        page.locator("#view-tables[data-kept=true]").wait_for()
    assert page.locator("#table-kept .place-name").all_inner_texts() == ["first.csv", "second.csv"]
    page.reload()
    rest(page)
    page.locator("#table-kept .place-head", has_text="first.csv").click()
    page.locator("#table-name", has_text="first.csv").wait_for()
    assert "Yalda" in page.locator("#table-rows").inner_text()
    page.locator("#table-understood .close").first.click()
    page.locator("#table-kept .place-head", has_text="first.csv").wait_for(state="detached")
    assert page.locator("#table-kept .place-name").all_inner_texts() == ["second.csv"]


def test_an_arabic_page_describes_tables_and_faults_in_arabic(visit: Visiting) -> None:
    page = visit(lang="ar-SY", may_err=True).open("#tables")
    content = "التقرير,\n,\nالمكان,رقم\nيلدا,1\nالزهراء,2\n...,3\n".encode("windows-1256")
    page.set_input_files("#table-file", {"name": "a.csv", "mimeType": "text/csv", "buffer": content})
    page.locator("#table-run").click()
    page.locator("#table-summary").wait_for()
    page.locator("#table-understood summary").click()
    manner = page.locator("#table-manner").inner_text()
    assert not re.search(r"\b(row|rows|header|separated|left|out)\b", manner), manner
    reasons = page.locator("#table-rows tbody td:last-child").all_inner_texts()
    assert any(reasons)
    assert not [reason for reason in reasons if re.search(r"[A-Za-z]{4,} [a-z]{2,}", reason)], reasons
    page.set_input_files("#table-file", {"name": "b.xlsx", "mimeType": "text/csv", "buffer": b"place\nYalda\n"})
    page.locator("#alert").wait_for()
    assert not re.search(r"\b(this|cannot|whole|file)\b", page.locator("#alert").inner_text())
