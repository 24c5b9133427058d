"""What the page is told about messages: no payload, no sender id, no unsigned address."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Literal, cast

from pydantic import BaseModel, Field

from aftersales.store.tables import Conversation, Message
from web.buttons import choices
from web.parts import Parts

LinkKind = Literal["status", "estimate"]
#: A signed address of ``web.charts``.
_CHART = re.compile(r"/charts/[A-Za-z0-9_.-]+")
#: A pass to a page of ours, and the mark before it.
_WAY = re.compile(r"[：:]?\s*(/(?P<kind>[se])/open/[A-Za-z0-9_.-]+)")
_KINDS: dict[str, LinkKind] = {"s": "status", "e": "estimate"}

OwnerName = Literal["bot", "waiting", "person"]


class ButtonView(BaseModel):
    """An answer to tap: send its title as ``text`` and its token as ``button``."""

    title: str
    token: str


class PhotoView(BaseModel):
    """A photo; the address is signed for this session and expires after an hour."""

    url: str


class LinkView(BaseModel):
    """A way to a page about the visitor's ticket; signed for this session, good for minutes."""

    kind: LinkKind
    url: str


class MessageView(BaseModel):
    """One message as the page shows it. ``text`` is plain text, never markup."""

    id: int
    role: Literal["user", "bot", "person"]
    text: str
    buttons: list[ButtonView] = []
    photos: list[PhotoView] = []
    links: list[LinkView] = []
    at: datetime


class ConversationView(BaseModel):
    """Messages, oldest first, and who answers now."""

    messages: list[MessageView]
    owner: OwnerName
    failed: bool = Field(
        default=False,
        description="no answer could be given; the same client_message_id may be sent again",
    )


class HistoryView(ConversationView):
    """What was said so far; ``opening`` comes before it and is not stored."""

    opening: list[str]


def message_view(parts: Parts, sender: str, message: Message, now: datetime) -> MessageView:
    """Return one stored message for ``sender``."""
    incoming = message.direction == "in"
    role: Literal["user", "bot", "person"] = "user" if incoming else "bot"
    if not incoming and message.speaker == "person":
        role = "person"
    offered = [] if incoming else choices(message.buttons)
    return MessageView(
        id=message.id,
        role=role,
        text=message.text if incoming else _WAY.sub("。", _CHART.sub("", message.text)).rstrip(),
        buttons=[
            ButtonView(title=choice.title, token=parts.buttons.make(sender, message.id, index))
            for index, choice in enumerate(offered)
        ],
        photos=[
            *(PhotoView(url=parts.photo_links.make(sender, name, now)) for name in message.photos),
            *(PhotoView(url=url) for url in _charts(message)),
        ],
        links=[] if incoming else _ways(message),
        at=message.created_at,
    )


def _ways(message: Message) -> list[LinkView]:
    """Passes our own side named; the page shows a button instead of the address."""
    found = _WAY.finditer(message.text)
    return [LinkView(kind=_KINDS[way["kind"]], url=way[1]) for way in found]


def _charts(message: Message) -> list[str]:
    """Addresses of charts our own side named; the page shows the picture beside the words."""
    return [] if message.direction == "in" else _CHART.findall(message.text)


def view(
    parts: Parts,
    talk: Conversation,
    messages: Sequence[Message],
    now: datetime,
    failed: bool = False,
) -> ConversationView:
    """Return an answer for the page."""
    return ConversationView(
        messages=[message_view(parts, talk.sender, m, now) for m in messages],
        owner=cast(OwnerName, talk.owner),
        failed=failed,
    )
