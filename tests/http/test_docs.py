"""What the documentation lists is what there is."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

import buldan
from buldan.cli.serve import serve
from buldan.settings import Settings, read_settings

DOCS = Path(__file__).parents[2] / "docs"


def test_every_setting_is_documented_with_its_default():
    rows = re.findall(
        r"^\| `BULDAN_(\w+)` \| (.*?) \| (.*) \|$", (DOCS / "settings.md").read_text("utf-8"), re.MULTILINE
    )
    for (name, default, description), (field, facts) in zip(rows, Settings.model_fields.items(), strict=True):
        assert name == field.upper()
        assert description == facts.description
        value = ",".join(facts.default) if isinstance(facts.default, tuple) else facts.default
        assert default.strip("`").casefold() == (str(value).casefold() if value not in {None, ""} else "none")


def test_every_flag_of_serve_is_a_setting():
    assert {parameter.name for parameter in serve.params} <= Settings.model_fields.keys()


def test_every_route_is_documented(client):
    text = (DOCS / "http.md").read_text("utf-8")
    for path, item in client.get("/openapi.json").json()["paths"].items():
        facade = path.split("/")[1]
        for operation in item.values():
            native = set(operation["tags"]) & {"native", "service"}
            assert (path if native else f"`/{facade}`") in text, path


def test_settings_survive_the_way_to_a_worker(monkeypatch):
    given = read_settings(workers=3, cors_origins="https://a.org, https://b.org", root_path="geo/", cache_s=0)
    for name, value in given.to_environment().items():
        monkeypatch.setenv(name, value)
    assert read_settings() == given
    assert given.root_path == "/geo"


@pytest.mark.parametrize("origins", ["nonsense", "https://a.org/map", "*, a.org"])
def test_an_origin_that_is_none_is_refused(origins):
    with pytest.raises(buldan.QueryError, match=r"--cors-origins must each be \* or like https://example.org"):
        read_settings(cors_origins=origins)


@pytest.mark.parametrize(
    "block", re.findall(r"```python\n(.*?)```", (DOCS / "clients.md").read_text("utf-8"), re.DOTALL)
)
def test_the_five_lines_of_each_client_run(server, block, capsys):
    for module in re.findall(r"^(?:from|import) (\w+)", block, re.MULTILINE):
        # The Irchel Geoparser lives in an environment of its own: it asks for an older FastAPI.
        pytest.importorskip(module)
    exec(compile(block.replace("127.0.0.1:8000", server.address), "clients.md", "exec"), {})
    assert capsys.readouterr().out


@pytest.mark.parametrize(("language", "command"), [("js", ["node", "--input-type=module"]), ("r", ["Rscript", "-"])])
def test_the_lines_of_other_languages_run(server, language, command):
    if shutil.which(command[0]) is None or (language == "r" and not _has_jsonlite()):
        pytest.skip(f"{command[0]} with its packages is not installed")
    (block,) = re.findall(rf"```{language}\n(.*?)```", (DOCS / "clients.md").read_text("utf-8"), re.DOTALL)
    lines = block.replace("127.0.0.1:8000", server.address)
    environment = os.environ | {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
    ran = subprocess.run(command, input=lines, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert "Nawa" in ran.stdout or "C6124" in ran.stdout


def _has_jsonlite():
    return subprocess.run(["Rscript", "-e", "library(jsonlite)"], capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize(
    "asked",
    [
        "search?limit=1&q=Maaloula&format=json",
        "reverse?lat=33.844&lon=36.547&format=json",
        "search?city=Nawa&state=Daraa&format=json&limit=1",
    ],
)
def test_what_tidygeocoder_sends_is_answered(client, asked):
    answer = client.get(f"/nominatim/{asked}").json()
    (first, *_) = answer if isinstance(answer, list) else [answer]
    assert float(first["lat"])
    assert first["display_name"]
