"""`buldan serve`: the gazetteer over HTTP."""

from __future__ import annotations

from typing import Any

import click

__all__ = ["serve"]


@click.command()
@click.option("--host", help="Address to listen on.  [default: 127.0.0.1]")
@click.option("--port", type=int, help="Port to listen on; 0 takes a free one.  [default: 8000]")
@click.option("--workers", type=int, help="Number of processes.  [default: 1]")
@click.option("--gazetteer", type=click.Path(), help="Folder of a gazetteer to use instead of the packaged one.")
@click.option("--overlay", type=click.Path(), help="Search your own places too (.csv or .geojson).")
@click.option("--public-url", help="Address at which clients reach the service behind a proxy.")
@click.option("--root-path", help="Path prefix that a proxy adds.")
@click.option("--cors-origins", help="Origins whose web pages may read, separated by commas.  [default: *]")
@click.option("--api-keys", help="Keys that clients must send, separated by commas (better: BULDAN_API_KEYS).")
@click.option("--max-body-bytes", type=int, help="Maximum size of a request body in bytes.  [default: 1000000]")
@click.option("--access-log/--no-access-log", default=None, help="Log one line of JSON for each request.")
def serve(**flags: Any) -> None:
    """Start the HTTP service and the map page; only this machine can reach it, unless --host is given.

    Each setting is also an environment variable (BULDAN_PORT …); docs/settings.md lists them all.
    """
    from buldan.cli.listening import check_address  # noqa: PLC0415
    from buldan.cli.screen import warn_if_interpreted  # noqa: PLC0415
    from buldan.http.server import serve as run  # noqa: PLC0415 - only this command needs the extra
    from buldan.settings import read_settings  # noqa: PLC0415

    settings = read_settings(**flags)
    check_address(settings.host, settings.port)
    warn_if_interpreted()
    run(settings)
