"""`buldan mcp`: the gazetteer for agents, over the Model Context Protocol."""

from __future__ import annotations

import click

__all__ = ["mcp"]


@click.command()
@click.option("--http", is_flag=True, help="Use HTTP instead of standard input and output.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on, with --http.")
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=8001,
    show_default=True,
    help="Port to listen on, with --http; the path is /mcp.",
)
@click.option("--gazetteer", type=click.Path(), help="Folder of a gazetteer to use instead of the packaged one.")
@click.option("--overlay", type=click.Path(), help="Search your own places too (.csv or .geojson).")
def mcp(*, http: bool, host: str, port: int, gazetteer: str | None, overlay: str | None) -> None:
    """Start the service for agents: places and texts over the Model Context Protocol."""
    from buldan.cli.listening import check_address  # noqa: PLC0415
    from buldan.gazetteer import load  # noqa: PLC0415
    from buldan.integrations.mcp import make_server  # noqa: PLC0415 - only this command needs the extra

    if http:
        check_address(host, port)
    server = make_server(load(gazetteer, overlay=overlay))
    if http:
        server.run("streamable-http", host=host, port=port)
    else:
        server.run("stdio")
