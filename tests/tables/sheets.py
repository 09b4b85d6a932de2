"""Sheets with the shapes that people give them, each with the same three communities.

A maker writes one file into a folder and returns its path; `SHEETS` has all with the columns to ask for.
"""

from pathlib import Path
from typing import NamedTuple

import openpyxl
from openpyxl.worksheet.datavalidation import DataValidation

PLACES = [
    ("Aleppo", "A'zaz", "Suran", "Suran", "C1664", "حلب", "اعزاز", "صوران", "صوران", 120),
    ("Aleppo", "A'zaz", "Suran", "Yarobiyeh", "C1657", "حلب", "اعزاز", "صوران", "اليعربية", 45),
    ("Dar'a", "Izra'", "Nawa", "Nawa", "C6124", "درعا", "ازرع", "نوى", "نوى", 300),
]
PCODES = [place[4] for place in PLACES]
ENGLISH = [(*place[:4], place[9]) for place in PLACES]
ARABIC = [(*place[5:9], place[9]) for place in PLACES]


class Sheet(NamedTuple):
    """A file: how it is made, and the arguments of the shortest command that reads it."""

    make: object
    arguments: tuple[str, ...]


def workbook(path, rows, merged=(), *, title="data", right_to_left=False, before=()):
    book = openpyxl.Workbook()
    sheet = book.active
    for name in before:
        sheet.title = name
        sheet.append([f"About this workbook: {name}"])
        sheet = book.create_sheet()
    sheet.title = title
    sheet.sheet_view.rightToLeft = right_to_left
    for row in rows:
        sheet.append(list(row))
    for area in merged:
        sheet.merge_cells(area)
    sheet.add_data_validation(DataValidation(type="list", formula1='"a,b"', sqref="Z1"))
    book.save(path)
    return path


def title_rows(folder):
    rows = [
        ["Needs overview 2023"],
        ["Source: made up", None, "as of May"],
        [],
        ["Governorate", "District", "Sub-district", "Community\nName", "Families"],
        *ENGLISH,
    ]
    return workbook(folder / "title_rows.xlsx", rows, ["A1:E1"], before=["README"])


def two_row_header(folder):
    rows = [
        ["Location", None, None, None, "Families", None],
        ["Governorate", "District", "Sub-district", "Community", "2022", "2023"],
        *[(*place[:4], place[9], place[9] + 1) for place in PLACES],
    ]
    return workbook(folder / "two_rows.xlsx", rows, ["A1:D1", "E1:F1"])


def merged_cells(folder):
    rows = [
        ["Governorate", "District", "Sub-district", "Community", "Families"],
        ENGLISH[0],
        (None, None, None, *ENGLISH[1][3:]),
        ENGLISH[2],
    ]
    return workbook(folder / "merged.xlsx", rows, ["A2:A3", "B2:B3", "C2:C3"])


def hxl(folder):
    rows = [
        ["Gov.", "Dist.", "Sub", "Place", "HH"],
        ["#adm1+name", "#adm2+name", "#adm3+name", "#loc +name", "#affected+hh"],
        *ENGLISH,
    ]
    return workbook(folder / "hxl.xlsx", rows)


def text(folder, name, lines, encoding, delimiter=","):
    path = folder / name
    path.write_bytes("".join(delimiter.join(map(str, line)) + "\r\n" for line in lines).encode(encoding))
    return path


def windows_1256(folder):
    header = ("المحافظة", "المنطقة", "الناحية", "اسم القرية", "عدد الأسر")
    return text(folder, "windows_1256.csv", [header, *ARABIC], "windows-1256")


def mojibake(folder):
    misread = [[str(cell).encode("windows-1256").decode("windows-1252") for cell in row] for row in ARABIC]
    return workbook(folder / "mojibake.xlsx", [["Governorate", "District", "Subdistrict", "Village", "HH"], *misread])


def semicolons(folder):
    return text(folder, "semicolons.csv", [("gov", "district", "subdistrict", "village", "hh"), *ENGLISH], "utf-8", ";")


def right_to_left(folder):
    rows = [
        ["كشف التجمعات"],
        ["المحافظة", "المنطقة", "الناحية", "التجمع السكاني", "عدد الأسر"],
        *ARABIC,
        [None, None, None, "المجموع", 465],
    ]
    return workbook(folder / "rtl.xlsx", rows, right_to_left=True, title="بيانات")


def pcode_columns(folder):
    rows = [["Place", "P-Code", "HH"], *[(place[3], place[4], place[9]) for place in PLACES]]
    return workbook(folder / "pcodes.xlsx", rows)


def bilingual_cells(folder):
    cells = [(place[0], place[1], place[2], f"{place[3]} / {place[8]}", place[9]) for place in PLACES]
    return workbook(folder / "bilingual.xlsx", [["ADM1", "ADM2", "ADM3", "Village - القرية", "HH"], *cells])


UNITS = ("--within", "Governorate", "--within", "District", "--within", "Sub-district")


def old_excel(folder):
    """A workbook of the format before 2007, which no library writes any more; made once, with a merged governorate."""
    made = folder / "old.xls"
    made.write_bytes(Path(__file__).with_name("old.xls").read_bytes())
    return made


SHEETS = {
    "title rows": Sheet(title_rows, ("--name", "Community name", *UNITS)),
    "two-row header": Sheet(two_row_header, ("--name", "Community", *UNITS)),
    "merged cells": Sheet(merged_cells, ("--name", "Community", *UNITS)),
    "HXL": Sheet(hxl, ("--name", "#loc+name", "--within", "#adm1", "--within", "#adm2", "--within", "#adm3")),
    "Windows-1256": Sheet(
        windows_1256, ("--name", "اسم القرية", "--within", "المحافظة", "--within", "المنطقة", "--within", "الناحية")
    ),
    "mojibake": Sheet(
        mojibake, ("--name", "village", "--within", "governorate", "--within", "district", "--within", "subdistrict")
    ),
    "semicolons": Sheet(
        semicolons, ("--name", "village", "--within", "gov", "--within", "district", "--within", "subdistrict")
    ),
    "old Excel": Sheet(
        old_excel, ("--name", "القرية", "--within", "المحافظة", "--within", "المنطقة", "--within", "الناحية")
    ),
    "right to left": Sheet(right_to_left, ("--name", "D", "--within", "A", "--within", "B", "--within", "C")),
    "P-codes": Sheet(pcode_columns, ("--name", "place", "--pcode", "p code")),
    "bilingual": Sheet(
        bilingual_cells, ("--name", "village القرية", "--within", "adm1", "--within", "adm2", "--within", "adm3")
    ),
}
