"""Over HTTP, too, any spelling finds the place: the claims of `tests/lookup/spellings.tsv`."""

from pathlib import Path

_, *LINES = (Path(__file__).parent.parent / "lookup" / "spellings.tsv").read_text("utf-8").splitlines()
SPELLINGS = [tuple(line.split("\t")) for line in LINES]


def test_every_spelling_finds_its_place_first(client):
    found = []
    for spelling, _ in SPELLINGS:
        answer = client.get("/lookup", params={"q": spelling, "limit": 1})
        assert answer.headers["content-type"] == "application/geo+json"
        found.append((spelling, *(feature["properties"]["pcode"] for feature in answer.json()["features"])))
    assert found == SPELLINGS
