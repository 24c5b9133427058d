"""Diagnosis: from "走快了" to a likely cause, what to do tonight, and a ticket that knows it."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from actions import case, courtesy, cues, general, watches
from actions.frames import MAX_ASKS, STALE_AFTER, Frame, touch
from actions.skill import Question, Skill
from actions.turn import A_REMARK, MOST_WORDS, SURE, Turn
from aftersales import faults, usage
from aftersales.faults import Findings
from aftersales.faults.findings import UNKNOWN
from aftersales.knowledge import load
from aftersales.language import extract, is_correction, parse_offset, yes_no

#: An intent less sure than this opens nothing by itself.
GUESS = 0.35
#: Complaints in which the first minutes count: first what to do, then the questions.
URGENT = frozenset({"water_damage"})
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
    """Asks at most four questions, then explains and offers a ticket."""

    name = "diagnosis"

    def open(self, turn: Turn) -> Frame:
        """Start from the complaint; what the watch is known to be need not be asked again."""
        watch = watches.noted(turn)
        pending = turn.frames.latest(self.name, watch.number)
        if pending is not None and turn.now - pending.touched > STALE_AFTER:
            pending = None
        aided = bool(pending and pending.data.get("first_aid"))
        if pending is None:
            findings = Findings(intent=turn.intent)
        else:
            # A second complaint about the same watch while we ask: its words are more evidence.
            findings = Findings.from_dict(pending.data["findings"])
            urgent = turn.intent in URGENT and findings.intent not in URGENT
            if urgent or _surer(pending, turn):
                findings = replace(findings, intent=turn.intent, asked=())
        second = watches.second_part(turn)
        if second is not None:
            if pending is None:
                findings = Findings(intent=_complaint(watches.first_words(turn), turn))
            turn.frames = turn.frames.push(_later(second, turn))
        known = findings
        findings = _with(findings, watch.facts())
        findings = _with(findings, watches.observed(turn))
        waits = faults.next_question(findings) is not None
        if turn.intent in URGENT and not aided and waits:
            # What to do at once comes before the first question.
            first_aid(findings, turn)
            aided = True
        elif pending is not None and findings == known and cues.asks(turn.text):
            # A question about using the watch, put while we ask: "充电要多久".
            self._aside(turn)
        data = {
            "findings": findings.to_dict(),
            "watch_no": watch.number,
            "words": _words(pending, watch.number, turn),
            "first_aid": aided,
            "sure": turn.confidence if pending is None else pending.data.get("sure", 1.0),
        }
        if pending is None:
            return Frame(skill=self.name, data=data, touched=turn.now)
        return touch(pending, turn.now, data=data, times=min(pending.times, MAX_ASKS - 1))

    @staticmethod
    def _aside(turn: Turn) -> None:
        if usage.topic_of(turn.text) != usage.UNCLEAR:
            facts = watches.current(turn).facts()
            turn.utter("utter_answer", reasons=turn.lines(usage.find(turn.text, facts), limit=4))

    def hear(self, frame: Frame, turn: Turn) -> Frame | None:
        """Take the answer to the open question and whatever else the message tells."""
        if general.asked(turn):
            return None
        findings = Findings.from_dict(frame.data["findings"])
        answered = (
            faults.answer(frame.question, turn.text, turn.intent, turn.entities)
            if frame.question
            else None
        )
        seen = faults.observe(turn.text, turn.entities)
        if not answered and frame.question and yes_no(turn.text) == "no":
            # "没有" to "一天快多少?": there is nothing to tell.
            answered = {frame.question: UNKNOWN}
        seen = {**seen, **_bare_rate(findings, turn)}
        other = _other_direction(findings, frame, turn)
        if other is not None:
            findings, seen, answered = replace(findings, intent=other[0]), other[1], None
        if turn.carries_own_subject and turn.intent not in FAULT_INTENTS and not answered:
            return None
        if cues.other_watch(turn.text) or (not answered and not seen):
            return None
        if other is not None:
            turn.utter("utter_corrected")
            data = {**frame.data, "findings": _with(findings, seen).to_dict()}
            return touch(frame, turn.now, data=data)
        if _just_happened(findings, seen, turn):
            return self._first_aid(frame, findings, seen, turn)
        watch = watches.noted(turn)
        findings = _with(findings, {**watch.facts(), **seen, **(answered or {})})
        if frame.question:
            findings = findings.with_asked(frame.question)
        return touch(frame, turn.now, data={**frame.data, "findings": findings.to_dict()})

    @staticmethod
    def _first_aid(frame: Frame, findings: Findings, seen: Mapping[str, Any], turn: Turn) -> Frame:
        """Water while we ask about something else: it goes first, with what to do at once."""
        findings = replace(findings, intent="water_damage", asked=())
        findings = _with(findings, dict(seen))
        first_aid(findings, turn)
        data = {
            **frame.data,
            "findings": findings.to_dict(),
            "words": _words(frame, int(frame.data.get("watch_no", 0)), turn),
            "first_aid": True,
        }
        return touch(frame, turn.now, data=data, question=None, times=0)

    def told(self, frame: Frame) -> dict[str, Any] | None:
        """All that was told of the watch."""
        return case.of(frame)

    def give_up(self, frame: Frame, turn: Turn) -> Frame | None:
        """Go on as if the answer were "不知道"."""
        if not frame.question:
            return None
        findings = Findings.from_dict(frame.data["findings"])
        findings = findings.with_fact(frame.question, UNKNOWN).with_asked(frame.question)
        return touch(frame, turn.now, data={**frame.data, "findings": findings.to_dict()})

    def instead(self, turn: Turn) -> bool:
        """A question in general that only uses the words of a fault."""
        if turn.frames.top is None and turn.confidence < GUESS and not watches.observed(turn):
            # "我有一块五号": no fault is told, and the classifier does not believe it either.
            courtesy.misunderstood(turn)
            return True
        if _same_complaint(turn) and case.adds(turn):
            turn.utter("utter_noted_meanwhile")
            return True
        asked = general.asked(turn)
        return general.answered(turn) and asked

    def question(self, frame: Frame, turn: Turn) -> Question | None:
        """The next question of the symptom, or None."""
        return faults.next_question(Findings.from_dict(frame.data["findings"]))

    def conclude(self, frame: Frame, turn: Turn) -> None:
        """Say the rate's verdict, the cause, what to do, and offer a ticket."""
        findings = Findings.from_dict(frame.data["findings"])
        advice = faults.advise(findings)
        if advice.rate is not None:
            # The verdict has just said that the rate is normal.
            again = advice.cause_ids[:1] == ("within_limits",)
            causes = advice.causes[1:] if again else advice.causes
            said = [turn.line(advice.rate), turn.lines(causes, limit=2)]
            turn.utter("utter_diagnosis_rate", reasons=turn.joined(said))
        elif advice.causes:
            turn.utter("utter_diagnosis_causes", reasons=turn.lines(advice.causes, limit=2))
        told = 1 if frame.data.get("first_aid") and findings.intent in URGENT else 0
        steps = [*advice.home[told:3], *advice.never[:2]]
        if steps:
            turn.utter("utter_diagnosis_home", reasons=turn.lines(steps, limit=5))
        turn.set("case", case.of(frame))
        turn.set("offer", "ticket")
        turn.utter(
            "utter_diagnosis_bench" if advice.needs_bench else "utter_diagnosis_offer",
            reasons=turn.lines(advice.service, limit=2),
            buttons=cues.ready("offer_ticket"),
        )


def first_aid(findings: Findings, turn: Turn) -> None:
    """Say what to do at once."""
    turn.utter("utter_answer", reasons=turn.lines(faults.advise(findings).home[:1]))


def _just_happened(findings: Findings, seen: Mapping[str, Any], turn: Turn) -> bool:
    """Whether the watch has got wet just now, which outranks the complaint in hand."""
    if findings.intent in URGENT or seen.get("water") != "yes":
        return False
    return turn.intent in URGENT or cues.just_now(turn.text)


def _surer(pending: Frame, turn: Turn) -> bool:
    """Whether this message says clearly what the first one only seemed to say."""
    return turn.confidence >= SURE and float(pending.data.get("sure", 1.0)) < SURE


def _same_complaint(turn: Turn) -> bool:
    """Whether the complaint is the one just judged ("好像是慢慢变慢的" after the advice)."""
    raw = turn.slot("concluded")
    if not isinstance(raw, dict) or turn.intent in URGENT:
        return False
    frame = Frame.from_dict(raw)
    return frame.skill == "diagnosis" and frame.data["findings"]["intent"] == turn.intent


def lacks_calibre(frame: Frame) -> bool:
    """Whether a rate was told and no calibre, so that no figure could be held against it."""
    findings = Findings.from_dict(frame.data["findings"])
    return findings.known("rate_s_per_day") and findings.calibre is None


def _later(second: watches.Mention, turn: Turn) -> Frame:
    """The other watch of the same message, kept until the customer comes to it."""
    findings = Findings(intent=_complaint(second.words, turn))
    findings = _with(findings, faults.observe(second.words, second.entities))
    data = {"findings": findings.to_dict(), "watch_no": second.number, "words": second.words}
    return Frame(skill="diagnosis", data=data, touched=turn.now, times=MAX_ASKS)


def _complaint(words: str, turn: Turn) -> str:
    """The fault named by one part of a message; the whole message's when no word tells."""
    symptoms = load("talk")["needs"]["words"].items()
    fits = (n for n, cue in symptoms if n in FAULT_INTENTS and re.search(cue, words))
    return next(fits, turn.intent)


def _bare_rate(findings: Findings, turn: Turn) -> dict[str, float]:
    """ "30秒" after "走快了" is a day's gain, unless the sentence says otherwise."""
    if findings.intent not in {"runs_fast", "runs_slow"} or findings.known("rate_s_per_day"):
        return {}
    words = load("talk")["bare_rate"]
    if not re.fullmatch(words["match"], turn.text):
        return {}
    found = extract(words[findings.intent].format(text=turn.text), turn.today)
    said = [float(e.value) for e in found if e.name == "rate_s_per_day"]
    return {"rate_s_per_day": said[0]} if said else {}


def _other_direction(
    findings: Findings, frame: Frame, turn: Turn
) -> tuple[str, dict[str, Any]] | None:
    """ "不对，是慢两分钟" after "快两分钟": the same span, the other way or another amount."""
    if findings.intent not in {"runs_fast", "runs_slow"} or not findings.known("rate_s_per_day"):
        return None
    asked = str(frame.question).startswith("rate_s_per_day#")  # what was said made no sense
    offset = turn.entity("rate_s_per_day")
    if offset is None and (asked or is_correction(turn.text)):
        offset = parse_offset(turn.text)
    elif not asked:
        return None
    if not offset:
        return None
    return ("runs_fast" if offset > 0 else "runs_slow"), {"rate_s_per_day": float(offset)}


def keeps_words(turn: Turn) -> bool:
    """Keep what fits no question in the customer's own words, for the workshop to read."""
    top = turn.frames.top
    if top is None or top.skill != "diagnosis" or turn.intent != "inform":
        return False
    if turn.confidence < SURE or len(turn.text) < A_REMARK:
        return False
    words = _words(top, int(top.data.get("watch_no", 0)), turn)
    turn.frames = turn.frames.replace_top(touch(top, turn.now, data={**top.data, "words": words}))
    return True


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
    return said[:MOST_WORDS]
