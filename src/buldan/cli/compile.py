"""`buldan compile`, `check`, `diff` and `report`: make the gazetteer, check it, compare it, and report on it."""

from __future__ import annotations

import json
from pathlib import Path

import click
from rich.console import Console

__all__ = ["check", "compile", "diff", "report"]

_FOLDER = click.Path(path_type=Path, file_okay=False)
_SOURCES = click.Path(path_type=Path, file_okay=False, exists=True)


@click.command()
@click.option("--sources", type=_SOURCES, help="Folder of the publishers' files; without it, only OUT/curated is read.")
@click.option("--out", type=_FOLDER, default=Path("gazetteer"), show_default=True, help="Folder of the gazetteer.")
def compile(sources: Path | None, out: Path) -> None:
    """Make the gazetteer from its sources and from OUT/curated. The last gazetteer is replaced only if all checks pass.

    Without --sources, only the changed rows of OUT/curated are applied to the existing gazetteer.
    """
    from buldan.compile import compile_gazetteer, revise_gazetteer  # noqa: PLC0415 - only when there is work

    if sources is None:
        manifest = revise_gazetteer(out)
        click.echo(f"gazetteer {manifest.version} in {out} holds every row of {out / 'curated'}", err=True)
        return
    console = Console(stderr=True)
    with console.status("reading the sources") as status:
        report = compile_gazetteer(sources, out, progress=status.update)
    click.echo("\t".join(report.outcomes[0]._fields))
    for outcome in report.outcomes:
        click.echo("\t".join(map(str, outcome)))
    files = report.manifest.files
    rows = ", ".join(f"{facts.rows:,} rows in {name}" for name, facts in files.items())
    click.echo(f"gazetteer {report.manifest.version} written to {out}: {rows}", err=True)


@click.command()
@click.argument("folder", type=_FOLDER, default=Path("gazetteer"))
def check(folder: Path) -> None:
    """Check every record of the gazetteer in FOLDER, and its curated tables; exit code 1 if one breaks a rule."""
    from buldan.compile.check import check_gazetteer  # noqa: PLC0415

    findings = check_gazetteer(folder)
    for finding in findings:
        known = "known " if finding.known else ""
        click.echo(f"{known}{finding.rule}\t{finding.where}\t{finding.message}")
    broken = sum(not finding.known for finding in findings)
    click.echo(f"{broken} findings, {len(findings) - broken} known", err=True)
    if broken:
        raise SystemExit(1)


@click.command()
@click.argument("old", type=_FOLDER)
@click.argument("new", type=_FOLDER)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="Format to write: text for people, json for programs.",
)
@click.option("--most", type=click.IntRange(min=1), help="Maximum lines per kind of change (text).")
@click.option(
    "--changelog",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the list at the top of this Markdown file instead; an existing section on NEW is replaced.",
)
def diff(old: Path, new: Path, form: str, most: int | None, changelog: Path | None) -> None:
    """List which places and names were added, removed, moved or changed kind between the gazetteers in OLD and NEW."""
    from buldan.compile.diff import add_to_changelog  # noqa: PLC0415
    from buldan.compile.diff import diff as compare  # noqa: PLC0415

    changes = compare(old, new)
    if changelog is not None:
        add_to_changelog(changelog, changes, most=most)
        click.echo(f"changes from {changes.old} to {changes.new} written to {changelog}", err=True)
    elif form == "json":
        click.echo(json.dumps(changes.to_dict(), ensure_ascii=False, indent=1))
    else:
        for line in changes.to_lines(most=most):
            click.echo(line)


@click.command()
@click.argument("folder", type=_FOLDER, default=Path("gazetteer"))
@click.option("--docs", type=_FOLDER, default=Path("docs"), show_default=True, help="Where the report goes.")
def report(folder: Path, docs: Path) -> None:
    """Write the data report on the gazetteer in FOLDER."""
    from buldan.compile.report import write_report  # noqa: PLC0415

    for path in write_report(folder, docs):
        click.echo(f"{path} written", err=True)
