"""Rasa's REST channel, with people's text as text.

Address, body and replies are those of the handbook (``/webhooks/rest/webhook``). Different:
a leading "/" is text like any other (a stranger cannot jump the dialogue or set slots), a
failed turn answers 500 instead of ``200 []``, a text stays in one piece, and `input_channel`
in the body is believed only for the names below, so that the wording for the hotline can be
tried from a terminal.
"""

from __future__ import annotations

from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.core.channels.rest import RestInput
from rasa.utils.endpoints import bool_arg
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse, ResponseStream

from bot.channel import (
    LARGEST_BODY,
    LONGEST_MESSAGE,
    BadRequestError,
    NamedOutput,
    OnMessage,
    json_body,
    run_turn,
)
from bot.normaliser import KIND, KIND_TEXT

CHANNELS = frozenset({"rest", "desk", "terminal"})


class PlainRestInput(RestInput):
    """The channel `rest`; named in `credentials.yml` in place of Rasa's own."""

    @classmethod
    def name(cls) -> str:
        """Return the handbook's name."""
        return "rest"

    def _extract_input_channel(self, req: Request) -> str:
        wanted = req.json.get("input_channel")
        return wanted if isinstance(wanted, str) and wanted in CHANNELS else self.name()

    def get_metadata(self, request: Request) -> dict[str, Any]:
        """Return the body's metadata, marked as typed by a person."""
        given = request.json.get("metadata")
        channel = self._extract_input_channel(request)
        metadata = dict(given) if isinstance(given, dict) else {}
        return {**metadata, KIND: KIND_TEXT, "channel": channel}

    def blueprint(self, on_new_message: OnMessage) -> Blueprint:
        """Return the channel's routes."""
        routes = Blueprint("plain_rest_webhook", __name__)

        @routes.route("/", methods=["GET"])
        async def health(request: Request) -> HTTPResponse:
            return response.json({"status": "ok"})

        @routes.route("/webhook", methods=["POST"])
        async def receive(request: Request) -> HTTPResponse | ResponseStream:
            if len(request.body) > LARGEST_BODY:
                return response.json({"error": "too_large"}, status=413)
            try:
                body = json_body(request)
            except BadRequestError as error:
                return response.json({"error": str(error)}, status=400)
            if not isinstance(body, dict):
                return response.json({"error": "body must be a JSON object"}, status=400)
            sender = await self._extract_sender(request)
            text = self._extract_message(request)
            text = "" if text is None else text
            if not isinstance(text, str) or len(text) > LONGEST_MESSAGE:
                problem = f"message must be a string of at most {LONGEST_MESSAGE} characters"
                return response.json({"error": problem}, status=400)
            channel = self._extract_input_channel(request)
            metadata = self.get_metadata(request)
            if bool_arg(request, "stream", default=False):
                return response.stream(
                    self.stream_response(on_new_message, text, sender, channel, metadata),
                    content_type="text/event-stream",
                )
            output = NamedOutput(channel)
            message = UserMessage(text, output, sender, input_channel=channel, metadata=metadata)
            return await run_turn(request, on_new_message, message, output)

        return routes
