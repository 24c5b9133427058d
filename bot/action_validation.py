"""Checks the replies of the action server with a validator that is built once.

`RemoteAction` validates every reply with `jsonschema.validate`, which first checks its own
constant schema against the metaschema: 52 of an action turn's 80 ms, on the event loop, so
everybody waits. The check of the reply itself takes about one millisecond and stays.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from jsonschema import Draft7Validator, ValidationError
from jsonschema.exceptions import best_match
from jsonschema.protocols import Validator
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction


@cache
def validator() -> Validator:
    """Return the validator of action replies, built (and its schema checked) once."""
    schema = RemoteAction.action_response_format_spec()
    kind = validator_for(schema, default=Draft7Validator)
    kind.check_schema(schema)
    return kind(schema)


def validate_action_result(self: RemoteAction, result: dict[str, Any]) -> bool:
    """Accept a valid reply.

    Raises:
        ValidationError: the reply does not have the shape Rasa's handbook describes.
    """
    error = best_match(validator().iter_errors(result))
    if error is None:
        return True
    error.message += ". The reply of the action server does not have the expected shape."
    raise error


def install() -> None:
    """Make every remote action use the cached validator; calling it again changes nothing."""
    RemoteAction._validate_action_result = validate_action_result


__all__ = ["ValidationError", "install", "validate_action_result", "validator"]
