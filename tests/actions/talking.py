"""Trackers as the SDK hands them over, without Rasa; entities are read by the real extractors."""

from datetime import UTC, date, datetime
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.services import Services
from actions.turn import Turn
from aftersales.language import extract, normalise

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


def message(text: str, intent: str, confidence: float = 0.9, **metadata: Any) -> dict[str, Any]:
    """Rasa's parse of a message, its entities read by the real extractors."""
    return {
        "text": text,
        "intent": {"name": intent, "confidence": confidence},
        "entities": [
            {"entity": e.name, "value": e.value, "start": e.start, "end": e.end}
            for e in extract(normalise(text), date(2026, 11, 24))
        ],
        "metadata": {"channel": "widget", "received_at": NOW.isoformat(), **metadata},
    }


def tracker(
    text: str,
    intent: str,
    slots: dict[str, Any] | None = None,
    *,
    after: str = "action_listen",
    confidence: float = 0.9,
    **metadata: Any,
) -> Tracker:
    """A tracker right after a message, or after the action named ``after``."""
    parsed = message(text, intent, confidence, **metadata)
    events = [{"event": "action", "name": after}]
    return Tracker("somebody", slots or {}, parsed, events, False, None, {}, after)


def turn(services: Services, text: str, intent: str, slots: dict[str, Any] | None = None) -> Turn:
    """One turn of the talk."""
    return Turn(tracker(text, intent, slots), CollectingDispatcher(), services)


def said(dispatcher: CollectingDispatcher) -> list[str]:
    """The responses uttered, in order."""
    return [m["response"] for m in dispatcher.messages]


def slots_after(events: list[dict[str, Any]], before: dict[str, Any]) -> dict[str, Any]:
    """The slots with the events applied."""
    return {**before, **{e["name"]: e["value"] for e in events if e["event"] == "slot"}}


class Talk:
    """A talk with single actions: keeps the slots and what was said last."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self.slots: dict[str, Any] = {}
        self.messages: list[dict[str, Any]] = []
        self.events: list[dict[str, Any]] = []

    def run(
        self,
        action: Action,
        text: str,
        intent: str,
        *,
        after: str = "action_listen",
        **metadata: Any,
    ) -> list[str]:
        """Run one action on one message; returns the responses uttered."""
        dispatcher = CollectingDispatcher()
        told = tracker(text, intent, self.slots, after=after, **metadata)
        self.events = action.run(dispatcher, told, {})
        self.slots = slots_after(self.events, self.slots)
        self.messages = dispatcher.messages
        return said(dispatcher)
