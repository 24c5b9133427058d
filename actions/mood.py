"""How the customer takes the talk: tired of questions, at a loss, sorry, or asking what was asked.

No need of the contract names these, and the classifier hears another subject or nothing. They are
answered before the action of the intent speaks; the words are in ``knowledge/talk.yml``.
"""

from collections.abc import Callable, Sequence

from actions import courtesy, cues, watches
from actions.courtesy import PASSED_OVER, PATIENCE
from actions.diagnosis import FAULT_INTENTS
from actions.frames import touch
from actions.skill import pending
from actions.turn import SURE, Turn
from aftersales.language import yes_no


def taken(turn: Turn) -> bool:
    """Answer a message of this kind; False when it is none or says something of a watch."""
    if turn.entities or watches.observed(turn):
        return False
    if turn.intent in FAULT_INTENTS and turn.confidence >= SURE:
        return False  # "表停了，烦死了"
    return any(answer(turn) for answer in _TABLE)


def calmed(turn: Turn) -> bool:
    """Take an apology as one, not as the next complaint."""
    if not cues.calms(turn.text):
        return False
    turn.utter("utter_no_harm")
    return True


def _annoyed(turn: Turn) -> bool:
    if not cues.annoyed(turn.text):
        return False
    again = turn.said_before("utter_annoyed") or not pending(turn)
    turn.utter("utter_annoyed_again" if again else "utter_annoyed", buttons=cues.ready("callback"))
    # The question that tired him is left out, where the talk can do without.
    if pending(turn) in PASSED_OVER:
        turn.set("misunderstood", PATIENCE)
    return True


def _struggles(turn: Turn) -> bool:
    if not cues.struggles(turn.text):
        return False
    if yes_no(turn.text) is not None:
        return False  # a bare "不懂" answers the question
    again = turn.said_before("utter_struggles")
    turn.utter(
        "utter_annoyed_again" if again else "utter_struggles", buttons=cues.ready("callback")
    )
    if not pending(turn):
        turn.set("offer", "callback")
    return True


def _repeats(turn: Turn) -> bool:
    top = turn.frames.top
    if top is None or not cues.repeats(turn.text):
        return False
    turn.frames = turn.frames.replace_top(touch(top, turn.now, times=0))
    turn.set("asking", top.skill)
    return True


def _listens(turn: Turn) -> bool:
    if not cues.says_again(turn.text):
        return False
    turn.utter("utter_listening")
    turn.set("offer", None)
    return True


def _hails(turn: Turn) -> bool:
    if not cues.hails(turn.text):
        return False
    courtesy.greet(turn)
    return True


def _did_it(turn: Turn) -> bool:
    if pending(turn) or turn.slot("case") is None or not cues.did_it(turn.text):
        return False
    turn.utter("utter_done_right")
    return True


def _needs_time(turn: Turn) -> bool:
    if not cues.needs_time(turn.text):
        return False
    turn.utter("utter_no_hurry")
    return True


def _acknowledges(turn: Turn) -> bool:
    if pending(turn) or not cues.acknowledges(turn.text):
        return False
    turn.utter("utter_nothing_more")
    return True


_TABLE: Sequence[Callable[[Turn], bool]] = (
    calmed,
    _annoyed,
    _struggles,
    _hails,
    _did_it,
    _needs_time,
    _repeats,
    _listens,
    _acknowledges,
)
