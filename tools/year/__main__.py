"""``make year``: simulate, check, print."""

import tempfile
import time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table
from rich.text import Text

from aftersales import knowledge, reports
from aftersales.store import migrate, open_store
from tools import report
from tools.year.checks import Check, check_year
from tools.year.world import Year, live

WORDS = knowledge.load("year")["terminal"]
NAMES = knowledge.load("year")["checks"]


def main(
    tickets: Annotated[int, typer.Option(min=1, help=WORDS["tickets"])] = 10_000,
    year: Annotated[int, typer.Option(help=WORDS["year"])] = 2026,
    seed: Annotated[int, typer.Option(help=WORDS["seed"])] = 7,
    database: Annotated[Path | None, typer.Option(dir_okay=False, help=WORDS["database"])] = None,
) -> None:
    """Live through a year, check it, print the report of its last month."""
    out, began = Console(), time.monotonic()
    with tempfile.TemporaryDirectory() as scratch:
        url = f"sqlite:///{database or Path(scratch) / 'year.db'}"
        migrate(url)
        store = open_store(url)
        try:
            with Progress(console=Console(stderr=True), transient=True) as bar:
                task = bar.add_task(f"{year}", total=tickets)
                lived = live(
                    store, year, tickets, seed,
                    lambda done, total: bar.update(task, completed=done, total=total),
                )  # fmt: skip
            with store.session(read_only=True) as session:
                checks = check_year(session, lived, year)
                december = report.report_of(session, reports.month(f"{year}-12"))
        finally:
            store.close()
    report.show(december, out)
    out.print(_table(checks, lived, year, time.monotonic() - began))
    wrong = [check for check in checks if not check.good]
    if wrong:
        typer.echo(WORDS["failed"].format(count=len(wrong)), err=True)
        raise typer.Exit(1)


def _table(checks: list[Check], lived: Year, year: int, seconds: float) -> Table:
    title = WORDS["title"].format(
        year=year, tickets=lived.created, steps=lived.steps, seconds=seconds
    )
    table = Table(*WORDS["columns"], title=title, title_justify="left", title_style="bold")
    for check in checks:
        state = Text(WORDS["good"], "green") if check.good else Text(WORDS["bad"], "red")
        table.add_row(NAMES[check.name], state, Text(check.wrong or f"{check.looked_at:,}"))
    return table


if __name__ == "__main__":
    typer.run(main)
