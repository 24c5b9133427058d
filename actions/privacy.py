"""What we keep about a person: shown, deleted, consent taken back; after a proof.

Who proves what: the conversation that opened a ticket and the last four digits of the phone prove
everything of that conversation; a ticket's number and those digits prove that ticket. What a
conversation without a ticket holds is proved by the conversation itself. At the desk only a number
proves anything: the agent's conversation holds many people's tickets.
"""

import re
from typing import Any

from sqlalchemy.orm import Session

from actions.frames import Frame, touch
from actions.moments import spoken_moment
from actions.prompts import Prompt, prompt
from actions.skill import Question, Skill, begin
from actions.status import last4_of
from actions.turn import Turn, labels
from aftersales import tickets
from aftersales.care import do_withdraw_all
from aftersales.knowledge import load
from aftersales.language import yes_no
from aftersales.lines import Line, line
from aftersales.people import TooManyAttempts, mask_name, mask_phone
from aftersales.people.copies import holdings
from aftersales.people.copy_links import CopyLinks
from aftersales.people.erasures import (
    GRACE,
    WAITING,
    do_ask_erasure,
    do_recall_erasure,
    find_erasure,
)
from aftersales.people.shredders import Subject
from aftersales.people.subjects import opened_here, prove_here, subject_of
from aftersales.store.tables import Ticket

SHOW, DELETE, WITHDRAW, KEEP, CHANGE = "show", "delete", "withdraw", "keep", "change"
STATE = "state"
_WANTS = (STATE, KEEP, DELETE, WITHDRAW, CHANGE, SHOW)
_COUNTED = ("messages", "photos", "rate_readings")


def answer(turn: Turn) -> None:
    """Say in general what is kept and why, or start what is asked for."""
    want = wanted(turn.text)
    if want is None:
        turn.utter("utter_privacy", buttons=labels(load("privacy")["choices"]["general"]))
        return
    if want == CHANGE:  # a colleague has to look at what is wrong
        turn.utter("utter_privacy_request")
        turn.set("offer", "callback")
        return
    if want == KEEP:
        if not recalled(turn):
            turn.utter("utter_nothing_more")
        return
    begin(Privacy(), turn)


def recalled(turn: Turn) -> bool:
    """Take a deletion back that was asked for and not done yet (别删了), whatever the intent."""
    top = turn.frames.top
    asked = top is not None and top.skill in {Privacy.name, "status"}  # the no belongs to these
    if wanted(turn.text) != KEEP or asked:
        return False
    with turn.services.store.session() as session:
        found = do_recall_erasure(session, turn.sender, turn.now)
    if found:
        turn.utter("utter_erasure_recalled")
    return found


def state_told(turn: Turn) -> bool:
    """Say how far a deletion is (删了没有), whatever the intent; False when that is not asked."""
    if wanted(turn.text) != STATE:
        return False
    with turn.services.store.session(read_only=True) as session:
        erasure = find_erasure(session, turn.sender)
        if erasure is None:
            turn.utter("utter_erasure_none")
        elif erasure.state == WAITING:
            numbers = [session.get_one(Ticket, one).number for one in erasure.tickets]
            turn.utter("utter_erasure_partly", numbers="、".join(numbers))
        elif erasure.due_at <= turn.now:
            turn.utter("utter_erasure_due")
        else:
            turn.utter("utter_erasure_soon", due=spoken_moment(erasure.due_at, turn.now))
    return True


def wanted(text: str) -> str | None:
    """What is asked for, or None for a question about privacy in general."""
    patterns = load("privacy")["patterns"]
    return next((want for want in _WANTS if re.search(patterns[want], text)), None)


def deletes_after_all(text: str) -> bool:
    """Whether a deletion called off is wanted again (算了还是删了吧)."""
    return re.fullmatch(load("privacy")["patterns"]["after_all"], text) is not None


class Privacy(Skill):
    """Proves who asks, asks once more before anything is lost, and does it."""

    name = "privacy"

    def open(self, turn: Turn) -> Frame:
        """Start from the message; whether a ticket was opened here decides what must be proved."""
        want = wanted(turn.text) or SHOW
        with turn.services.store.session(read_only=True) as session:
            here = not turn.desk and opened_here(session, turn.sender)
        data: dict[str, Any] = {"want": want, "here": here, "number_needed": turn.desk}
        if turn.entity("ticket_no"):
            data["number"] = str(turn.entity("ticket_no"))
        return Frame(skill=self.name, data=data, touched=turn.now)

    def hear(self, frame: Frame, turn: Turn) -> Frame | None:
        """Take a number, four digits, or the last yes."""
        data = dict(frame.data)
        number = turn.entity("ticket_no")
        if number:
            data.update(number=str(number))
            data.pop("proved", None)
        digits = last4_of(turn, after_number=bool(number))
        if digits and self._must_prove(data):
            return touch(frame, turn.now, data=self._proved(data, digits, turn))
        if frame.question in {"sure_delete", "sure_withdraw"}:
            said = _sure(frame.question, turn.text)
            if said is not None:
                return touch(frame, turn.now, data={**data, "sure": said})
        if data != frame.data and number:
            return touch(frame, turn.now, data=data)
        if frame.question in {"last4", "number"} and re.fullmatch(r"[\d\s-]+", turn.text):
            return touch(frame, turn.now, data={**data, "hint": f"{frame.question}_form"})
        return None

    def question(self, frame: Frame, turn: Turn) -> Question | None:
        """The number, the proof, and for what cannot be undone the last yes."""
        data = frame.data
        if data.get("locked"):
            return None
        hint = str(data["hint"]) if data.get("hint") else None
        if data["number_needed"] and "number" not in data:
            return prompt("privacy", "number", hint=hint)
        if self._must_prove(data):
            return prompt("privacy", "last4", hint=hint)
        if data["want"] in {DELETE, WITHDRAW} and "sure" not in data:
            return _sure_prompt(data["want"])
        return None

    def conclude(self, frame: Frame, turn: Turn) -> None:
        """Show, delete or take back."""
        data = frame.data
        if data.get("locked"):
            turn.utter("utter_too_many_attempts")
        elif data["want"] == SHOW:
            self._show(data, turn)
        elif data.get("sure") != "yes":
            turn.utter("utter_privacy_kept")
        elif data["want"] == DELETE:
            self._delete(data, turn)
        else:
            self._withdraw(data, turn)

    def _must_prove(self, data: Any) -> bool:
        return ("number" in data or data["here"]) and "proved" not in data

    def _proved(self, data: dict[str, Any], digits: str, turn: Turn) -> dict[str, Any]:
        """The data with the proof in it; the same words whatever was wrong."""
        try:
            with turn.services.store.session() as session:
                if "number" in data:
                    ticket = tickets.find_proved(
                        session, data["number"], digits, turn.now, turn.sender
                    )
                    if ticket is not None:
                        # One's own conversation is not proved by somebody else's paper.
                        own = data["here"] and ticket.sender == turn.sender
                        proof = "session" if own else "number"
                        return {**data, "proved": proof, "ticket": ticket.id}
                elif prove_here(session, turn.sender, digits, turn.now):
                    return {**data, "proved": "session"}
        except TooManyAttempts:
            return {**data, "locked": True}
        return {**data, "hint": "unproved"}

    def _subject(self, session: Session, data: Any, turn: Turn) -> Subject:
        """Whose data this proof opens, shown as a whole."""
        if data.get("proved") == "number":
            return Subject(tickets=frozenset({int(data["ticket"])}))
        return subject_of(session, {turn.sender}, whole=True)

    def _show(self, data: Any, turn: Turn) -> None:
        book = load("privacy")
        with turn.services.store.session(read_only=True) as session:
            subject = self._subject(session, data, turn)
            kept = holdings(session, subject)
            said = [
                line(book["lines"][name], {"count": kept.rows[name]})
                for name in _COUNTED
                if kept.rows.get(name)
            ]
            said += [_ticket_line(ticket) for ticket in kept.tickets]
        said += [
            line(book["lines"]["consent"], {"purpose": _purpose(name), "version": version})
            for name, version in kept.consents
        ]
        said = said or [line(book["lines"]["nothing"])]
        said.append(_period_line())
        if not kept.tickets:
            said.append(line(book["lines"]["elsewhere"]))
        if turn.services.secret is not None and data.get("proved") != "number" and not turn.desk:
            address = CopyLinks(turn.services.secret).make(turn.sender, turn.now)
            said.append(line(book["lines"]["copy"], {"link": address}))
        turn.utter(
            "utter_privacy_holdings",
            reasons=turn.lines(said, limit=20),
            buttons=labels(book["choices"]["shown"]),
        )

    def _delete(self, data: Any, turn: Turn) -> None:
        # Tickets opened here are not proved by the number of another one.
        whole = not turn.desk and (data.get("proved") == "session" or not data["here"])
        with turn.services.store.session() as session:
            proved = [int(data["ticket"])] if "ticket" in data else []
            do_ask_erasure(
                session,
                sender=turn.sender,
                tickets=proved,
                proof="session" if whole else "number",
                channel=turn.channel,
                now=turn.now,
            )
            senders = {turn.sender} if whole else set()
            waiting = subject_of(session, senders, proved).open_tickets
            numbers = [session.get_one(Ticket, one).number for one in sorted(waiting)]
        minutes = int(GRACE.total_seconds() // 60)
        if numbers:
            turn.utter("utter_erasure_waits", minutes=minutes, numbers="、".join(numbers))
        else:
            turn.utter("utter_erasure_asked", minutes=minutes)
        turn.set("last_ticket", None)

    def _withdraw(self, data: Any, turn: Turn) -> None:
        with turn.services.store.session() as session:
            whose = turn.sender
            if data.get("proved") == "number":
                whose = session.get_one(Ticket, int(data["ticket"])).sender
            # The agent's own conversation agrees to nothing.
            taken = (
                []
                if whose == turn.sender and turn.desk
                else do_withdraw_all(session, whose, turn.channel, turn.now)
            )
        if not taken:
            turn.utter("utter_privacy_nothing_agreed")
            return
        turn.utter(
            "utter_consent_withdrawn", purposes="、".join(_purpose(name) for name, _ in taken)
        )


def _sure_prompt(want: str) -> Prompt:
    return prompt("privacy", f"sure_{want}")


def _sure(question: str, text: str) -> str | None:
    patterns = load("privacy")["patterns"]
    if re.search(patterns["keep"], text) or yes_no(text) == "no":
        return "no"
    wanted = patterns["delete_sure" if question == "sure_delete" else "withdraw_sure"]
    return "yes" if re.search(wanted, text) else None


def _purpose(name: str) -> str:
    return str(load("privacy")["purposes"].get(name, name))


def _ticket_line(ticket: Ticket) -> Line:
    book = load("tickets")
    return line(
        load("privacy")["lines"]["ticket"],
        {
            "kind": book["kinds"][ticket.kind]["name"],
            "number": ticket.number,
            "name": mask_name(ticket.contact_name),
            "phone": mask_phone(ticket.customer.phone),
            "state": book["states"][ticket.state]["name"],
        },
    )


def _period_line() -> Line:
    periods = load("retention")["tables"]
    return line(
        load("privacy")["lines"]["period"],
        {"days": periods["messages"]["days"], "years": periods["tickets"]["days"] // 365},
    )
