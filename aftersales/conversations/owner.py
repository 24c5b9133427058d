"""Who answers in a conversation.

While ``waiting`` the bot goes on helping; only ``person`` silences it. For every owner there is
exactly one speaker: the bot and a person never both answer, and no message is answered by nobody.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from aftersales import calendar, deadlines, outbox
from aftersales.store import audit, locks
from aftersales.store.tables import Conversation, HandOver


class Owner(StrEnum):
    """Who the conversation belongs to."""

    BOT = "bot"
    WAITING = "waiting"
    PERSON = "person"


class AlreadyTaken(Exception):
    """Another person answers in this conversation already."""


def speakers(owner: str) -> frozenset[str]:
    """Return who may answer while the conversation has this owner: always exactly one."""
    return frozenset({"person" if Owner(owner) is Owner.PERSON else "bot"})


def may_speak(conversation: Conversation, speaker: str) -> bool:
    """Say whether ``bot`` or ``person`` may answer now; ``system`` notices may always be shown."""
    return speaker == "system" or speaker in speakers(conversation.owner)


def do_request_person(
    session: Session, conversation: Conversation, reason: str, now: datetime
) -> HandOver:
    """Ask for a person; asking again returns the request that is still open, unchanged.

    Args:
        session: a transaction.
        conversation: its row is locked and read again first.
        reason: a key such as ``asked`` or ``two_misunderstandings``.
        now: the moment.

    Returns:
        The request: ``back_at`` is the next opening (None when open now or when none is known),
        ``promised_at`` is when a person will have answered (None when nothing can be promised).
    """
    locks.hold(session, conversation)
    current = _open_hand_over(session, conversation)
    if current is not None:
        return current
    opening = calendar.next_open(now)
    hand_over = HandOver(
        conversation_id=conversation.id,
        reason=reason,
        asked_at=now,
        back_at=None if calendar.open_at(now) else opening,
    )
    session.add(hand_over)
    session.flush()
    hand_over.promised_at = deadlines.do_start(session, "question", subject(hand_over), now).due_at
    _set_owner(conversation, Owner.WAITING, now)
    audit.record(
        session,
        who=conversation.sender,
        what="do_request_person",
        subject=("conversation", conversation.id),
        now=now,
        why=reason,
    )
    outbox.notify_desk(
        session,
        f"hand_over:{hand_over.id}",
        {
            "event": "person_requested",
            "conversation": conversation.id,
            "hand_over": hand_over.id,
            "reason": reason,
        },
        now,
    )
    return hand_over


def do_take_over(
    session: Session, conversation: Conversation, person: str, now: datetime
) -> HandOver:
    """Let a person answer from now on; the bot is silent until ``do_return_to_bot``.

    Args:
        session: a transaction.
        conversation: its row is locked and read again first.
        person: who takes over; the same person again changes nothing.
        now: the moment.

    Raises:
        AlreadyTaken: another person answers already.
    """
    locks.hold(session, conversation)
    current = _open_hand_over(session, conversation)
    if conversation.owner == Owner.PERSON and current is not None:
        if conversation.person != person:
            raise AlreadyTaken("another person answers in this conversation")
        return current
    if current is None:  # the person stepped in unasked
        current = HandOver(conversation_id=conversation.id, reason="stepped_in", asked_at=now)
        session.add(current)
    current.taken_at, current.taken_by = now, person
    _set_owner(conversation, Owner.PERSON, now, person)
    session.flush()
    audit.record(
        session,
        who=person,
        what="do_take_over",
        subject=("conversation", conversation.id),
        now=now,
    )
    return current


def do_return_to_bot(session: Session, conversation: Conversation, who: str, now: datetime) -> None:
    """Give the conversation back to the bot and close the request; harmless when the bot has it."""
    locks.hold(session, conversation)
    if conversation.owner == Owner.BOT:
        return
    current = _open_hand_over(session, conversation)
    if current is not None:
        current.closed_at = now
        do_answer(session, current, now)
    _set_owner(conversation, Owner.BOT, now)
    session.flush()
    audit.record(
        session,
        who=who,
        what="do_return_to_bot",
        subject=("conversation", conversation.id),
        now=now,
    )


def do_answer(session: Session, hand_over: HandOver, now: datetime) -> None:
    """Write down that the person asked for has answered; the first time counts.

    A request given back before anybody took it is dropped: nobody answered.
    """
    try:
        deadline = deadlines.find(session, f"question:{subject(hand_over)}")
    except deadlines.UnknownDeadline:  # the person stepped in unasked
        return
    if hand_over.taken_at is None:
        deadlines.do_drop(session, deadline, now, "returned")
    else:
        deadlines.do_meet(session, deadline, now)


def current_hand_over(session: Session, conversation: Conversation) -> HandOver | None:
    """Return the request of this conversation that nobody has closed, or None."""
    return _open_hand_over(session, conversation)


def open_hand_overs(session: Session) -> list[HandOver]:
    """Return the requests nobody has closed, the earliest promise first."""
    return list(
        session.scalars(
            select(HandOver)
            .where(HandOver.closed_at.is_(None))
            .order_by(HandOver.promised_at, HandOver.id)
        )
    )


def subject(hand_over: HandOver) -> str:
    """Return what the deadline of a request, of the kind ``question``, is about."""
    return f"hand_over:{hand_over.id}"


def _open_hand_over(session: Session, conversation: Conversation) -> HandOver | None:
    return session.scalar(
        select(HandOver)
        .where(HandOver.conversation_id == conversation.id, HandOver.closed_at.is_(None))
        .order_by(HandOver.id.desc())
        .limit(1)
    )


def _set_owner(
    conversation: Conversation, owner: Owner, now: datetime, person: str | None = None
) -> None:
    conversation.owner, conversation.owner_since, conversation.person = owner, now, person
