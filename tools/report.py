"""``make report``: the monthly report, printed and written as Markdown and one CSV per table, and
beside it, in a folder of its own, the internal page that names our people.

``ARGS="--month 2026-11"`` chooses the month; without it it is the last whole one.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text
from sqlalchemy.orm import Session

from aftersales import knowledge, reports
from aftersales.clock import SystemClock
from aftersales.exchange.export import write_csv
from aftersales.reports import Period, Table
from aftersales.settings import Settings
from aftersales.store import migrate, open_store
from tools import paths

WORDS = knowledge.load("reports")["terminal"]


@dataclass(frozen=True)
class Page:
    """What is printed, and written as one Markdown file with the tables as CSV beside it."""

    name: str
    title: str
    tables: tuple[Table, ...]


def report_of(session: Session, period: Period) -> Page:
    """Return the report of a month."""
    report = reports.monthly_report(session, period)
    return Page("report", reports.title(report), reports.tables(report))


def internal_of(session: Session, period: Period) -> Page:
    """Return the internal page of a month."""
    return Page(
        "internal", reports.internal_title(period), reports.internal_tables(session, period)
    )


def show(page: Page, out: Console) -> None:
    """Print all tables."""
    out.print(Text(page.title, style="bold"))
    for table in page.tables:
        out.print(_rich(table))


def write(page: Page, folder: Path) -> list[Path]:
    """Write the page as Markdown and each table as CSV; returns the files."""
    folder.mkdir(parents=True, exist_ok=True)
    written = folder / f"{page.name}.md"
    written.write_text(reports.markdown(page.title, page.tables, WORDS["empty"]), encoding="utf-8")
    files = [written]
    for place, table in enumerate(page.tables, 1):
        path = folder / f"{place:02d}-{table.key}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            write_csv(file, table.columns, table.rows)
        files.append(path)
    return files


def main(
    month: Annotated[str | None, typer.Option(help=WORDS["month"])] = None,
    out: Annotated[Path | None, typer.Option(file_okay=False, help=WORDS["out"])] = None,
) -> None:
    """Print and write the report of a month."""
    try:
        period = _period(month)
    except reports.NoSuchMonth as error:
        typer.echo(WORDS["bad_month"].format(given=month), err=True)
        raise typer.Exit(2) from error
    url = Settings.from_env(os.environ).database_url.reveal()
    migrate(url)
    store = open_store(url)
    console, now = Console(), SystemClock().now()
    try:
        with store.session(read_only=True) as session:
            pages = [report_of(session, period), internal_of(session, period)]
        folder = out or paths.var() / "reports" / period.name
        files = []
        for page, place in zip(pages, (folder, folder / "internal"), strict=True):
            show(page, console)
            files += write(page, place)
        with store.session() as session:
            reports.do_note_written(session, period, now, who="tools.report")
    finally:
        store.close()
    for path in files:
        shown = path.relative_to(paths.ROOT) if path.is_relative_to(paths.ROOT) else path
        console.print(WORDS["written"].format(path=shown), markup=False, highlight=False)


def _period(month: str | None) -> Period:
    return reports.month_before(SystemClock().now()) if month is None else reports.month(month)


def _rich(table: Table) -> RichTable:
    shown = RichTable(title=table.title, title_justify="left", title_style="bold")
    for place, name in enumerate(table.columns):
        figures = place > 0 and all(_is_figure(row[place]) for row in table.rows)
        shown.add_column(
            name, justify="right" if figures and table.rows else "left", overflow="fold"
        )
    for row in table.rows or [(WORDS["empty"], *[""] * (len(table.columns) - 1))]:
        shown.add_row(*(Text(cell) for cell in row))
    return shown


def _is_figure(cell: str) -> bool:
    return cell.rstrip("%").replace(".", "", 1).isdigit() or len(cell) == 1


if __name__ == "__main__":
    typer.run(main)
