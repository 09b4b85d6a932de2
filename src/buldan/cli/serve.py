"""`buldan serve`: the gazetteer over HTTP."""

from __future__ import annotations

from typing import Any

import click

__all__ = ["serve"]


@click.command()
@click.option("--host", help="Address to listen on.  [default: 127.0.0.1]")
@click.option("--port", type=int, help="Port to listen on; 0 takes a free one.  [default: 8000]")
@click.option("--workers", type=int, help="Processes that serve.  [default: 1]")
@click.option("--gazetteer", type=click.Path(), help="Folder of another gazetteer than the packaged one.")
@click.option("--overlay", type=click.Path(), help="CSV or GeoJSON with places of your own.")
@click.option("--public-url", help="Address under which clients see the service, behind a proxy.")
@click.option("--root-path", help="Path prefix that a proxy puts before ours.")
@click.option("--cors-origins", help="Origins whose pages may read, after commas.  [default: *]")
@click.option("--api-keys", help="Keys that clients must send, after commas (better: BULDAN_API_KEYS).")
@click.option("--max-body-bytes", type=int, help="Largest request body.  [default: 1000000]")
@click.option("--access-log/--no-access-log", default=None, help="Log a line of JSON a request.")
def serve(**flags: Any) -> None:
    """Serve the gazetteer over HTTP, on this machine only unless told otherwise.

    Every setting is a BULDAN_* variable too; docs/settings.md lists them.
    """
    from buldan.cli.listening import check_address  # noqa: PLC0415
    from buldan.cli.screen import warn_if_interpreted  # noqa: PLC0415
    from buldan.http.server import serve as run  # noqa: PLC0415 - only this command needs the extra
    from buldan.settings import read_settings  # noqa: PLC0415

    settings = read_settings(**flags)
    check_address(settings.host, settings.port)
    warn_if_interpreted()
    run(settings)
