"""What the small programs for the shop's own people share: the store, the clock, tickets by number.

They stand in until the desk exists and call the same functions it will call.
"""

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import typer
from rich.console import Console
from sqlalchemy.orm import Session

from aftersales.calendar import opening_hours
from aftersales.clock import Clock, SystemClock
from aftersales.store.tables import Ticket
from aftersales.tickets import find_by_number
from tools import tickets

out = Console(highlight=False, markup=False)
clock: Clock = SystemClock()


@contextmanager
def session() -> Iterator[Session]:
    """Give a transaction of the configured database."""
    with tickets.opened() as (store, _settings), store.session() as opened:
        yield opened


def who() -> str:
    """Return who sits at the terminal."""
    return getpass.getuser()


def ticket(opened: Session, number: str) -> Ticket | None:
    """Return the ticket with this number, in any spelling of it, or None."""
    return find_by_number(opened, number)


def local(moment: datetime | None, none: str = "–") -> str:
    """Return a moment in the shop's time."""
    return none if moment is None else f"{opening_hours().local(moment):%Y-%m-%d %H:%M}"


def moment(text: str) -> datetime:
    """Read a moment written in the shop's time, such as ``2026-12-01 18:00``.

    Raises:
        typer.BadParameter: it is none.
    """
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter("YYYY-MM-DD HH:MM") from None
    return read if read.tzinfo is not None else read.replace(tzinfo=opening_hours().zone)


def refuse(text: str) -> typer.Exit:
    """Say why something was not done, and end with a failure."""
    out.print(text)
    return typer.Exit(1)
