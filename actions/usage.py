"""How to use the watch: setting, winding, charging, water, straps."""

from actions import case, cues
from actions.skill import offers_resume
from actions.turn import Turn
from actions.watches import noted
from aftersales import usage


def answer(turn: Turn) -> None:
    """Answer for the watch talked about; when unknown, for each kind in a word."""
    unclear = usage.topic_of(turn.text) == usage.UNCLEAR
    if unclear and not cues.asks(turn.text) and case.adds(turn):
        turn.utter("utter_noted_meanwhile")
        return
    lines = usage.find(turn.text, noted(turn).facts())
    turn.utter("utter_answer", reasons=turn.lines(lines, limit=5))
    offers_resume(turn)
