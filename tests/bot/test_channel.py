"""The gateway's channel: nobody without the secret, honest errors, whole replies."""

from pathlib import Path
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage

from bot.channel import LONGEST_MESSAGE, GatewayInput, read_secret
from tests.bot.server import post

pytestmark = pytest.mark.rasa

SECRET = "a-secret-of-the-test"
HEADERS = {"X-Gateway-Secret": SECRET}
BODY = {
    "sender": "s1",
    "message": "/restart",
    "kind": "text",
    "channel": "desk",
    "message_id": "m1",
    "received_at": "2026-11-23T08:00:00+00:00",
    "metadata": {"kind": "payload", "page": "home"},
}


class Turn:
    """Stands where Rasa works on the message: keeps it and answers."""

    def __init__(self, *replies: dict[str, Any]) -> None:
        self.replies = replies
        self.message: UserMessage | None = None

    async def __call__(self, message: UserMessage) -> None:
        self.message = message
        for reply in self.replies:
            await message.output_channel.send_response(message.sender_id, dict(reply))


async def _fails(message: UserMessage) -> None:
    raise RuntimeError("the action server is away")


def test_a_turn_reaches_rasa_with_the_protocols_fields() -> None:
    turn = Turn({"text": "您好"})
    status, replies = post(GatewayInput(SECRET), turn, BODY, HEADERS)
    assert (status, replies) == (200, [{"recipient_id": "s1", "text": "您好"}])
    assert turn.message is not None
    assert turn.message.text == "/restart"
    assert turn.message.sender_id == "s1"
    assert turn.message.message_id == "m1"
    assert turn.message.input_channel == "desk"
    assert turn.message.output_channel.name() == "desk"
    assert turn.message.metadata == {
        "kind": "text",  # the protocol's field, not the one hidden in metadata
        "page": "home",
        "channel": "desk",
        "message_id": "m1",
        "received_at": "2026-11-23T08:00:00+00:00",
    }


def test_metadata_cannot_set_the_clock() -> None:
    turn = Turn()
    body = {"sender": "s1", "message": "x", "metadata": {"received_at": "2001-01-01"}}
    post(GatewayInput(SECRET), turn, body, HEADERS)
    assert turn.message is not None
    assert "received_at" not in turn.message.metadata


def test_a_reply_stays_whole_and_keeps_its_buttons() -> None:
    buttons = [{"title": "是", "payload": "/affirm"}]
    turn = Turn({"text": "一\n\n二"}, {"text": "对吗", "buttons": buttons})
    _, replies = post(GatewayInput(SECRET), turn, BODY, HEADERS)
    assert replies == [
        {"recipient_id": "s1", "text": "一\n\n二"},
        {"recipient_id": "s1", "text": "对吗", "buttons": buttons},
    ]


@pytest.mark.parametrize("headers", [None, {"X-Gateway-Secret": "wrong"}, {"X-Gateway-Secret": ""}])
def test_without_the_secret_nothing_is_believed(headers: dict[str, str] | None) -> None:
    turn = Turn()
    assert post(GatewayInput(SECRET), turn, b"not json", headers) == (
        401,
        {"error": "unauthorised"},
    )
    assert turn.message is None


def test_without_a_configured_secret_nobody_is_trusted(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("GATEWAY_SECRET", raising=False)
    monkeypatch.setenv("AFTERSALES_VAR", str(tmp_path))
    assert not GatewayInput().is_trusted("")
    assert not GatewayInput().is_trusted("anything at all")


def test_the_environment_wins_over_the_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "gateway.secret").write_text("from-the-file-of-var\n", encoding="utf-8")
    monkeypatch.delenv("GATEWAY_SECRET", raising=False)
    assert read_secret(tmp_path) == "from-the-file-of-var"
    monkeypatch.setenv("GATEWAY_SECRET", "from-the-environment")
    assert read_secret(tmp_path) == "from-the-environment"
    monkeypatch.setenv("GATEWAY_SECRET", "too short")
    assert read_secret(tmp_path) is None


@pytest.mark.parametrize(
    "change",
    [
        {"sender": None},
        {"sender": ""},
        {"sender": 7},
        {"message": None},
        {"message": "x" * (LONGEST_MESSAGE + 1)},
        {"kind": "command"},
        {"channel": "../etc"},
        {"metadata": ["a"]},
    ],
)
def test_a_wrong_body_is_named(change: dict[str, Any]) -> None:
    turn = Turn()
    status, answer = post(GatewayInput(SECRET), turn, {**BODY, **change}, HEADERS)
    assert status == 400
    assert next(iter(change)) in answer["error"]
    assert turn.message is None


@pytest.mark.parametrize("body", [b"not json", b"[]", b"null"])
def test_a_body_that_is_no_object_is_refused(body: bytes) -> None:
    status, answer = post(GatewayInput(SECRET), Turn(), body, HEADERS)
    assert (status, answer) == (400, {"error": "body must be a JSON object"})


def test_a_flood_is_refused() -> None:
    body = {**BODY, "metadata": {"x": "y" * 70_000}}
    assert post(GatewayInput(SECRET), Turn(), body, HEADERS)[0] == 413


def test_a_failed_turn_is_not_silence() -> None:
    answer = post(GatewayInput(SECRET), _fails, BODY, HEADERS)
    assert answer == (500, {"error": "turn_failed"})


def test_a_server_without_a_model_says_so() -> None:
    answer = post(GatewayInput(SECRET), Turn(), BODY, HEADERS, ready=False)
    assert answer == (503, {"error": "not_ready"})
