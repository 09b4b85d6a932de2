"""The files of a gazetteer, record by record."""

import shutil
from pathlib import Path

from buldan.store import read_areas, read_names, read_places, read_retired

FROZEN = Path(__file__).parents[1] / "golden/gazetteer"


def test_each_line_is_a_record():
    places, names = list(read_places(FROZEN)), list(read_names(FROZEN))
    lines = {name: (FROZEN / name).read_text("utf-8").splitlines()[1:] for name in ("places.tsv", "names.tsv")}
    assert [place.id for place in places] == [line.split("\t")[0] for line in lines["places.tsv"]]
    assert len(names) == len(lines["names.tsv"])
    assert {name.place for name in names} <= {place.id for place in places}
    assert {id_ for id_, _ in read_areas(FROZEN)} <= {place.id for place in places}


def test_places_that_were_retired_are_known_and_a_gazetteer_without_them_has_none(tmp_path):
    path = tmp_path / "retired.tsv"
    shutil.copy(FROZEN / "retired.tsv", path)
    header = path.read_text("utf-8").splitlines()[0]
    path.write_text(f"{header}\nbd00000001\tbd8vhm453y\nbd00000002\t\n", "utf-8")
    assert read_retired(tmp_path) == {"bd00000001": "bd8vhm453y", "bd00000002": ""}
    path.unlink()
    assert read_retired(tmp_path) == {}
