"""The report is written from the data, and is the one that is in the docs."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from buldan.compile.publishers import attribution, publishers
from buldan.compile.report import write_report
from buldan.index import packaged_gazetteer
from buldan.kinds import kinds
from buldan.store import read_manifest, read_places

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """The report on the gazetteer that ships, written apart from it."""
    folder = tmp_path_factory.mktemp("report") / "gazetteer"
    folder.mkdir()
    for path in packaged_gazetteer().iterdir():
        (folder / path.name).symlink_to(path)
    (folder / "SOURCES.md").unlink(missing_ok=True)
    page, chart, sources = write_report(folder, folder.parent / "docs")
    return page.read_text("utf-8"), chart.read_text("utf-8"), sources.read_text("utf-8")


def test_the_docs_are_those_of_this_gazetteer(report):
    page, chart, sources = report
    assert (ROOT / "docs" / "gazetteer.md").read_text("utf-8") == page
    assert (ROOT / "docs" / "coverage.svg").read_text("utf-8") == chart
    assert (ROOT / "gazetteer" / "SOURCES.md").read_text("utf-8") == sources


def test_every_kind_and_source_is_counted(report):
    page, _, sources = report
    used = {place.kind for place in read_places(packaged_gazetteer())}
    assert all(f"| {kind} |" in page for kind in kinds() if kind in used)
    manifest = read_manifest(packaged_gazetteer())
    assert all(source.publisher in page and source.licence_url in sources for source in manifest.sources)
    assert manifest.version in page and manifest.attribution in sources


def test_the_map_is_svg_with_a_shape_for_every_sub_district(report):
    tree = ElementTree.fromstring(report[1])
    assert sum(element.tag.endswith("path") for element in tree.iter()) == 272


def test_every_publisher_is_named_in_the_attribution():
    assert all(source.attribution in attribution() for key, source in publishers().items() if key != "curated")
