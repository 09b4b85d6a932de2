"""What the documentation says is what there is: commands, options, columns, files, links."""

import json
import os
import pkgutil
import re
import shlex
import subprocess
import sys
import tomllib
from itertools import chain
from pathlib import Path

import click
import pytest

from buldan import text as text_functions
from buldan.cli import buldan as command_line
from buldan.cli.examples import find_examples
from buldan.compile.ids import SCHEMES
from buldan.index import find_packaged_gazetteer
from buldan.kinds import kinds
from buldan.model import NAME_KINDS
from buldan.store import read_manifest, read_names, read_places, schema

from .commands import iter_commands, iter_options, page

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *ROOT.glob("docs/*.md"), *ROOT.glob("gazetteer/**/*.md")]
COMMANDS = list(iter_commands(command_line, click.Context(command_line, info_name="buldan")))


def test_every_command_and_option_is_documented() -> None:
    written = (ROOT / "docs" / "commands.md").read_text("utf-8")
    assert written == page(), "make it anew: python tests/docs/commands.py > docs/commands.md"


@pytest.mark.parametrize(("command", "context"), COMMANDS, ids=lambda value: getattr(value, "name", ""))
def test_every_option_says_what_it_does(command: click.Command, context: click.Context) -> None:
    assert command.help
    assert [option.name for option in iter_options(command) if not option.help] == []


def test_every_column_file_and_member_is_documented() -> None:
    text = (ROOT / "gazetteer" / "README.md").read_text("utf-8")
    documented = set(re.findall(r"`([^`\s]+)`", text))
    manifest = json.loads((find_packaged_gazetteer() / schema.MANIFEST).read_text("utf-8"))
    outline = json.loads((find_packaged_gazetteer() / schema.AREAS).open(encoding="utf-8").readline())
    conflation = (find_packaged_gazetteer() / "conflation.tsv").open(encoding="utf-8").readline().split()
    assert documented >= {*schema.PLACE_COLUMNS, *schema.NAME_COLUMNS, *schema.RETIRED_COLUMNS, *conflation, *outline}
    assert documented >= {*manifest, *manifest["files"], *manifest["files"][schema.PLACES], *manifest["sources"][0]}
    assert documented >= {*NAME_KINDS, *SCHEMES}
    assert documented >= {scheme for place in read_places(find_packaged_gazetteer()) for scheme in place.identifiers}


def test_every_library_is_told_of() -> None:
    table = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    project, build = table["project"], table["build-system"]["requires"]
    asked = [*project["dependencies"], *chain.from_iterable(project["optional-dependencies"].values()), *build]
    names = {re.split(r"[^\w-]", requirement)[0] for requirement in asked} - {"buldan"}
    rows = re.findall(r"^\| ([^|(]+)", (ROOT / "docs" / "dependencies.md").read_text("utf-8"), re.M)
    told = {name.strip() for row in rows for name in row.split(",")}
    assert names - told == set()
    assert told - names == {"library"}


def test_the_layers_are_those_of_the_contract() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    kept = [set(re.findall(r"\w+", layer)) for layer in reversed(layers)]
    rows = re.findall(r"^\| \d+ \| (.*?) \|", (ROOT / "docs" / "architecture.md").read_text("utf-8"), re.M)
    assert [set(re.findall(r"`(\w+)`", row)) for row in rows] == kept


def test_the_functions_that_the_architecture_lists_exist() -> None:
    functions = re.findall(r"^\| `(\w+)\(", (ROOT / "docs" / "architecture.md").read_text("utf-8"), re.M)
    assert len(functions) > 5
    assert [name for name in functions if not callable(getattr(text_functions, name, None))] == []


@pytest.mark.parametrize(("walk", "package"), [("a question", "lookup"), ("a text", "geoparse")])
def test_the_walks_lead_through_modules_that_exist(walk: str, package: str) -> None:
    """A module that is renamed is renamed in its walk, too."""
    text = (ROOT / "docs" / "develop.md").read_text("utf-8")
    section = re.search(rf"^## The walk of {walk}$(.*?)^## ", text, re.M | re.DOTALL)
    assert section
    named = set(re.findall(r"`([a-z_]+)`", section[1]))
    paths = (ROOT / "src" / "buldan" / package).rglob("*")
    assert len(named) > 10
    assert named - {path.stem for path in paths} == set()


def test_every_column_of_our_own_tables_is_documented() -> None:
    text = (ROOT / "gazetteer" / "curated" / "README.md").read_text("utf-8")
    for path in (ROOT / "gazetteer" / "curated").glob("*.tsv"):
        header = path.open(encoding="utf-8").readline().split()
        assert all(re.search(rf"\b{column}\b", text) for column in header), path.name


def test_the_gazetteer_uses_what_is_documented_and_no_more() -> None:
    assert {place.kind for place in read_places(find_packaged_gazetteer())} <= kinds().keys()
    assert {name.kind for name in read_names(find_packaged_gazetteer())} <= set(NAME_KINDS)
    for source in read_manifest(find_packaged_gazetteer()).sources:
        assert all((source.title, source.publisher, source.licence, source.url, source.date))
        assert source.places or source.names


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(path: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", path.read_text("utf-8"))
    near = {link for link in links if "://" not in link and not link.startswith("mailto:")}
    assert [link for link in near if not (path.parent / link).exists()] == []


def test_pages_of_the_site_link_to_pages_of_the_site() -> None:
    """What lies outside docs/ is not on the site: it is named, not linked."""
    docs = ROOT / "docs"
    leave = []
    for path in docs.rglob("*.md"):
        links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", path.read_text("utf-8"))
        near = [link for link in links if "://" not in link and not link.startswith("mailto:")]
        leave += [f"{path.name}: {link}" for link in near if docs not in (path.parent / link).resolve().parents]
    assert leave == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_file_and_module_that_is_named_is_there(path: Path) -> None:
    text = path.read_text("utf-8")
    files = re.findall(r"`((?:src|tests|docs|gazetteer|benchmarks|notebooks)/[\w./-]+)`", text)
    assert [file for file in files if not (ROOT / file).exists()] == []
    for name in re.findall(r"`(buldan(?:\.\w+)+)`", text):
        assert pkgutil.resolve_name(name) is not None


@pytest.mark.parametrize("command", COMMANDS, ids=lambda each: each[1].command_path)
def test_every_command_has_examples_that_it_understands(command: tuple[click.Command, click.Context]) -> None:
    made, context = command
    path = context.command_path.removeprefix("buldan ")
    examples = find_examples(path)
    assert examples
    assert made.epilog
    for example in examples:
        words = shlex.split(example.split(" > ")[0])
        assert words[: 1 + len(path.split())] == ["buldan", *path.split()]
        # Files of an example need not be there; options and their values must be right.
        made.make_context(path, words[1 + len(path.split()) :], resilient_parsing=True)


def test_a_shell_completes_commands_and_options() -> None:
    for typed, wanted in (("buldan geo", {"geoparse", "geocode"}), ("buldan lookup --wi", {"--within"})):
        asked = {"_BULDAN_COMPLETE": "bash_complete", "COMP_WORDS": typed, "COMP_CWORD": str(len(typed.split()) - 1)}
        command, environment = Path(sys.executable).with_name("buldan"), os.environ | asked
        done = subprocess.run([command], env=environment, capture_output=True, encoding="utf-8", check=True)
        assert {line.split(",")[1] for line in done.stdout.splitlines()} == wanted
