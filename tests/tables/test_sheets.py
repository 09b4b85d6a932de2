"""Sheets as people have them are opened at the first try, and what was made of them is said."""

import json
import subprocess
import sys
import textwrap
import zipfile

import geopandas as gpd
import openpyxl
import pandas as pd
import pyogrio
import pytest

from buldan.errors import QueryError, SourceError
from buldan.files import Wishes, open_table, write_table
from buldan.tables.detection import detect_columns

from .sheets import ARABIC, ENGLISH, PLACES, SHEETS, hxl, text, workbook


def rows_of(table):
    return [tuple(row.values()) for batch in table.batches() for row in batch.to_pylist()]


def options(arguments):
    return [value for value in arguments if not value.startswith("--")]


IN_ARABIC = {"Windows-1256", "mojibake", "right to left", "old Excel"}


@pytest.mark.parametrize("shape", SHEETS)
def test_the_header_and_the_rows_of_every_shape_are_found(tmp_path, shape, recwarn):
    sheet = SHEETS[shape]
    table = open_table(sheet.make(tmp_path), wanted=options(sheet.arguments))
    columns = [table.require(asked) for asked in options(sheet.arguments)]
    rows = [tuple(row[column] for column in columns) for batch in table.batches() for row in batch.to_pylist()]
    expected = {
        "P-codes": [(place[3], place[4]) for place in PLACES],
        "bilingual": [(f"{place[3]} / {place[8]}", *place[:3]) for place in PLACES],
    }.get(shape, [(place[3], *place[:3]) for place in (ARABIC if shape in IN_ARABIC else ENGLISH)])
    assert rows[:3] == expected
    assert len(rows) == (4 if shape == "right to left" else 3)
    assert not list(recwarn)


SAID = {
    "title rows": ("sheet 'data', header in row 4", ("2 rows above the header left out",)),
    "two-row header": ("sheet 'data', header in rows 1 to 2", ()),
    "merged cells": ("sheet 'data'", ("merged cells filled down in Governorate, District, Sub-district",)),
    "HXL": ("sheet 'data', header in rows 1 to 2", ("HXL tags kept",)),
    "Windows-1256": ("windows-1256, separated by commas", ()),
    "semicolons": ("utf-8, separated by semicolons", ()),
    "right to left": ("sheet 'بيانات', header in row 2", ("1 row above the header left out",)),
}


@pytest.mark.parametrize("shape", SAID)
def test_what_was_found_is_said(tmp_path, shape):
    table = open_table(SHEETS[shape].make(tmp_path), wanted=options(SHEETS[shape].arguments))
    assert (table.manner, table.notes) == SAID[shape]


def test_undone_mojibake_is_said(tmp_path):
    (note,) = open_table(SHEETS["mojibake"].make(tmp_path)).notes
    columns = "Governorate, District, Subdistrict, Village"
    assert note == f"mojibake undone in {columns} (Windows-1256 that was read as another encoding)"


MISREAD = [
    ("utf-8", "windows-1252"),
    ("utf-8", "latin-1"),
    ("windows-1256", "windows-1252"),
    ("windows-1256", "latin-1"),
]


@pytest.mark.parametrize(("written", "read"), MISREAD)
def test_arabic_read_as_another_encoding_is_undone(tmp_path, written, read):
    meant = ["نوى", "يلدا", "مدينة دير الزور"]
    cells = [(name.encode(written).decode(read, "replace"), "Déir ez-Zôr") for name in meant]
    if any("\ufffd" in cell for cell, _ in cells):
        pytest.skip("this misreading loses letters")
    path = text(tmp_path, "a.csv", [("place", "note"), *cells], "utf-8")
    assert rows_of(open_table(path)) == [(name, "Déir ez-Zôr") for name in meant]


ACCENTED = {
    "beside letters without": ["Äänekoski", "Sääksmäki", "Ååstrup", "Guáíba", "Kääpä"],
    "alone, fewer than a name has": ["Ää", "Öö", "Áá"],
    "alone, one to a cell": ["á", "í", "å", "ä", "ã", "æ", "Þ", "Ð", "Ø"],
    "alone, always the same": ["áá"] * 9,
    "that Windows-1256 has, too": ["Alépo", "Déir ez-Zôr", "Mâarrat", "é", "à"],
    "that Latin-1 lacks": ["Ölüdeniz", "Çağlar", "Şırnak"],
}
"""Words whose accented letters are the bytes of Arabic ones in Windows-1256, each kept by another of the conditions."""


@pytest.mark.parametrize("cells", ACCENTED.values(), ids=ACCENTED)
def test_accents_are_no_mojibake(tmp_path, cells):
    path = text(tmp_path, "a.csv", [("place", "n"), *((cell, "1") for cell in cells)], "utf-8")
    assert [row[0] for row in rows_of(open_table(path))] == cells


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("rows", [ENGLISH, ARABIC])
def test_utf_16_without_a_byte_order_mark_is_known(tmp_path, encoding, rows):
    path = text(tmp_path, "a.csv", [("a", "b", "c", "d", "e"), *rows], encoding)
    assert rows_of(open_table(path)) == [tuple(map(str, row)) for row in rows]


HEADERS = [
    ({"header_row": 3}, ["a", "b"], 2),
    ({"skip_rows": 3}, ["1", "2"], 1),
    ({"skip_rows": 2}, ["a", "b"], 2),
    ({"header_row": 2, "header_rows": 2}, ["a", "b"], 2),
]


@pytest.mark.parametrize(("asked", "names", "count"), HEADERS)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_where_the_header_is_can_be_said(tmp_path, asked, names, count, kind):
    rows = [("x", "y"), ("z", "z"), ("a", "b"), ("1", "2"), ("3", "4")]
    path = text(tmp_path, "a.csv", rows, "utf-8") if kind == "csv" else workbook(tmp_path / "a.xlsx", rows)
    table = open_table(path, **asked)
    assert (table.schema.names, len(rows_of(table))) == (names, count)


def test_a_header_in_a_row_that_is_not_there_is_refused_with_the_row(tmp_path):
    with pytest.raises(SourceError, match="line 40: this row cannot be the header"):
        open_table(workbook(tmp_path / "a.xlsx", [("a", "b"), ("c", "d")]), header_row=40)


ASKED = ["Community\nName", "community name", " COMMUNITY   NAME ", "D", "d", "#loc+name", "#loc", "#LOC +name"]


@pytest.mark.parametrize("asked", ASKED)
def test_a_column_is_found_by_name_letter_or_tag(tmp_path, asked):
    rows = [["Governorate", "Note", "HH", "Community\nName"], ["#adm1+name", "", "#affected", "#loc +en +name"], "abcd"]
    table = open_table(workbook(tmp_path / "a.xlsx", rows))
    assert table.require(asked) == "Community\nName"


def test_a_column_that_may_be_several_is_refused_with_all_of_them(tmp_path):
    table = open_table(text(tmp_path, "a.csv", [("Name EN", "name_en", "x"), "abc"], "utf-8"))
    assert table.require("name_en") == "name_en"
    with pytest.raises(QueryError, match="'NAME EN' may be any of 'Name EN', 'name_en'"):
        table.require("NAME EN")


def test_labels_under_groups_are_told_apart_by_their_group(tmp_path):
    rows = [["Place", "2022", None, "2023", None], [None, "m", "f", "m", "f"], ["Nawa", 1, 2, 3, 4]]
    table = open_table(workbook(tmp_path / "a.xlsx", rows, ["A1:A2", "B1:C1", "D1:E1"]))
    assert table.schema.names == ["Place", "2022 m", "2022 f", "2023 m", "2023 f"]
    assert rows_of(table) == [("Nawa", 1, 2, 3, 4)]


def test_the_sheet_that_has_the_columns_is_chosen(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["notes", "more"])
    for title, column in (("one", "n"), ("Two ", "place")):
        sheet = book.create_sheet(title)
        sheet.append([column, "x"])
        sheet.append(["Nawa", 1])
    book.create_sheet("empty")
    book.save(tmp_path / "a.xlsx")
    assert open_table(tmp_path / "a.xlsx", wanted=["place"]).manner == "sheet 'Two '"
    assert open_table(tmp_path / "a.xlsx", sheet="two").manner == "sheet 'Two '"
    assert open_table(tmp_path / "a.xlsx", sheet="2").manner == "sheet 'one'"
    with pytest.raises(SourceError, match="sheet 'empty' is empty"):
        open_table(tmp_path / "a.xlsx", sheet="empty")


@pytest.mark.parametrize("suffix", [".gpkg", ".shp", ".kml", ".kmz", ".fgb", ".geojson"])
def test_what_gis_writes_is_read(tmp_path, suffix):
    points = gpd.points_from_xy([36.0, 36.5], [33.0, 33.5], crs="EPSG:4326")
    frame = gpd.GeoDataFrame({"Name": ["نوى", "Yalda"], "gov": ["درعا", ""]}, geometry=points)
    frame.to_file(tmp_path / f"a{suffix}", driver="LIBKML" if suffix in {".kml", ".kmz"} else None, encoding="utf-8")
    table = open_table(tmp_path / f"a{suffix}")
    column = table.require("name")
    names = [row[column] for batch in table.batches() for row in batch.to_pylist()]
    assert sorted(names) == ["Yalda", "نوى"]


def test_a_dbf_of_an_old_arabic_program_is_read(tmp_path):
    points = gpd.points_from_xy([36.0] * 3, [33.0] * 3, crs="EPSG:4326")
    names = ["نوى", "مدينة دير الزور", "يلدا"]
    gpd.GeoDataFrame({"name": names}, geometry=points).to_file(tmp_path / "a.shp", encoding="windows-1256")
    (tmp_path / "a.cpg").unlink()
    for told in ({}, {"encoding": "windows-1256"}):
        table = open_table(tmp_path / "a.dbf", **told)
        assert [row[0] for row in rows_of(table)] == names


def test_an_open_document_spreadsheet_is_read(tmp_path):
    frame = pd.DataFrame([place[:4] for place in PLACES], columns=["gov", "district", "sub", "village"])
    pyogrio.write_dataframe(frame, tmp_path / "a.ods", driver="ODS", layer="data")
    assert rows_of(open_table(tmp_path / "a.ods")) == [place[:4] for place in PLACES]


def test_hxl_tags_are_written_again(tmp_path):
    table = open_table(hxl(tmp_path))
    for suffix in (".csv", ".xlsx"):
        write_table(tmp_path / f"out{suffix}", table.schema, table.batches(), wishes=Wishes(tags=table.tags))
        again = open_table(tmp_path / f"out{suffix}")
        assert again.tags == table.tags
        assert len(rows_of(again)) == 3


def limited(script, megabytes=1500):
    """Run a script that may take so much memory and no more; what it says."""
    limit = f"import resource; resource.setrlimit(resource.RLIMIT_AS, ({megabytes << 20}, {megabytes << 20}))\n"
    done = subprocess.run(
        [sys.executable, "-c", limit + textwrap.dedent(script)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.strip()


READ = """
    from pathlib import Path
    from buldan.errors import SourceError
    from buldan.files import open_table
    try:
        table = open_table(Path({path!r}))
        print(table.schema.names, sum(batch.num_rows for batch in table.batches()), table.notes)
    except SourceError as error:
        print(error)
"""


def test_a_cell_at_the_far_corner_costs_no_more_than_it_holds(tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"], book.active["A2"], book.active["XFD1048576"] = "place", "Nawa", "x"
    book.save(tmp_path / "far.xlsx")
    said = limited(READ.format(path=str(tmp_path / "far.xlsx")))
    assert said == "['place', 'column 16384'] 2 ('1,048,573 blank rows left out',)"


def test_rows_of_nothing_at_the_end_are_no_rows(tmp_path):
    path = workbook(tmp_path / "a.xlsx", [("place", "n"), ("Nawa", 1), (None, None), ("Yalda", 2), *[("", " ")] * 500])
    assert rows_of(open_table(path)) == [("Nawa", 1), (None, None), ("Yalda", 2)]


def test_an_archive_that_unfolds_a_thousandfold_is_refused(tmp_path):
    path = workbook(tmp_path / "a.xlsx", [("place",), ("Nawa",)])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/more.xml", b" " * (100 << 20))
    assert "unpacks from 0.1 to 105 MB" in limited(READ.format(path=str(path)))


def test_an_open_document_cell_far_out_is_refused(tmp_path):
    content = (
        '<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        '<table:table table:name="a"><table:table-row table:number-rows-repeated="1000000"><table:table-cell '
        'table:number-columns-repeated="16000" office:value-type="string"><text:p>x</text:p></table:table-cell>'
        "</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    assert "this sheet has 16,000,000,000 cells" in limited(READ.format(path=str(tmp_path / "a.ods")))


def test_many_columns_of_one_name_are_told_apart_at_once(tmp_path):
    path = text(tmp_path, "a.csv", [["a"] * 16_000, ["x"] * 16_000], "utf-8")
    assert open_table(path).schema.names[-1] == "a.16000"
    path = text(tmp_path, "b.csv", [["a"] * 17_000, ["x"] * 17_000], "utf-8")
    with pytest.raises(SourceError, match="17,000 columns, more than the 16,384"):
        open_table(path)


@pytest.mark.parametrize("broken", ["name", "cell"])
def test_geojson_that_is_not_utf_8_is_refused(tmp_path, broken):
    name, cell = ("الاسم", "يلدا") if broken == "name" else ("name", "يلدا")
    properties = (json.dumps(name, ensure_ascii=False) + ":" + json.dumps(cell, ensure_ascii=False)).encode("cp1256")
    path = tmp_path / "a.geojson"
    feature = b'{"type":"Feature","geometry":null,"properties":{' + properties + b"}}"
    path.write_bytes(b'{"type":"FeatureCollection","features":[' + feature + b"]}")
    with pytest.raises(SourceError, match=r"a\.geojson: not UTF-8"):
        list(open_table(path).batches())


@pytest.mark.parametrize(
    ("header", "names"),
    [
        ("الاسم,العمر,مكان الوفاة", ["مكان الوفاة"]),
        ("name,gender,address", ["address"]),
        ("Name,Address,Village", ["Village"]),
        ("name,governorate,families", ["name"]),
        ("site_name,name_ar,age", ["site_name"]),
    ],
)
def test_a_bare_name_is_of_a_place_only_where_nothing_says_otherwise(tmp_path, header, names):
    path = tmp_path / "list.csv"
    path.write_text(f"{header}\nA,B,C\nD,E,F\n", "utf-8")
    assert list(detect_columns(open_table(path)).names) == names


def test_names_of_persons_are_not_looked_up(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("الاسم,الجنس,العمر\nيوسف,ذكر,12\nمريم,أنثى,40\n", "utf-8")
    with pytest.raises(QueryError, match="choose one with --name"):
        detect_columns(open_table(path))
