"""What the tools about tickets share: the store, a ticket by its number, the address of a page."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import typer
from sqlalchemy.orm import Session

from aftersales.settings import Settings, SettingsError
from aftersales.store import Store, migrate, open_store
from aftersales.store.tables import Ticket
from aftersales.tickets import find_by_number


@contextmanager
def opened() -> Iterator[tuple[Store, Settings]]:
    """Give the migrated database and the settings; close the database afterwards."""
    try:
        settings = Settings.from_env(os.environ)
    except SettingsError as error:
        refuse(str(error))
    url = settings.database_url.reveal()
    migrate(url)
    store = open_store(url)
    try:
        yield store, settings
    finally:
        store.close()


def ticket_of(session: Session, number: str) -> Ticket:
    """Return the ticket of a number in any spelling; ends the program when there is none."""
    ticket = find_by_number(session, number)
    return ticket if ticket is not None else refuse(f"{number}: no such ticket")


def address(settings: Settings, path: str) -> str:
    """Return the whole address of a page, as customers reach it (``AFTERSALES_PUBLIC_URL``)."""
    return settings.public_url + path


def refuse(reason: str) -> NoReturn:
    """Say why nothing was done, and end with 1."""
    typer.echo(reason, err=True)
    raise typer.Exit(1)
