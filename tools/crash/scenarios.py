"""What the killed process was doing, and what happens after its death.

The code that runs is the one that is served: the gateway's ``hear``, the action that writes a case,
the worker's step, what waits for a visit. In Rasa's place stands a peer in the same process that
keeps a turn as a whole or not at all, as Rasa's tracker does, and calls the real action.
"""

import asyncio
import json
import logging
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import structlog
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy import select

from actions.entry import ConcludeSkill
from actions.frames import Frame
from actions.intake import Intake
from actions.services import Services
from aftersales import outbox
from aftersales.clock import FixedClock
from aftersales.ids import RandomIds
from aftersales.settings import Settings
from aftersales.store import Store, open_store
from aftersales.store.tables import Ticket
from aftersales.tickets.moves import do_move_checked
from tools.crash.points import Points
from web import visits, worker
from web.app import create_app
from web.parts import Parts
from web.rasa import Bubble, Question
from web.recovery import recover
from web.sessions import Session
from web.talk import CHANNEL, Said, hear

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
LATER = timedelta(minutes=5)  # longer than every grace and lease
SENDER = "w-visitor"
SAID = Said("确认提交", "message-0001")


class Peer:
    """Answers in Rasa's place; a turn is kept after its answer is known, before it is sent."""

    def __init__(self, kept: Path, points: Points, think: Callable[[Question], str]) -> None:
        self._kept, self._points, self._think = kept, points, think

    async def ask(self, question: Question) -> list[Bubble]:
        """Think, keep the turn, answer."""
        self._points.step("the action works")
        text = await asyncio.to_thread(self._think, question)
        self._points.step("the turn is kept")
        draft = self._kept.with_suffix(".part")
        draft.write_text(json.dumps({question.message_id: text}), encoding="utf-8")
        draft.replace(self._kept)
        self._points.step("the answer is stored")
        return [Bubble(text)]

    async def recall(self, sender: str, message_id: str) -> list[Bubble]:
        """Return what was answered, when the turn was kept."""
        known = json.loads(self._kept.read_text("utf-8")) if self._kept.exists() else {}
        return [Bubble(known[message_id])] if message_id in known else []

    async def alive(self) -> bool:
        """It is."""
        return True

    async def aclose(self) -> None:
        """Nothing is open."""


@dataclass
class House:
    """One process: its database, its clock, its peer, where it can be killed."""

    store: Store
    clock: FixedClock
    points: Points
    parts: Parts
    peer: Peer

    def hear(self) -> None:
        """The page sends the message, or sends it again."""
        visitor = Session("sid", SENDER, self.clock.now(), fresh=False)
        asyncio.run(hear(self.parts, visitor, SAID))

    def recover(self) -> None:
        """The worker answers what was stored and never answered."""
        asyncio.run(recover(self.store, self.peer, self.clock))

    def work(self) -> None:
        """One round of the worker."""
        worker.step(self.store, self.clock, "worker")

    def move(self, to_state: str, news: str) -> None:
        """The workshop moves the ticket on, unless it stands there already; the customer is told.

        Args:
            to_state: where to.
            news: ``message`` for a customer who can be reached, else ``next_visit``.
        """
        with self.store.session() as session:
            ticket = session.scalar(select(Ticket))
            if ticket is None or any(move.to_state == to_state for move in ticket.moves):
                return
            reachable = news == outbox.MESSAGE
            do_move_checked(
                session, ticket, to_state, self.clock.now(), "foreman", tell_customer=not reachable
            )
            if reachable:
                outbox.enqueue(
                    session,
                    kind=outbox.MESSAGE,
                    key=f"news:{ticket.number}:{to_state}",
                    channel=ticket.channel,
                    sender=ticket.sender,
                    payload={
                        "event": "ticket_moved",
                        "number": ticket.number,
                        "state": to_state,
                    },
                    now=self.clock.now(),
                )

    def visit(self) -> None:
        """The customer opens the page."""
        with self.store.session() as session:
            visits.collect(session, SENDER, CHANNEL, self.clock.now())


def confirm(house: House) -> None:
    """A draft is confirmed, becomes a ticket, the outbox leaves, messages arrive."""
    house.points.step("the message is stored")
    house.hear()
    house.points.step("the desk is told")
    house.work()
    house.points.step("the workshop moves it")
    house.move("awaiting_assignment", outbox.MESSAGE)
    house.points.step("the worker delivers the news")
    house.work()
    house.points.step("the workshop moves it again")
    house.move("in_service", outbox.NEXT_VISIT)
    house.points.step("the visit hands the news over")
    house.visit()


def answer(house: House) -> None:
    """A message comes in, is stored and answered."""
    house.points.step("the message is stored")
    house.hear()


def after_confirm(house: House) -> None:
    """The worker comes back, the page sends its message again, everybody goes on."""
    house.recover()
    house.hear()
    house.work()
    house.move("awaiting_assignment", outbox.MESSAGE)
    house.work()
    house.move("in_service", outbox.NEXT_VISIT)
    house.visit()
    house.clock.moment += LATER
    house.work()
    house.visit()


def after_answer(house: House) -> None:
    """The worker comes back, the page sends its message again."""
    house.recover()
    house.hear()


#: Name of the scenario: what is killed, and what comes after.
SCENARIOS: dict[str, tuple[Callable[[House], None], Callable[[House], None]]] = {
    "confirm": (confirm, after_confirm),
    "answer": (answer, after_answer),
}


def play(name: str, url: str, folder: str, kill_at: int | None, *, after: bool) -> None:
    """Be the process: do the scenario up to ``kill_at``, or what comes after a death.

    Args:
        name: a key of ``SCENARIOS``.
        url: the database.
        folder: where this run keeps its files.
        kill_at: number of the point to die at; None to live and write the points down.
        after: whether this is the process that comes after.
    """
    quiet = structlog.make_filtering_bound_logger(logging.CRITICAL)
    structlog.configure(wrapper_class=quiet)  # the table is what is read
    points = Points(None if after else kill_at, Path(folder) / "points.txt")
    store = open_store(url)
    points.watch(store.engine)
    clock = FixedClock(NOW + LATER if after else NOW)
    ids = RandomIds(random.Random(2 if after else 1))  # noqa: S311 - repeatable on purpose
    services = Services(store, clock, ids)
    think = _confirmed(services) if name == "confirm" else _echo
    peer = Peer(Path(folder) / "turns.json", points, think)
    settings = Settings.from_env({"AFTERSALES_VAR": folder, "GATEWAY_SECRET": "of the crash tests"})
    app = create_app(settings, store=store, clock=clock, ids=ids, rasa=peer)
    killed, following = SCENARIOS[name]
    if after:
        points.end()
        following(House(store, clock, points, app.state.parts, peer))
    else:
        killed(House(store, clock, points, app.state.parts, peer))
        points.end()
    store.close()


def _echo(question: Question) -> str:
    return f"[{question.message}]"


def _confirmed(services: Services) -> Callable[[Question], str]:
    answers = {
        "fault": "一天快半分钟",
        "watch": "7S26-0020",
        "consent": "yes",
        "name": "王小明",
        "phone": "13800005678",
        "confirm": "yes",
    }
    data = {"kind": "repair", "draft_id": "d-crash", "answers": answers, "watch_no": 0}

    def think(question: Question) -> str:
        frame = Frame(skill="intake", data=data, touched=question.received_at, question="confirm")
        slots: dict[str, Any] = {"frames": [frame.to_dict()]}
        message = {
            "text": question.message,
            "intent": {"name": "affirm", "confidence": 1.0},
            "entities": [],
            "metadata": {
                "channel": question.channel,
                "received_at": question.received_at.isoformat(),
            },
        }
        tracker = Tracker(question.sender, slots, message, [], False, None, {}, "action_listen")
        dispatcher = CollectingDispatcher()
        ConcludeSkill(Intake(), services).run(dispatcher, tracker, {})
        return " ".join(f"{m['response']} {m.get('number', '')}" for m in dispatcher.messages)

    return think
