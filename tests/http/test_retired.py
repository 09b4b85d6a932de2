"""An id that was merged into another still leads to the place."""

import shutil
from dataclasses import replace
from pathlib import Path

import httpx

from buldan.store import read_manifest
from buldan.store.manifest import read_facts

HOME = Path(__file__).parents[2] / "gazetteer"


def test_a_retired_id_is_sent_on_to_its_heir(serve, tmp_path, gazetteer):
    folder = tmp_path / "gazetteer"
    shutil.copytree(HOME, folder, ignore=shutil.ignore_patterns("curated"))
    heir = gazetteer.place("C2302").id
    retired = folder / "retired.tsv"
    retired.write_text(retired.read_text("utf-8") + f"bdzzzzzzzz\t{heir}\n", "utf-8")
    manifest = read_manifest(folder)
    files = {**manifest.files, "retired.tsv": read_facts(retired, rows=1)}
    (folder / "manifest.json").write_text(replace(manifest, files=files).to_json(), "utf-8")
    with serve(tmp_path, gazetteer=str(folder)) as server:
        sent_on = httpx.get(f"{server.url}/places/bdzzzzzzzz?lang=ar", timeout=30)
        assert (sent_on.status_code, sent_on.headers["location"]) == (308, f"{server.url}/places/{heir}?lang=ar")
        assert httpx.get(sent_on.headers["location"]).json()["properties"]["name"] == "يلدا"
