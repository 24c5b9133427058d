"""What the commands of ``python -m tools.ticket`` share: the database, a ticket, a clear line."""

import getpass
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy import select
from sqlalchemy.orm import Session

from aftersales import knowledge, pickup, workshop
from aftersales.calendar import opening_hours
from aftersales.clock import SystemClock
from aftersales.estimates.money import AmountUnusable, fen_of, yuan
from aftersales.ids import RandomIds
from aftersales.people import PhoneUnusable, mask_name, mask_phone
from aftersales.settings import Settings, SettingsError
from aftersales.store.tables import Ticket
from aftersales.tickets import (
    ContactRefused,
    DraftIncomplete,
    TicketDraft,
    Watch,
    do_create_ticket,
    do_move_ticket,
    do_note_contact,
    find_by_number,
    purpose,
)
from aftersales.tickets.states import entry, final_states
from aftersales.workshop import Refused
from tools import tickets

HELP: dict[str, str] = knowledge.load("workshop")["terminal"]["help"]
OPTIONS: dict[str, str] = knowledge.load("workshop")["terminal"]["options"]
#: Who sits at this terminal.
ME = getpass.getuser()
Number = Annotated[str, typer.Argument(help=OPTIONS["number"])]
Who = Annotated[str, typer.Option(envvar="AFTERSALES_WHO", help=OPTIONS["who"])]
Why = Annotated[str | None, typer.Option(help=OPTIONS["why"])]


def words() -> dict[str, Any]:
    """Return what the commands say."""
    found: dict[str, Any] = knowledge.load("workshop")["terminal"]
    return found


def settings() -> Settings:
    """Return the settings.

    Raises:
        typer.Exit: a setting cannot be used; one line says which.
    """
    try:
        return Settings.from_env(os.environ)
    except SettingsError as error:
        fail(str(error))


def fail(line: str) -> NoReturn:
    """Print one line on standard error and end with 1."""
    tickets.refuse(line)


@contextmanager
def session() -> Iterator[Session]:
    """Open the database for one command: one transaction; a refusal is one line and leaves
    nothing behind."""
    try:
        with tickets.opened() as (store, _settings), store.session() as opened:
            yield opened
    except Refused as refused:
        fail(refused.text())
    except DraftIncomplete as incomplete:
        fields = knowledge.load("workshop")["fields"]
        missing = "、".join(fields.get(name, name) for name in incomplete.missing)
        fail(words()["draft_incomplete"].format(missing=missing))
    except PhoneUnusable:
        fail(words()["bad_phone"])


def find(opened: Session, number: str) -> Ticket:
    """Return the ticket of that number.

    Raises:
        Refused: there is none.
    """
    found = find_by_number(opened, number)
    if found is None:
        raise Refused("unknown_ticket", number=number)
    return found


def new_repair(
    opened: Session, name: str, phone: str, watch: Watch, fault: str | None, now: datetime
) -> Ticket:
    """Open a ticket for a customer who stands at the counter and has agreed."""
    ids = RandomIds()
    draft_id = ids.draft_id()
    draft = TicketDraft(
        draft_id=draft_id, kind="repair", name=name, phone=phone, channel="counter",
        sender=f"counter:{draft_id}", watch=watch, fault=fault,
        consent_version=purpose("repair")["version"],
    )  # fmt: skip
    return do_create_ticket(opened, draft, now, ids)


def act(
    number: str, action: str, do: Callable[..., Any], *given: object, who: str, **options: object
) -> None:
    """Do one action of the workshop on a ticket and say what it is now."""
    with session() as opened:
        ticket = find(opened, number)
        do(opened, ticket, *given, now=SystemClock().now(), who=who, **options)
        say_done(ticket, action)


def check_code(number: str, code: str, who: str) -> None:
    """Look at the pick-up code the customer says; a wrong one is counted, then the program ends."""
    with session() as opened:
        try:
            right = pickup.do_check_pickup_code(
                opened, find(opened, number), code, settings().session_secret(),
                SystemClock().now(), who,
            )  # fmt: skip
        except pickup.CodeLocked:
            raise Refused("code_locked") from None
        except pickup.NothingToPickUp:
            raise Refused("code_none") from None
    if not right:  # outside of the transaction, which counted the try
        fail(Refused("code_wrong").text())


def note_contact(number: str, how: str, over: bool, who: str) -> None:
    """Note that the customer was reached; a callback is then in hand, or over."""
    now = SystemClock().now()
    with session() as opened:
        ticket = find(opened, number)
        if over and ticket.kind != "callback":
            raise Refused("done_not_callback")
        try:
            do_note_contact(opened, ticket, how, now, who)
        except ContactRefused as refused:
            if refused.reason == "how":
                ways = "、".join(knowledge.load("tickets")["contacts"])
                raise Refused("no_such_way", given=how, known=ways) from None
            raise Refused(f"contact_{refused.reason}") from None
        if over or (ticket.kind == "callback" and ticket.state == "registered"):
            state = "closed" if over else "answering"
            do_move_ticket(opened, ticket, state, now, who, tell_customer=False)
        _say(ticket, words()["called"])


def say_done(ticket: Ticket, action: str) -> None:
    """Print one line: the number, what was done, where the ticket is."""
    _say(ticket, knowledge.load("workshop")["actions"][action]["name"])


def _say(ticket: Ticket, name: str) -> None:
    state = entry(ticket.state)["name"]
    typer.echo(words()["done"].format(number=ticket.number, action=name, state=state))


def show_list(opened: Session, state: str | None, everything: bool, limit: int) -> None:
    """Print repairs as a table, the newest first; names are masked.

    Args:
        opened: a session.
        state: only those in this state.
        everything: also those that are over.
        limit: at most so many.
    """
    query = select(Ticket).where(Ticket.kind == "repair")
    if state is not None:
        query = query.where(Ticket.state == state)
    elif not everything:
        query = query.where(Ticket.state.not_in(final_states()))
    found = opened.scalars(query.order_by(Ticket.id.desc()).limit(limit)).all()
    if not found:
        typer.echo(words()["nothing"])
        return
    table = Table(*words()["columns"])
    modes = knowledge.load("workshop")["modes"]
    for ticket in found:
        table.add_row(
            ticket.number,
            entry(ticket.state)["name"],
            modes[ticket.service_mode]["name"] if ticket.service_mode else "–",
            ticket.service_class or "–",
            workshop.dossier(opened, ticket).technician or "–",
            mask_name(ticket.contact_name),
            ticket.model or ticket.calibre or "–",
            f"{opening_hours().local(ticket.created_at):%m-%d %H:%M}",
        )
    Console().print(table)


def show_one(ticket: Ticket, opened: Session) -> None:
    """Print one ticket with its papers and its history; personal data is masked."""
    found, book, say = workshop.dossier(opened, ticket), knowledge.load("workshop"), words()
    none = say["none"]
    payment = found.payment
    fee = none
    if payment is not None:
        fee = f"{book['payment_ways'][payment.way]} {yuan(payment.amount_fen)}"
    left = workshop.settlement_left(opened, ticket)
    classes = knowledge.load("tickets")["classes"]
    of_class = ticket.service_class
    papers = "、".join(
        f"{book['papers'][kind]['name']}（{book['paper_states'][paper.state]}）"
        for kind, paper in found.papers.items()
    )
    name = mask_name(ticket.contact_name)
    approved = book["approvals"][ticket.approved_how] if ticket.approved_how else none
    rows = [
        (ticket.number, entry(ticket.state)["name"]),
        (say["stage"], book["stages"][ticket.stage] if ticket.stage else none),
        (
            say["columns"][5],
            f"{name} {mask_phone(ticket.customer.phone)}",
        ),
        (say["columns"][4], found.technician or none),
        (say["class"], f"{of_class} {classes[of_class]['name']}" if of_class else none),
        (say["approved"], approved),
        (say["hours"], f"{found.minutes // 60}:{found.minutes % 60:02d}"),
        (say["parts"], "、".join(part.part for part in found.parts) or none),
        (say["fee"], fee),
        (say["left"], book["left"][left] if left else none),
        (say["papers"], papers or none),
    ]
    for label, value in rows:
        typer.echo(f"{label}  {value}")
    typer.echo(say["history"])
    for move in ticket.moves:
        at = f"{opening_hours().local(move.at):%m-%d %H:%M}"
        why = f"（{move.why}）" if move.why else ""
        typer.echo(f"  {at}  {entry(move.to_state)['name']}  {move.who}{why}")


def fen(amount: str | None) -> int | None:
    """Read an amount in yuan as fen.

    Raises:
        typer.Exit: it is not an amount with at most two places.
    """
    if amount is None:
        return None
    try:
        return fen_of(amount)
    except AmountUnusable:
        fail(Refused("bad_amount", given=amount).text())
