"""One turn, whoever brings it: a page that asks, or the worker that finishes what broke off.

Stored first, then asked, and the answer is stored before it is shown. Two may work on the same
message (a page that repeats it, the worker after a crash): the first answer stored is the answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import structlog
from sqlalchemy.orm import Session

from aftersales import conversations
from aftersales.conversations import NotYourTurn
from aftersales.store import Store
from aftersales.store.tables import Conversation, Message
from web.buttons import by_title, choices
from web.rasa import Bubble, Question, Rasa, RasaTrouble
from web.texts import say, texts

BOT_CHARS = 2_000  # what the bot is asked to understand of a message
REACH = 100  # so many messages back a button can still be tapped: what the page shows
log = structlog.get_logger("web")


@dataclass(frozen=True)
class Turn:
    """A stored incoming message that waits for an answer.

    Attributes:
        row: its id in the table of messages.
        message: what Rasa is asked: the text, or the payload of a tapped button.
        tried: an apology was said to it before.
        again: it was stored before, so Rasa may have heard it already.
    """

    row: int
    sender: str
    channel: str
    message_id: str
    received_at: datetime
    message: str
    kind: Literal["text", "payload"] = "text"
    tried: bool = False
    again: bool = False


@dataclass(frozen=True)
class Reply:
    """What came of asking; ``trouble`` when it is only an apology."""

    bubbles: Sequence[Bubble]
    trouble: str | None = None


def prepare(
    session: Session,
    talk: Conversation,
    message: Message,
    payload: str | None,
    now: datetime,
    again: bool,
) -> Turn:
    """Return the turn of a stored message.

    Args:
        session: a transaction.
        talk: the message's conversation.
        message: the incoming message.
        payload: of the button that was tapped; a typed title is found here.
        now: when the customer said it, as far as the bot's clock goes.
        again: the message was stored by an earlier try.
    """
    if payload is None:
        offered = last_offered(conversations.history(session, talk, REACH), message.id)
        # The stored text counts: a repeat cannot change what was said first.
        choice = by_title(choices(offered), message.text)
        payload = choice.payload if choice else None
    return Turn(
        row=message.id,
        sender=talk.sender,
        channel=talk.channel,
        message_id=message.message_key or str(message.id),
        received_at=now,
        message=message.text if payload is None else payload,
        kind="text" if payload is None else "payload",
        tried=bool(conversations.replies(session, message)),
        again=again,
    )


async def ask(rasa: Rasa, turn: Turn) -> Reply:
    """Ask Rasa; without an answer apologise and raise an alert, never stay silent."""
    if turn.again:
        heard = await rasa.recall(turn.sender, turn.message_id)
        if heard:
            return Reply(heard)
    try:
        bubbles = await rasa.ask(
            Question(
                sender=turn.sender,
                message=turn.message[:BOT_CHARS],
                kind=turn.kind,
                message_id=turn.message_id,
                received_at=turn.received_at,
                channel=turn.channel,
            )
        )
    except RasaTrouble as trouble:
        log.error("no_answer", alert=True, trouble=trouble.kind, message=turn.row)
        return Reply([_apology(turn.tried)], trouble.kind)
    if len(turn.message) > BOT_CHARS:
        return Reply([Bubble(say("answer", "trimmed")), *bubbles[-2:]])
    return Reply(bubbles)


@dataclass(frozen=True)
class Settled:
    """What was stored as the answer, and whether the message still waits for a real one."""

    talk: Conversation
    said: list[Message]
    failed: bool


def settle(
    store: Store, turn: Turn, reply: Reply, now: datetime, last_try: bool = False
) -> Settled:
    """Store the answer to a turn, once, and return what is said.

    Whoever comes second finds the first answer. A colleague who took over meanwhile has the word:
    the bot's is dropped.

    Args:
        store: the database.
        turn: what was asked.
        reply: what came of it.
        now: the moment.
        last_try: an apology, too, ends the work on this message.
    """
    with store.session() as session:
        talk = conversations.get_or_open(session, turn.sender, turn.channel, now)
        # Read again under the lock, so that two who finish together do not both answer.
        session.refresh(talk, with_for_update=True)
        message = session.get_one(Message, turn.row)
        if message.answered_at is not None:
            first = real(conversations.replies(session, message))
            if first or reply.trouble:
                return Settled(talk, first, failed=False)
        said: list[Message] = []
        failed = reply.trouble is not None
        try:
            for bubble in reply.bubbles:
                stored, _ = conversations.do_store_message(
                    session, talk, "out", bubble.text, bubble.buttons, now=now, in_reply_to=message
                )
                said.append(stored)
        except NotYourTurn:
            failed = False
        if not failed or last_try:
            conversations.do_mark_answered(session, message, now)
        return Settled(talk, said, failed)


def real(replies: Sequence[Message]) -> list[Message]:
    """Return the answers without the apologies."""
    return [reply for reply in replies if not is_apology(reply)]


def is_apology(message: Message) -> bool:
    """Say whether this message is the gateway's apology."""
    return message.text in (say("answer", "sorry"), say("answer", "sorry_again"))


def last_offered(past: Sequence[Message], before: int) -> list[dict[str, object]]:
    """Return the buttons of the newest outgoing message before message ``before``."""
    for message in reversed(past):
        if message.direction == "out" and message.id < before:
            return list(message.buttons)
    return []


def _apology(tried: bool) -> Bubble:
    offers = [dict(button) for button in texts()["answer"]["sorry_buttons"]]
    return Bubble(say("answer", "sorry_again" if tried else "sorry"), offers)
