"""Diagnosis: from "走快了" to a likely cause, what to do tonight, and a ticket that knows it."""

from typing import Any

from actions import cues, watches
from actions.frames import Frame, touch
from actions.skill import Question, Skill
from actions.turn import Turn, buttons
from aftersales import faults, usage
from aftersales.faults import Findings
from aftersales.knowledge import load

#: Intents by which a customer describes an ill watch.
FAULT_INTENTS = (
    "runs_fast",
    "runs_slow",
    "erratic_rate",
    "stopped",
    "magnetised",
    "positional_error",
    "battery",
    "second_hand_jumps",
    "water_damage",
    "calendar_fault",
    "crown_or_hands_fault",
    "exterior_damage",
)


class Diagnosis(Skill):
    """Asks at most three questions, then explains and offers a ticket."""

    name = "diagnosis"

    def open(self, turn: Turn) -> Frame:
        """Start from the complaint; what the watch is known to be need not be asked again."""
        watch = watches.noted(turn)
        pending = turn.frames.top
        if (
            pending is not None
            and pending.skill == self.name
            and pending.data.get("watch_no", 0) == watch.number
            and not turn.frames.is_stale(turn.now)
        ):
            # A second complaint about the same watch while we ask: its words are more evidence.
            findings = Findings.from_dict(pending.data["findings"])
        else:
            findings = Findings(intent=turn.intent)
        known = findings
        findings = _with(findings, watch.facts())
        findings = _with(findings, faults.observe(turn.text, turn.entities))
        if pending is not None and findings == known and cues.asks(turn.text):
            # A question about using the watch, put while we ask: "充电要多久".
            self._aside(turn)
        data = {
            "findings": findings.to_dict(),
            "watch_no": watch.number,
            "words": _words(pending, watch.number, turn),
        }
        return Frame(skill=self.name, data=data, touched=turn.now)

    @staticmethod
    def _aside(turn: Turn) -> None:
        if usage.topic_of(turn.text) != usage.UNCLEAR:
            facts = watches.current(turn).facts()
            turn.utter("utter_answer", reasons=turn.lines(usage.find(turn.text, facts), limit=4))

    def hear(self, frame: Frame, turn: Turn) -> Frame | None:
        """Take the answer to the open question and whatever else the message tells."""
        findings = Findings.from_dict(frame.data["findings"])
        answered = (
            faults.answer(frame.question, turn.text, turn.intent, turn.entities)
            if frame.question
            else None
        )
        seen = faults.observe(turn.text, turn.entities)
        if turn.carries_own_subject and turn.intent not in FAULT_INTENTS and not answered:
            return None
        if cues.other_watch(turn.text) or (not answered and not seen):
            return None
        watch = watches.noted(turn)
        findings = _with(findings, {**watch.facts(), **seen, **(answered or {})})
        if frame.question:
            findings = findings.with_asked(frame.question)
        return touch(frame, turn.now, data={**frame.data, "findings": findings.to_dict()})

    def question(self, frame: Frame, turn: Turn) -> Question | None:
        """The next question of the symptom, or None."""
        return faults.next_question(Findings.from_dict(frame.data["findings"]))

    def conclude(self, frame: Frame, turn: Turn) -> None:
        """Say the rate's verdict, the cause, what to do, and offer a ticket."""
        findings = Findings.from_dict(frame.data["findings"])
        advice = faults.advise(findings)
        if advice.rate is not None:
            turn.utter("utter_diagnosis_rate", reasons=turn.line(advice.rate))
        if advice.causes:
            turn.utter("utter_diagnosis_causes", reasons=turn.lines(advice.causes, limit=2))
        steps = [*advice.home[:3], *advice.never[:2]]
        if steps:
            turn.utter("utter_diagnosis_home", reasons=turn.lines(steps, limit=5))
        turn.set("case", case_of(frame))
        turn.set("offer", "ticket")
        choices = load("talk")["choices"]
        turn.utter(
            "utter_diagnosis_bench" if advice.needs_bench else "utter_diagnosis_offer",
            reasons=turn.lines(advice.service, limit=2),
            buttons=buttons([(c, c) for c in choices["offer_ticket"]]),
        )


def case_of(frame: Frame) -> dict[str, Any]:
    """What a diagnosis, finished or not, leaves for a ticket: JSON-safe."""
    findings = Findings.from_dict(frame.data["findings"])
    return {
        "symptom": findings.intent,
        "words": frame.data.get("words", ""),
        "facts": [list(pair) for pair in faults.advise(findings).ticket_facts],
        "watch_no": frame.data.get("watch_no", 0),
    }


def _with(findings: Findings, facts: dict[str, Any]) -> Findings:
    for name, value in facts.items():
        findings = findings.with_fact(name, value)
    return findings


def _words(pending: Frame | None, watch_no: int, turn: Turn) -> str:
    # The workshop reads the customer's own words, all complaints of this talk in their order.
    said = str(turn.message.get("text") or "").strip()
    if pending is not None and pending.skill == "diagnosis":
        if pending.data.get("watch_no", 0) == watch_no:
            before = str(pending.data.get("words") or "")
            said = before if said in before else f"{before}；{said}"
    return said[:300]
