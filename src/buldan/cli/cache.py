"""`buldan cache`: the files that make the next start fast."""

from __future__ import annotations

import click

from buldan.errors import BuldanError

__all__ = ["cache"]


@click.command()
@click.option("--clear", is_flag=True, help="Delete all of them; they are rebuilt when they are next needed.")
def cache(clear: bool) -> None:
    """List and check the cached index files; the exit code is 1 if one is damaged.

    A damaged file is never used; it is rebuilt when it is next needed.
    """
    from buldan.index import clear_kept, list_kept  # noqa: PLC0415 - keeps --help fast

    if clear:
        try:
            click.echo(f"{len(clear_kept())} files deleted")
        except OSError as error:
            raise BuldanError(f"{error.filename}: cannot be deleted ({error.strerror})") from None
        return
    kept = list_kept()
    for file in kept:
        click.echo(f"{file.state:10} {file.bytes / 1e6:7.1f} MB  {file.made:%Y-%m-%d %H:%M}  {file.path}")
    total = sum(file.bytes for file in kept) / 1e6
    damaged = sum(file.state == "damaged" for file in kept)
    click.echo(f"{len(kept)} files, {total:.1f} MB, {damaged} damaged")
    if damaged:
        click.get_current_context().exit(1)
