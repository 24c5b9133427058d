"""What the programs for the shop's own people share: the store, the clock, a ticket by number.

They stand in until the desk exists and call the same functions it will call.
"""

import getpass
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated, NoReturn, TypeVar

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy.orm import Session

from aftersales.calendar import opening_hours
from aftersales.clock import Clock, SystemClock
from aftersales.knowledge import load
from aftersales.settings import Settings, SettingsError
from aftersales.store import Store, migrate, open_store
from aftersales.store.base import Base
from aftersales.store.tables import Ticket
from aftersales.tickets import find_by_number

WHO = "AFTERSALES_WHO"
#: Who sits at this terminal, when nobody says otherwise.
ME = getpass.getuser()
OPTIONS: dict[str, str] = load("workshop")["terminal"]["options"]
Number = Annotated[str, typer.Argument(help=OPTIONS["number"])]
Who = Annotated[str, typer.Option(envvar=WHO, help=OPTIONS["who"])]

Row = TypeVar("Row", bound=Base)

out = Console(highlight=False, markup=False)
clock: Clock = SystemClock()


def settings() -> Settings:
    """Return the settings; ends the program when one cannot be used."""
    try:
        return Settings.from_env(os.environ)
    except SettingsError as error:
        refuse(str(error))


@contextmanager
def opened() -> Iterator[tuple[Store, Settings]]:
    """Give the migrated database and the settings; close the database afterwards."""
    chosen = settings()
    url = chosen.database_url.reveal()
    migrate(url)
    store = open_store(url)
    try:
        yield store, chosen
    finally:
        store.close()


@contextmanager
def session() -> Iterator[Session]:
    """Give a transaction of the configured database."""
    with opened() as (store, _settings), store.session() as given:
        yield given


def who() -> str:
    """Return who works at the terminal, for a program that does not ask with ``--who``."""
    return os.environ.get(WHO) or ME


def ticket(given: Session, number: str) -> Ticket:
    """Return the ticket of a number in any spelling; ends the program when there is none."""
    found = find_by_number(given, number)
    if found is None:
        refuse(load("workshop")["refusals"]["unknown_ticket"].format(number=number))
    return found


def find(given: Session, table: type[Row], id_: int, unknown: str) -> Row:
    """Return a row by its number; ends the program with ``unknown`` when there is none."""
    found = given.get(table, id_)
    if found is None:
        refuse(unknown.format(id=id_))
    return found


def show(titles: Sequence[str], rows: Iterable[Sequence[str]], none: str) -> None:
    """Print rows as a table, or one line when there are none."""
    table = Table(*titles)
    for row in rows:
        table.add_row(*row)
    out.print(table if table.row_count else none)


def address(chosen: Settings, path: str) -> str:
    """Return the whole address of a page, as customers reach it (``AFTERSALES_PUBLIC_URL``)."""
    return chosen.public_url + path


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


def refuse(reason: str) -> NoReturn:
    """Say on standard error why nothing was done, and end with 1."""
    typer.echo(reason, err=True)
    raise typer.Exit(1)
