"""The conversation of the page.

Text goes in by ``POST /chat/messages`` with an id chosen by the page: sending the same id again is
always safe. What comes later (a colleague's words, news about a ticket) arrives by server-sent
events.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from sse_starlette import EventSourceResponse, ServerSentEvent

from aftersales import conversations
from aftersales.operator import operator
from aftersales.store.tables import Message
from web import visits
from web.parts import Parts, ThePartsOf, Visitor, address
from web.recovery import GRACE
from web.refusals import ErrorAnswer, Refusal
from web.talk import CHANNEL, MAX_CHARS, Said, hear, tidy
from web.texts import texts
from web.views import ConversationView, HistoryView, message_view, view

router = APIRouter(prefix="/chat", tags=["chat"])
HISTORY = 100
POLL_S = 1.5
MAX_STREAMS = 4  # per session: tabs, not floods
ERRORS: dict[int | str, dict[str, object]] = {
    code: {"model": ErrorAnswer} for code in (403, 413, 422, 429, 503)
}

MessageId = Annotated[
    str,
    Field(
        pattern=r"^[A-Za-z0-9_-]{8,60}$",
        description="made by the client, one per message; the same again returns the first answer",
        examples=["3f0c9c1e-7d1b-4c0e-9a52-1f0a3a6d9d11"],
    ),
]


class NewMessage(BaseModel):
    """What a visitor says."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(max_length=MAX_CHARS, examples=["我的7S26一天快三十秒"])]
    client_message_id: MessageId
    button: Annotated[
        str | None,
        Field(default=None, max_length=300, description="token of the tapped button, if any"),
    ] = None
    ask: Annotated[
        str | None,
        Field(default=None, max_length=300, description="pass of the status page, if one led here"),
    ] = None


@router.post("/messages", responses=ERRORS)
async def messages(
    new: NewMessage, request: Request, parts: ThePartsOf, who: Visitor
) -> ConversationView:
    """Say something; the answer is what is said back (nothing while a colleague is writing).

    ``failed: true`` means an apology was said because no answer could be given: the message is kept
    and the same id may be sent again for a real answer.
    """
    now = parts.clock.now()
    parts.limits.spend("message_session", who.sender, now)
    parts.limits.spend("message_address", address(request), now)
    return await hear(parts, who, Said(tidy(new.text), new.client_message_id, new.button, new.ask))


@router.get("/history", responses=ERRORS)
def history(parts: ThePartsOf, who: Visitor) -> HistoryView:
    """Return the last 100 messages of this visitor and what the page says before them."""
    now = parts.clock.now()
    opening = _opening()
    with parts.store.session() as session:
        visits.collect(session, who.sender, CHANNEL, now)
        talk = conversations.find(session, who.sender, CHANNEL)
        if talk is None:
            return HistoryView(messages=[], owner="bot", opening=opening)
        past = view(parts, talk, conversations.history(session, talk, HISTORY), now)
    return HistoryView(messages=past.messages, owner=past.owner, opening=opening)


def _opening() -> list[str]:
    who, words = operator(), texts()["chat"]
    notice = who.notice or ""
    return [line.format(name=who.name, notice=notice) for line in words["opening"]]


@router.get("/events", responses=ERRORS, response_class=EventSourceResponse)
async def events(
    request: Request,
    parts: ThePartsOf,
    who: Visitor,
    after: Annotated[int, Query(ge=0, le=2**62)] = 0,
) -> EventSourceResponse:
    """Stream what is said outside a direct answer (server-sent events, one JSON each).

    Starts after message ``after`` or after ``Last-Event-ID`` when a stream is resumed.
    """
    resumed = request.headers.get("last-event-id", "")
    start = int(resumed) if resumed.isdigit() and len(resumed) < 19 else after
    streams = parts.streams
    if streams[who.sender] >= MAX_STREAMS:
        raise Refusal(429, "too_fast", 30)

    async def said_later() -> AsyncIterator[ServerSentEvent]:
        streams[who.sender] += 1
        seen, looked = start, None
        try:
            while True:
                looked, news = await asyncio.to_thread(_pushed, parts, who.sender, seen, looked)
                for number, line in news:
                    seen = max(seen, number)
                    yield ServerSentEvent(line, id=str(number))
                await asyncio.sleep(POLL_S)
        finally:
            streams[who.sender] -= 1
            if not streams[who.sender]:
                del streams[who.sender]

    return EventSourceResponse(said_later(), ping=20)


def _pushed(
    parts: Parts, sender: str, seen: int, looked: datetime | None
) -> tuple[datetime | None, list[tuple[int, str]]]:
    """Return when the last message was stored, and the news if that is later than ``looked``."""
    now = parts.clock.now()
    with parts.store.session(read_only=True) as session:
        talk = conversations.find(session, sender, CHANNEL)
        if talk is None or talk.last_message_at == looked:
            return looked, []
        news = _from_outside(conversations.history(session, talk, HISTORY), seen)
        return talk.last_message_at, [
            (message.id, message_view(parts, sender, message, now).model_dump_json())
            for message in news
        ]


def _from_outside(past: Sequence[Message], seen: int) -> list[Message]:
    """Return what was said after message ``seen`` and is no direct answer to a request.

    An answer that came after the request was given up (the worker's) counts as said from outside.
    """
    asked = {message.id: message.created_at for message in past if message.direction == "in"}
    return [
        message
        for message in past
        if message.id > seen
        and message.direction == "out"
        and (
            message.in_reply_to is None
            or message.created_at - asked.get(message.in_reply_to, message.created_at) >= GRACE
        )
    ]


@router.post("/end", status_code=204, responses=ERRORS)
def end(request: Request, parts: ThePartsOf) -> Response:
    """Let this device forget the conversation; what was said stays with us under its own rules."""
    response = Response(status_code=204)
    parts.sessions.end(request, response)
    return response
