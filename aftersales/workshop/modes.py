"""How the watch gets to us, and the small steps inside a state that differ by it.

A counter customer is expected and then there; a parcel is packed, sent and delivered; a visit has
an appointment, a way and an arrival. The table is ``modes`` in ``knowledge/workshop.yml``; a step
can only be followed by a later one.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from aftersales.store.tables import Ticket
from aftersales.tickets.states import entry
from aftersales.workshop.actions import action, begin, note
from aftersales.workshop.refusals import Refused, book, optional_text

COUNTER, MAIL_IN, ON_SITE = "counter", "mail_in", "on_site"


def stages(ticket: Ticket) -> list[str]:
    """Return the small steps of the ticket's present state, in order; empty when it has none."""
    mode = book()["modes"].get(ticket.service_mode or "")
    return list(mode["stages"].get(ticket.state, ())) if mode else []


def do_note_stage(
    session: Session, ticket: Ticket, stage: str, now: datetime, who: str, why: str | None = None
) -> None:
    """Note that a small step is reached.

    Args:
        session: a transaction.
        ticket: a repair.
        stage: a step of the present state.
        now: the moment.
        who: who notes it.
        why: such as the courier's number; no personal data.

    Raises:
        Refused: not in this state, no such step, or it would go back.
    """
    begin(session, ticket, "stage")
    known = stages(ticket)
    names = book()["stages"]
    if stage not in known:
        raise Refused(
            "no_such_stage",
            mode=book()["modes"].get(ticket.service_mode or "", {}).get("name", "–"),
            state=entry(ticket.state)["name"],
            given=names.get(stage, stage),
            known="、".join(f"{one}（{names[one]}）" for one in known) or "–",
        )
    if ticket.stage in known and known.index(stage) <= known.index(ticket.stage):
        raise Refused("stage_back", stage=names[ticket.stage], given=names[stage])
    ticket.stage = stage
    note(session, ticket, "stage", now, who, " · ".join(filter(None, [stage, optional_text(why)])))


def require_stage(ticket: Ticket, name: str) -> None:
    """Refuse an action before the small step it needs: no service before the parcel is here.

    Raises:
        Refused: the step is not reached; the sentence names it.
    """
    mode = book()["modes"].get(ticket.service_mode or "")
    if mode is None:
        raise Refused("not_registered")
    wanted = mode["before"].get(name)
    known = stages(ticket)
    if wanted is None:
        return
    if ticket.stage not in known or known.index(ticket.stage) < known.index(wanted):
        raise Refused(
            "stage_first",
            mode=mode["name"],
            stage=book()["stages"][wanted],
            action=action(name)["name"],
        )
