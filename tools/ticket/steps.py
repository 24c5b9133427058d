"""One step of a repair: one transaction, and one clear line of what was done or why it was not."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated, Any

import typer
from sqlalchemy.orm import Session

from aftersales import knowledge, pickup
from aftersales.estimates.money import AmountUnusable, fen_of
from aftersales.ids import RandomIds
from aftersales.people import PhoneUnusable
from aftersales.store.tables import Ticket
from aftersales.tickets import (
    ContactRefused,
    DraftIncomplete,
    TicketDraft,
    Watch,
    do_create_ticket,
    do_move_ticket,
    do_note_contact,
    purpose,
)
from aftersales.tickets.states import entry
from aftersales.workshop import Refused
from tools import shop

HELP: dict[str, str] = knowledge.load("workshop")["terminal"]["help"]
Why = Annotated[str | None, typer.Option(help=shop.OPTIONS["why"])]


def words() -> dict[str, Any]:
    """Return what the commands say."""
    found: dict[str, Any] = knowledge.load("workshop")["terminal"]
    return found


@contextmanager
def session() -> Iterator[Session]:
    """Open the database for one command: one transaction; a refusal is one line and leaves
    nothing behind."""
    try:
        with shop.session() as opened:
            yield opened
    except Refused as refused:
        shop.refuse(refused.text())
    except DraftIncomplete as incomplete:
        fields = knowledge.load("workshop")["fields"]
        missing = "、".join(fields.get(name, name) for name in incomplete.missing)
        shop.refuse(words()["draft_incomplete"].format(missing=missing))
    except PhoneUnusable:
        shop.refuse(words()["bad_phone"])


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
        ticket = shop.ticket(opened, number)
        do(opened, ticket, *given, now=shop.clock.now(), who=who, **options)
        say_done(ticket, action)


def check_code(number: str, code: str, who: str) -> None:
    """Look at the pick-up code the customer says; a wrong one is counted, then the program ends."""
    with session() as opened:
        try:
            right = pickup.do_check_pickup_code(
                opened, shop.ticket(opened, number), code, shop.settings().session_secret(),
                shop.clock.now(), who,
            )  # fmt: skip
        except pickup.CodeLocked:
            raise Refused("code_locked") from None
        except pickup.NothingToPickUp:
            raise Refused("code_none") from None
    if not right:  # outside of the transaction, which counted the try
        shop.refuse(Refused("code_wrong").text())


def note_contact(number: str, how: str, over: bool, who: str) -> None:
    """Note that the customer was reached; a callback is then in hand, or over."""
    now = shop.clock.now()
    with session() as opened:
        ticket = shop.ticket(opened, number)
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
        shop.refuse(Refused("bad_amount", given=amount).text())
