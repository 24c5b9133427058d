"""Warranty: collect the evidence in any order, then a verdict with every reason and source."""

from typing import Any

from actions import cues, watches
from actions.frames import Frame, touch
from actions.prompts import prompt
from actions.skill import Question, Skill
from actions.turn import Turn
from aftersales import registrations, warranty
from aftersales.language import is_correction
from aftersales.registrations import TooManyAttempts
from aftersales.warranty import Evidence

#: Facts that a "不对，是去年五月买的" may put right while another question waits.
_OF_PURCHASE = frozenset({"purchase_date", "date_problem", "market", "card", "channel"})


class WarrantySkill(Skill):
    """Asks for date, card and numbers; looks a registered watch up after a second proof."""

    name = "warranty"

    def open(self, turn: Turn) -> Frame:
        """Start a check of the watch talked about, with what is already known of it."""
        watch = watches.noted(turn)
        before = turn.frames.latest(self.name, watch.number)
        evidence = Evidence.from_dict(before.data["evidence"]) if before else Evidence()
        evidence = evidence.with_facts(watch.known)
        evidence = evidence.with_facts(warranty.observe(turn.text, turn.entities, turn.today))
        data = {"evidence": evidence.to_dict(), "watch_no": watch.number}
        return Frame(skill=self.name, data=_looking_up(data, turn), touched=turn.now)

    def hear(self, frame: Frame, turn: Turn) -> Frame | None:
        """Take the answer, whatever else is said, and corrections of earlier answers."""
        evidence = Evidence.from_dict(frame.data["evidence"])
        if frame.question == "second_proof":
            return self._proof(frame, turn)
        answered = (
            warranty.answer(frame.question, turn.text, turn.intent, turn.entities, turn.today)
            if frame.question
            else None
        )
        seen = warranty.observe(turn.text, turn.entities, turn.today)
        if is_correction(turn.text) and _OF_PURCHASE & set(seen):
            answered = None  # the "不对" belongs to what the sentence names, not to the question
        if turn.carries_own_subject and turn.intent != "check_warranty" and not answered:
            return None
        if cues.other_watch(turn.text) or (not answered and not seen):
            return None
        watch = watches.noted(turn)
        evidence = evidence.with_facts({**seen, **(answered or {})})
        data = {**frame.data, "evidence": evidence.to_dict(), "watch_no": watch.number}
        return touch(frame, turn.now, data=_looking_up(data, turn))

    def give_up(self, frame: Frame, turn: Turn) -> Frame | None:
        """Go on as if the answer were "不知道"."""
        if not frame.question or frame.question == "second_proof":
            return None
        evidence = Evidence.from_dict(frame.data["evidence"])
        unknown = warranty.answer(frame.question, "", "dont_know", (), turn.today)
        data = {**frame.data, "evidence": evidence.with_facts(unknown or {}).to_dict()}
        return touch(frame, turn.now, data=data)

    def question(self, frame: Frame, turn: Turn) -> Question | None:
        """The second proof for a registered watch first; then what the verdict still lacks."""
        if frame.data.get("lookup") and "proof" not in frame.data:
            return prompt("warranty_lookup", "second_proof")
        return warranty.next_question(Evidence.from_dict(frame.data["evidence"]))

    def conclude(self, frame: Frame, turn: Turn) -> None:
        """Say the verdict, its reasons, what is missing and what to bring."""
        evidence = Evidence.from_dict(frame.data["evidence"])
        verdict = warranty.verdict(evidence, turn.today)
        turn.utter("utter_warranty_verdict", reasons=turn.line(verdict.summary))
        if verdict.reasons:
            turn.utter("utter_warranty_reasons", reasons=turn.lines(verdict.reasons, limit=5))
        rest = [*verdict.missing[:3], *verdict.would_change[:1], *verdict.notes[:2]]
        turn.set("offer", "ticket")
        turn.utter(
            "utter_warranty_next",
            reasons=turn.lines([*rest[:3], *verdict.papers], limit=5),
            buttons=cues.ready("after_verdict"),
        )

    def _proof(self, frame: Frame, turn: Turn) -> Frame | None:
        """Try the second proof; a wrong pair and an unknown number are answered alike."""
        if turn.intent == "dont_know" or cues.skips(turn.text):
            data = {k: v for k, v in frame.data.items() if k != "lookup"}
            return touch(frame, turn.now, data=data)
        proof = registrations.read_proof(turn.text, turn.entities)
        if proof is None:
            return None
        data = {**frame.data, "proof": "tried"}
        try:
            with turn.services.store.session() as session:
                found = registrations.find(
                    session, **frame.data["lookup"], proof=proof, asker=turn.sender, now=turn.now
                )
        except TooManyAttempts:
            turn.utter("utter_too_many_attempts")
            found = None
        else:
            turn.utter("utter_registration_found" if found else "utter_registration_unknown")
        if found is not None:
            evidence = Evidence.from_dict(frame.data["evidence"]).with_facts(found.evidence())
            data["evidence"] = evidence.to_dict()
        return touch(frame, turn.now, data=data)


def _looking_up(data: dict[str, Any], turn: Turn) -> dict[str, Any]:
    """Mark the frame for a look-up when the message names a card or a watch we may know."""
    if data.get("lookup") or "proof" in data:
        return data
    asked = registrations.read_lookup(turn.text, turn.entities)
    return {**data, "lookup": asked} if asked else data
