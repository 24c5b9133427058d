"""Emergencies: a swallowed cell, leaked electrolyte on skin or eye, a burning smell."""

from actions.turn import Turn
from aftersales.faults import hazard_lines
from aftersales.language.hazards import hazard


def answer(turn: Turn) -> None:
    """Say first what protects the person; the watch can wait, so nothing is asked now."""
    kind = hazard(turn.text)
    if kind is None:  # the policy saw one in another spelling: the safest text is the burn's
        kind = "burning"
    turn.utter("utter_hazard", reasons=turn.lines(hazard_lines(kind), limit=5))
    turn.set("asking", None)
