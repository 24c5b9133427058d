"""Messages as they come in and go out, and the history.

An incoming message is stored under its key before any work starts, through the inbox: a repeat
finds the first row, ``replies`` finds its answers, and ``answered_at`` tells whether that work
ended. What the outbox delivers into a conversation has a key too, so it is said once. Keys are
unique per conversation, which is one channel and one proven sender.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from aftersales import inbox
from aftersales.conversations.owner import Owner, current_hand_over, do_answer, may_speak
from aftersales.deadlines.follow import do_answer_sender
from aftersales.store import locks
from aftersales.store.tables import Conversation, Message

Direction = Literal["in", "out"]

Speaker = Literal["customer", "bot", "person", "system"]


class NotYourTurn(Exception):
    """The bot wanted to answer where a person does, or the other way round; the answer is
    dropped."""


def do_store_message(
    session: Session,
    conversation: Conversation,
    direction: Direction,
    text: str,
    buttons: Sequence[Mapping[str, Any]] = (),
    photos: Sequence[str] = (),
    message_key: str | None = None,
    *,
    now: datetime,
    speaker: Speaker | None = None,
    in_reply_to: Message | None = None,
) -> tuple[Message, bool]:
    """Store one message; a repeat of a key finds the first one.

    No audit line: the message itself says who, when and what.

    Args:
        session: a transaction; commit it before the work on an incoming message starts.
        conversation: where it belongs; its row is locked and read again for an outgoing message.
        direction: ``in`` from the customer, ``out`` to the customer.
        text: as written, not normalised.
        buttons: title and payload of each button shown with it.
        photos: names of photos.
        message_key: the client's or WeChat's id of the message, at most 100 characters; None for
            answers.
        now: the moment.
        speaker: who says it; ``customer`` for ``in`` and ``bot`` for ``out`` unless told.
        in_reply_to: the incoming message this answers.

    Returns:
        The stored message, and whether it is new.

    Raises:
        NotYourTurn: the speaker may not answer in this conversation now.
        KeyTooLong: the key is too long.
    """
    speaker = speaker or ("customer" if direction == "in" else "bot")
    if direction == "out":
        locks.hold(session, conversation)
        if not may_speak(conversation, speaker):
            raise NotYourTurn(f"{speaker} may not answer while {conversation.owner} does")

    def store() -> tuple[str, int]:
        message = Message(
            conversation_id=conversation.id,
            channel=conversation.channel,
            message_key=message_key,
            direction=direction,
            speaker=speaker,
            text=text,
            buttons=[dict(button) for button in buttons],
            photos=list(photos),
            in_reply_to=None if in_reply_to is None else in_reply_to.id,
            created_at=now,
        )
        session.add(message)
        session.flush()
        conversation.last_message_at = now
        if speaker == "person":
            asked = current_hand_over(session, conversation)
            if asked is not None:
                do_answer(session, asked, now)
            do_answer_sender(session, conversation.sender, now)
        return "message", message.id

    if message_key is None:
        return session.get_one(Message, store()[1]), True
    source = inbox.Source(conversation.channel, conversation.sender, message_key)
    first = inbox.do_once(session, source, store, now)
    return session.get_one(Message, int(first.id)), first.is_new


def do_mark_answered(session: Session, message: Message, now: datetime) -> None:
    """Write down that the work on an incoming message is finished."""
    message.answered_at = message.answered_at or now
    session.flush()


def replies(session: Session, message: Message) -> list[Message]:
    """Return the answers to an incoming message, in order."""
    return list(
        session.scalars(
            select(Message).where(Message.in_reply_to == message.id).order_by(Message.id)
        )
    )


def history(session: Session, conversation: Conversation, limit: int = 50) -> list[Message]:
    """Return the latest messages of a conversation, oldest first."""
    latest = session.scalars(
        select(Message)
        .where(Message.conversation_id == conversation.id)
        .order_by(Message.id.desc())
        .limit(limit)
    )
    return list(latest)[::-1]


def unanswered(session: Session, before: datetime, limit: int = 50) -> list[Message]:
    """Return incoming messages stored before a moment whose work never finished, oldest first.

    After a crash these are answered again, or with an apology. Messages in a person's hands are
    not among them.
    """
    return list(
        session.scalars(
            select(Message)
            .join(Conversation)
            .where(
                Message.direction == "in",
                Message.answered_at.is_(None),
                Message.created_at < before,
                Conversation.owner != Owner.PERSON,
            )
            .order_by(Message.id)
            .limit(limit)
        )
    )
