"""Options of several commands, with the same names and help everywhere."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

__all__ = ["TEXT_FILE", "kinds_option", "overlay_option", "parse_lon_lat", "public_url_option"]


class _TextFile(click.Path):
    """A file of known answers or words: it must exist, and be UTF-8 (XML says its encoding itself)."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        path = Path(os.fsdecode(super().convert(value, param, ctx)))
        if path.suffix.lower() != ".xml":
            try:
                path.read_text("utf-8")
            except UnicodeDecodeError as error:
                self.fail(f"{path}: not UTF-8 at byte {error.start}; save the file as UTF-8", param, ctx)
        return path


TEXT_FILE = _TextFile(exists=True, dir_okay=False, path_type=Path)

overlay_option = click.option(
    "--overlay", type=click.Path(path_type=Path, dir_okay=False), help="Search your own places too (.csv or .geojson)."
)


def _web_address(_: click.Context, __: click.Parameter, value: str) -> str:
    """An address of the web, or an empty text; a callback of click."""
    if value and not value.startswith(("http://", "https://")):
        raise click.BadParameter(f"must begin with http:// or https://, not {value!r}")
    return value


public_url_option = click.option(
    "--public-url",
    callback=_web_address,
    envvar="BULDAN_PUBLIC_URL",
    show_envvar=True,
    default="",
    metavar="URL",
    help="Address of a Buldan service, to write the places' ids as links; without it they are URNs.",
)

kinds_option = click.option(
    "--kind",
    "kinds",
    multiple=True,
    help="Only this kind (town) or group of kinds (group:settlement); may be repeated.",
)


def parse_lon_lat(_: click.Context, __: click.Parameter, value: str | None) -> tuple[float, float] | None:
    """LON,LAT as a pair; a callback of click."""
    if value is None:
        return None
    try:
        lon, lat = map(float, value.split(","))
    except ValueError:
        raise click.BadParameter(f"expected LON,LAT in degrees, such as 36.30,33.46, not {value!r}") from None
    return lon, lat
