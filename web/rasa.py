"""The client of Rasa's gateway channel (``bot/channel.py``), on loopback.

Rasa answers ``200 []`` when a turn failed inside; that, silence and nonsense all become
``RasaTrouble``: the gateway then apologises instead of saying nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol
from urllib.parse import quote

import httpx

from aftersales.settings import Secret

TIMEOUT = httpx.Timeout(connect=2.0, read=20.0, write=5.0, pool=5.0)
MAX_BUBBLES = 3


class RasaTrouble(Exception):
    """No usable answer. ``kind`` is one of: down, slow, refused, broken, empty."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


@dataclass(frozen=True)
class Question:
    """One message on its way to Rasa."""

    sender: str
    message: str
    kind: Literal["text", "payload"]
    message_id: str
    received_at: datetime
    channel: str = "widget"
    metadata: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Bubble:
    """One bubble of an answer; buttons as ``{"title", "payload"}``."""

    text: str
    buttons: list[dict[str, Any]] = field(default_factory=list)


class Rasa(Protocol):
    """Whatever answers questions."""

    async def ask(self, question: Question) -> list[Bubble]:
        """Return one to three bubbles; raises RasaTrouble when there is no answer."""
        ...

    async def recall(self, sender: str, message_id: str) -> list[Bubble]:
        """Return what was answered to this message before; nothing when it was not heard."""
        ...

    async def alive(self) -> bool:
        """Say whether a question would be answered now."""
        ...

    async def aclose(self) -> None:
        """Let go of connections."""
        ...


class RasaClient:
    """Asks Rasa over HTTP."""

    def __init__(
        self,
        url: str,
        secret: Secret,
        timeout: httpx.Timeout = TIMEOUT,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        # trust_env=False: a proxy named in the environment must never see a customer's words.
        self._http = httpx.AsyncClient(
            base_url=url, timeout=timeout, trust_env=False, transport=transport
        )
        self._secret = secret

    async def ask(self, question: Question) -> list[Bubble]:
        """Ask and return one to three bubbles.

        Raises:
            RasaTrouble: no answer, or none that can be used.
        """
        body = {
            "sender": question.sender,
            "message": question.message,
            "kind": question.kind,
            "channel": question.channel,
            "message_id": question.message_id,
            "received_at": question.received_at.isoformat(),
            "metadata": question.metadata,
        }
        try:
            answer = await self._http.post(
                "/webhooks/gateway/webhook",
                json=body,
                headers={"X-Gateway-Secret": self._secret.reveal()},
            )
        except httpx.TimeoutException as problem:
            kind = "down" if isinstance(problem, httpx.ConnectTimeout) else "slow"
            raise RasaTrouble(kind) from problem
        except httpx.HTTPError as problem:
            raise RasaTrouble("down") from problem
        if answer.status_code != 200:
            raise RasaTrouble("refused" if answer.status_code in (401, 403) else "broken")
        try:
            parts = answer.json()
        except ValueError as problem:
            raise RasaTrouble("broken") from problem
        if not isinstance(parts, list):
            raise RasaTrouble("broken")
        bubbles = merge(parts)
        if not bubbles:
            raise RasaTrouble("empty")
        return bubbles

    async def recall(self, sender: str, message_id: str) -> list[Bubble]:
        """Return what Rasa answered to this message before; nothing when it did not, or cannot say.

        Rasa keeps a turn as a whole or not at all: an answer that was lost on its way to us is
        found here, and the dialogue does not hear the same sentence twice.
        """
        path = f"/conversations/{quote(sender, safe='')}/tracker"
        try:
            answer = await self._http.get(path, params={"include_events": "ALL"}, timeout=5.0)
            events = answer.json()["events"] if answer.status_code == 200 else []
        except (httpx.HTTPError, ValueError, KeyError, TypeError):
            return []
        return merge(_answers(events, message_id))

    async def alive(self) -> bool:
        """Say whether Rasa answers and holds a model."""
        try:
            answer = await self._http.get("/status", timeout=2.0)
            return answer.status_code == 200 and bool(answer.json().get("model_file"))
        except (httpx.HTTPError, ValueError, AttributeError):
            return False

    async def aclose(self) -> None:
        """Close the connections."""
        await self._http.aclose()


def _answers(events: Sequence[Any], message_id: str) -> list[dict[str, Any]]:
    """Return the bot's messages between this user message and the next."""
    found: list[dict[str, Any]] = []
    ours = False
    for event in events:
        if event.get("event") == "user":
            ours = (event.get("metadata") or {}).get("message_id") == message_id
            found = [] if ours else found
        elif ours and event.get("event") == "bot":
            buttons = (event.get("data") or {}).get("buttons")
            found.append({"text": event.get("text"), "buttons": buttons})
    return found


def merge(parts: Sequence[Any]) -> list[Bubble]:
    """Return Rasa's messages as at most three bubbles; the buttons of all go under the last.

    Messages beyond the third join the third; empty ones vanish. Buttons without a text stay with
    what was said before.
    """
    said: list[str] = []
    buttons: list[dict[str, Any]] = []
    for part in parts:
        if not isinstance(part, dict):
            continue
        text = str(part.get("text") or "").strip()
        if text:
            said.append(text)
        offered = part.get("buttons")
        for button in offered if isinstance(offered, list) else []:
            if isinstance(button, dict) and button.get("title") and button.get("payload"):
                kept = {"title": str(button["title"]), "payload": str(button["payload"])}
                if kept not in buttons:
                    buttons.append(kept)
    if not said:
        return []
    head, tail = said[: MAX_BUBBLES - 1], said[MAX_BUBBLES - 1 :]
    if tail:
        head.append("\n\n".join(tail))
    return [Bubble(text) for text in head[:-1]] + [Bubble(head[-1], buttons)]
