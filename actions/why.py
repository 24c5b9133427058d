"""为什么: the evidence behind the question that waits or the advice just given."""

from actions import cues
from actions.frames import Frame
from actions.turn import Turn
from aftersales import faults
from aftersales.faults import Findings


def answered(turn: Turn) -> bool:
    """Explain a diagnosis, or repeat what to do, when that is asked; False when it is not."""
    what_now = cues.what_now(turn.text)
    if not what_now and not cues.why(turn.text):
        return False
    frame = turn.frames.top
    raw = turn.slot("concluded")
    if (frame is None or frame.skill != "diagnosis") and isinstance(raw, dict):
        frame = Frame.from_dict(raw)
    if frame is None or frame.skill != "diagnosis":
        return False
    findings = Findings.from_dict(frame.data["findings"])
    if what_now:
        advice = faults.advise(findings)
        lines = (*advice.home[:2], *advice.never[:1], *advice.service[:1])
    else:
        lines = faults.explain(findings)
    turn.utter("utter_answer", reasons=turn.lines(lines, limit=4))
    return True
