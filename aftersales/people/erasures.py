"""A deletion that was asked for: noted at once, done a little later, written down for good.

Later, because the conversation that asks is itself among what is deleted: the answer has to arrive
and the dialogue engine has to put its turn away first.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from aftersales.people.erased import note_erased
from aftersales.people.shredders import Subject, shred
from aftersales.people.shredders.people import customers as leaving_customers
from aftersales.people.subjects import subject_of
from aftersales.people.trackers import Trackers
from aftersales.settings import Secret
from aftersales.store import audit, locks
from aftersales.store.tables import Conversation, Customer, Erasure

Proof = Literal["session", "number"]
ASKED, WAITING, DONE = "asked", "waiting", "done"
GRACE = timedelta(minutes=10)
QUIET = timedelta(minutes=2)
LOOK_AGAIN = timedelta(days=1)
_MOST = 20


@dataclass(frozen=True)
class Places:
    """What lies outside our database.

    Attributes:
        photos_dir: the folder of the pictures.
        trackers: the dialogue engine's store.
        erasure_key: makes a deleted number known again when an old table names it.
    """

    photos_dir: Path
    trackers: Trackers
    erasure_key: Secret


def do_ask_erasure(
    session: Session,
    *,
    sender: str,
    tickets: Iterable[int],
    proof: Proof,
    channel: str,
    now: datetime,
) -> Erasure:
    """Note that somebody proved who he is and wants everything deleted; asking again finds it.

    Args:
        session: a transaction.
        sender: the proven sender of the conversation that asks.
        tickets: ids of the tickets proved besides those this sender opened.
        proof: ``session``: everything of this conversation; ``number``: only ``tickets``, by their
            number and the phone's last digits (always at the desk, where an agent's conversation
            holds many people's tickets).
        channel: where it was asked.
        now: the moment; it is done ten minutes later.
    """
    locks.lock(session, f"erasure:{sender}")
    wanted = sorted(set(tickets))
    first = find_erasure(session, sender)
    if first is not None:
        first.tickets = sorted({*first.tickets, *wanted})
        first.proof = "session" if "session" in (first.proof, proof) else "number"
        return first
    erasure = Erasure(
        reason="request",
        proof=proof,
        channel=channel,
        state=ASKED,
        sender=sender,
        tickets=wanted,
        asked_at=now,
        due_at=now + GRACE,
        counts={},
    )
    session.add(erasure)
    session.flush()
    audit.record(
        session, who=sender, what="do_ask_erasure", subject=("erasure", erasure.id), now=now
    )
    return erasure


def find_erasure(session: Session, sender: str) -> Erasure | None:
    """Return the deletion this sender asked for that is not done yet, or None.

    A deletion that is done names nobody any more and is not found.
    """
    return session.scalar(
        select(Erasure).where(Erasure.sender == sender, Erasure.state.in_([ASKED, WAITING]))
    )


def do_recall_erasure(session: Session, sender: str, now: datetime) -> bool:
    """Take the wish back while nothing has been deleted; say whether there was one."""
    found = session.scalar(
        select(Erasure).where(Erasure.sender == sender, Erasure.state == ASKED).with_for_update()
    )
    if found is None:
        return False
    audit.record(
        session, who=sender, what="do_recall_erasure", subject=("erasure", found.id), now=now
    )
    session.delete(found)
    return True


def due_erasures(session: Session, now: datetime) -> list[int]:
    """Return the ids of deletions that are to be done now, oldest first."""
    return list(
        session.scalars(
            select(Erasure.id)
            .where(Erasure.state.in_([ASKED, WAITING]), Erasure.due_at <= now)
            .order_by(Erasure.due_at, Erasure.id)
            .limit(_MOST)
        )
    )


def do_erase(session: Session, erasure_id: int, places: Places, now: datetime) -> Erasure | None:
    """Delete what was asked for; harmless to repeat after a crash anywhere in it.

    Outside first: a picture or an event that is gone already is no fault the next time, while a row
    that names it would be lost. Tickets still worked on wait for their end; they are looked at once
    a day. Of a phone number nobody else gave, a keyed digest stays, so that no old table brings the
    person back (``aftersales.people.erased``).

    Args:
        session: a transaction of its own.
        erasure_id: of a deletion that is due.
        places: what lies outside our database.
        now: the moment.

    Returns:
        The record, or None when somebody still talks and it was put off, or another did it.
    """
    erasure = session.get(Erasure, erasure_id, with_for_update=True)
    if erasure is None or erasure.state == DONE or erasure.sender is None:
        return None
    if _talking(session, erasure, places, now):
        erasure.due_at = now + QUIET
        return None
    senders = {erasure.sender} if erasure.proof == "session" else set()
    subject = subject_of(session, senders, erasure.tickets)
    if erasure.state == WAITING and subject.open_tickets:
        erasure.due_at = now + LOOK_AGAIN  # all else is gone already
        return None
    events = sum(places.trackers.forget(sender) for sender in sorted(subject.senders))
    phones = select(Customer.phone).where(leaving_customers(subject), Customer.phone != "")
    note_erased(session, session.scalars(phones).all(), places.erasure_key, now)
    done = shred(session, subject)
    done.add("rasa_events", "deleted", events)
    done.add("photo_files", "deleted", remove_files(places.photos_dir, done.files))
    session.refresh(erasure)
    counts = {table: dict(one) for table, one in erasure.counts.items()}
    for table, one in done.counts.items():
        for what, rows in one.items():
            counts.setdefault(table, {})
            counts[table][what] = counts[table].get(what, 0) + rows
    erasure.counts = counts
    if subject.open_tickets:
        erasure.state, erasure.due_at = WAITING, now + LOOK_AGAIN
        erasure.tickets = sorted({*erasure.tickets, *subject.open_tickets})
    else:
        erasure.state, erasure.done_at = DONE, now
        erasure.sender, erasure.tickets = None, []
    audit.record(session, who="system", what="do_erase", subject=("erasure", erasure.id), now=now)
    return erasure


def remove_files(folder: Path, names: Iterable[str]) -> int:
    """Remove files by their bare names; return how many were there."""
    removed = 0
    for name in names:
        path = folder / Path(name).name
        if path.is_file():
            path.unlink(missing_ok=True)
            removed += 1
    return removed


def _talking(session: Session, erasure: Erasure, places: Places, now: datetime) -> bool:
    """Whether the conversation is going on: an answer on its way must find its message."""
    last = session.scalar(
        select(func.max(Conversation.last_message_at)).where(Conversation.sender == erasure.sender)
    )
    # What goes past the gateway, such as the terminal, is known to the dialogue engine only.
    heard = places.trackers.last(str(erasure.sender))
    return any(moment is not None and now - moment < QUIET for moment in (last, heard))


__all__ = [
    "Places",
    "Subject",
    "do_ask_erasure",
    "do_erase",
    "do_recall_erasure",
    "due_erasures",
    "find_erasure",
    "remove_files",
]
