"""The walk through a messy workbook in docs/tables.md: commands print what the page shows, and the map is right."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import geopandas as gpd
import openpyxl
import pytest

from . import needs_workbook

PAGE = Path(__file__).parents[2] / "docs" / "tables.md"
WALK = PAGE.read_text("utf-8").split("## A messy sheet")[1].split("\n## ")[0]
COMMANDS = [
    line for block in re.findall(r"^```sh\n(.*?)^```", WALK, re.DOTALL | re.MULTILINE) for line in block.splitlines()
]
SHOWN = [block.strip() for block in re.findall(r"^```text\n(.*?)^```", WALK, re.DOTALL | re.MULTILINE)]


def run(command: str, folder: Path) -> str:
    """What a command of the page says."""

    words = shlex.split(command)
    assert words[0] == "buldan"
    done = subprocess.run(
        [sys.executable, "-m", "buldan", *words[1:]], cwd=folder, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stderr


def test_the_workbook_is_the_one_that_the_script_makes(tmp_path: Path) -> None:
    needs_workbook.make(tmp_path / "needs.xlsx")
    made, kept = (openpyxl.load_workbook(path) for path in (tmp_path / "needs.xlsx", needs_workbook.PATH))
    for sheet in made.sheetnames:
        assert list(made[sheet].values) == list(kept[sheet].values)
        assert {str(area) for area in made[sheet].merged_cells.ranges} == {
            str(area) for area in kept[sheet].merged_cells.ranges
        }


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("walk")
    (folder / "needs.xlsx").write_bytes(needs_workbook.PATH.read_bytes())
    return folder


def test_the_walk_says_what_the_page_shows(folder: Path) -> None:
    first, map_command, sums_command = COMMANDS
    assert run(first, folder).strip() == SHOWN[0]
    fill_in(folder / "places.xlsx")
    assert SHOWN[1] in run(first, folder)
    run(map_command, folder)
    assert run(sums_command, folder).strip() == SHOWN[2]

    places = gpd.read_file(folder / "places.gpkg").set_index("Community\nName")
    assert places.loc["Kafr Nobol", "pcode"] == "C4068"
    assert places.loc["Zabdin", "name"] == "Zabadin"
    assert places.loc["Zzyxa", "adm3_pcode"] == "SY070500"
    assert (places.loc["Zzyxa"].geometry.y, places.loc["Zzyxa"].geometry.x) == (35.81, 36.61)
    assert "Raju" in places.loc["جنديرس - راجو", "alternatives"]


def fill_in(path: Path) -> None:
    """Write the decisions of the page's table into the review sheet."""
    rows = re.findall(r"^ +\| (\S.*?) \|.*\| `([^`]+)`,[^|]*\|$|^ +\| (\S.*?) \|.*\| `([^`]+)` \|$", WALK, re.MULTILINE)
    decisions = {name or other: decision or last for name, decision, other, last in rows}
    assert len(decisions) == 4
    book = openpyxl.load_workbook(path)
    sheet = book["review"]
    column = [cell.value for cell in sheet[1]].index("decision")
    for row in sheet.iter_rows(min_row=2):
        row[column].value = decisions.get(row[0].value)
    book.save(path)
