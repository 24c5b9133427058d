"""A question put three times: let go in one line with the ways on, skipped, taken up again."""

from actions import cues
from actions.diagnosis import Diagnosis
from actions.frames import touch
from actions.intake import Intake
from actions.skill import settle
from actions.status import Status
from actions.turn import Turn
from actions.warranty import WarrantySkill

#: Those whose questions can be skipped.
_SKILLS = {skill.name: skill for skill in (Diagnosis(), WarrantySkill(), Intake(), Status())}


def let_go(turn: Turn, form: str | None) -> None:
    """Say that the question will not be put again, when this turn has let it pass.

    Args:
        turn: the turn that has just been answered.
        form: the loop that put the question, or None when none was.
    """
    top = turn.frames.top
    if top is None or not top.put_aside or form != f"{top.skill}_form":
        return
    # Whatever was offered in this turn is the way on.
    if turn.slots.get("asking", "") is None and not turn.slots.get("offer"):
        turn.utter("utter_put_aside", buttons=cues.ready("put_aside"))
        turn.set("offer", "resume")


def skipped(turn: Turn) -> bool:
    """Leave the question out (跳过), whichever way the talk can go on without it."""
    top = turn.frames.top
    skill = _SKILLS.get(top.skill) if top is not None else None
    if top is None or skill is None or not cues.passes(turn.text):
        return False
    turn.intent = "dont_know"
    heard = skill.hear(top, turn) or skill.give_up(top, turn)
    if heard is None:
        return False
    turn.frames = turn.frames.replace_top(touch(heard, turn.now, times=0))
    turn.set("offer", None)
    settle(skill, turn)
    return True


def offered_again(turn: Turn) -> bool:
    """Ask whether to go on, when a bare yes comes long after the question it might answer."""
    top = turn.frames.top
    if top is None or not top.put_aside or top.question is None:
        return False
    turn.utter("utter_resume_offer", topic=cues.topic(top.skill))
    turn.set("offer", "resume")
    return True
