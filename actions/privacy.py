"""What we keep about a person, and how to have it shown, corrected or deleted."""

from actions import cues
from actions.turn import Turn


def answer(turn: Turn) -> None:
    """Say what this chat keeps and why; the request itself is taken down for a person."""
    turn.utter("utter_privacy_request" if cues.privacy_request(turn.text) else "utter_privacy")
    turn.set("offer", "callback")
