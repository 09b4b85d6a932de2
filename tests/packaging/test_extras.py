"""The advice to install an extra works from a checkout and from a wheel, and never asks an index for our name."""

import json
from importlib.machinery import EXTENSION_SUFFIXES
from importlib.metadata import Distribution
from pathlib import Path

import pytest
from click.testing import CliRunner

from buldan import extras
from buldan.cli.info import info
from buldan.extras import install_command, list_interpreted

REQUIRES = [
    "click>=8.2",
    "orjson>=3.10; extra == 'server'",
    "fastapi>=0.115 ; extra == 'server'",
    'uvloop>=0.19; sys_platform != "win32" and extra == "server"',
    "geopandas>=1.0; extra == 'geo'",
    "buldan[geo]; extra == 'notebook'",
    "folium>=0.17; extra == 'notebook'",
    "buldan[server,geo]; extra == 'all'",
]


class Installed(Distribution):
    """A distribution as pip leaves it: its requirements, and where it came from."""

    def __init__(self, origin: str | None) -> None:
        self._origin = origin

    @property
    def requires(self) -> list[str]:
        return REQUIRES

    def read_text(self, filename: str) -> str | None:
        assert filename == "direct_url.json"
        return self._origin

    def locate_file(self, path: object) -> Path:  # type: ignore[override]
        raise NotImplementedError


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch):
    def install(origin: str | None = None) -> None:
        monkeypatch.setattr(extras, "distribution", lambda name: Installed(origin))

    return install


def test_a_checkout_is_named_by_its_folder(installed, tmp_path: Path) -> None:
    folder = tmp_path / "my copy"
    folder.mkdir()
    (folder / "pyproject.toml").touch()
    installed(json.dumps({"url": folder.as_uri(), "dir_info": {"editable": True}}))
    assert install_command("geo") == f"pip install '{folder}[geo]'"


@pytest.mark.parametrize(
    ("extra", "libraries"),
    [
        ("geo", "'geopandas>=1.0'"),
        ("server", "'orjson>=3.10' 'fastapi>=0.115' 'uvloop>=0.19'"),
        ("notebook", "'geopandas>=1.0' 'folium>=0.17'"),
        ("all", "'orjson>=3.10' 'fastapi>=0.115' 'uvloop>=0.19' 'geopandas>=1.0'"),
    ],
)
def test_a_wheel_is_completed_by_its_libraries(installed, extra: str, libraries: str) -> None:
    installed()
    assert install_command(extra) == f"pip install {libraries}"


def test_a_checkout_that_is_gone_is_not_named(installed, tmp_path: Path) -> None:
    installed(json.dumps({"url": (tmp_path / "gone").as_uri()}))
    assert install_command("geo") == "pip install 'geopandas>=1.0'"


def test_the_real_installation_is_understood() -> None:
    command = install_command("server")
    assert command.startswith("pip install ")
    assert "[server]" in command or "fastapi" in command
    assert " buldan" not in command


def test_modules_that_are_not_compiled_are_told(monkeypatch, tmp_path: Path) -> None:
    package = tmp_path / "buldan"
    (package / "text").mkdir(parents=True)
    for name in ("slow.py", "slow.pxd", "quick.py", "quick.pxd", f"quick{EXTENSION_SUFFIXES[0]}", "plain.py"):
        (package / "text" / name).touch()
    monkeypatch.setattr(extras, "__file__", str(package / "extras.py"))
    assert list_interpreted() == ["buldan.text.slow"]
    runner = CliRunner()
    assert "1 of its modules could be compiled" in runner.invoke(info, []).output
    facts = json.loads(runner.invoke(info, ["--format", "json"]).stdout)
    assert facts["interpreted"] == ["buldan.text.slow"]
