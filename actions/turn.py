"""One customer message, read once, with everything an action may ask about it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.frames import Frames
from actions.services import Services
from aftersales.language import normalise, yes_no

SHANGHAI = ZoneInfo("Asia/Shanghai")
#: Below this the classifier is guessing; a pending question then hears the text first.
SURE = 0.55
#: Characters of the customer's own words that go into a ticket.
MOST_WORDS = 300
#: Characters of a remark worth keeping; shorter is a slip.
A_REMARK = 5
#: Responses that offer to go on with something unfinished.
OFFERS = frozenset({"utter_put_aside", "utter_resume_offer", "utter_not_filed_yet"})
#: Intents that only carry an answer and open no subject of their own.
ANSWERS = frozenset(
    {"inform", "affirm", "deny", "dont_know", "correct_answer", "nlu_fallback", "out_of_scope"}
)


@dataclass
class Turn:
    """One message and the means to answer it.

    Attributes:
        tracker: Rasa's tracker as the SDK hands it over.
        dispatcher: collects what is said.
        services: store, clock, ids.
    """

    tracker: Tracker
    dispatcher: CollectingDispatcher
    services: Services
    slots: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def message(self) -> Mapping[str, Any]:
        """Rasa's parse of the latest message."""
        return self.tracker.latest_message or {}

    @cached_property
    def metadata(self) -> Mapping[str, Any]:
        """What the gateway sent along: channel, message id, time of receipt."""
        raw = self.message.get("metadata")
        return raw if isinstance(raw, Mapping) else {}

    @cached_property
    def text(self) -> str:
        """The message, normalised (full width, traditional characters, spaces)."""
        return normalise(str(self.message.get("text") or ""))

    @cached_property
    def intent(self) -> str:
        """The need the classifier named."""
        return str((self.message.get("intent") or {}).get("name") or "nlu_fallback")

    @cached_property
    def confidence(self) -> float:
        """How sure the classifier is, 0 to 1."""
        return float((self.message.get("intent") or {}).get("confidence") or 0.0)

    @cached_property
    def entities(self) -> list[Mapping[str, Any]]:
        """Entities with contract names and normalised values; a newer mention comes later."""
        found: list[Mapping[str, Any]] = []
        for raw in self.message.get("entities") or []:
            found.append({**raw, "name": raw.get("entity")})
        return found

    def entity(self, name: str) -> Any:
        """The last value of that entity in this message, or None."""
        values = [e.get("value") for e in self.entities if e["name"] == name]
        return values[-1] if values else None

    @cached_property
    def now(self) -> datetime:
        """When the message was received (aware, UTC): the gateway's word, else the clock."""
        stamp = self.metadata.get("received_at")
        if isinstance(stamp, str):
            try:
                parsed = datetime.fromisoformat(stamp)
            except ValueError:
                parsed = None
            if parsed is not None and parsed.tzinfo is not None:
                return parsed.astimezone(UTC)
        return self.services.clock.now()

    @cached_property
    def today(self) -> date:
        """The customer's calendar day."""
        return self.now.astimezone(SHANGHAI).date()

    @cached_property
    def channel(self) -> str:
        """Where the customer writes: widget, desk, terminal, wechat_oa …"""
        named = self.metadata.get("channel")
        return str(named or self.tracker.get_latest_input_channel() or "widget")

    @property
    def desk(self) -> bool:
        """Whether a hotline agent reads this aloud beside the phone."""
        return self.channel == "desk"

    @property
    def sender(self) -> str:
        """Who speaks, as proven by the gateway."""
        return str(self.tracker.sender_id)

    @property
    def carries_own_subject(self) -> bool:
        """Whether the message surely opens a subject instead of answering a question."""
        return self.intent not in ANSWERS and self.confidence >= SURE

    @cached_property
    def _frames_at_start(self) -> Frames:
        return Frames.from_slot(self.tracker.get_slot("frames"), self.now)

    @property
    def frames(self) -> Frames:
        """What is pending, with this turn's changes."""
        if "frames" in self.slots:
            return Frames.from_slot(self.slots["frames"], self.now)
        return self._frames_at_start

    @frames.setter
    def frames(self, frames: Frames) -> None:
        self.slots["frames"] = frames.to_slot()

    def slot(self, name: str) -> Any:
        """A slot's value, with this turn's changes."""
        return self.slots[name] if name in self.slots else self.tracker.get_slot(name)

    def set(self, name: str, value: Any) -> None:
        """Set a slot when the turn ends."""
        self.slots[name] = value

    def yes_no(self, *, sure: float = 0.0) -> str | None:
        """``yes``, ``no`` or ``unknown``: by the words, else by an intent at least ``sure``."""
        said = yes_no(self.text)
        if said is None and self.intent in {"affirm", "deny"} and self.confidence >= sure:
            return "yes" if self.intent == "affirm" else "no"
        return said

    def said_before(self, response: str) -> bool:
        """Whether that response has been uttered in this session."""
        return any(
            (event.get("metadata") or {}).get("utter_action") == response for event in self._said()
        )

    def told_before(self, text: str) -> bool:
        """Whether exactly this was part of something said in this session."""
        return any(text in str(event.get("text") or "") for event in self._said())

    def _said(self) -> list[Mapping[str, Any]]:
        """What the assistant said in this session, as events."""
        events = list(self.tracker.events)
        starts = [n for n, e in enumerate(events) if e.get("name") == "action_session_start"]
        return [e for e in events[starts[-1] if starts else 0 :] if e.get("event") == "bot"]

    @property
    def just_offered(self) -> bool:
        """Whether going on with something unfinished was offered in the last answer."""
        events = list(self.tracker.events)
        heard = [n for n, e in enumerate(events) if e.get("event") == "user"]
        since = events[heard[-2] if len(heard) > 1 else 0 :]
        return any((e.get("metadata") or {}).get("utter_action") in OFFERS for e in since)

    @property
    def intent_before(self) -> str | None:
        """The need of the customer's message before this one, or None."""
        said = [e for e in self.tracker.events if e.get("event") == "user"]
        if len(said) < 2:
            return None
        parsed = said[-2].get("parse_data") or {}
        return str((parsed.get("intent") or {}).get("name"))

    def utter(self, response: str, **values: Any) -> None:
        """Say a response of the domain; Rasa picks the channel's wording."""
        buttons = values.pop("buttons", None)
        self.dispatcher.utter_message(
            response=response, buttons=None if self.desk else buttons, **values
        )

    def line(self, line: Any) -> str:
        """The wording of a knowledge line for this channel."""
        return str((line.say_desk or line.say) if self.desk else line.say)

    def joined(self, parts: Iterable[str]) -> str:
        """Passages of one message: paragraphs on a screen, one speech read aloud."""
        return ("" if self.desk else "\n").join(part for part in parts if part)

    def lines(self, lines: Iterable[Any], *, limit: int = 4) -> str:
        """Knowledge lines joined for one ``{reasons}`` of a response.

        On a screen each has its own line with a dot; read aloud they run on as sentences.
        """
        said = [self.line(line).strip() for line in lines][:limit]
        if self.desk:
            return "".join(s if s[-1:] in "。！？" else s + "。" for s in said if s)
        return said[0] if len(said) == 1 else "\n".join(f"· {s}" for s in said if s)


def labels(words: Iterable[str]) -> list[dict[str, str]]:
    """Buttons that say just what is written on them."""
    return buttons([(word, word) for word in words])


def buttons(pairs: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    """Buttons from (label, what pressing it says)."""
    return [{"title": title, "payload": payload} for title, payload in pairs]
