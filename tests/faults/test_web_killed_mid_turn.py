"""A web process dies while the bot is thinking: the customer is answered all the same, once."""

import asyncio
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from aftersales import conversations
from aftersales.clock import FixedClock
from aftersales.settings import Secret, Settings
from aftersales.store import Store
from aftersales.store.tables import Conversation, Message
from tests.web import fake_rasa
from tests.web.house import Peer
from web.app import create_app
from web.rasa import RasaClient
from web.recovery import GRACE, recover
from web.sessions import Session
from web.talk import Said, hear

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def slow_peer() -> Iterator[Peer]:
    with Peer(slow_s=1.5) as peer:
        yield peer


class Web:
    """A web process of its own."""

    def __init__(self, settings: Settings, rasa_port: int) -> None:
        sys_env = {k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "LANG")}
        self.process = subprocess.Popen(
            [sys.executable, "-c", SERVE],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
            env={
                **sys_env,
                "AFTERSALES_VAR": str(settings.var_dir),
                "RASA_PORT": str(rasa_port),
                "GATEWAY_SECRET": fake_rasa.SECRET,
                "AFTERSALES_WORKER": "elsewhere",
            },
        )
        assert self.process.stdout is not None
        self.base = f"http://127.0.0.1:{int(self.process.stdout.readline())}"

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)
        assert self.process.stdout is not None
        self.process.stdout.close()


# Its own socket, so that the port is known before the first request and never taken twice.
SERVE = """
import asyncio, socket, uvicorn
from web.app import app
listening = socket.create_server(("127.0.0.1", 0))
print(listening.getsockname()[1], flush=True)
server = uvicorn.Server(uvicorn.Config(app, log_level="error", ws="none"))
asyncio.run(server.serve([listening]))
"""


@pytest.fixture
def broken_off(settings: Settings, slow_peer: Peer, store: Store) -> Message:
    """A message whose web process was killed after it was stored and asked."""
    slow_peer.heard.clear()
    web = Web(settings, slow_peer.port)

    def write() -> None:
        body = {"text": "慢", "client_message_id": "message-0001"}
        with pytest.raises(httpx.HTTPError):
            httpx.post(f"{web.base}/chat/messages", json=body, trust_env=False, timeout=20)

    writing = threading.Thread(target=write)
    writing.start()
    until = time.monotonic() + 15
    while not slow_peer.heard and time.monotonic() < until:
        time.sleep(0.02)
    web.kill()
    writing.join(10)
    with store.session() as session:
        left = session.scalars(select(Message)).one()
        assert left.answered_at is None and left.direction == "in"
        left.text = "我的表停了"  # so that the peer is quick this time
    return left


def answers(store: Store) -> list[str]:
    with store.session(read_only=True) as session:
        return [m.text for m in session.scalars(select(Message).where(Message.direction == "out"))]


def later() -> FixedClock:
    return FixedClock(datetime.now(UTC) + GRACE + timedelta(seconds=1))


def work(store: Store, peer: Peer, clock: FixedClock, times: int = 1) -> int:
    """Let so many workers look at the same moment."""

    async def all_of_them() -> int:
        rasa = RasaClient(f"http://127.0.0.1:{peer.port}", Secret(fake_rasa.SECRET))
        try:
            done = await asyncio.gather(*(recover(store, rasa, clock) for _ in range(times)))
        finally:
            await rasa.aclose()
        return sum(done)

    return asyncio.run(all_of_them())


def test_nobody_is_disturbed_before_the_grace_is_over(
    store: Store, slow_peer: Peer, broken_off: Message
) -> None:
    assert work(store, slow_peer, FixedClock(datetime.now(UTC))) == 0
    assert answers(store) == []


def test_the_worker_answers_once_however_many_look(
    store: Store, slow_peer: Peer, broken_off: Message
) -> None:
    work(store, slow_peer, later(), times=3)
    work(store, slow_peer, later())
    assert answers(store) == ["[text] 我的表停了"]
    with store.session(read_only=True) as session:
        kept = session.get_one(Message, broken_off.id)
        assert kept.answered_at is not None
    clocks = {question["received_at"] for question in slow_peer.heard[1:]}
    assert clocks == {broken_off.created_at.isoformat()}, "yesterday stays yesterday"


def test_the_worker_is_silent_where_a_person_answers(
    store: Store, slow_peer: Peer, broken_off: Message
) -> None:
    with store.session() as session:
        talk = session.get_one(Conversation, broken_off.conversation_id)
        conversations.do_take_over(session, talk, "小陈", datetime.now(UTC))
    assert work(store, slow_peer, later()) == 0
    assert answers(store) == []


def test_a_repeat_after_the_restart_gets_the_worker_s_answer(
    settings: Settings, store: Store, slow_peer: Peer, broken_off: Message
) -> None:
    app = create_app(settings, store=store, clock=later())
    work(store, slow_peer, later())
    with store.session(read_only=True) as session:
        talk = session.get_one(Conversation, broken_off.conversation_id)
    parts = app.state.parts

    async def repeat() -> list[str]:
        visitor = Session("x", talk.sender, datetime.now(UTC), fresh=False)
        again = await hear(parts, visitor, Said("慢", "message-0001"))
        return [message.text for message in again.messages]

    assert asyncio.run(repeat()) == ["[text] 我的表停了"] == answers(store)
