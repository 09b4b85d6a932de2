"""The files of the page, and its Content-Security-Policy."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

__all__ = ["read_page_files", "write_policy"]

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; font-src 'self'; "
    "img-src 'self' data:{tiles}; base-uri 'none'; form-action 'none'"
)
"""The policy: nothing is loaded from elsewhere except the operator's map tiles, after a person has turned them on."""

_VENDOR = "vendor/leaflet/"


def write_policy(tiles_url: str = "") -> str:
    """The page's Content-Security-Policy, with the host of the tiles (`{s}` in it means its subdomains)."""
    # Only scheme and host: tiles have many paths.
    host = "/".join(tiles_url.split("/", 3)[:3]).replace("{s}", "*")
    return _POLICY.format(tiles=f" {host}" if host else "")


def read_page_files() -> dict[str, bytes]:
    """Every file by its path under `static/`: ours, and Leaflet as its package ships it."""
    from xstatic.pkg import leaflet  # noqa: PLC0415 - untyped, and needed only by the page

    # With importlib: the package may be in an archive.
    own = dict(_walk(files("buldan.http").joinpath("static")))
    # Source maps are only for debuggers.
    theirs = {_VENDOR + name: found for name, found in _walk(Path(leaflet.BASE_DIR)) if not name.endswith(".map")}
    return {name: found.read_bytes() for name, found in (own | theirs).items()}


def _walk(folder: Traversable, prefix: str = "") -> Iterator[tuple[str, Traversable]]:
    for found in folder.iterdir():
        name = prefix + found.name
        if found.is_dir():
            yield from _walk(found, name + "/")
        else:
            yield name, found
