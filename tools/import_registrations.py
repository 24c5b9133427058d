"""Imports registered watches from a CSV file: ``python -m tools.import_registrations cards.csv``.

Shows progress and a report of the lines left out. ``--dry-run`` checks everything and writes
nothing.
"""

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from aftersales.clock import SystemClock
from aftersales.registrations import ImportReport, UnreadableFile, import_csv
from aftersales.settings import Settings
from aftersales.store import migrate, open_store


class _DryRun(Exception):
    """Ends the transaction without writing."""


def main(
    path: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="the CSV file")],
    dry_run: Annotated[bool, typer.Option(help="check everything, write nothing")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="the report as JSON")] = False,
) -> None:
    """Add or update registered watches by card number."""
    url = Settings.from_env(os.environ).database_url.reveal()
    migrate(url)
    store = open_store(url)
    report = ImportReport()
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(path.name)
        try:
            with store.session() as session:
                report = import_csv(
                    session,
                    path,
                    lambda done, total: bar.update(task, completed=done, total=total),
                    SystemClock().now(),
                    who="tools.import_registrations",
                )
                if dry_run:
                    raise _DryRun
        except _DryRun:
            pass
        except UnreadableFile as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(2) from error
        finally:
            store.close()
    if as_json:
        typer.echo(json.dumps({**asdict(report), "dry_run": dry_run}, ensure_ascii=False))
    else:
        typer.echo(
            f"added {report.added}, updated {report.updated}, unchanged {report.unchanged}, "
            f"left out {len(report.bad_rows)}" + (" (dry run, nothing written)" if dry_run else "")
        )
        for bad in report.bad_rows:
            typer.echo(f"  line {bad.line}: {bad.reason}")
    if report.bad_rows:
        raise typer.Exit(1)


if __name__ == "__main__":
    typer.run(main)
