"""What may be done in which state: the table ``actions`` in ``knowledge/workshop.yml``.

Every action begins with ``begin`` (the row is locked and read again, kind and state are checked)
and ends with ``move`` or ``note``, which write who, when and why.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from aftersales.deadlines.follow import do_follow_action
from aftersales.store import audit, locks
from aftersales.store.tables import Ticket, TicketMove
from aftersales.tickets.moves import do_move_checked
from aftersales.tickets.states import entry
from aftersales.workshop.refusals import Refused, book


def action(name: str) -> Mapping[str, Any]:
    """Return an action's entry: ``name``, ``from``, perhaps ``to``.

    Raises:
        KeyError: there is no such action.
    """
    found: Mapping[str, Any] = book()["actions"][name]
    return found


def begin(session: Session, ticket: Ticket, name: str) -> None:
    """Lock the ticket and refuse an action that its state does not allow.

    Raises:
        Refused: not a repair, or the wrong state; the sentence names what is needed first.
    """
    locks.hold(session, ticket)
    if ticket.kind != "repair":
        raise Refused("not_a_repair")
    wanted = action(name)
    if ticket.state not in wanted["from"]:
        raise Refused(
            "wrong_state",
            state=entry(ticket.state)["name"],
            action=wanted["name"],
            wanted="、".join(entry(state)["name"] for state in wanted["from"]),
        )


def move(
    session: Session,
    ticket: Ticket,
    name: str,
    now: datetime,
    who: str,
    why: str | None = None,
    trail: str | None = None,
) -> TicketMove:
    """Carry out the action's change of state; the customer finds the news at the next visit.

    The reason is kept with the move, where it is deleted with the person's data; the audit trail,
    which stays, has only the action and ``trail``, which must not hold a name or a phone number.
    """
    note(session, ticket, name, now, who, trail)
    return do_move_checked(session, ticket, action(name)["to"], now, who=who, why=why)


def note(
    session: Session, ticket: Ticket, name: str, now: datetime, who: str, why: str | None = None
) -> None:
    """Write an action into the audit trail, touch the ticket and meet the deadlines it meets.

    ``why`` must not hold a name or a phone number.
    """
    ticket.updated_at = now
    audit.record(
        session, who=who, what=f"workshop.{name}", subject=("ticket", ticket.number), now=now,
        why=why,
    )  # fmt: skip
    do_follow_action(session, ticket, name, now)
