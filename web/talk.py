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
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from aftersales import conversations
from aftersales.conversations import Owner
from aftersales.store.tables import Message
from web import asking, turn
from web.buttons import Choice, choices
from web.parts import Parts
from web.refusals import Refusal
from web.sessions import Session
from web.turn import REACH, Turn
from web.views import ConversationView, view

CHANNEL = "widget"
MAX_CHARS = 20_000  # stored whole
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029]")
_UNSEEN = frozenset({"Cf", "Cc", "Zs", "Zl", "Zp", "Mn"})


@dataclass(frozen=True)
class Said:
    """What a visitor sent, cleaned; ``token`` when a button was tapped, ``ask`` when a status page
    led here."""

    text: str
    message_id: str
    token: str | None = None
    ask: str | None = None


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
        received = await asyncio.to_thread(_receive, parts, session.sender, said, now)
        if isinstance(received, ConversationView):
            return received
        reply = await turn.ask(parts.rasa, received)
        then = parts.clock.now()
        settled = await asyncio.to_thread(turn.settle, parts.store, received, reply, then)
        return view(parts, settled.talk, settled.said, then, settled.failed)


def _receive(parts: Parts, sender: str, said: Said, now: datetime) -> Turn | ConversationView:
    """Store the message; return its turn, or at once what is said to it."""
    with parts.store.session() as session:
        talk = conversations.get_or_open(session, sender, CHANNEL, now)
        asking.note_pass(parts, session, sender, said.ask, now)
        past = conversations.history(session, talk, REACH)
        tapped = _tapped(parts, sender, past, said.token)
        message, new = conversations.do_store_message(
            session,
            talk,
            "in",
            tapped.title if tapped else said.text,
            message_key=said.message_id,
            now=now,
        )
        answers = conversations.replies(session, message)
        given_up = bool(answers) and not turn.real(answers)
        if message.answered_at is not None and not given_up:
            return view(parts, talk, turn.real(answers), now)
        if talk.owner == Owner.PERSON:
            conversations.do_mark_answered(session, message, now)
            return view(parts, talk, [], now)
        payload = tapped.payload if tapped else None
        return turn.prepare(session, talk, message, payload, now, again=not new)


def _tapped(parts: Parts, sender: str, past: Sequence[Message], token: str | None) -> Choice | None:
    """Return the button a token names; None without a token."""
    if token is None:
        return None
    row, index = parts.buttons.read(sender, token) or (-1, 0)
    for message in past:
        if message.id == row and message.direction == "out":
            offered = choices(message.buttons)
            if index < len(offered):
                return offered[index]
    raise Refusal(422, "bad_button")
