"""What the assistant is asking right now, and what it put aside to ask it.

Rasa keeps one active form. People keep several threads: they start a warranty check, ask where
the number is, remember that the watch also runs fast, and come back the next day. So the answers
collected so far live in frames, newest on top, in the one slot ``frames``; the form is only the
loop that asks for the top frame.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Self

#: A frame untouched for this long is not pressed on the customer; we ask whether to go on.
STALE_AFTER = timedelta(hours=2)
#: A frame older than this is forgotten: nobody remembers it.
FORGOTTEN_AFTER = timedelta(days=30)
#: People do not keep more threads than this; the oldest is dropped.
MAX_FRAMES = 4
#: A question put so often without an answer is not pressed any more; an answer is still taken.
MAX_ASKS = 3


@dataclass(frozen=True)
class Frame:
    """One unfinished piece of work with the customer.

    Attributes:
        skill: which skill asks (``diagnosis``, ``warranty``, ``intake``, ``status``).
        data: what has been collected, JSON-safe, in the skill's own shape.
        question: id of the question that waits for an answer, or None.
        touched: when the customer last added to it (aware, UTC).
        times: how often that question was put.
    """

    skill: str
    data: Mapping[str, Any]
    touched: datetime
    question: str | None = None
    times: int = 0

    @property
    def put_aside(self) -> bool:
        """Whether the customer let its question pass so often that we stop asking."""
        return self.times >= MAX_ASKS

    def to_dict(self) -> dict[str, Any]:
        """JSON-safe form for the slot."""
        return {
            "skill": self.skill,
            "data": dict(self.data),
            "question": self.question,
            "touched": self.touched.isoformat(),
            "times": self.times,
        }

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> Self:
        """Read a frame back from the slot."""
        return cls(
            skill=str(raw["skill"]),
            data=dict(raw["data"]),
            question=raw.get("question"),
            touched=datetime.fromisoformat(str(raw["touched"])),
            times=int(raw.get("times", 0)),
        )


@dataclass(frozen=True)
class Frames:
    """The stack of frames, newest last."""

    items: tuple[Frame, ...] = field(default=())

    @classmethod
    def from_slot(cls, value: object, now: datetime) -> Self:
        """Read the slot; anything unreadable (an old release's slot) counts as nothing pending."""
        items: list[Frame] = []
        for raw in value if isinstance(value, list) else []:
            try:
                frame = Frame.from_dict(raw)
            except (KeyError, TypeError, ValueError):
                continue
            if now - frame.touched < FORGOTTEN_AFTER:
                items.append(frame)
        return cls(tuple(items))

    def to_slot(self) -> list[dict[str, Any]]:
        """The slot's value."""
        return [frame.to_dict() for frame in self.items]

    @property
    def top(self) -> Frame | None:
        """The frame whose question waits, or None."""
        return self.items[-1] if self.items else None

    def push(self, frame: Frame) -> "Frames":
        """Put a frame on top; an older frame of the same skill and subject gives way."""
        others = tuple(f for f in self.items if _subject(f) != _subject(frame))
        return Frames((*others, frame)[-MAX_FRAMES:])

    def replace_top(self, frame: Frame) -> "Frames":
        """The same stack with another top."""
        return Frames((*self.items[:-1], frame))

    def pop(self) -> "Frames":
        """The stack without its top."""
        return Frames(self.items[:-1])

    def without(self, skill: str, kind: str | None = None) -> "Frames":
        """The stack without any frame of that skill, of one kind of case or of all."""
        kept = (f for f in self.items if f.skill != skill or kind not in (None, f.data.get("kind")))
        return Frames(tuple(kept))

    def aside(self) -> "Frames":
        """The same stack, none of it pressed on the customer any more."""
        return Frames(tuple(replace(f, times=MAX_ASKS) for f in self.items))

    def latest(self, skill: str, watch_no: int) -> Frame | None:
        """The newest frame of that skill about that watch, wherever it lies."""
        for frame in reversed(self.items):
            if _subject(frame)[:2] == (skill, watch_no):
                return frame
        return None

    def is_stale(self, now: datetime) -> bool:
        """Whether the top was left long enough ago to ask before going on."""
        return self.top is not None and now - self.top.touched > STALE_AFTER


def touch(frame: Frame, now: datetime, **changes: Any) -> Frame:
    """A copy of the frame with changes, touched now."""
    return replace(frame, touched=now, **changes)


def _subject(frame: Frame) -> tuple[object, ...]:
    # Two watches are kept apart: a check of the other watch does not overwrite the first, and a
    # complaint about a watch does not overwrite its repair.
    return frame.skill, frame.data.get("watch_no", 0), frame.data.get("kind")
