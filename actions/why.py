"""为什么, 要填什么: the evidence behind a question or an advice; what is asked and what for."""

from collections.abc import Sequence

from actions import case, cues, watches
from actions.frames import Frame
from actions.skill import pending
from actions.turn import Turn
from aftersales import faults, regulation
from aftersales.faults import Findings
from aftersales.knowledge import load
from aftersales.lines import Line, line
from aftersales.rate import RateVerdict


def answered(turn: Turn) -> bool:
    """Explain a diagnosis, or repeat what to do, when that is asked; False when it is not."""
    what_now, normal = cues.what_now(turn.text), cues.is_normal(turn.text)
    regulates = cues.regulates(turn.text)
    if not (what_now or normal or regulates or cues.why(turn.text)):
        return False
    frame = turn.frames.top
    raw = turn.slot("concluded")
    if (frame is None or frame.skill != "diagnosis") and isinstance(raw, dict):
        frame = Frame.from_dict(raw)
    if frame is None or frame.skill != "diagnosis":
        return what_now and (_goes_on(turn) or _offers_repair(turn))
    findings = Findings.from_dict(frame.data["findings"])
    turn.utter("utter_answer", reasons=turn.lines(_lines(findings, turn), limit=4))
    return True


def _lines(findings: Findings, turn: Turn) -> Sequence[Line | RateVerdict]:
    """What the question asks for: how to regulate, what to do, whether it is normal, or why."""
    if cues.regulates(turn.text):
        return regulation.find(turn.text)
    advice = faults.advise(findings)
    if cues.what_now(turn.text):
        return (*advice.home[:2], *advice.never[:1], *advice.service[:1])
    if cues.is_normal(turn.text) and advice.rate is not None:
        return (advice.rate,)
    return faults.explain(findings)


def _goes_on(turn: Turn) -> bool:
    """怎么办, asked while a case is taken down: what becomes of it."""
    top = turn.frames.top
    if top is None or top.data.get("kind") != "repair" or not pending(turn):
        return False
    turn.utter("utter_answer", reasons=turn.line(line(load("talk")["case_goes_on"])))
    return True


def _offers_repair(turn: Turn) -> bool:
    """那我的表到底怎么办, of a fault told inside a complaint: it can be taken down for repair."""
    words = case.known(turn, watches.current(turn).number).get("words")
    if not words:
        return False
    turn.utter("utter_repair_offered", fault=words, buttons=cues.ready("offer_ticket"))
    turn.set("offer", "ticket")
    return True


def outlined(turn: Turn) -> bool:
    """Tell what the form in hand asks and why, without one the repair's; False when not asked."""
    if cues.address_asked(turn.text):
        turn.utter("utter_answer", reasons=turn.line(line(load("talk")["no_address"])))
        return True
    if not cues.what_is_asked(turn.text):
        return False
    top = turn.frames.top
    name = "repair"
    if top is not None and pending(turn):
        name = str(top.data.get("kind") or top.skill)
    turn.utter("utter_answer", reasons=turn.line(line(load("talk")["outlines"][name])))
    return True
