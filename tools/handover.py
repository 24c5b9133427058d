"""``make handover``: the queue of conversations handed to a person, answered in the terminal.

Until the desk exists this is how a person takes over: pick a conversation, read what was said
(the bot's attempt included), write, and give it back with ``/bot``. While a person answers the bot
is silent; the customer reads the answers in the same window.
"""

import getpass
import os
import sys
from typing import Any
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Table

from aftersales import conversations
from aftersales.clock import Clock, SystemClock
from aftersales.conversations import AlreadyTaken, Owner
from aftersales.knowledge import load
from aftersales.settings import Settings
from aftersales.store import Store, open_store
from aftersales.store.tables import Conversation

SHANGHAI = ZoneInfo("Asia/Shanghai")


def main() -> int:
    """Show the queue, let one be picked, and talk."""
    out, words = Console(), load("desk")["handover"]
    store = open_store(Settings.from_env(os.environ).database_url.reveal())
    clock, person = SystemClock(), getpass.getuser()
    while True:
        waiting = queue(store, out, words)
        if not waiting:
            out.print(words["empty"])
            return 0
        picked = _ask(words["pick"])
        if picked is None or not picked.strip():
            return 0
        if picked.strip().isdigit() and 1 <= int(picked) <= len(waiting):
            talk(store, clock, waiting[int(picked) - 1], person, out, words)


def queue(store: Store, out: Console, words: dict[str, Any]) -> list[int]:
    """Print the open requests, earliest promise first; returns their conversation ids."""
    table = Table(*words["columns"])
    ids: list[int] = []
    with store.session() as session:
        for number, request in enumerate(conversations.open_hand_overs(session), 1):
            talked = session.get_one(Conversation, request.conversation_id)
            said = [m for m in conversations.history(session, talked, 20) if m.direction == "in"]
            due = request.promised_at
            table.add_row(
                str(number),
                f"{request.asked_at.astimezone(SHANGHAI):%m-%d %H:%M}",
                f"{due.astimezone(SHANGHAI):%m-%d %H:%M}" if due else "–",
                talked.channel,
                talked.person or words["nobody"],
                said[-1].text[:40] if said else "",
            )
            ids.append(talked.id)
    if ids:
        out.print(table)
    return ids


def talk(
    store: Store,
    clock: Clock,
    conversation_id: int,
    person: str,
    out: Console,
    words: dict[str, Any],
) -> None:
    """Take the conversation over and answer until it is given back or left."""
    shown = 0
    with store.session() as session:
        talked = session.get_one(Conversation, conversation_id)
        try:
            conversations.do_take_over(session, talked, person, clock.now())
        except AlreadyTaken:
            out.print(words["taken"].format(person=talked.person))
            return
    out.print(words["took"])
    while True:
        shown = _show_new(store, conversation_id, shown, out, words)
        text = _ask(words["prompt"])
        if text is None or text.strip() == "/q":
            out.print(words["left"])
            return
        with store.session() as session:
            talked = session.get_one(Conversation, conversation_id)
            if text.strip() == "/bot":
                conversations.do_return_to_bot(session, talked, person, clock.now())
                out.print(words["returned"])
                return
            if text.strip() and talked.owner == Owner.PERSON:
                conversations.do_store_message(
                    session, talked, "out", text.strip(), now=clock.now(), speaker="person"
                )


def _show_new(
    store: Store, conversation_id: int, shown: int, out: Console, words: dict[str, Any]
) -> int:
    with store.session() as session:
        talked = session.get_one(Conversation, conversation_id)
        for message in conversations.history(session, talked, 60):
            if message.id <= shown:
                continue
            shown = message.id
            who = words["speakers"].get(message.speaker, message.speaker)
            out.print(f"{who}：{message.text}", markup=False, highlight=False)
    return shown


def _ask(prompt: str) -> str | None:
    try:
        return input(prompt)
    except (EOFError, KeyboardInterrupt):
        return None


if __name__ == "__main__":
    sys.exit(main())
