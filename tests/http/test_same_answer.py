"""One cell, one answer: whoever is asked, Python, the command, HTTP, tables, facades or reconciliation."""

import csv
import io
import json
import re

import pandas as pd
import pytest

import buldan
from buldan.cli import main
from buldan.lookup import explain
from buldan.tables import geocode

CELLS = [
    "يلدا، ريف دمشق",
    "Aleppo/Menbij/Asaliyeh",
    "ادلب - سراقب",
    "Nawa (Daraa)",
    "محافظة حماة منطقة مصياف قرية دير ماما",
    "Darnascus",
    "Roj refugee camp",
    "القريتين",
    "Al Qutayfah district, Rural Damascus",
    "Tell Abyad, Raqqa governorate",
    "حلب [Aleppo]",
    "مخيم الكرامة - أطمة",
]
"""Each names one place that is found for sure: below that, facades give nothing and tables the unit."""

SILENT = ["الـ", "???", "Total", "غير معروف", "مخيم"]
"""Each has no answer, for a reason."""

ID = re.compile(r"bd[0-9a-z]{8}")


def _command(capsys: pytest.CaptureFixture[str], cell: str) -> str:
    with pytest.raises(SystemExit):
        main(["lookup", cell, "--limit", "1", "--format", "csv"])
    return next(csv.DictReader(io.StringIO(capsys.readouterr().out)))["id"]


@pytest.mark.parametrize("cell", CELLS)
def test_everybody_gives_the_same_first_answer(gazetteer: buldan.Gazetteer, client, capsys, cell: str) -> None:
    answer = gazetteer.lookup(cell)[0].place.id
    asked = {"q": cell, "limit": 1}
    reconciled = client.get("/reconcile", params={"queries": json.dumps({"q": {"query": cell}})}).json()
    found = {
        "command": _command(capsys, cell),
        "GET /lookup": client.get("/lookup", params=asked).json()["features"][0]["id"],
        "geocode": geocode(pd.Series([cell]), gazetteer=gazetteer)["buldan_id"].iloc[0],
        "lookup_many": gazetteer.lookup_many([cell])[0][0].place.id,
        "reconciliation": reconciled["q"]["result"][0]["id"],
        "Nominatim": client.get("/nominatim/search", params=asked | {"extratags": 1, "format": "jsonv2"}).text,
        "Photon": client.get("/photon/api", params=asked).text,
    }
    assert {asker: (ID.search(told) or [told])[0] for asker, told in found.items()} == dict.fromkeys(found, answer)


@pytest.mark.parametrize("cell", SILENT)
def test_everybody_says_why_there_is_no_answer(gazetteer: buldan.Gazetteer, client, capsys, cell: str) -> None:
    answer = gazetteer.lookup(cell)
    told = [{"rule": reason.rule, "detail": reason.detail} for reason in answer.reasons]
    assert told
    assert answer.to_geojson()["reasons"] == told
    assert client.get("/lookup", params={"q": cell}).json()["reasons"] == told
    assert client.get("/lookup", params={"q": cell, "geometry": "area"}).json()["reasons"] == told
    assert client.post("/lookup", json={"names": [cell]}).json()["results"][0]["reasons"] == told
    with pytest.raises(SystemExit):
        main(["lookup", cell])
    assert explain(answer.reasons) in capsys.readouterr().err
    assert not client.get("/photon/api", params={"q": cell}).json()["features"]
    assert geocode(pd.Series([cell]), gazetteer=gazetteer)["buldan_id"].isna().all()
