"""The estimate's page: read it, and answer in two taps.

The first tap is a link to a question, the second posts the answer. What is posted carries a key
made for that page: signed for this offer, this answer and half an hour, and the database takes one
answer only. So a tap that is repeated finds the first answer, an old page is asked again, and
another site can post nothing (``web.headers`` refuses it, and it has no key).
"""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response
from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy.orm import Session

from aftersales import estimates
from aftersales.estimates import AlreadyDecided, EstimateClosed
from aftersales.estimates.decide import end_of
from aftersales.knowledge import load
from aftersales.links import OPEN_ESTIMATE
from aftersales.store.tables import Estimate, Link, Ticket
from web import status
from web.moments import minute
from web.parts import Parts, ThePartsOf
from web.sheets import Gone, from_chat, on_to, opened, sheet
from web.texts import texts

router = APIRouter(prefix="/e", include_in_schema=False)
PURPOSE = "estimate"
KEY_LIFETIME = timedelta(minutes=30)
ANSWERS = ("accept", "decline")
Show = Callable[[Session, Estimate, datetime], Response]


@router.get("/open/{name}")
def open_from_chat(name: str, request: Request, parts: ThePartsOf) -> Response:
    """Take the pass an answer in the chat gave this visitor, and go to the offer in force."""

    def go(session: Session, ticket: Ticket, now: datetime, sender: str) -> str:
        offer = estimates.find_in_force(session, ticket)
        if offer is None:
            return f"/s/{status.issue(session, parts, ticket, now, sender)}"
        issued = estimates.do_issue_estimate_link(session, offer, now, parts.ids, sender)
        return f"/e/{issued.token}"

    return from_chat(parts, request, OPEN_ESTIMATE, name, go)


@router.api_route("/{token}", methods=["GET", "HEAD"])
def show(token: str, request: Request, parts: ThePartsOf) -> Response:
    """Show the offer, or what became of it."""
    return _with(parts, request, token, lambda _session, offer, now: _offer(offer, token, now))


@router.get("/{token}/accept")
def accept(token: str, request: Request, parts: ThePartsOf) -> Response:
    """The first tap of a yes: the question, with the total."""
    return _with(
        parts, request, token, lambda _s, offer, now: _question(parts, offer, token, now, "accept")
    )


@router.get("/{token}/decline")
def decline(token: str, request: Request, parts: ThePartsOf) -> Response:
    """The first tap of a no: the reasons to choose from."""
    return _with(
        parts, request, token, lambda _s, offer, now: _question(parts, offer, token, now, "decline")
    )


@router.post("/{token}/accept")
def accepted(
    token: str, request: Request, parts: ThePartsOf, key: Annotated[str, Form()] = ""
) -> Response:
    """The second tap of a yes."""
    return _answered(parts, request, token, "accept", key, "")


@router.post("/{token}/decline")
def declined(
    token: str,
    request: Request,
    parts: ThePartsOf,
    key: Annotated[str, Form()] = "",
    reason: Annotated[str, Form()] = "",
) -> Response:
    """The second tap of a no."""
    return _answered(parts, request, token, "decline", key, reason)


def _with(parts: Parts, request: Request, token: str, answer: Show) -> Response:
    def show(session: Session, link: Link, now: datetime) -> Response:
        offer = session.get(Estimate, int(link.subject))
        if offer is None:
            raise Gone
        return answer(session, offer, now)

    return opened(parts, request, PURPOSE, token, show)


def _answered(
    parts: Parts, request: Request, token: str, answer: str, key: str, reason: str
) -> Response:
    def take(session: Session, offer: Estimate, now: datetime) -> Response:
        decision = Keys(parts).read(offer, answer, key, now)
        known = answer == "accept" or reason in estimates.reasons()
        if decision is None or not known:
            return _question(parts, offer, token, now, answer, stale=True)
        try:
            if answer == "accept":
                estimates.do_accept(session, offer, decision, now, "link")
            else:
                estimates.do_decline(session, offer, decision, reason, now, "link")
        except (AlreadyDecided, EstimateClosed):
            pass  # the page itself says what became of it
        return on_to(f"/e/{token}")

    return _with(parts, request, token, take)


def _offer(offer: Estimate, token: str, now: datetime) -> Response:
    words = texts()["estimate"]
    lead, title = words["lead"], words["title"]
    is_open = estimates.is_open(offer, now)
    if offer.state in ("accepted", "declined") and offer.decided_at:
        title = words[f"{offer.state}_title"]
        lead = words[offer.state].format(at=minute(offer.decided_at))
    elif not is_open:
        closed = words["closed"][end_of(offer)]
        title, lead = closed["title"], closed["text"]
    return _sheet("estimate.html", offer, token, title=title, lead=lead, is_open=is_open)


def _question(
    parts: Parts, offer: Estimate, token: str, now: datetime, answer: str, stale: bool = False
) -> Response:
    if not estimates.is_open(offer, now):
        return _offer(offer, token, now)
    words = texts()["estimate"]
    return _sheet(
        "estimate_answer.html",
        offer,
        token,
        422 if stale else 200,
        title=words[f"{answer}_title"],
        lead=words[f"{answer}_lead"],
        answer=answer,
        key=Keys(parts).make(offer, answer, now),
        problem=words["stale"] if stale else None,
        reasons=[(name, entry["name"]) for name, entry in estimates.reasons().items()],
    )


def _sheet(
    template: str, offer: Estimate, token: str, http_status: int = 200, **values: object
) -> Response:
    kinds, words = load("estimates")["kinds"], texts()["estimate"]
    return sheet(
        template,
        http_status,
        words_of=words,
        number=offer.ticket.number,
        edition=words["version"].format(version=offer.version),
        lines=[
            {
                "kind": kinds[row.kind],
                "label": row.label,
                "each": words["each"].format(
                    price=estimates.yuan(row.unit_fen), quantity=row.quantity
                ),
                "several": row.quantity > 1,
                "amount": estimates.yuan(row.unit_fen * row.quantity),
            }
            for row in offer.lines
        ],
        total=estimates.yuan(offer.total_fen),
        until=minute(offer.valid_until),
        note=offer.note,
        token=token,
        **values,
    )


class Keys:
    """Makes and reads the key of one answer."""

    def __init__(self, parts: Parts) -> None:
        """Bind to the key that signs sessions and to the source of random names."""
        self._secret = parts.settings.session_secret()
        self._ids = parts.ids

    def make(self, offer: Estimate, answer: str, now: datetime) -> str:
        """Return a key for one answer to one offer, good for half an hour."""
        until = int((now + KEY_LIFETIME).timestamp())
        return str(self._signer(offer, answer).dumps([self._ids.token(), until]))

    def read(self, offer: Estimate, answer: str, key: str, now: datetime) -> str | None:
        """Return the decision's own unique key, or None when this is none or too old."""
        try:
            decision, until = self._signer(offer, answer).loads(key[:300])
            good = isinstance(decision, str) and now < datetime.fromtimestamp(int(until), UTC)
        except (BadData, ValueError, TypeError, OverflowError, OSError):
            return None
        return decision if good else None

    def _signer(self, offer: Estimate, answer: str) -> URLSafeSerializer:
        return URLSafeSerializer(
            self._secret.reveal(),
            salt=f"answer:{answer}:{offer.id}:{offer.version}",
            signer_kwargs={"digest_method": hashlib.sha256},
        )
