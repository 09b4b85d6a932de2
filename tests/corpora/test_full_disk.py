"""A corpus whose output finds no room: one line, no half file, and the same command goes on when there is room."""

import json
import subprocess
import sys

import pytest

from buldan.cli import main
from buldan.index import opening

SCRIPT = """
import resource, signal, sys
from pathlib import Path
from buldan.cli import main
from buldan.index import opening
opening.find_packaged_gazetteer = lambda: Path(sys.argv[2])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
# A limit on the size of files stands for the disk: the write fails in the same place.
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)
main(sys.argv[3:])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
@pytest.mark.parametrize("room", [200, 3_000])
def test_a_corpus_on_a_full_disk_says_so_and_goes_on_when_there_is_room(mini, tmp_path, room, monkeypatch):
    monkeypatch.setattr(opening, "find_packaged_gazetteer", lambda: mini)
    source = tmp_path / "a.jsonl"
    texts = ("قصف على مدينة دوما ثم حرستا" if number % 2 else "Shelling hit Nawa in Daraa" for number in range(90))
    source.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), "utf-8")

    command = ["geoparse", "--input", str(source), "--output", str(tmp_path / "out")]
    full = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(room), mini, *command],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert full.returncode == 2
    assert "Traceback" not in full.stderr
    assert "cannot be written" in full.stderr.strip().splitlines()[-1]
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["_ledger.jsonl"]
    for output in ("out", "whole"):
        with pytest.raises(SystemExit) as left:
            main(["geoparse", "--input", str(source), "--output", str(tmp_path / output)])
        assert left.value.code == 0
    whole = {path.name: path.read_bytes() for path in (tmp_path / "whole").iterdir()}
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == whole
