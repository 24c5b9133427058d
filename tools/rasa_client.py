"""Speaks to Rasa's gateway channel the way ``web`` does; for the terminal and the tests."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import requests

#: A turn takes tens of milliseconds; a first one loads dictionaries.
TIMEOUT_S = 30.0


class RasaUnavailableError(Exception):
    """Nobody answers at Rasa's address, or the turn failed there."""


@dataclass(frozen=True)
class Reply:
    """One message of the assistant.

    Attributes:
        text: what it says.
        buttons: (label, payload) pairs.
        response: name of the domain's response, where the tracker knows it.
    """

    text: str
    buttons: tuple[tuple[str, str], ...] = ()
    response: str | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        """The buttons' labels."""
        return tuple(label for label, _ in self.buttons)


@dataclass
class RasaClient:
    """One connection to a running Rasa.

    Attributes:
        port: Rasa's port on loopback.
        secret: the gateway's shared secret.
    """

    port: int
    secret: str
    http: requests.Session = field(default_factory=requests.Session)

    @property
    def base(self) -> str:
        """Rasa's address."""
        return f"http://127.0.0.1:{self.port}"

    def say(
        self,
        sender: str,
        text: str,
        *,
        now: datetime,
        message_id: str,
        channel: str = "terminal",
        kind: str = "text",
    ) -> list[Reply]:
        """Send one message and return what is answered.

        Raises:
            RasaUnavailableError: no answer, or an answer that is an error.
        """
        body = {
            "sender": sender,
            "message": text,
            "kind": kind,
            "channel": channel,
            "message_id": message_id,
            "received_at": now.isoformat(),
        }
        answer = self._send("POST", "/webhooks/gateway/webhook", json=body)
        return [
            Reply(
                text=str(part.get("text") or ""),
                buttons=tuple((b["title"], b["payload"]) for b in part.get("buttons") or ()),
            )
            for part in answer
        ]

    def parse(self, text: str) -> dict[str, Any]:
        """What the model understands of a sentence."""
        return dict(self._send("POST", "/model/parse", json={"text": text}))

    def tracker(self, sender: str) -> dict[str, Any]:
        """The conversation as Rasa keeps it, with all events."""
        return dict(self._send("GET", f"/conversations/{sender}/tracker?include_events=ALL"))

    def _send(self, method: str, path: str, **kwargs: Any) -> Any:
        headers = {"X-Gateway-Secret": self.secret}
        try:
            answer = self.http.request(
                method, self.base + path, headers=headers, timeout=TIMEOUT_S, **kwargs
            )
            answer.raise_for_status()
            return answer.json()
        except (requests.RequestException, ValueError) as error:
            raise RasaUnavailableError(f"{method} {path}: {error}") from error
