"""What the web tests share: a served application, a peer in Rasa's place, a visitor's browser."""

import socket
import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Any, Self

import httpx
import uvicorn
from starlette.types import ASGIApp

from aftersales.clock import FixedClock
from tests.web import fake_rasa

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


class Served:
    """An application behind a real socket of this machine."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._socket = socket.socket()
        self._socket.bind(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self.base = f"http://127.0.0.1:{self.port}"
        self._server = uvicorn.Server(uvicorn.Config(app, log_level="error", ws="none"))
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [self._socket]}, daemon=True
        )

    def __enter__(self) -> Self:
        self._thread.start()
        until = time.monotonic() + 10
        while not self._server.started and time.monotonic() < until:
            time.sleep(0.005)
        assert self._server.started
        return self

    def __exit__(self, *_problem: object) -> None:
        self._server.should_exit = True
        self._thread.join(10)
        self._socket.close()
        assert not self._thread.is_alive(), "an open stream must not keep the server from stopping"

    def visitor(self, **options: Any) -> httpx.Client:
        """Return a new visitor's browser, as far as HTTP goes."""
        return httpx.Client(base_url=self.base, trust_env=False, timeout=10, **options)


class Peer(Served):
    """The fake Rasa and what it heard."""

    def __init__(self, slow_s: float = 0.6) -> None:
        self.heard: list[dict[str, Any]] = []
        super().__init__(fake_rasa.build(self.heard, slow_s))


def say(page: httpx.Client, text: str, message_id: str = "message-0001", **more: Any) -> Any:
    """Send one message and return the answer's JSON, which must be a success."""
    answer = page.post(
        "/chat/messages", json={"text": text, "client_message_id": message_id, **more}
    )
    assert answer.status_code == 200, answer.text
    return answer.json()


def later(clock: FixedClock, **delta: float) -> None:
    """Let time pass."""
    clock.moment += timedelta(**delta)
