"""The base of every skill that asks questions: how it starts, listens, asks and concludes."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, Protocol

from actions import cues
from actions.frames import Frame, touch
from actions.turn import Turn, labels


class Choice(Protocol):
    """One ready answer: what is shown and what it stands for."""

    @property
    def label(self) -> str:
        """What the button says; typing it means the same."""


class Question(Protocol):
    """A question of the domain: its words for a screen and for a caller."""

    @property
    def id(self) -> str:
        """Name of the finding it asks for."""

    @property
    def say(self) -> str:
        """The words on a screen."""

    @property
    def say_desk(self) -> str:
        """The words an agent reads aloud."""

    @property
    def choices(self) -> Sequence[Choice]:
        """Ready answers, few or none."""


class Skill(ABC):
    """One skill: a name, a frame's shape, and four moves."""

    name: str

    @property
    def form(self) -> str:
        """Rasa's loop that asks this skill's questions."""
        return f"{self.name}_form"

    @property
    def requested(self) -> str:
        """The slot that loop always requests; the question itself is in the frame."""
        return f"{self.name}_answer"

    @abstractmethod
    def open(self, turn: Turn) -> Frame:
        """A frame holding what this message already says, merged with a pending one."""

    @abstractmethod
    def hear(self, frame: Frame, turn: Turn) -> Frame | None:
        """The frame with this message's answer in it, or None when it is no answer."""

    @abstractmethod
    def question(self, frame: Frame, turn: Turn) -> Question | None:
        """What to ask next, or None when enough is known."""

    def give_up(self, frame: Frame, turn: Turn) -> Frame | None:
        """The frame with its question left unanswered, or None when it cannot do without."""
        return None

    def told(self, frame: Frame) -> dict[str, Any] | None:
        """What a ticket would need of it when the customer breaks off (算了); mostly nothing."""
        return None

    def instead(self, turn: Turn) -> bool:
        """Answer a message that only looks like this skill's subject; False when it is."""
        return False

    @abstractmethod
    def conclude(self, frame: Frame, turn: Turn) -> None:
        """Say the result. Everything the skill leaves behind goes into slots."""


def ask(skill: Skill, turn: Turn, *, again: bool = False) -> bool:
    """Ask the top frame's next question.

    Args:
        skill: the skill of the top frame.
        turn: the current turn; its frames are updated.
        again: whether another subject came between, so that we lead back first.

    Returns:
        False when nothing is left to ask.
    """
    frame = turn.frames.top
    if frame is None or frame.skill != skill.name:
        return False
    question = skill.question(frame, turn)
    if question is None:
        return False
    times = frame.times + 1 if frame.question == question.id else 1
    # A remark on the last answer is said once, and not again when an aside leads back.
    data = {name: value for name, value in frame.data.items() if name != "hint"}
    asked = touch(frame, turn.now, data=data, question=question.id, times=times)
    turn.frames = turn.frames.replace_top(asked)
    turn.utter(
        "utter_question_again" if again and times > 1 else "utter_question",
        question=turn.line(question),
        buttons=labels(choice.label for choice in question.choices),
    )
    return True


def begin(skill: Skill, turn: Turn) -> None:
    """Start or go on with a skill from a message that named its subject."""
    frame = skill.open(turn)  # may itself take a frame off the stack
    turn.frames = turn.frames.push(frame)
    settle(skill, turn)


def settle(skill: Skill, turn: Turn) -> None:
    """Leave the top frame either waiting for its form, or concluded."""
    frame = turn.frames.top
    if frame is None:
        turn.set("asking", None)
        return
    if skill.question(frame, turn) is not None:
        turn.set("asking", skill.name)
        return
    finish(skill, turn)


def finish(skill: Skill, turn: Turn) -> None:
    """Say the result, drop the frame, and turn to what was put aside."""
    frame = turn.frames.top
    if frame is not None and frame.skill == skill.name:
        turn.frames = turn.frames.pop()
        skill.conclude(frame, turn)
        # Kept so that "不对，是去年买的" after the answer gives a new answer.
        turn.set("concluded", frame.to_dict())
    turn.set("asking", pending(turn))


def pending(turn: Turn) -> str | None:
    """The skill whose question should be asked next, unless it has gone cold or was put aside."""
    top = turn.frames.top
    if top is None or top.put_aside or turn.frames.is_stale(turn.now):
        return None
    return top.skill


def offers_resume(turn: Turn) -> None:
    """After an answer: remind the customer of a subject left hours or days ago, once."""
    top = turn.frames.top
    if top is None or not turn.frames.is_stale(turn.now) or turn.slot("offer") == "resume":
        return
    turn.set("offer", "resume")
    turn.utter("utter_resume_offer", topic=cues.topic(top.skill))


def apply(turn: Turn) -> list[dict[str, Any]]:
    """The turn's slot changes as events, in a stable order."""
    return [
        {"event": "slot", "timestamp": None, "name": name, "value": value}
        for name, value in turn.slots.items()
    ]
