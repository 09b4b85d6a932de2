"""`buldan diff` says what changed, and nothing else."""

import json

from buldan.compile.diff import diff
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
