"""The QGIS plugin: what it asks and reads, and, where Debian's QGIS is installed, the plugin inside QGIS."""

import json
import os
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.http.conftest import serving

PLUGIN = Path(__file__).parents[2] / "clients" / "qgis"
PYTHON = "/usr/bin/python3"

sys.path.insert(0, str(PLUGIN / "buldan_geocoder"))
import service as asking  # noqa: E402


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("qgis")) as server:
        yield server.url


def _ask(address, names, **options):
    body = asking.lookup_body(names, **options)
    answer = httpx.post(f"{address}/lookup", content=body, headers={"Content-Type": "application/json"}, timeout=60)
    return asking.read_answers(answer.content, least_score=0.5)


def test_each_name_gets_its_answer_in_order(address):
    names = [("معلولا", []), ("Nawa", ["Daraa", ""]), ("qqqq", []), ("", []), ("Zahraa", [])]
    found, within, unknown, empty, namesakes = _ask(address, names)
    assert found.point == pytest.approx((36.547, 33.844), abs=0.01)
    assert dict(zip((name for name, _ in asking.COLUMNS), within.values, strict=True))["buldan_pcode"] == "C6124"
    assert [answer.values[6] for answer in (unknown, empty, namesakes)] == ["not found", "error", "ambiguous"]
    assert all(answer.point is None for answer in (unknown, empty, namesakes))
    assert "empty" in empty.values[7]


def test_kinds_and_the_lowest_score_hold(address):
    (found,) = _ask(address, [("Qanawat", ["Damascus"])], kinds=["neighbourhood"])
    assert found.values[3] == "neighbourhood"
    body = json.dumps(
        {
            "results": [
                {
                    "features": [
                        {
                            "id": "bd",
                            "geometry": {"coordinates": [36, 34]},
                            "properties": {"name": "A", "name_ar": "ا", "kind": "town", "score": 0.4},
                        }
                    ]
                }
            ]
        }
    )
    (weak,) = asking.read_answers(body.encode(), least_score=0.5)
    assert (weak.values[6], weak.point) == ("weak", None)


def test_batches_hold_every_row_once():
    rows = list(range(2 * asking.BATCH + 1))
    parts = list(asking.batches(rows))
    assert [len(part) for part in parts] == [asking.BATCH, asking.BATCH, 1]
    assert [row for part in parts for row in part] == rows


def test_suggestions_are_read(address):
    body = httpx.get(asking.suggest_url(address + "/", "Maalou", near=(36.5, 33.8))).content
    assert "Maaloula" in [each["text"] for each in asking.read_suggestions(body)]


@pytest.mark.parametrize("body", [b"<html>", b"[]", b"{}", b""])
def test_what_is_no_answer_is_said_so(body):
    assert asking.read_suggestions(body) == []
    with pytest.raises(ValueError, match="address"):
        asking.read_answers(body, least_score=0.5)


def _has_qgis():
    try:
        return subprocess.run([PYTHON, "-c", "import qgis.core"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


@pytest.mark.skipif(not _has_qgis(), reason="QGIS for Python is not installed (apt install python3-qgis)")
def test_inside_qgis_the_locator_lists_and_the_algorithm_geocodes(address, tmp_path):
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "HOME": str(tmp_path),
        "XDG_RUNTIME_DIR": str(tmp_path),
    }
    environment = {name: value for name, value in environment.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    script = Path(__file__).with_name("run_in_qgis.py")
    ran = subprocess.run(
        [PYTHON, str(script), address, str(PLUGIN)], env=environment, capture_output=True, text=True, check=False
    )
    assert ran.stdout.strip(), ran.stderr[-3_000:]
    said = json.loads(ran.stdout.strip().splitlines()[-1])
    texts, points = zip(*((text, at) for text, _, at in said["locator"]), strict=True)
    assert "Maaloula" in texts
    assert float(points[texts.index("Maaloula")].split(",")[1]) == pytest.approx(33.84, abs=0.02)
    assert said["worked"]
    assert not said["wrong"]
    statuses = [found["row"]["buldan_status"] for found in said["rows"]]
    assert statuses == ["found", "found", "not found", "error", "ambiguous"]
    assert said["rows"][1]["row"]["gov"] == "Daraa"
    assert [found["point"] is not None for found in said["rows"]] == [True, True, False, False, False]
