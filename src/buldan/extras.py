"""How this installation was made: the command that adds an optional part (an "extra"), and whether it is compiled.

Use `install_command` if a library of an extra is missing. The command never installs `buldan` from a package index,
where the name might belong to somebody else. It names the checkout that Buldan was installed from, or, if there is no
checkout, the libraries themselves.
"""

from __future__ import annotations

import json
import re
from importlib.machinery import EXTENSION_SUFFIXES
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from urllib.parse import unquote, urlsplit

__all__ = ["install_command", "list_interpreted"]

_EXTRA = re.compile(r"""extra\s*==\s*["']([\w.-]+)["']""")
_NESTED = re.compile(r"^buldan\[([\w,.-]+)\]")


def list_interpreted() -> list[str]:
    """Modules with a `.pxd` file, for compilation, that run as plain Python; empty in a complete build."""
    package = Path(__file__).parent
    return [
        ".".join(typed.relative_to(package.parent).with_suffix("").parts)
        for typed in sorted(package.rglob("*.pxd"))
        if not any(typed.with_suffix(suffix).exists() for suffix in EXTENSION_SUFFIXES)
    ]


def install_command(extra: str) -> str:
    """The shell command that installs the libraries of `extra` for this installation of Buldan.

    If Buldan was not installed (its folder is only on the path), the command is for its checkout.
    """
    try:
        ours = distribution("buldan")
    except PackageNotFoundError:
        return f"pip install '.[{extra}]'"
    checkout = _find_checkout(ours)
    if checkout is not None:
        return f"pip install '{checkout}[{extra}]'"
    return "pip install " + " ".join(f"'{library}'" for library in _list_libraries(ours, extra))


def _find_checkout(ours: Distribution) -> Path | None:
    """The local folder that Buldan was installed from (PEP 610); None if it is gone or there was none."""
    origin = json.loads(ours.read_text("direct_url.json") or "{}")
    address = urlsplit(str(origin.get("url", "")))
    folder = Path(unquote(address.path))
    is_checkout = address.scheme == "file" and (folder / "pyproject.toml").is_file()
    return folder if is_checkout else None


def _list_libraries(ours: Distribution, extra: str) -> list[str]:
    """The requirements of an extra and of the extras that it includes, each once and in order."""
    found: dict[str, None] = {}
    for requirement in ours.requires or []:
        library, _, condition = (part.strip() for part in requirement.partition(";"))
        if extra not in _EXTRA.findall(condition):
            continue
        nested = _NESTED.match(library)
        names = nested.group(1).split(",") if nested else []
        for name in names:
            found |= dict.fromkeys(_list_libraries(ours, name))
        if not names:
            found[library] = None
    return list(found)
