"""The files that the page is made of, and what a browser may load for it."""

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
"""Nothing from elsewhere but the map tiles that the operator set, asked for only once a person turns them on."""

_VENDOR = "vendor/leaflet/"


def write_policy(tiles_url: str = "") -> str:
    """The page's Content-Security-Policy, with the host of the tiles (`{s}` in it stands for its subdomains)."""
    # Scheme and host alone: tiles lie under many paths.
    host = "/".join(tiles_url.split("/", 3)[:3]).replace("{s}", "*")
    return _POLICY.format(tiles=f" {host}" if host else "")


def read_page_files() -> dict[str, bytes]:
    """Every file by its path under `static/`: ours, and Leaflet as its package ships it."""
    from xstatic.pkg import leaflet  # noqa: PLC0415 - untyped, and needed by the page alone

    # Through importlib: the package may be read from an archive.
    own = dict(_walk(files("buldan.http").joinpath("static")))
    # Source maps are for debuggers alone.
    theirs = {_VENDOR + name: found for name, found in _walk(Path(leaflet.BASE_DIR)) if not name.endswith(".map")}
    return {name: found.read_bytes() for name, found in (own | theirs).items()}


def _walk(folder: Traversable, prefix: str = "") -> Iterator[tuple[str, Traversable]]:
    for found in folder.iterdir():
        name = prefix + found.name
        if found.is_dir():
            yield from _walk(found, name + "/")
        else:
            yield name, found
