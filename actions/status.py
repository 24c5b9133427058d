"""Where is my repair, and cancelling it: number plus the last four digits of the phone."""

import re
from collections.abc import Mapping
from typing import Any

from actions import cues, general
from actions.frames import Frame, touch
from actions.moments import spoken_moment
from actions.prompts import prompt
from actions.skill import Question, Skill
from actions.turn import Turn
from aftersales import complaints, tickets
from aftersales.estimates.money import yuan
from aftersales.knowledge import load
from aftersales.language import yes_no
from aftersales.lines import Line, line
from aftersales.links import OPEN_ESTIMATE, OPEN_STATUS, Passes
from aftersales.store.tables import Ticket
from aftersales.tickets import TooManyAttempts


class Status(Skill):
    """Looks a case up, or cancels it, after a second proof."""

    name = "status"

    def open(self, turn: Turn) -> Frame:
        """Start from the message; the number given in this conversation is taken as said."""
        purpose = "cancel" if turn.intent == "cancel_ticket" else "look"
        data: dict[str, Any] = {"purpose": purpose}
        number = turn.entity("ticket_no") or turn.slot("last_ticket")
        top = turn.frames.top
        if top is not None and top.skill == self.name and not number:
            # "怎么查不到" while we look: the number need not be given again.
            number = top.data.get("number")
            if not number and not top.put_aside and top.question == "number":
                data["hint"] = "number_needed"
        if number:
            data["number"] = str(number)
        elif re.search(load("status")["patterns"]["no_number"], turn.text):
            data["no_number"] = True
        return Frame(skill=self.name, data=data, touched=turn.now)

    def instead(self, turn: Turn) -> bool:
        """The number itself is wanted; or no repair, and there is no case to cancel yet."""
        known = turn.entity("ticket_no") or turn.slot("last_ticket")
        if known and re.search(load("status")["patterns"]["which_number"], turn.text):
            turn.utter("utter_last_number", number=known)
            return True
        top = turn.frames.top
        if not known and turn.intent == "ticket_status" and top and top.skill == "intake":
            turn.utter("utter_no_number_yet")
            return True
        if turn.intent == "cancel_ticket" and not known and general.answered(turn):
            return True  # "太贵了" alone cancels nothing
        if turn.intent != "cancel_ticket" or known or not cues.no_repair_after_all(turn.text):
            return False
        turn.frames = turn.frames.without("intake").aside()
        turn.utter("utter_no_repair")
        return True

    def hear(self, frame: Frame, turn: Turn) -> Frame | None:
        """Take a number, four digits, or the final yes."""
        data = dict(frame.data)
        number = turn.entity("ticket_no")
        if number:
            data["number"] = str(number)
        last4 = last4_of(turn, after_number=bool(number))
        if last4 and (number or frame.question != "number"):
            data["last4"] = last4
        if frame.question == "sure":
            said = _sure(turn.text)
            if said in {"yes", "no"}:
                data["sure"] = said
        if data == frame.data:
            return self._not_given(frame, turn)
        return touch(frame, turn.now, data=data)

    def question(self, frame: Frame, turn: Turn) -> Question | None:
        """Number, then the proof, then for a cancellation the last yes."""
        data = frame.data
        if data.get("no_number"):
            return None
        hint = data.get("hint")
        needs = ["number", "last4", *(["sure"] if data["purpose"] == "cancel" else [])]
        for name in needs:
            if name == "last4" and name not in data and self._came_by_link(data, turn):
                continue
            if name not in data:
                return prompt("status", name, hint=hint, number=data.get("number", ""))
        return None

    def conclude(self, frame: Frame, turn: Turn) -> None:
        """Say the state, or that number and digits do not go together; never which."""
        data = frame.data
        if data.get("no_number"):
            turn.set("offer", "callback")
            turn.utter("utter_status_no_number")
            return
        if data["purpose"] == "cancel" and data.get("sure") != "yes":
            turn.utter("utter_cancel_kept", number=data["number"])
            return
        try:
            view = self._looked_up(data, turn)
        except TooManyAttempts:
            turn.utter("utter_too_many_attempts")
            return
        if view is None:
            turn.utter("utter_status_unknown")
            # A mistyped digit is common: the next four digits or the next number are heard.
            again = Frame(
                skill=self.name,
                data={"purpose": data["purpose"], "number": data["number"]},
                touched=turn.now,
            )
            turn.frames = turn.frames.push(again)
        elif isinstance(view, tickets.CancelView):
            refused = view.outcome == "needs_person"
            turn.utter(
                "utter_cancel_refused" if refused else "utter_cancelled",
                number=view.ticket.number,
                state=turn.line(view.ticket),
            )
        else:
            more = _answered(view, turn) + _more(view, turn, proved="last4" in data)
            state = turn.joined([turn.line(view), *map(turn.line, more)])
            turn.utter("utter_status", number=view.number, state=state)

    def _came_by_link(self, data: Mapping[str, Any], turn: Turn) -> bool:
        """Whether the visitor came from this ticket's status page: enough to read, not to
        change."""
        if data["purpose"] != "look":
            return False
        with turn.services.store.session(read_only=True) as session:
            found = tickets.status_by_link(session, data["number"], turn.now, turn.sender)
        return found is not None

    def _looked_up(
        self, data: Mapping[str, Any], turn: Turn
    ) -> tickets.StatusView | tickets.CancelView | None:
        look = tickets.do_cancel_ticket if data["purpose"] == "cancel" else tickets.status
        with turn.services.store.session() as session:
            if "last4" not in data:
                return tickets.status_by_link(session, data["number"], turn.now, turn.sender)
            return look(session, data["number"], data["last4"], now=turn.now, asker=turn.sender)

    def _not_given(self, frame: Frame, turn: Turn) -> Frame | None:
        no_number = re.search(load("status")["patterns"]["no_number"], turn.text)
        lost = frame.question == "number" and (no_number or yes_no(turn.text) == "no")
        if lost or turn.intent == "dont_know" or yes_no(turn.text) == "unknown":
            return touch(frame, turn.now, data={**frame.data, "no_number": True})
        digits = re.sub(r"\D", "", turn.text)
        if digits and not turn.carries_own_subject and not cues.asks(turn.text):
            hint = "number_form" if frame.question == "number" else "last4_form"
            return touch(frame, turn.now, data={**frame.data, "hint": hint})
        return None


def _answered(view: tickets.StatusView, turn: Turn) -> list[Line]:
    """What a colleague answered to a complaint, once there is an answer."""
    if view.kind != "complaint":
        return []
    with turn.services.store.session(read_only=True) as session:
        seen = complaints.for_customer(session, session.get_one(Ticket, view.row))
    told = load("complaints")["lines"]["told"]
    return [line(told, {"answer": seen.answer})] if seen.answer else []


def _more(view: tickets.StatusView, turn: Turn, *, proved: bool) -> list[Line]:
    """What follows the state: an open offer, and for whoever proved himself the way to the page.

    The address is signed for this visitor and worth nothing half an hour later, so that what is
    stored of the talk opens nothing. Who came by the status link has that page already, and a page
    that is printed on papers must not be enough to agree to a price.
    """
    lines: list[Line] = []
    offer = view.open_estimate
    if offer is not None:
        until = spoken_moment(offer.valid_until, turn.now)
        given = {"total": yuan(offer.total_fen), "until": until}
        lines.append(line(load("estimates")["lines"]["open"], given))
    secret = turn.services.secret
    if proved and secret is not None and turn.channel == "widget":
        use = OPEN_STATUS if offer is None else OPEN_ESTIMATE
        link = Passes(secret).address(use, view.row, turn.now, turn.sender)
        lines.append(line(load("status")["pages"][use], {"link": link}))
    return lines


def _sure(text: str) -> str | None:
    """A yes or no to the cancellation, also in its own words (确定取消, 不取消)."""
    patterns = load("status")["patterns"]
    if re.search(patterns["keeps"], text):
        return "no"
    return "yes" if re.search(patterns["cancels"], text) else yes_no(text)


def last4_of(turn: Turn, *, after_number: bool) -> str | None:
    """The four digits a message gives as proof; a ticket number beside them does not count."""
    phone = turn.entity("phone")
    if phone:
        return str(phone)[-4:]
    text = turn.text
    if after_number:
        text = re.sub(r"(FW|TS|HD)\d{6}-?\d{5}", " ", text, flags=re.IGNORECASE)
    match = re.search(r"(?<!\d)\d{4}(?!\d)", text)
    return match.group() if match else None
