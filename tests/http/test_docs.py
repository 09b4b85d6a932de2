"""What the documentation lists is what there is."""

import re
from pathlib import Path

import pytest

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


@pytest.mark.parametrize(
    "block", re.findall(r"```python\n(.*?)```", (DOCS / "clients.md").read_text("utf-8"), re.DOTALL)
)
def test_the_five_lines_of_each_client_run(server, block, capsys):
    for module in re.findall(r"^(?:from|import) (\w+)", block, re.MULTILINE):
        # The Irchel Geoparser lives in an environment of its own: it asks for an older FastAPI.
        pytest.importorskip(module)
    exec(compile(block.replace("127.0.0.1:8000", server.address), "clients.md", "exec"), {})
    assert capsys.readouterr().out
