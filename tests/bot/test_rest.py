"""The handbook's REST door: same address and replies, but people's text is text."""

import pytest

from bot.rest import PlainRestInput
from tests.bot.server import post
from tests.bot.test_channel import Turn, _fails

pytestmark = pytest.mark.rasa


def test_a_message_as_in_the_handbook() -> None:
    turn = Turn({"text": "您好", "buttons": [{"title": "是", "payload": "是"}]})
    status, replies = post(PlainRestInput(), turn, {"sender": "a", "message": "在吗"})
    assert status == 200
    assert replies == [
        {"recipient_id": "a", "text": "您好", "buttons": [{"title": "是", "payload": "是"}]}
    ]
    assert turn.message is not None
    assert turn.message.input_channel == turn.message.output_channel.name() == "rest"


def test_every_message_is_marked_as_typed() -> None:
    turn = Turn()
    body = {"sender": "a", "message": "/restart", "metadata": {"kind": "payload", "a": 1}}
    post(PlainRestInput(), turn, body)
    assert turn.message is not None
    assert turn.message.text == "/restart"
    assert turn.message.metadata == {"kind": "text", "a": 1, "channel": "rest"}


@pytest.mark.parametrize(
    ("asked", "given"),
    [("desk", "desk"), ("terminal", "terminal"), ("gateway", "rest"), (7, "rest"), (None, "rest")],
)
def test_the_channel_is_believed_only_from_the_list(asked: object, given: str) -> None:
    turn = Turn()
    post(PlainRestInput(), turn, {"sender": "a", "message": "x", "input_channel": asked})
    assert turn.message is not None
    assert turn.message.input_channel == turn.message.output_channel.name() == given


def test_no_message_is_an_empty_message() -> None:
    turn = Turn()
    assert post(PlainRestInput(), turn, {"sender": "a"})[0] == 200
    assert turn.message is not None
    assert turn.message.text == ""


@pytest.mark.parametrize("body", [b"x", b"[]", b'{"message": 7}', b'{"message": ["a"]}'])
def test_a_wrong_body_is_refused(body: bytes) -> None:
    assert post(PlainRestInput(), Turn(), body)[0] == 400


def test_a_failed_turn_is_not_silence() -> None:
    answer = post(PlainRestInput(), _fails, {"sender": "a", "message": "x"})
    assert answer == (500, {"error": "turn_failed"})
