"""Messages that no intent of the contract names: the classifier hears a fault, a fact or nothing.

"手机号行不行", "你帮我写吧", "骗子吧": the actions named here look into this table before they
answer. What is said of how a watch runs has a table of its own (``rates``).
"""

import re
from collections.abc import Callable, Sequence

from actions import (
    aside,
    case,
    courtesy,
    cues,
    general,
    hurry,
    later,
    mood,
    privacy,
    rates,
    remark,
    wanted,
    why,
)
from actions.frames import touch
from actions.intake import Intake
from actions.skill import begin, pending, settle
from actions.status import Status
from actions.turn import ANSWERS, Turn, labels
from aftersales.knowledge import load

#: The actions that a message of this kind may reach by its intent.
CONSULTED = frozenset(
    {
        "action_diagnosis",
        "action_warranty",
        "action_status",
        "action_answer",
        "action_reply",
        "action_misunderstood",
    }
)
#: Those and the two whose own subject comes first unless the words plainly say something else.
LISTENING = CONSULTED | {"action_intake", "action_person"}


def taken(turn: Turn, action: str) -> bool:
    """Answer a message of this kind; False when it is none, or when something else matters more.

    Args:
        turn: the message.
        action: the action its intent leads to.
    """
    if action not in LISTENING or cues.other_brand(turn.text):
        return False
    for answer in (*_PLAIN, *(_TABLE if action in CONSULTED else ())):
        if answer(turn):
            if "misunderstood" not in turn.slots:
                turn.set("misunderstood", 0)
            if "asking" not in turn.slots:
                turn.set("asking", pending(turn))
            return True
    return False


def _by_phone(turn: Turn) -> bool:
    """手机号行不行: a number that many people know opens no case."""
    if not cues.phone_alone(turn.text):
        return False
    turn.utter("utter_phone_alone", buttons=labels(load("talk")["choices"]["callback"]))
    turn.set("offer", "callback")
    return True


def _half_number(turn: Turn) -> bool:
    """FW2611: what is missing is said, whatever the classifier hears in it."""
    if turn.entity("ticket_no") or not cues.half_number(turn.text):
        return False
    frame = Status().open(turn)
    frame = touch(frame, turn.now, data={**frame.data, "hint": "number_form"})
    turn.frames = turn.frames.push(frame)
    settle(Status(), turn)
    return True


def _number_told(turn: Turn) -> bool:
    """FW261125-53057 while something else is asked: that case is meant."""
    if not turn.entity("ticket_no") or turn.intent not in ANSWERS or not pending(turn):
        return False
    if pending(turn) in {Status.name, privacy.Privacy.name}:
        return False
    begin(Status(), turn)
    return True


def _own_data(turn: Turn) -> bool:
    """还是删了吧 after the deletion was called off; 我手机号不对，要改 with nothing open."""
    if turn.frames.top is not None or turn.intent == "privacy_request":
        return False
    changes = load("intake")["patterns"]["change"]
    corrects = turn.intent in {"correct_answer", "inform"} and not turn.entity("phone")
    if corrects and any(re.search(changes[name], turn.text) for name in ("phone", "name")):
        turn.utter("utter_privacy_request")
        turn.set("offer", "callback")
        return True
    before = turn.slot("concluded")
    again = isinstance(before, dict) and before.get("skill") == privacy.Privacy.name
    if not again or turn.intent not in ANSWERS or not privacy.deletes_after_all(turn.text):
        return False
    begin(privacy.Privacy(), turn)
    return True


def _taken_back(turn: Turn) -> bool:
    """不投诉了，帮我报修 while a complaint is taken down: it sounds like a cancellation."""
    top = turn.frames.top
    if top is None or top.skill != Intake.name or top.data["kind"] != "complaint":
        return False
    if not cues.takes_back(turn.text):
        return False
    turn.frames = turn.frames.without(Intake.name, "complaint")
    if re.search(load("intake")["patterns"]["repair"], turn.text):
        turn.intent = "open_ticket"
        begin(Intake(), turn)
    else:
        courtesy.stopped(turn)
    return True


def _number_wanted(turn: Turn) -> bool:
    """单号发我, also when the sentence sounds like something else."""
    if not re.search(load("status")["patterns"]["which_number"], turn.text):
        return False
    known = turn.entity("ticket_no") or turn.slot("last_ticket")
    if known:
        turn.utter("utter_last_number", number=known)
        return True
    if turn.intent == "ticket_status" or pending(turn):
        return False
    turn.utter("utter_no_number_yet", buttons=cues.ready("phone"))
    return True


def _will_be_answered(turn: Turn) -> bool:
    """多久给我答复, 那我等着: the case that waits for its answer, not a repair's duration."""
    patterns = load("status")["patterns"]
    known = turn.entity("ticket_no") or turn.slot("last_ticket")
    waits = re.fullmatch(patterns["waits"], turn.text)
    if not known:
        return bool(waits) and courtesy.not_filed(turn)
    if not waits and not re.search(patterns["when_contacted"], turn.text):
        return False
    turn.utter("utter_will_be_answered", number=known)
    return True


def _written_down(turn: Turn) -> bool:
    """你帮我写吧: the case is taken down by talking."""
    if not cues.has_it_written(turn.text):
        return False
    turn.utter("utter_i_write")
    if pending(turn) != Intake.name:
        turn.intent = "open_ticket"
        begin(Intake(), turn)
    return True


def _doubted(turn: Turn) -> bool:
    """骗子吧: asks who we are and how to verify it, and complains of nothing."""
    return general.about("official", turn) and general.answered(turn)


def _origin(turn: Turn) -> bool:
    """儿子买的: a fact for the counter, and neither a fault nor a question."""
    if turn.intent not in ANSWERS or turn.entities or not case.tells_origin(turn):
        return False
    if pending(turn):
        turn.utter("utter_noted_meanwhile")
    else:
        turn.utter("utter_noted", buttons=cues.ready("menu"))
    return True


#: Said in words that mean one thing, so that the classifier's guess does not matter.
_PLAIN: Sequence[Callable[[Turn], bool]] = (
    privacy.state_told,
    why.outlined,
    later.noted,
    later.turned_to,
    _doubted,
    aside.skipped,
    wanted.answered,
    hurry.answered,
    remark.answered,
    _will_be_answered,
)
_TABLE: Sequence[Callable[[Turn], bool]] = (
    privacy.recalled,
    _own_data,
    _taken_back,
    _written_down,
    mood.taken,
    _by_phone,
    _half_number,
    _number_told,
    _number_wanted,
    _origin,
    *rates.TABLE,
)
