"""Text is normalised beside the raw one; a typed slash is never a command."""

from typing import Any

import pytest
from rasa.nlu.classifiers.regex_message_handler import RegexMessageHandler
from rasa.shared.nlu.training_data.message import Message

from bot.normaliser import NORMALISED, TextNormaliser, disarm

pytestmark = pytest.mark.rasa


def _process(text: str | None, metadata: dict[str, Any] | None = None) -> Message:
    message = Message({"text": text, "metadata": metadata})
    return TextNormaliser().process([message])[0]


def test_raw_text_stays_beside_the_normalised() -> None:
    message = _process("手錶走快\uff12\uff10秒")
    assert message.get("text") == "手錶走快\uff12\uff10秒"
    assert message.get(NORMALISED) == "手表走快20秒"


@pytest.mark.parametrize("text", ["/restart", '  /inform{"phone": "1"}', "/"])
def test_what_a_person_types_is_no_command(text: str) -> None:
    message = _process(text, {"kind": "text"})
    handled = RegexMessageHandler().process([message])[0]
    assert handled.get("intent") is None
    assert handled.get("text").lstrip()[0] == "\uff0f"
    assert disarm(text)[1:] == text.lstrip()[1:]


def test_a_button_is_a_command() -> None:
    message = _process("/affirm", {"kind": "payload"})
    assert RegexMessageHandler().process([message])[0].get("intent")["name"] == "affirm"


def test_without_a_mark_the_handbook_holds() -> None:
    message = _process("/affirm")
    assert RegexMessageHandler().process([message])[0].get("intent")["name"] == "affirm"


def test_a_missing_text_does_not_break_the_turn() -> None:
    message = _process(None)
    assert message.get("text") == ""
    assert RegexMessageHandler().process([message])[0] is message
