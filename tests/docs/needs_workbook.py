"""Makes docs/examples/needs.xlsx, the messy workbook of docs/tables.md: `python tests/docs/needs_workbook.py`.

The places are Syria's, the figures invented.
"""

from __future__ import annotations

from pathlib import Path

import openpyxl

PATH = Path(__file__).parents[2] / "docs" / "examples" / "needs.xlsx"

ROWS: list[list[object]] = [
    ["Needs of displaced families, north-west and Damascus countryside"],
    ["Draft of the field office, figures invented"],
    [],
    ["Location", None, None, None, None, "Families", None],
    ["Governorate", "District", "Sub-district", "Community\nName", "P-code", "in need", "reached"],
    ["#adm1+name", "#adm2+name", "#adm3+name", "#loc+name", "#loc+code", "#affected", "#reached"],
    ["Idleb", "Harim", "Salqin", "سلقين", None, 410, 300],
    [None, "Harim", "Salqin", "Kafr Takharim", None, 120, 80],
    [None, "Harim", "Dana", "Sarmada", None, 515, 500],
    [None, "Idleb", "-", "بنش", None, 96, 40],
    [None, "Idleb", "Saraqab", "Kafr Nobol", None, 44, 0],
    [None, "Ariha", "Ariha", "Zzyxa", None, 12, 0],
    ["Aleppo", "A'zaz", "Suran", "Suran", None, 230, 210],
    [None, "A'zaz", "A'zaz", "Azaz / اعزاز", None, 800, 640],
    [None, "Ain Al Arab", None, "Kobanê", None, 310, 150],
    [None, "Afrin", "Jandairis", "جنديرس - راجو", None, 150, 90],
    ["Rural Damascus", "Rural Damascus", "Babella", "Yelda", None, 75, 60],
    [None, "Duma", None, "Douma", None, 260, 200],
    [None, None, None, "Zabdin", "C2341", 33, 20],
    ["المجموع", None, None, None, None, 3055, 2290],
]
"""Two title rows, a header of two rows with merged cells, HXL tags, governorates merged over their rows, a sum."""

MERGED = ["A1:G1", "A4:E4", "F4:G4", "A7:A12", "A13:A16", "A17:A19"]


def make(path: Path) -> None:
    """Write the workbook: a cover sheet, and the sheet of data."""
    book = openpyxl.Workbook()
    cover = book.active
    cover.title = "README"
    cover.append(["Contact: field office. Do not edit the sheet 'data'."])
    sheet = book.create_sheet("data")
    for row in ROWS:
        sheet.append(row)
    for area in MERGED:
        sheet.merge_cells(area)
    book.save(path)


if __name__ == "__main__":
    make(PATH)
