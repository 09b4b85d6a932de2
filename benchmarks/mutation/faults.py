"""Which faults there are: one changed operator, number or condition in one line of the source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Fault", "faults_in"]

_OPERATORS: dict[type[ast.AST], tuple[str, str]] = {
    ast.Lt: ("<", "<="),
    ast.LtE: ("<=", "<"),
    ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"),
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.In: ("in", "not in"),
    ast.NotIn: ("not in", "in"),
    ast.Is: ("is", "is not"),
    ast.IsNot: ("is not", "is"),
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: ("*", "/"),
    ast.Div: ("/", "*"),
    ast.And: ("and", "or"),
    ast.Or: ("or", "and"),
}
_SAID = frozenset({"fault", "Field", "option", "echo", "TypeVar", "debug", "info", "warning", "error", "exception"})
"""Calls whose arguments are words for people: what stands there is read, not computed with; lines of a log too."""

_KEPT = frozenset({"lru_cache"})
"""Calls whose numbers say how much is kept: another one makes answers later, and none of them different."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A piece of a file that another takes the place of; `start` and `end` count code points of the file."""

    path: Path
    line: int
    start: int
    end: int
    text: str

    def applied(self, source: str) -> str:
        """The source with the fault in it."""
        return source[: self.start] + self.text + source[self.end :]

    def shown(self, source: str) -> str:
        """The line as it is, and as the fault makes it."""
        number = self.line - 1
        return f"{source.splitlines()[number].strip()}  →  {self.applied(source).splitlines()[number].strip()}"


def faults_in(path: Path) -> Iterator[Fault]:
    """Every fault that can be put into a file."""
    source = path.read_text("utf-8")
    begins = [0]
    for line in source.splitlines(keepends=True):
        begins.append(begins[-1] + len(line))
    lines = source.splitlines()

    def at(line: int, column: int) -> int:  # columns of `ast` count bytes of UTF-8
        return begins[line - 1] + len(lines[line - 1].encode()[:column].decode())

    for node in _computed(ast.parse(source)):
        for (start, end), text in _changes(node, source, at):
            yield Fault(path, source.count("\n", 0, start) + 1, start, end, text)


def _computed(node: ast.AST) -> Iterator[ast.AST]:
    """Nodes that run: no annotations, no declarations of names, no words for people."""
    yield node
    for field, value in ast.iter_fields(node):
        if field in {"annotation", "returns", "decorator_list", "type_params"}:
            continue
        for child in value if isinstance(value, list) else [value]:
            if not isinstance(child, ast.AST) or isinstance(child, ast.Import | ast.ImportFrom | ast.Raise):
                continue
            if isinstance(child, ast.Call) and _name_of(child.func) in _SAID | _KEPT:
                continue
            if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test):
                continue
            yield from _computed(child)


def _name_of(function: ast.expr) -> str:
    return getattr(function, "attr", getattr(function, "id", ""))


def _changes(node: ast.AST, source: str, at) -> Iterator[tuple[tuple[int, int], str]]:
    def span(part: ast.expr | ast.stmt) -> tuple[int, int]:
        return at(part.lineno, part.col_offset), at(part.end_lineno, part.end_col_offset)

    def between(left: ast.expr, right: ast.expr, operator: ast.AST) -> Iterator[tuple[tuple[int, int], str]]:
        first, last = span(left)[1], span(right)[0]
        old, new = _OPERATORS.get(type(operator), ("", ""))
        position = source.find(old, first, last) if old else -1
        if position >= 0 and "#" not in source[first:last]:
            yield (position, position + len(old)), new

    if isinstance(node, ast.Compare):
        for left, operator, right in zip([node.left, *node.comparators], node.ops, node.comparators, strict=False):
            yield from between(left, right, operator)
    elif isinstance(node, ast.BinOp) and not isinstance(node.left, ast.JoinedStr):
        yield from between(node.left, node.right, node.op)
    elif isinstance(node, ast.BoolOp):
        yield from between(node.values[0], node.values[1], node.op)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield (span(node)[0], span(node.operand)[0]), ""
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield span(node), str(not node.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        yield span(node), repr(node.value + 1 if isinstance(node.value, int) else node.value * 2 + 0.5)
    elif isinstance(node, ast.If | ast.While | ast.IfExp) and not isinstance(node.test, ast.Compare | ast.BoolOp):
        start, end = span(node.test)
        yield (start, end), f"(not ({source[start:end]}))"
    elif isinstance(node, ast.Return) and node.value is not None and not isinstance(node.value, ast.Constant):
        yield span(node.value), "None"
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        yield span(node), "pass"
