"""The only door that accepts button payloads: our own gateway, on the loopback interface.

POST ``/webhooks/gateway/webhook`` with the header ``X-Gateway-Secret`` and

    {"sender", "message", "kind": "text" | "payload", "channel", "message_id",
     "received_at", "metadata"}

answers 200 with a list of messages, or an honest error: 400 (what is wrong), 401
(`unauthorised`), 413 (`too_large`), 500 (`turn_failed`), 503 (`not_ready`). Rasa's own REST
channel would answer ``200 []`` to all of them.
"""

from __future__ import annotations

import hmac
import os
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from traceback import extract_tb
from typing import Any

import structlog
from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.normaliser import KIND, KIND_TEXT

logger = structlog.get_logger()

SECRET_HEADER = "X-Gateway-Secret"  # noqa: S105 - the header's name
SECRET_VARIABLE = "GATEWAY_SECRET"  # noqa: S105 - the variable's name
SECRET_FILE = "gateway.secret"  # noqa: S105 - the file's name
SHORTEST_SECRET = 16
LARGEST_BODY = 64 * 1024
LONGEST_MESSAGE = 4000
KIND_PAYLOAD = "payload"
_CHANNEL_NAME = re.compile(r"[a-z][a-z0-9_]{0,31}")

OnMessage = Callable[[UserMessage], Awaitable[Any]]


class NamedOutput(CollectingOutputChannel):
    """Collects the replies under the customer's channel name.

    Rasa picks `channel:` variations of a response by the output channel's name; the stock
    collector is called "collector", so none would ever match. Texts are not cut at blank
    lines: a reply is one message.
    """

    def __init__(self, channel: str) -> None:
        """Collect for the channel named `channel`."""
        super().__init__()
        self._channel = channel

    def name(self) -> str:
        """Return the customer's channel."""
        return self._channel

    async def send_text_message(self, recipient_id: str, text: str, **kwargs: Any) -> None:
        """Collect a text as one message."""
        if text.strip():
            await self._persist_message(self._message(recipient_id, text=text.strip()))


class BadRequestError(ValueError):
    """The body is not what the channel accepts; the message says what."""


def json_body(request: Request) -> Any:
    """Return the request's JSON.

    Raises:
        BadRequestError: the body is not JSON.
    """
    try:
        return request.json
    except SanicException as error:
        raise BadRequestError("body must be a JSON object") from error


def read_secret(root: Path | None = None) -> str | None:
    """Return the shared secret, None when there is none yet.

    Args:
        root: folder of run-time files; default `AFTERSALES_VAR` or ``var``. The environment
            variable `GATEWAY_SECRET` wins over the file.
    """
    secret = os.environ.get(SECRET_VARIABLE)
    if not secret:
        folder = root or Path(os.environ.get("AFTERSALES_VAR") or "var")
        try:
            secret = (folder / SECRET_FILE).read_text(encoding="utf-8").strip()
        except OSError:
            return None
    return secret if len(secret) >= SHORTEST_SECRET else None


def user_message(body: Any) -> tuple[UserMessage, NamedOutput]:
    """Build Rasa's message from the gateway's body.

    Raises:
        BadRequestError: a field is missing or has the wrong form.
    """
    if not isinstance(body, dict):
        raise BadRequestError("body must be a JSON object")
    sender, text = body.get("sender"), body.get("message")
    kind, channel = body.get("kind", KIND_TEXT), body.get("channel", "widget")
    extra, message_id = body.get("metadata") or {}, body.get("message_id")
    if not isinstance(sender, str) or not 1 <= len(sender) <= 128:
        raise BadRequestError("sender must be 1 to 128 characters")
    if not isinstance(text, str):
        raise BadRequestError("message must be a string")
    if len(text) > LONGEST_MESSAGE:
        raise BadRequestError(f"message is longer than {LONGEST_MESSAGE} characters")
    if kind not in (KIND_TEXT, KIND_PAYLOAD):
        raise BadRequestError("kind must be text or payload")
    if not isinstance(channel, str) or not _CHANNEL_NAME.fullmatch(channel):
        raise BadRequestError("channel must be a lower-case name")
    if not isinstance(extra, dict):
        raise BadRequestError("metadata must be an object")
    # The fields of the protocol win over anything that stands in `metadata`.
    metadata = {**extra, KIND: kind, "channel": channel}
    for name in ("message_id", "received_at"):
        metadata.pop(name, None)
        if body.get(name) is not None:
            metadata[name] = str(body[name])
    output = NamedOutput(channel)
    message = UserMessage(
        text,
        output,
        sender,
        input_channel=channel,
        message_id=None if message_id is None else str(message_id),
        metadata=metadata,
    )
    return message, output


async def run_turn(
    request: Request, on_new_message: OnMessage, message: UserMessage, output: NamedOutput
) -> HTTPResponse:
    """Let Rasa work on the message and answer with the replies or with an honest error."""
    agent = getattr(request.app.ctx, "agent", None)
    if agent is not None and not agent.is_ready():
        return response.json({"error": "not_ready"}, status=503)
    try:
        await on_new_message(message)
    except Exception as error:
        # Where and what kind, never the exception's text: a failed statement of the tracker store
        # quotes its values, which are the customer's words.
        where = [f"{one.filename}:{one.lineno}" for one in extract_tb(error.__traceback__)[-8:]]
        logger.error(
            "turn.failed",
            message_id=message.message_id,
            error_type=type(error).__name__,
            where=where,
        )
        return response.json({"error": "turn_failed"}, status=500)
    return response.json(output.messages)


class GatewayInput(InputChannel):
    """The channel `gateway`; named in `credentials.yml`."""

    def __init__(self, secret: str | None = None) -> None:
        """Use `secret`; without one it is read from environment or file at each request."""
        self._secret = secret

    @classmethod
    def name(cls) -> str:
        """Return the channel's name, which is part of its address."""
        return "gateway"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> GatewayInput:
        """Create the channel; the secret never stands in `credentials.yml`."""
        return cls()

    def is_trusted(self, given: str | None) -> bool:
        """Compare a secret in constant time; without a secret nobody is trusted."""
        expected = self._secret or read_secret()
        if expected is None or given is None:
            return False
        return hmac.compare_digest(expected.encode(), given.encode())

    def blueprint(self, on_new_message: OnMessage) -> Blueprint:
        """Return the channel's routes."""
        routes = Blueprint("gateway_webhook", __name__)

        @routes.route("/", methods=["GET"])
        async def health(request: Request) -> HTTPResponse:
            return response.json({"status": "ok"})

        @routes.route("/webhook", methods=["POST"])
        async def receive(request: Request) -> HTTPResponse:
            if not self.is_trusted(request.headers.get(SECRET_HEADER)):
                return response.json({"error": "unauthorised"}, status=401)
            if len(request.body) > LARGEST_BODY:
                return response.json({"error": "too_large"}, status=413)
            try:
                message, output = user_message(json_body(request))
            except BadRequestError as error:
                return response.json({"error": str(error)}, status=400)
            return await run_turn(request, on_new_message, message, output)

        return routes
