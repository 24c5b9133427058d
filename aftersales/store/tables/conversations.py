"""Conversations, their messages and the requests for a person.

A message is written before any work on it starts, under a key that is unique in its conversation,
and so per channel and sender (a client that makes its own keys can never hit somebody else's). The
answers point back to it: a repeated delivery finds the first answer, through the inbox.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped

from aftersales.store.base import Base, personal, service, technical


class Conversation(Base):
    """All that is said with one sender on one channel, and who answers there: bot, waiting or
    person."""

    __tablename__ = "conversations"
    __table_args__ = (UniqueConstraint("channel", "sender"),)

    id: Mapped[int] = technical(primary_key=True)
    channel: Mapped[str] = technical(String(30))
    sender: Mapped[str] = personal(String(100))
    owner: Mapped[str] = technical(String(10))
    owner_since: Mapped[datetime] = technical()
    person: Mapped[str | None] = personal(String(100))
    created_at: Mapped[datetime] = technical()
    last_message_at: Mapped[datetime] = technical(index=True)


class Message(Base):
    """One message. ``answered_at`` says when the work on an incoming one was finished."""

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("conversation_id", "message_key"),
        Index("ix_messages_conversation", "conversation_id", "id"),
    )

    id: Mapped[int] = technical(primary_key=True)
    conversation_id: Mapped[int] = technical(ForeignKey("conversations.id"))
    channel: Mapped[str] = technical(String(30))
    message_key: Mapped[str | None] = technical(String(100))
    direction: Mapped[str] = technical(String(3))
    speaker: Mapped[str] = technical(String(10))
    text: Mapped[str] = personal(Text)
    buttons: Mapped[list[dict[str, Any]]] = service(JSON)
    photos: Mapped[list[str]] = personal(JSON)
    in_reply_to: Mapped[int | None] = technical(ForeignKey("messages.id"), index=True)
    created_at: Mapped[datetime] = technical()
    answered_at: Mapped[datetime | None] = technical()


class HandOver(Base):
    """One request for a person, with what was promised."""

    __tablename__ = "hand_overs"
    __table_args__ = (Index("ix_hand_overs_open", "closed_at", "promised_at"),)

    id: Mapped[int] = technical(primary_key=True)
    conversation_id: Mapped[int] = technical(ForeignKey("conversations.id"), index=True)
    reason: Mapped[str] = service(String(60))
    asked_at: Mapped[datetime] = service()
    back_at: Mapped[datetime | None] = service()
    promised_at: Mapped[datetime | None] = service()
    taken_at: Mapped[datetime | None] = service()
    taken_by: Mapped[str | None] = personal(String(100))
    closed_at: Mapped[datetime | None] = service()
