"""What we keep about a person, and how to have it shown, corrected or deleted."""

from actions.turn import Turn
from aftersales import tickets


def answer(turn: Turn) -> None:
    """Say what this chat keeps and why; the request itself is taken down for a person."""
    turn.utter("utter_privacy", version=tickets.purpose("callback")["version"])
    turn.set("offer", "callback")
