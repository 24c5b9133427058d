"""Messages that were stored and never answered: after a crash, or while Rasa was away.

The worker looks for them. One that got no word at all is answered. One that got only an apology is
answered too, unless the customer went on meanwhile: then the apology was the answer. Nothing is
done while a person owns the conversation, and nothing while Rasa is away; a message that Rasa
cannot answer although it is there is apologised for once more and given up.
"""

import asyncio
from datetime import datetime, timedelta

import structlog

from aftersales import conversations
from aftersales.clock import Clock
from aftersales.store import Store
from aftersales.store.tables import Conversation, Message
from web import turn
from web.rasa import Rasa
from web.turn import REACH, Turn

# Longer than the slowest turn and the page's own first repeats: who still works is not disturbed.
GRACE = timedelta(seconds=60)
AT_ONCE = 10  # so that one step ends well within the worker's lease
AWAY = frozenset({"down", "refused"})
log = structlog.get_logger("worker")


async def recover(store: Store, rasa: Rasa, clock: Clock) -> int:
    """Answer what waited for longer than ``GRACE``; return how many were finished."""
    due = await asyncio.to_thread(_due, store, clock.now())
    if not due or not await rasa.alive():
        return 0
    finished = 0
    for one in due:
        reply = await turn.ask(rasa, one)
        if reply.trouble in AWAY:
            break  # nothing is said: the next step tries again
        settled = await asyncio.to_thread(turn.settle, store, one, reply, clock.now(), True)
        finished += 1
        log.warning("answered_late", message=one.row, failed=settled.failed)
        if reply.trouble == "slow":
            break  # a second slow one would outlast the worker's lease
    return finished


def _due(store: Store, now: datetime) -> list[Turn]:
    turns: list[Turn] = []
    with store.session() as session:
        for message in conversations.unanswered(session, now - GRACE, AT_ONCE):
            talk = session.get_one(Conversation, message.conversation_id)
            answers = conversations.replies(session, message)
            later = [m for m in conversations.history(session, talk, REACH) if m.id > message.id]
            if answers and (turn.real(answers) or _went_on(later)):
                conversations.do_mark_answered(session, message, now)
                continue
            # The bot's clock is the moment the customer wrote: "yesterday" means that day's.
            turns.append(turn.prepare(session, talk, message, None, message.created_at, again=True))
    return turns


def _went_on(later: list[Message]) -> bool:
    return any(message.direction == "in" for message in later)
