"""``python -m tools.retention``: delete what has been kept long enough; ``--dry-run`` only counts.

The worker does the same once a day. Periods and their reasons are in ``knowledge/retention.yml``.
"""

import sys
from collections.abc import Sequence

import typer
from rich.console import Console
from rich.table import Table

from aftersales import knowledge
from aftersales.clock import Clock
from aftersales.people.erasures import Places
from aftersales.people.retention import do_retain, due, periods
from aftersales.store import Store
from tools import shop
from web.tidying import places_of


def show(store: Store, places: Places, clock: Clock, out: Console, *, dry_run: bool) -> None:
    """Count or delete, and print what and why."""
    now = clock.now()
    written = knowledge.load("retention")["tables"]
    table = Table(title="到期数据" + ("（只数不删）" if dry_run else ""))
    for head in ("table", "days", "then", "rows", "why"):
        table.add_column(head)
    if dry_run:
        with store.session(read_only=True) as session:
            rows = {name: str(number) for name, number in due(session, places, now).items()}
    else:
        with store.session() as session:
            done = do_retain(session, places, now)
        rows = {name: _said(one) for name, one in done.items()}
    for period in periods():
        words = [period.table, str(period.days), period.then, rows.pop(period.table, "0")]
        table.add_row(*words, str(written[period.table]["why"]))
    for name, said in rows.items():  # what went along with the rows named above
        table.add_row(name, "", "", said, "")
    out.print(table)


def _said(counts: dict[str, int]) -> str:
    return ", ".join(f"{what} {number}" for what, number in counts.items())


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it from the command line."""
    app = typer.Typer(add_completion=False)

    @app.command()
    def run(dry_run: bool = typer.Option(False, "--dry-run", help="count, delete nothing")) -> None:
        """Delete what has been kept long enough."""
        with shop.opened() as (store, settings):
            show(store, places_of(settings), shop.clock, Console(width=140), dry_run=dry_run)

    app(args=None if arguments is None else list(arguments), standalone_mode=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
