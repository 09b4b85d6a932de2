"""A corpus whose output finds no room: one line, no half file, and the same command goes on when there is room."""

import json
import subprocess
import sys

import pytest

SCRIPT = """
import resource, signal, sys
from buldan.cli import main
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
if int(sys.argv[1]):  # a limit on the size of files stands for the disk: the write fails in the same place
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)
main(sys.argv[2:])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
@pytest.mark.parametrize("room", [200, 3_000])
def test_a_corpus_on_a_full_disk_says_so_and_goes_on_when_there_is_room(tmp_path, room):
    source = tmp_path / "a.jsonl"
    texts = ("قصف على مدينة دوما ثم حرستا" if number % 2 else "Shelling hit Nawa in Daraa" for number in range(90))
    source.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), "utf-8")

    def read(output, room):
        command = ["geoparse", "--input", str(source), "--output", str(output)]
        return subprocess.run(
            [sys.executable, "-c", SCRIPT, str(room), *command],
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )

    full = read(tmp_path / "out", room)
    assert full.returncode == 2
    assert "Traceback" not in full.stderr
    assert "cannot be written" in full.stderr.strip().splitlines()[-1]
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["_ledger.jsonl"]
    assert read(tmp_path / "out", 0).returncode == read(tmp_path / "whole", 0).returncode == 0
    whole = {path.name: path.read_bytes() for path in (tmp_path / "whole").iterdir()}
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == whole
