"""The cached validator accepts and refuses what Rasa's own check does."""

from typing import Any

import jsonschema
import pytest
from rasa.core.actions.action import RemoteAction

from bot import action_validation

pytestmark = pytest.mark.rasa

GOOD: list[dict[str, Any]] = [
    {"events": [], "responses": []},
    {"events": [{"event": "slot", "name": "a", "value": 1}], "responses": [{"text": "x"}]},
]
BAD: list[dict[str, Any]] = [
    {"events": "none", "responses": []},
    {"events": [{"name": "a"}], "responses": []},
    {"events": [], "responses": ["text"]},
]


@pytest.mark.parametrize("reply", [*GOOD, *BAD])
def test_it_decides_like_rasa(reply: dict[str, Any]) -> None:
    action_validation.install()
    schema = RemoteAction.action_response_format_spec()
    action = RemoteAction("action_x", None)
    if reply in GOOD:
        jsonschema.validate(reply, schema)
        assert action._validate_action_result(reply) is True
    else:
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(reply, schema)
        with pytest.raises(jsonschema.ValidationError, match="action server"):
            action._validate_action_result(reply)


def test_the_validator_is_built_once() -> None:
    assert action_validation.validator() is action_validation.validator()


def test_the_policy_that_every_model_has_installs_it() -> None:
    import bot.hazard_policy  # noqa: F401

    assert RemoteAction._validate_action_result is action_validation.validate_action_result
