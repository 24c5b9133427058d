"""What the small programs for the shop's own people share: the store, the clock, tickets by number.

They stand in until the desk exists and call the same functions it will call.
"""

import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import typer
from rich.console import Console
from sqlalchemy import select
from sqlalchemy.orm import Session

from aftersales.calendar import opening_hours
from aftersales.clock import Clock, SystemClock
from aftersales.ids import canonical_ticket_number
from aftersales.settings import Settings
from aftersales.store import migrate, open_store
from aftersales.store.tables import Ticket

out = Console(highlight=False, markup=False)
clock: Clock = SystemClock()


@contextmanager
def session() -> Iterator[Session]:
    """Give a transaction of the configured database."""
    url = Settings.from_env(os.environ).database_url.reveal()
    migrate(url)
    store = open_store(url)
    try:
        with store.session() as opened:
            yield opened
    finally:
        store.close()


def who() -> str:
    """Return who sits at the terminal."""
    return getpass.getuser()


def ticket(opened: Session, number: str) -> Ticket | None:
    """Return the ticket with this number, in any spelling of it, or None."""
    wanted = canonical_ticket_number(number) or number
    return opened.scalar(select(Ticket).where(Ticket.number == wanted))


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
