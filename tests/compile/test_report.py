"""The report is written from the data, and is the one that is in the docs."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from buldan.compile.publishers import name_publishers, read_publishers
from buldan.compile.report import write_report
from buldan.index import find_packaged_gazetteer
from buldan.kinds import kinds
from buldan.store import read_manifest, read_places

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """The report on the gazetteer that ships, written apart from it."""
    folder = tmp_path_factory.mktemp("report") / "gazetteer"
    folder.mkdir()
    for path in find_packaged_gazetteer().iterdir():
        (folder / path.name).symlink_to(path)
    (folder / "SOURCES.md").unlink(missing_ok=True)
    return {path.name: path.read_text("utf-8") for path in write_report(folder, folder.parent / "docs")}


def test_the_docs_are_those_of_this_gazetteer(report):
    assert len(report) == 5
    for name, text in report.items():
        folder = ROOT / ("gazetteer" if name == "SOURCES.md" else "docs")
        assert (folder / name).read_text("utf-8") == text, f"make {name} anew: buldan report"


def test_every_kind_and_source_is_counted(report):
    page, sources = report["gazetteer.md"], report["SOURCES.md"]
    used = {place.kind for place in read_places(find_packaged_gazetteer())}
    assert all(f"| {kind} |" in page for kind in kinds() if kind in used)
    manifest = read_manifest(find_packaged_gazetteer())
    assert all(source.publisher in page and source.licence_url in sources for source in manifest.sources)
    assert manifest.version in page and manifest.attribution in sources


@pytest.mark.parametrize("name", ["coverage.svg", "coverage-names.svg", "coverage-added.svg"])
def test_a_map_is_svg_with_a_shape_for_every_sub_district(report, name):
    tree = ElementTree.fromstring(report[name])
    shapes = [element for element in tree.iter() if element.tag.endswith("path")]
    assert len(shapes) == 272
    assert len({shape.get("fill") for shape in shapes}) >= 5


def test_every_publisher_is_named_in_the_attribution():
    used = read_publishers().keys() - {"nga"}
    line = name_publishers(used)
    assert all(source.attribution in line for key, source in read_publishers().items() if key in used - {"curated"})
    assert read_publishers()["nga"].attribution not in line


def test_what_the_list_brought_and_what_is_thin_is_counted(report):
    section = report["gazetteer.md"].partition("## By the list of towns")[2]
    rows = [line.strip("| ").split(" | ") for line in section.splitlines() if line.startswith("| ")][1:]
    assert {row[0] for row in rows} == {
        "quarters", "streets", "squares", "worship", "health", "learning", "markets", "stations", "security",
    }  # fmt: skip
    towns = (find_packaged_gazetteer() / "curated" / "coverage.tsv").read_text("utf-8").splitlines()[1:]
    markets = sum("markets" in town.split("\t")[3].split() for town in towns)
    assert next(row for row in rows if row[0] == "markets")[1] == str(markets)
    ours = [p for p in read_places(find_packaged_gazetteer()) if p.kind == "market" and p.sources == ("curated",)]
    assert next(row for row in rows if row[0] == "markets")[2] == f"{len(ours):,}"


def test_spellings_gone_through_are_counted_by_governorate(report):
    section = report["gazetteer.md"].partition("## By the list of spellings")[2].partition("## ")[0]
    rows = {
        cells[0]: cells
        for cells in (line.strip("| ").split(" | ") for line in section.splitlines() if line[:2] == "| ")
    }
    counted = (find_packaged_gazetteer() / "curated" / "spellings.tsv").read_text("utf-8").splitlines()[1:]
    homs = [line.split("\t") for line in counted if line.startswith("SY04")]
    assert rows["Homs"][2] == str(sum(int(cells[3]) for cells in homs))
    assert rows["Homs"][4] == str(sum(cells[3] == "0" for cells in homs))
    assert 0 < int(rows["Homs"][2]) < int(rows["Homs"][1])


def test_every_theme_says_what_is_left(report):
    section = report["gazetteer.md"].partition("## By theme")[2].partition("## ")[0]
    rows = [line.strip("| ").split(" | ") for line in section.splitlines() if line.startswith("| ")][1:]
    themes = (find_packaged_gazetteer() / "curated" / "themes.tsv").read_text("utf-8").splitlines()[1:]
    assert rows == [theme.split("\t") for theme in themes]
    assert all(gone and left for _, gone, left in rows)
