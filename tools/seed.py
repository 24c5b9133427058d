"""Migrates the database and, when it is empty, fills in demonstration data: ``python -m
tools.seed``.

Prints what a newcomer needs to try things out; ``--json`` prints the same for programs. Safe to
run at every start: a database that holds a registration or a ticket is left as it is.
``AFTERSALES_DEMO=0`` only migrates.
"""

import json
import os
import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Annotated, Any

import typer
from sqlalchemy import select
from sqlalchemy.orm import Session

from aftersales import knowledge, workshop
from aftersales.calendar import local_date
from aftersales.clock import SystemClock
from aftersales.ids import RandomIds
from aftersales.registrations import card_digest
from aftersales.settings import Settings
from aftersales.store import audit, locks, migrate, open_store
from aftersales.store.tables import Registration, Ticket
from aftersales.tickets import TicketDraft, Watch, do_create_ticket

_WHO = "tools.seed"


def seed(session: Session, now: datetime) -> bool:
    """Insert the demonstration data of ``knowledge/demo.yml`` into an empty database.

    Args:
        session: a transaction.
        now: the moment; purchases and the ticket lie so many days before it.

    Returns:
        Whether anything was inserted.
    """
    locks.lock(session, "seed")
    if session.scalar(select(Registration.id).limit(1)) or session.scalar(
        select(Ticket.id).limit(1)
    ):
        return False
    demo = knowledge.load("demo")
    for entry in demo["registrations"]:
        session.add(_registration(entry, now))
    _ticket(session, demo["ticket"], now)
    audit.record(session, who=_WHO, what="seed", subject=("database", "demo"), now=now)
    session.flush()
    return True


def demo_data(session: Session) -> dict[str, Any]:
    """Return the demonstration data that is in the database, with the second proofs to try it
    with."""
    demo = knowledge.load("demo")
    by_card = {entry["card_number"]: entry for entry in demo["registrations"]}
    cards = session.scalars(
        select(Registration).where(Registration.is_demo).order_by(Registration.card_number)
    )
    ticket = session.scalar(select(Ticket).where(Ticket.draft_id == demo["ticket"]["draft_id"]))
    return {
        "registrations": [
            {
                "card_number": card.card_number,
                "case_back": f"{card.calibre}-{card.case_code}",
                "serial": card.serial,
                "phone_last4": by_card[card.card_number]["phone_last4"],
                "purchase_date": card.purchase_date.isoformat() if card.purchase_date else None,
                "note": by_card[card.card_number]["note"],
            }
            for card in cards
            if card.card_number in by_card
        ],
        "ticket": None
        if ticket is None
        else {"number": ticket.number, "phone_last4": demo["ticket"]["phone"][-4:]},
    }


def _registration(entry: dict[str, Any], now: datetime) -> Registration:
    bought = local_date(now) - timedelta(days=entry["bought_days_ago"])
    return Registration(
        card_number=entry["card_number"],
        calibre=entry["calibre"],
        case_code=entry["case_code"],
        serial=entry["serial"],
        model=entry["model"],
        line=entry["line"],
        shop=entry["shop"],
        purchase_date=bought,
        market=entry["market"],
        phone_digest=card_digest(entry["card_number"], entry["phone_last4"]),
        is_demo=True,
        imported_at=now,
        updated_at=now,
    )


def _ticket(session: Session, entry: dict[str, Any], now: datetime) -> None:
    moment = now - timedelta(days=entry["opened_days_ago"])
    draft = TicketDraft(
        draft_id=entry["draft_id"],
        kind="repair",
        name=entry["name"],
        phone=entry["phone"],
        channel="demo",
        sender="demo",
        watch=Watch(entry["calibre"], entry["case_code"], entry["serial"]),
        fault=entry["fault"],
        findings=[(label, value) for label, value in entry["findings"]],
        class_hint="A",
    )
    # A seeded source: the same digits at every seeding, only the day differs.
    ticket = do_create_ticket(session, draft, moment, RandomIds(random.Random(7)))  # noqa: S311
    reason, seen, name = entry["class_reason"], entry["condition"], entry["name"]
    steps: list[tuple[Callable[..., Any], tuple[object, ...]]] = [
        (workshop.do_register_call, ("counter", "A", reason)),
        (workshop.do_assign, (entry["technician"],)),
        (workshop.do_note_stage, ("arrived",)),
        (workshop.do_start_service, ()),
        (workshop.do_take_in, (name, seen)),
        (workshop.do_record_approval, ("signed",)),
        (workshop.do_start_repair, ()),
    ]
    for do, given in steps:
        moment += timedelta(hours=6)
        do(session, ticket, *given, now=moment, who=_WHO)


def main(as_json: Annotated[bool, typer.Option("--json", help="print JSON")] = False) -> None:
    """Migrate, fill an empty database with demonstration data, say what is there."""
    url = Settings.from_env(os.environ).database_url.reveal()
    migrate(url)
    store = open_store(url)
    with store.session() as session:
        wanted = os.environ.get("AFTERSALES_DEMO", "1") != "0"
        inserted = seed(session, SystemClock().now()) if wanted else False
        found = demo_data(session)
    store.close()
    if as_json:
        typer.echo(json.dumps({"inserted": inserted, **found}, ensure_ascii=False))
        return
    typer.echo("demo data inserted" if inserted else "database ready")
    for card in found["registrations"]:
        typer.echo(
            f"  {card['card_number']}  {card['case_back']}  {card['serial']}  "
            f"{card['phone_last4']}  {card['note']}"
        )
    if found["ticket"]:
        typer.echo(f"  {found['ticket']['number']}  {found['ticket']['phone_last4']}")


if __name__ == "__main__":
    typer.run(main)
