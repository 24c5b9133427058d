"""The HTTP door of the actions: an exception becomes an apology, never a tracker in the answer."""

import threading
from collections.abc import Iterator

import httpx
import pytest
import uvicorn
from rasa_sdk import Action

from actions import registry, server
from actions.services import Services
from tools import ports

PHONE = "13812345678"


class _Breaks(Action):
    """An action with a fault in it."""

    def name(self) -> str:
        return "action_breaks"

    def run(self, dispatcher: object, tracker: object, domain: object) -> list[object]:
        raise ValueError(PHONE)


@pytest.fixture
def address(services: Services, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    known = registry.actions
    monkeypatch.setattr(server, "actions", lambda s: [*known(s), _Breaks()])
    (port,) = ports.free(1)
    config = uvicorn.Config(
        server.create_app(services), host="127.0.0.1", port=port, log_config=None
    )
    running = uvicorn.Server(config)
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    while not running.started:
        thread.join(0.01)
    yield f"http://127.0.0.1:{port}"
    running.should_exit = True
    thread.join(5)


def call(address: str, action: str, text: str = "你好", intent: str = "greet") -> httpx.Response:
    message = {"text": text, "intent": {"name": intent, "confidence": 1.0}, "entities": []}
    tracker = {
        "sender_id": "somebody",
        "slots": {"phone": PHONE},
        "latest_message": message,
        "events": [{"event": "action", "name": "action_listen"}],
        "latest_action_name": "action_listen",
    }
    body = {"next_action": action, "sender_id": "somebody", "tracker": tracker, "domain": {}}
    return httpx.post(f"{address}/webhook", json=body, timeout=10)


def test_it_is_healthy_and_knows_its_actions(address: str) -> None:
    health = httpx.get(f"{address}/health", timeout=10).json()
    assert health["status"] == "ok" and health["actions"] > 10


def test_an_action_answers(address: str) -> None:
    answer = call(address, "action_answer").json()
    assert answer["responses"][0]["response"] == "utter_greet"


def test_a_broken_action_apologises_and_keeps_personal_data_in(address: str) -> None:
    answer = call(address, "action_breaks")
    assert answer.status_code == 200
    assert answer.json() == {"events": [], "responses": [{"response": "utter_apology"}]}
    assert PHONE not in answer.text


def test_an_unknown_action_is_no_silence(address: str) -> None:
    answer = call(address, "action_nobody_knows")
    assert answer.json()["responses"] == [{"response": "utter_apology"}]
