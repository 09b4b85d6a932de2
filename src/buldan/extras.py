"""How this very Buldan is installed: which command adds an optional part (an "extra"), and whether it is compiled.

Reach for `install_command` where a library of an extra is missing. The command never names `buldan` on a package
index: the name might be somebody else's there. It names the checkout that Buldan was installed from, or, where there
is none, the libraries themselves.
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
    """Modules that run as plain Python though a `.pxd` beside them lets them be compiled; none in a good build."""
    package = Path(__file__).parent
    return [
        ".".join(typed.relative_to(package.parent).with_suffix("").parts)
        for typed in sorted(package.rglob("*.pxd"))
        if not any(typed.with_suffix(suffix).exists() for suffix in EXTENSION_SUFFIXES)
    ]


def install_command(extra: str) -> str:
    """The shell command that installs the libraries of `extra` beside this Buldan.

    Where Buldan was not installed at all (its folder is merely on the path), the command is for its checkout.
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
    """The local folder that Buldan was installed from (PEP 610), while it is still there."""
    origin = json.loads(ours.read_text("direct_url.json") or "{}")
    address = urlsplit(str(origin.get("url", "")))
    folder = Path(unquote(address.path))
    is_checkout = address.scheme == "file" and (folder / "pyproject.toml").is_file()
    return folder if is_checkout else None


def _list_libraries(ours: Distribution, extra: str) -> list[str]:
    """The requirements of an extra, those of the extras that it includes among them, each once and in order."""
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
