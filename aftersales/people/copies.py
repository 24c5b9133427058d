"""What we keep of a person: counted for the chat, and as a whole for the copy one may ask for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from aftersales.people.serialise import serialise
from aftersales.people.shredders import RULES, Subject
from aftersales.people.shredders.erase import count
from aftersales.store.base import Base
from aftersales.store.tables import Consent, Ticket

_MOST_ROWS = 5_000  # of one table in one copy


@dataclass(frozen=True)
class Holdings:
    """What is kept, in numbers and without a word of it.

    Attributes:
        rows: rows per table.
        tickets: the tickets, newest first.
        consents: the consents that hold: purpose and version of the text agreed to.
    """

    rows: Mapping[str, int]
    tickets: tuple[Ticket, ...]
    consents: tuple[tuple[str, str], ...]


def holdings(session: Session, subject: Subject) -> Holdings:
    """Return what is kept of a subject (made with ``whole=True``)."""
    rows: dict[str, int] = {}
    for name, rules in RULES.items():
        found = sum(count(session, rule, rule.rows(subject)) for rule in rules if rule.exported)
        if found:
            rows[name] = found
    every = subject.tickets | subject.open_tickets
    tickets = session.scalars(
        select(Ticket).where(Ticket.id.in_(every)).order_by(Ticket.id.desc())
    ).all()
    return Holdings(rows, tuple(tickets), tuple(consents_of(session, subject)))


def consents_of(session: Session, subject: Subject) -> list[tuple[str, str]]:
    """Return purpose and version of every consent that holds."""
    latest: dict[tuple[str, str], Consent] = {}
    lines = session.scalars(
        select(Consent).where(Consent.subject.in_(subject.senders)).order_by(Consent.id)
    )
    for line in lines:
        latest[line.subject, line.purpose] = line
    return sorted({(line.purpose, line.version) for line in latest.values() if line.given})


def copy_of(session: Session, subject: Subject, now: datetime) -> dict[str, Any]:
    """Return the copy a person may have: every row about him, as JSON values.

    Args:
        session: a session.
        subject: made with ``whole=True``; whose data it is must be proved.
        now: the moment, said in the copy.
    """
    models = {mapper.local_table.name: mapper.class_ for mapper in Base.registry.mappers}  # type: ignore[attr-defined]
    tables: dict[str, list[dict[str, Any]]] = {}
    for name, rules in RULES.items():
        clauses = [rule.rows(subject) for rule in rules if rule.exported]
        if not clauses:
            continue
        wanted = clauses[0]
        for one in clauses[1:]:
            wanted = wanted | one
        model = models[name]
        keys = list(model.__table__.primary_key.columns)
        found = session.scalars(select(model).where(wanted).order_by(*keys).limit(_MOST_ROWS))
        hidden = {column for rule in rules for column in rule.colleagues | rule.hidden}
        rows = [
            {key: value for key, value in serialise(row, "customer").items() if key not in hidden}
            for row in found
        ]
        if rows:
            tables[name] = rows
    return {"made_at": now.isoformat(), "tables": tables}
