"""The whole way, from the publishers' files to the gazetteer: same bytes, nothing lost, all or nothing."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from random import randrange

import pytest

from buldan.compile import compile_gazetteer
from buldan.errors import SourceError
from buldan.index import find_packaged_gazetteer
from buldan.model import identifier_values
from buldan.store import read_manifest, read_names, read_places

CURATED = Path(__file__).parent.parent.parent / "gazetteer" / "curated"
SCRIPT = """
import sys
from pathlib import Path
from buldan.compile import compile_gazetteer
sources, out, curated = map(Path, sys.argv[1:])
compile_gazetteer(sources, out, curated=curated)
"""


@pytest.fixture(scope="module")
def compiled(shared, tmp_path_factory):
    """The gazetteer that ships compiled again over a copy of itself, under a hash seed that no compilation has had."""
    folder = tmp_path_factory.mktemp("compiled")
    for path in filter(Path.is_file, CURATED.parent.iterdir()):
        shutil.copy(path, folder)
    subprocess.run(
        [sys.executable, "-c", SCRIPT, str(shared / "sources"), str(folder), str(CURATED)],
        env=os.environ | {"PYTHONHASHSEED": str(randrange(2**32))},
        check=True,
        timeout=600,
    )
    return folder


def test_the_same_inputs_give_the_bytes_that_ship(compiled):
    names = sorted(path.name for path in compiled.iterdir())
    assert names == sorted(path.name for path in CURATED.parent.iterdir() if path.is_file())
    assert [name for name in names if (compiled / name).read_bytes() != (CURATED.parent / name).read_bytes()] == []
    assert read_manifest(compiled).version == read_manifest(find_packaged_gazetteer()).version


def test_a_source_that_cannot_be_read_leaves_the_last_gazetteer_as_it_was(shared, make, tmp_path):
    folder = make()
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    (tmp_path / "sources").mkdir()
    for name in ("ocha-cod", "ocha-2023"):
        (tmp_path / "sources" / name).symlink_to(shared / "sources" / name)
    with pytest.raises(SourceError, match=r"governorates\.json: the file is missing"):
        compile_gazetteer(tmp_path / "sources", folder, curated=CURATED)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_folder_without_curated_tables_is_refused_before_a_source_is_read(tmp_path):
    with pytest.raises(SourceError, match="curated: there is no such folder; copy the curated tables"):
        compile_gazetteer(tmp_path / "sources", tmp_path / "gazetteer")
    assert list(tmp_path.iterdir()) == []


def test_every_pcode_of_ocha_is_there():
    places = read_places(find_packaged_gazetteer())
    codes = [code for place in places for code in identifier_values(place.identifiers, "pcode")]
    assert len(codes) == len(set(codes)) == 1 + 14 + 62 + 272 + 7693 + 414


def test_the_whole_stays_small():
    folder = CURATED.parent
    assert sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) < 15_000_000


@pytest.mark.parametrize(
    ("pcode", "forms"),
    [
        ("C1001", {"Damascus", "دمشق", "Damas", "Şam"}),
        ("C1946", {"Ain Al Arab", "عين العرب", "كوباني"}),
        ("C2498", {"Darayya", "داريا", "Դարայա"}),
        ("SY0309", {"Darayya District", "منطقة داريا"}),
    ],
)
def test_every_source_lends_its_names(pcode, forms):
    (place,) = (p for p in read_places(find_packaged_gazetteer()) if p.identifiers.get("pcode") == pcode)
    assert forms <= {name.name for name in read_names(find_packaged_gazetteer()) if name.place == place.id}
