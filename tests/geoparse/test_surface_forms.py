"""The forms under which a text may name a place."""

import os
import subprocess
import sys
from pathlib import Path

GAZETTEER = Path(__file__).parents[1] / "golden" / "gazetteer"
SCRIPT = f"""
from pathlib import Path

from buldan.geoparse.names.surface_forms import collect_surface_forms
from buldan.index import open_index

index = open_index(Path({str(GAZETTEER)!r}))
print(*collect_surface_forms(index, list(index.names)), sep="\\n")
"""


def collect(seed: str) -> list[str]:
    """The forms of a gazetteer in their order, from a process with its own seed of hashes."""
    made = subprocess.run(
        [sys.executable, "-c", SCRIPT], env=os.environ | {"PYTHONHASHSEED": seed}, check=True, capture_output=True
    )
    return made.stdout.decode("utf-8").splitlines()


def test_forms_come_in_one_order_whatever_the_hashes() -> None:
    """Numbers of names are positions in it: two builds of one gazetteer are to give the same bytes."""
    forms = collect("1")
    assert "tishrin dam" in forms
    assert collect("2") == forms
