"""What customers think: asked once per case, answered in a word, never asked again."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from aftersales import knowledge, outbox
from aftersales.language import normalise
from aftersales.people.phones import digest
from aftersales.store import audit, locks
from aftersales.store.tables import ComplaintCase, Satisfaction, Ticket

EVENT = "satisfaction"
SATISFIED, UNSATISFIED = 4, 2  # this much and more, this little and less
MOST_CHARS = 2_000


@dataclass(frozen=True)
class Opinion:
    """A score from 1 to 5 and what was said with it."""

    score: int
    comment: str | None = None


def read_opinion(text: str) -> Opinion | None:
    """Return the opinion a message is, as a whole; None when it says something else."""
    rules, said = knowledge.load("care")["satisfaction"], normalise(text).strip()
    for score, words in rules["scores"].items():
        found = re.fullmatch(f"(?:{words})(?:[。.!！~]*|{rules['comment']})", said)
        if found is not None:
            comment = found.group("comment")
            return Opinion(int(score), comment.strip() if comment else None)
    return None


def do_ask_about_ticket(session: Session, ticket: Ticket, now: datetime) -> bool:
    """Ask at the next visit how a finished ticket went; once, however often it is finished.

    A caller whose ticket an agent wrote has no next visit: he is asked when he is called.
    """
    key = f"ticket:{ticket.number}"
    if ticket.channel == "desk":
        return False
    if not _add(session, key, ticket.sender, ticket.channel, None, ticket):
        return False
    outbox.leave_for_visit(
        session, f"{EVENT}:{ticket.number}", ticket, {"event": EVENT, "number": ticket.number}, now
    )
    return True


def do_mark_asked(session: Session, number: str, now: datetime) -> None:
    """Write down that the question about a ticket has now been put."""
    row = session.scalar(select(Satisfaction).where(Satisfaction.case_key == f"ticket:{number}"))
    if row is not None and row.asked_at is None:
        row.asked_at = now


def do_ask_about_talk(
    session: Session, sender: str, channel: str, began: str, now: datetime
) -> bool:
    """Say whether to ask how a talk went in which only the bot served; True once per talk.

    Args:
        session: a transaction.
        sender: the proven sender.
        channel: where he talks.
        began: what tells this talk from the sender's other ones.
        now: the moment.

    Returns:
        True when the question is to be put now. Never twice in one talk, never soon after the
        last time.
    """
    rest = timedelta(days=knowledge.load("care")["satisfaction"]["rest_days"])
    lately = select(Satisfaction.id).where(
        Satisfaction.sender == sender, Satisfaction.asked_at > now - rest
    )
    if session.scalar(lately.limit(1)) is not None:
        return False
    key = f"talk:{digest('talk', sender, began)[:40]}"
    return _add(session, key, sender, channel, now, None)


def do_answer_question(
    session: Session, sender: str, opinion: Opinion, now: datetime
) -> Satisfaction | None:
    """Keep an answer with the question asked last; None when none was asked or it was answered."""
    window = timedelta(days=knowledge.load("care")["satisfaction"]["answer_days"])
    row = session.scalar(
        select(Satisfaction)
        .where(Satisfaction.sender == sender, Satisfaction.asked_at >= now - window)
        .order_by(Satisfaction.asked_at.desc(), Satisfaction.id.desc())
        .limit(1)
        .with_for_update()
    )
    if row is None or row.score is not None:
        return None
    row.score, row.comment, row.answered_at = opinion.score, opinion.comment, now
    case = session.scalar(
        select(ComplaintCase)
        .where(ComplaintCase.ticket_id == row.ticket_id)
        .order_by(ComplaintCase.round.desc())
        .limit(1)
    )
    if case is not None and case.satisfied is None:
        if opinion.score >= SATISFIED or opinion.score <= UNSATISFIED:
            case.satisfied = opinion.score >= SATISFIED
    session.flush()
    audit.record(
        session,
        who=sender,
        what="do_answer_question",
        subject=("satisfaction", row.id),
        now=now,
        why=str(opinion.score),
    )
    return row


def do_record_opinion(
    session: Session,
    ticket: Ticket,
    now: datetime,
    who: str,
    on_product: str | None = None,
    on_service: str | None = None,
    score: int | None = None,
) -> Satisfaction:
    """Write down what a customer said about product and service, as at a callback.

    It also answers the question of satisfaction when a score is given; what is None stays.

    Raises:
        ValueError: the score is not from 1 to 5.
    """
    if score is not None and not 1 <= score <= 5:
        raise ValueError("a score is from 1 to 5")
    key = f"ticket:{ticket.number}"
    _add(session, key, ticket.sender, ticket.channel, None, ticket)
    row = session.scalars(
        select(Satisfaction).where(Satisfaction.case_key == key).with_for_update()
    ).one()
    if on_product is not None:
        row.on_product = on_product.strip()[:MOST_CHARS] or None
    if on_service is not None:
        row.on_service = on_service.strip()[:MOST_CHARS] or None
    if score is not None and row.score is None:
        row.score, row.answered_at = score, now
    session.flush()
    audit.record(
        session,
        who=who,
        what="do_record_opinion",
        subject=("ticket", ticket.number),
        now=now,
    )
    return row


def _add(
    session: Session,
    key: str,
    sender: str,
    channel: str,
    asked_at: datetime | None,
    ticket: Ticket | None,
) -> bool:
    locks.lock(session, f"satisfaction:{key}")
    known = select(Satisfaction.id).where(Satisfaction.case_key == key)
    if session.scalar(known) is not None:
        return False
    session.add(
        Satisfaction(
            case_key=key,
            ticket_id=ticket.id if ticket is not None else None,
            sender=sender,
            channel=channel,
            asked_at=asked_at,
        )
    )
    return True
