"""One message's way through the gateway.

Stored first, under the page's own id of it, so that nothing that was said can be lost. Then, by the
conversation's owner: a person is simply shown it; otherwise Rasa is asked. The answer is stored
before it is sent.

The same id again:
- answered before: the first answer once more, nobody is asked twice;
- in work: waits for that answer;
- failed before (Rasa was down): the apology was said and kept, the message counts as unanswered,
  and the repeat gets the real answer.
"""

import asyncio
import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import structlog
from sqlalchemy.orm import Session as Transaction

from aftersales import conversations
from aftersales.conversations import NotYourTurn, Owner
from aftersales.store.tables import Conversation, Message
from web import inbox
from web.buttons import Choice, by_title, choices
from web.parts import Parts
from web.rasa import Bubble, Question, RasaTrouble
from web.refusals import Refusal
from web.sessions import Session
from web.texts import say, texts
from web.views import ConversationView, view

CHANNEL = "widget"
MAX_CHARS = 20_000  # stored whole
BOT_CHARS = 2_000  # what the bot is asked to understand of it
log = structlog.get_logger("web")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029]")
_UNSEEN = frozenset({"Cf", "Cc", "Zs", "Zl", "Zp", "Mn"})


@dataclass(frozen=True)
class Said:
    """What a visitor sent, cleaned; ``token`` when a button was tapped."""

    text: str
    message_id: str
    token: str | None = None


def tidy(text: str) -> str:
    """Return the text without what no one typed: control characters, lone surrogates.

    Raises:
        Refusal: nothing readable is left (422).
    """
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    clean = _CONTROL.sub("", whole.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if all(unicodedata.category(sign) in _UNSEEN for sign in clean):
        raise Refusal(422, "empty")
    return clean


async def hear(parts: Parts, session: Session, said: Said) -> ConversationView:
    """Take one message and return what is said to it.

    Raises:
        Refusal: the button is not one of this conversation (422).
    """
    async with parts.one_at_a_time(session.sender):
        now = parts.clock.now()
        turn = await asyncio.to_thread(_receive, parts, session.sender, said, now)
        if turn.answer is not None:
            return turn.answer
        failed = False
        try:
            bubbles = await parts.rasa.ask(
                Question(
                    sender=session.sender,
                    message=turn.message[:BOT_CHARS],
                    kind=turn.kind,
                    message_id=said.message_id,
                    received_at=now,
                    channel=CHANNEL,
                )
            )
        except RasaTrouble as trouble:
            log.error("no_answer", alert=True, trouble=trouble.kind, message=turn.row)
            failed = True
            bubbles = [_apology(turn.tried)]
        else:
            if len(turn.message) > BOT_CHARS:
                bubbles = [Bubble(say("answer", "trimmed")), *bubbles[-2:]]
        then = parts.clock.now()
        return await asyncio.to_thread(
            _answer, parts, session.sender, turn.row, bubbles, then, failed
        )


@dataclass(frozen=True)
class Turn:
    """An incoming message, stored: either finished already (``answer``), or what to ask."""

    row: int
    message: str
    kind: Literal["text", "payload"] = "text"
    tried: bool = False
    answer: ConversationView | None = None


def _receive(parts: Parts, sender: str, said: Said, now: datetime) -> Turn:
    with parts.store.session() as session:
        talk = conversations.get_or_open(session, sender, CHANNEL, now)
        known = inbox.find_incoming(session, talk, said.message_id)
        if known is not None and known.answered_at is not None:
            first = [reply for reply in conversations.replies(session, known) if not _sorry(reply)]
            answer = view(parts, talk, first, now)
            return Turn(known.id, known.text, answer=answer)
        choice = _choice(parts, session, talk, said, known)
        message, _ = conversations.do_store_message(
            session,
            talk,
            "in",
            choice.title if choice and said.token else said.text,
            message_key=said.message_id,
            now=now,
        )
        if talk.owner == Owner.PERSON:
            conversations.do_mark_answered(session, message, now)
            return Turn(message.id, message.text, answer=view(parts, talk, [], now))
        tried = bool(conversations.replies(session, message))
        if choice is None:
            # The stored text counts: a repeat cannot change what was said first.
            return Turn(message.id, message.text, tried=tried)
        return Turn(message.id, choice.payload, "payload", tried)


def _choice(
    parts: Parts, session: Transaction, talk: Conversation, said: Said, known: Message | None
) -> Choice | None:
    """Return the button that was tapped, or whose title was typed."""
    if said.token is None:
        text = known.text if known is not None else said.text
        return by_title(choices(inbox.last_offered(session, talk, before=known)), text)
    named = parts.buttons.read(talk.sender, said.token)
    offered = choices(inbox.offered(session, talk, named[0])) if named else []
    if named is None or named[1] >= len(offered):
        raise Refusal(422, "bad_button")
    return offered[named[1]]


def _apology(tried: bool) -> Bubble:
    offers = [dict(button) for button in texts()["answer"]["sorry_buttons"]]
    return Bubble(say("answer", "sorry_again" if tried else "sorry"), offers)


def _sorry(message: Message) -> bool:
    return message.text in (say("answer", "sorry"), say("answer", "sorry_again"))


def _answer(
    parts: Parts, sender: str, row: int, bubbles: list[Bubble], now: datetime, failed: bool
) -> ConversationView:
    with parts.store.session() as session:
        talk = conversations.get_or_open(session, sender, CHANNEL, now)
        message = inbox.incoming(session, talk, row)
        stored: list[Message] = []
        try:
            for bubble in bubbles:
                reply, _ = conversations.do_store_message(
                    session, talk, "out", bubble.text, bubble.buttons, now=now, in_reply_to=message
                )
                stored.append(reply)
        except NotYourTurn:
            # A colleague took over while the bot was thinking: the bot's words are dropped.
            failed = False
        if not failed:
            conversations.do_mark_answered(session, message, now)
        return view(parts, talk, stored, now, failed=failed)
