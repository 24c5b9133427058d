"""A talk as Rasa leads it: the form first, then the rule of the need, then the form again."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.registry import actions
from actions.services import Services
from tests.actions.talking import NOW, message, slots_after

ROOT = Path(__file__).resolve().parents[2]


@cache
def domain() -> dict[str, Any]:
    """The domain as Rasa reads it."""
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    return loaded


@cache
def rule_of_need() -> Mapping[str, str]:
    """Which action answers which intent, read from the rules Rasa is trained on."""
    found: dict[str, str] = {}
    rules = yaml.safe_load((ROOT / "data" / "rules.yml").read_text(encoding="utf-8"))["rules"]
    for rule in rules:
        first, *rest = rule["steps"]
        wanted = first.get("or", [first])
        action = next((step["action"] for step in rest if "action" in step), None)
        for step in wanted:
            if set(step) == {"intent"} and action is not None:
                found.setdefault(step["intent"], action)
    return found


class Walk:
    """A whole talk: slots, events and the waiting loop are kept from message to message."""

    def __init__(self, services: Services, sender: str = "somebody") -> None:
        self.services = services
        self.sender = sender
        self.slots: dict[str, Any] = {}
        self.events: list[dict[str, Any]] = []
        self.messages: list[dict[str, Any]] = []
        self.changes: list[dict[str, Any]] = []
        self._actions = {action.name(): action for action in actions(services)}

    def say(self, text: str, intent: str = "inform", after: float = 0, **options: Any) -> list[str]:
        """Say one message ``after`` so many hours; returns the responses uttered."""
        when: datetime = NOW + timedelta(hours=after)
        parsed = message(text, intent, **{"received_at": when.isoformat(), **options})
        self.messages, self.changes = [], []
        self.events += [
            {"event": "action", "name": "action_listen"},
            {"event": "user", "text": text, "parse_data": parsed},
        ]
        skill = self._loop()
        if skill is None or not self._form(skill, parsed):
            name = rule_of_need()[intent]
            self._run(name, parsed)
            self._lead_back(parsed)
        return [m["response"] for m in self.messages]

    @property
    def words(self) -> str:
        """What was said in the last turn, its blanks filled by the actions."""
        parts = [str(v) for m in self.messages for v in m.values() if isinstance(v, str)]
        return "\n".join(parts)

    @property
    def waiting(self) -> tuple[str, str] | None:
        """Skill and question that wait for an answer, or None."""
        skill = self._loop()
        return None if skill is None else (skill, str(self.slots["frames"][-1]["question"]))

    def _loop(self) -> str | None:
        return (
            str(self.slots["requested_slot"])[: -len("_answer")]
            if self.slots.get("requested_slot")
            else None
        )

    def _form(self, skill: str, parsed: Mapping[str, Any]) -> bool:
        """Run the form's validation; False when it stands aside."""
        changes = self._run(f"validate_{skill}_form", parsed, loop=skill)
        if not changes:
            return False
        if self._loop() is None:
            self._run(f"action_{skill}_result", parsed)
            self._lead_back(parsed)
        return True

    def _lead_back(self, parsed: Mapping[str, Any]) -> None:
        asking = self.slots.get("asking")
        if asking is None:
            self.slots["requested_slot"] = None
        else:
            self._form(str(asking), parsed)

    def _run(
        self, name: str, parsed: Mapping[str, Any], loop: str | None = None
    ) -> list[dict[str, Any]]:
        # Rasa puts the form itself on the tracker it sends to the form's validation.
        form = [{"event": "action", "name": f"{loop}_form"}] if loop else []
        # A form that stood aside is still Rasa's active loop while the rule's action runs.
        waits = loop or self._loop()
        active = {"name": f"{waits}_form"} if waits else {}
        latest = form[0]["name"] if form else "action_listen"
        told = Tracker(
            self.sender,
            dict(self.slots),
            dict(parsed),
            [*self.events, *form],
            False,
            None,
            active,
            latest,
        )
        dispatcher = CollectingDispatcher()
        changes = list(self._actions[name].run(dispatcher, told, {}))
        self.slots = slots_after(changes, self.slots)
        self.changes += changes
        self.messages += dispatcher.messages
        if not loop:
            self.events.append({"event": "action", "name": name})
        elif changes:
            self.events += form
        self.events += [
            {
                "event": "bot",
                "text": str(m.get("reasons") or m.get("question") or ""),
                "metadata": {"utter_action": m["response"]},
            }
            for m in dispatcher.messages
        ]
        return changes
