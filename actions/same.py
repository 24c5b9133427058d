"""Before another case is opened: is it the one that is open already?"""

import re

from sqlalchemy.orm import Session

from actions import case, watches
from actions.frames import Frame
from actions.moments import spoken_day
from actions.prompts import Prompt, prompt
from actions.turn import SURE, Turn
from aftersales import photos, tickets
from aftersales.knowledge import load
from aftersales.people import PhoneUnusable
from aftersales.store.tables import Ticket
from aftersales.tickets import TicketDraft


def duplicates(session: Session, frame: Frame, turn: Turn) -> tuple[Ticket | None, list[Ticket]]:
    """The open case this conversation opened itself, and those of the same phone it did not.

    Of the latter nothing is said: whoever types a phone number must not learn what it has open.
    """
    answers = frame.data["answers"]
    calibre = watches.current(turn).known.get("calibre")
    try:
        found = tickets.find_open_duplicates(
            session,
            str(answers.get("phone") or ""),
            None if calibre is None else str(calibre),
            str(frame.data["kind"]),
        )
    except PhoneUnusable:
        return None, []
    # A confirmation that comes again finds the case it made itself.
    found = [ticket for ticket in found if ticket.draft_id != frame.data["draft_id"]]
    own = next((ticket for ticket in found if ticket.sender == turn.sender), None)
    return own, [ticket for ticket in found if ticket.sender != turn.sender]


def question(frame: Frame, turn: Turn) -> Prompt | None:
    """Ask about the open case of the same kind this conversation opened before, if any."""
    with turn.services.store.session(read_only=True) as session:
        own, _ = duplicates(session, frame, turn)
    if own is None:
        return None
    return prompt(
        "intake",
        "same",
        kind=load("tickets")["kinds"][own.kind]["name"],
        number=own.number,
        date=spoken_day(own.created_at),
        state=load("tickets")["states"][own.state]["name"],
    )


def heard(turn: Turn) -> str | None:
    """``same`` or ``other``, or None when it is no answer."""
    patterns = load("intake")["patterns"]
    if re.search(patterns["other"], turn.text):
        return "other"
    if re.search(patterns["same"], turn.text):
        return "same"
    return {"yes": "same", "no": "other"}.get(str(turn.yes_no(sure=SURE)))


def added(draft: TicketDraft, frame: Frame, turn: Turn) -> bool:
    """Put what was said into the open case; False when it is not open any more."""
    with turn.services.store.session() as session:
        own, _ = duplicates(session, frame, turn)
        if own is None:
            return False
        tickets.do_add_to_ticket(
            session,
            own,
            words=draft.fault,
            findings=draft.findings,
            photos=photos.unattached(session, turn.sender),
            now=turn.now,
            who=turn.sender,
            key=draft.draft_id,
        )
        number = own.number
    turn.set("last_ticket", number)
    if frame.data["kind"] == "repair":
        case.used(turn, int(frame.data.get("watch_no", 0)))
    turn.set("offer", None)
    turn.utter("utter_ticket_same", number=number)
    return True
