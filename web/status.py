"""The status page: how far a repair has come, for whoever holds its link.

The link is printed on papers, so holding it shows progress only: the offer and the pick-up code
also ask for the last four digits of the phone, which the page itself does not show.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from aftersales import complaints, estimates, pickup, tickets
from aftersales.estimates.decide import end_of
from aftersales.links import OPEN_STATUS, do_issue_link
from aftersales.people import TooManyAttempts
from aftersales.people.masking import mask_phone_end
from aftersales.pickup.codes import is_locked
from aftersales.store.tables import Estimate, Link, Ticket
from aftersales.tickets.lookup import find_proved
from web import asking
from web.moments import day, minute
from web.parts import Parts, ThePartsOf
from web.sheets import Gone, from_chat, on_to, opened, sheet
from web.texts import texts

router = APIRouter(prefix="/s", include_in_schema=False)
PURPOSE = "status"


@router.get("/open/{name}")
def open_from_chat(name: str, request: Request, parts: ThePartsOf) -> Response:
    """Take the pass an answer in the chat gave this visitor, and go to a page of his own."""

    def go(session: Session, ticket: Ticket, now: datetime, sender: str) -> str:
        return f"/s/{issue(session, parts, ticket, now, sender)}"

    return from_chat(parts, request, OPEN_STATUS, name, go)


def issue(session: Session, parts: Parts, ticket: Ticket, now: datetime, who: str) -> str:
    """Make a status link for a visitor who has proved himself; returns the token."""
    number = ticket.number
    return do_issue_link(session, PURPOSE, number, now, parts.ids, who=who, ticket=ticket).token


@router.api_route("/{token}", methods=["GET", "HEAD"])
def show(token: str, request: Request, parts: ThePartsOf) -> Response:
    """Show the page."""
    return opened(
        parts, request, PURPOSE, token,
        lambda session, link, now: _page(parts, session, link, token, now),
    )  # fmt: skip


@router.post("/{token}/estimate")
def to_estimate(
    token: str, request: Request, parts: ThePartsOf, last4: Annotated[str, Form()] = ""
) -> Response:
    """Go on to the offer, after the four digits: this page's address is printed on papers, so
    holding it is not enough to agree to a price."""

    def go(session: Session, link: Link, now: datetime) -> Response:
        proved, problem = _prove(session, link, last4, now)
        if proved is None:
            return _page(parts, session, link, token, now, {"estimate": problem})
        offer = estimates.find_in_force(session, proved)
        if offer is None:
            return on_to(f"/s/{token}")
        issued = estimates.do_issue_estimate_link(session, offer, now, parts.ids, f"link:{link.id}")
        return on_to(f"/e/{issued.token}")

    return opened(parts, request, PURPOSE, token, go)


@router.post("/{token}/pickup")
def pick_up(
    token: str, request: Request, parts: ThePartsOf, last4: Annotated[str, Form()] = ""
) -> Response:
    """Show the pick-up code, after the four digits: whoever finds a paper has this address."""

    def look(session: Session, link: Link, now: datetime) -> Response:
        proved, problem = _prove(session, link, last4, now)
        if proved is None:
            return _page(parts, session, link, token, now, {"pickup": problem})
        return _page(parts, session, link, token, now, shown=True)

    return opened(parts, request, PURPOSE, token, look)


def _prove(session: Session, link: Link, last4: str, now: datetime) -> tuple[Ticket | None, str]:
    """Return the ticket when the four digits are right; else None and what to say."""
    try:
        proved = find_proved(session, link.subject, last4[:20], now, f"link:{link.id}")
    except TooManyAttempts:
        return None, "last4_many"
    return proved, "" if proved is not None else "last4_wrong"


def _page(
    parts: Parts,
    session: Session,
    link: Link,
    token: str,
    now: datetime,
    problems: Mapping[str, str] | None = None,
    shown: bool = False,
) -> Response:
    """Return the page.

    Args:
        parts: the running parts.
        session: a transaction.
        link: the status link.
        token: its token.
        now: the moment.
        problems: per form (``estimate``, ``pickup``) the key of what is said below it.
        shown: show the pick-up code itself.
    """
    ticket = session.scalar(select(Ticket).where(Ticket.number == link.subject))
    if ticket is None:
        raise Gone
    words, is_complaint = texts()["status"], ticket.kind == "complaint"
    offer = estimates.find_in_force(session, ticket)
    until = offer.valid_until if offer and estimates.is_open(offer, now) else None
    then = tickets.next_step(ticket, until, now)
    view = tickets.view(ticket)
    return sheet(
        "status.html",
        422 if problems else 200,
        status=words,
        title=words.get(f"title_{ticket.kind}", words["title"]),
        view=view,
        watch=_watch(view),
        since=minute(view.changed_at),
        opened=minute(view.created_at),
        next_say=then.plain.say.format(due=minute(then.due)) if then.due else then.plain.say,
        steps=[
            {"name": step.name, "state": step.state, "at": day(step.at) if step.at else None}
            for step in tickets.steps(ticket)
        ],
        offer=_offer(offer, now) if offer else None,
        phone=mask_phone_end(ticket.customer.phone),
        answer=complaints.for_customer(session, ticket).answer if is_complaint else None,
        code=_code(parts, session, ticket, now, shown),
        token=token,
        problems={form: words[key] for form, key in (problems or {}).items()},
        ask=asking.address(parts, ticket, now),
    )


def _watch(view: tickets.StatusView) -> str:
    """Return model and case-back number as far as they are known: ``SKX007 · 7S26-0020``."""
    case_back = "-".join(filter(None, [view.calibre, view.case_code]))
    return " · ".join(filter(None, [view.model, case_back]))


def _offer(offer: Estimate, now: datetime) -> dict[str, Any]:
    words = texts()["status"]["states"]
    is_open = estimates.is_open(offer, now)
    answered = offer.state in ("accepted", "declined")
    return {
        "open": is_open,
        "state": words[offer.state if is_open or answered else end_of(offer)],
        "total": estimates.yuan(offer.total_fen),
        "until": minute(offer.valid_until),
        "decided": minute(offer.decided_at) if offer.decided_at else None,
    }


def _code(
    parts: Parts, session: Session, ticket: Ticket, now: datetime, shown: bool
) -> dict[str, Any] | None:
    """Return the pick-up code of a watch that is ready, its digits when they are to be shown; it is
    worked out, never stored."""
    link = pickup.find_pickup(session, ticket, now)
    if link is None:
        return None
    digits = pickup.pickup_code(link, parts.settings.session_secret()) if shown else ""
    return {"locked": is_locked(link), "halves": [digits[:3], digits[3:]] if shown else []}
