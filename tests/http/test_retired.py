"""An id that was merged into another still leads to the place."""

import shutil
from dataclasses import replace

import httpx

from buldan.store import read_manifest
from buldan.store.manifest import read_facts


def test_a_retired_id_is_sent_on_to_its_heir(serve, tmp_path, gazetteer, mini):
    folder = shutil.copytree(mini, tmp_path / "gazetteer")
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
