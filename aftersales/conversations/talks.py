"""One conversation per sender and channel."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from aftersales.conversations.owner import Owner
from aftersales.store.tables import Conversation


def find(session: Session, sender: str, channel: str) -> Conversation | None:
    """Return the conversation of this sender on this channel, or None."""
    return session.scalar(
        select(Conversation).where(Conversation.channel == channel, Conversation.sender == sender)
    )


def get_or_open(session: Session, sender: str, channel: str, now: datetime) -> Conversation:
    """Return the conversation of this sender on this channel; open it when there is none.

    Args:
        session: a transaction.
        sender: the proven sender, never a value from a message body.
        channel: ``widget``, ``desk``, ``terminal``, ``wechat_oa`` …
        now: the moment.
    """
    conversation = find(session, sender, channel)
    if conversation is not None:
        return conversation
    try:
        with session.begin_nested():
            conversation = Conversation(
                channel=channel,
                sender=sender,
                owner=Owner.BOT,
                owner_since=now,
                created_at=now,
                last_message_at=now,
            )
            session.add(conversation)
    except IntegrityError:  # another process opened it just now
        conversation = find(session, sender, channel)
        if conversation is None:
            raise
    return conversation
