"""What the gateway asks of stored messages beyond ``aftersales.conversations``."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from aftersales.store.tables import Conversation, Message


def find_incoming(session: Session, talk: Conversation, message_key: str) -> Message | None:
    """Return the incoming message the page sent under this id, or None."""
    return session.scalar(
        select(Message).where(
            Message.conversation_id == talk.id,
            Message.message_key == message_key,
            Message.direction == "in",
        )
    )


def incoming(session: Session, talk: Conversation, row: int) -> Message:
    """Return an incoming message of this conversation.

    Raises:
        sqlalchemy.exc.NoResultFound: it is not one of this conversation.
    """
    return session.scalars(
        select(Message).where(
            Message.id == row, Message.conversation_id == talk.id, Message.direction == "in"
        )
    ).one()


def offered(session: Session, talk: Conversation, row: int) -> Sequence[dict[str, Any]]:
    """Return the buttons of one outgoing message of this conversation; none when it is not one."""
    message = session.scalar(
        select(Message).where(
            Message.id == row, Message.conversation_id == talk.id, Message.direction == "out"
        )
    )
    return message.buttons if message is not None else []


def last_offered(
    session: Session, talk: Conversation, before: Message | None = None
) -> Sequence[dict[str, Any]]:
    """Return the buttons of the newest outgoing message (``before`` one that is tried again)."""
    query = select(Message).where(Message.conversation_id == talk.id, Message.direction == "out")
    if before is not None:
        query = query.where(Message.id < before.id)
    message = session.scalar(query.order_by(Message.id.desc()).limit(1))
    return message.buttons if message is not None else []


def pushed_after(session: Session, talk: Conversation, row: int, limit: int = 50) -> list[Message]:
    """Return what was said after message ``row`` from outside a direct answer, oldest first."""
    return list(
        session.scalars(
            select(Message)
            .where(
                Message.conversation_id == talk.id,
                Message.id > row,
                Message.direction == "out",
                Message.in_reply_to.is_(None),
            )
            .order_by(Message.id)
            .limit(limit)
        )
    )
