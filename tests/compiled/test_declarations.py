"""What a `.pxd` declares is in its module: a name that is gone leaves no declaration behind."""

import ast
import re
from pathlib import Path

import pytest

SOURCES = Path(__file__).parents[2] / "src"
DECLARED = sorted(path for path in SOURCES.rglob("*.pxd") if path.with_suffix(".py").exists())
DECLARATION = re.compile(r"^(?= *cp?def )", re.M)
GLOBALS = re.compile(r"^ *cdef (?!class|extern)(?:[\w ]+(?:\[[:\d, ]+\])? )?((?:\w+, )*\w+)$", re.M)


def list_names(tree: ast.AST) -> set[str]:
    """The names and attributes of a piece of code, its arguments included."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
        elif isinstance(node, ast.arg):
            found.add(node.arg)
    return found


@pytest.mark.parametrize("path", DECLARED, ids=lambda path: path.stem)
def test_every_declared_name_is_one_of_the_module(path: Path) -> None:
    tree, text = ast.parse(path.with_suffix(".py").read_text("utf-8")), path.read_text("utf-8")
    functions = {node.name: list_names(node) for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    gone = []
    for block in text.split("@cython.locals(")[1:]:
        typed, declaration = DECLARATION.split(block, maxsplit=1)
        function = next(name for name in re.findall(r"(\w+)\(", declaration) if name in functions)
        gone += [f"{function}: {name}" for name in re.findall(r"(\w+)=", typed) if name not in functions[function]]
    everywhere = list_names(tree)
    for names in GLOBALS.findall(text):
        gone += [name for name in names.split(", ") if name not in everywhere]
    assert gone == []


def test_there_are_declarations() -> None:
    assert len(DECLARED) > 20
