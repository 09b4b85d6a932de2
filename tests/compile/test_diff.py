"""`buldan diff` says what changed, and nothing else."""

import json

import pytest

from buldan.cli import main
from buldan.compile.diff import add_to_changelog, diff
from buldan.store import NameRecord


def test_nothing_changed(make):
    changes = diff(make(), make(folder="new"))
    assert not changes
    assert list(changes.to_lines())[-1] == "Nothing changed."


def test_every_sort_of_change_is_told(make, small):
    other = small.town._replace(id="bd00000009", name_en="Harasta", identifiers={"pcode": "C2339"})
    gone = small.town._replace(id="bd00000004", name_en="Old", identifiers={"geonames": "5"})
    moved = small.town._replace(lon=36.45, kind="city")
    old = make(places=(small.unit, small.country, small.town, gone))
    new = make(
        folder="new",
        version="2",
        places=(small.unit, small.country, moved, other),
        names=[
            *small.names_of(small.unit, small.country, other),
            NameRecord(small.town.id, "مدينة دوما", "ar", "Arab", "official", ("ocha",)),
        ],
        retired={gone.id: small.town.id},
    )
    changes = diff(old, new)
    assert [(c.place, c.now) for c in changes.came] == [(other.id, "town")]
    assert [(c.place, c.now) for c in changes.went] == [(gone.id, small.town.id)]
    assert [c.now for c in changes.moved] == ["36.45, 33.57 (4.63 km)"]
    assert [(c.before, c.now) for c in changes.kinds] == [("town", "city")]
    assert [c.now for c in changes.names_came] == ["مدينة دوما"]
    assert [c.before for c in changes.names_went] == ["دوما"]
    assert "### Places that moved: 1" in list(changes.to_lines())
    assert json.loads(json.dumps(changes.to_dict()))["kinds"][0]["now"] == "city"


def test_long_lists_can_be_cut(make, small):
    more = [small.town._replace(id=f"bd0000010{n}", identifiers={"geonames": str(n)}) for n in range(5)]
    lines = list(
        diff(make(), make(folder="new", places=(small.unit, small.country, small.town, *more))).to_lines(most=2)
    )
    assert lines[-1] == "- and 3 more"


def test_the_changelog_has_a_section_a_version_the_newest_first(make, small, tmp_path):
    path = tmp_path / "CHANGELOG.md"
    first, second = make(folder="1", version="1"), make(folder="2", version="2", places=(small.unit, small.country))
    third = make(folder="3", version="3")
    draft = make(folder="2b", version="2b")
    for old, new in ((first, draft), (first, second), (second, third), (second, third)):
        add_to_changelog(path, diff(old, new))
    text = path.read_text("utf-8")
    assert text.startswith("# Changes of the data\n")
    assert [line for line in text.splitlines() if line.startswith("## ")] == [
        "## 3, compared with 2",
        "## 2, compared with 1",
    ]
    assert text.count("### Places that went: 1") == text.count("### Places that came: 1") == 1
    assert "\n\n\n" not in text and text.endswith("\n")


def test_a_changelog_that_cannot_be_written_is_one_line(make, tmp_path, capsys):
    old, new = make(), make(folder="new")
    with pytest.raises(SystemExit) as left:
        main(["diff", str(old), str(new), "--changelog", str(tmp_path / "none" / "CHANGELOG.md")])
    assert left.value.code == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
