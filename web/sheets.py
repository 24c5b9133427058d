"""Sheets: quiet pages for whoever holds a link. No script, no cookie, nothing of another host.

Every sheet has the same frame and headers, and every link that opens nothing (unknown, expired,
taken back, made for something else) gets the same page with the same status.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlalchemy.orm import Session

from aftersales.knowledge import load
from aftersales.links import Passes, do_use_link
from aftersales.operator import operator
from aftersales.store.tables import Link, Ticket
from web.pages import VERSION, templates
from web.parts import Parts, address
from web.refusals import Refusal
from web.texts import texts

#: Stricter than the chat page's: no script at all, no style that is not a file of ours.
CSP = "; ".join(
    [
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


Show = Callable[[Session, Link, datetime], Response]
Go = Callable[[Session, Ticket, datetime, str], str]


class Gone(Exception):
    """The link opens nothing; which of the reasons it is, is said to nobody."""


def sheet(template: str, http_status: int = 200, **values: Any) -> HTMLResponse:
    """Return one sheet."""
    who = operator()
    page = templates().get_template(template)
    text = page.render(
        words=texts()["sheet"],
        operator=who,
        contact=_contact(),
        version=VERSION,
        **values,
    )
    return HTMLResponse(text, status_code=http_status, headers=HEADERS)


def gone() -> HTMLResponse:
    """Return the one page for every link that opens nothing."""
    return sheet("gone.html", 404)


def slow(refusal: Refusal) -> HTMLResponse:
    """Return the page for an address that tried too often."""
    answer = sheet("slow.html", 429)
    answer.headers["Retry-After"] = str(refusal.retry_after_s or 60)
    return answer


def on_to(path: str) -> RedirectResponse:
    """Send the browser to another sheet; what was posted is not posted again."""
    return RedirectResponse(path, status_code=303, headers=HEADERS)


def open_link(
    parts: Parts, session: Session, request: Request, purpose: str, token: str, now: datetime
) -> Link:
    """Return what a token opens and count its use; a wrong one is counted against the address.

    Raises:
        Refusal: too many wrong tries from this address (429), also for a right one.
        Gone: it opens nothing.
    """
    who = address(request)
    parts.limits.check("link_address", who, now)
    link = do_use_link(session, purpose, token, now)
    if link is None:
        parts.limits.spend("link_address", who, now)
        raise Gone
    return link


def opened(parts: Parts, request: Request, purpose: str, token: str, show: Show) -> Response:
    """Return what ``show`` makes of the link a token opens, in one transaction; else the page that
    says nothing, or the one for too many tries.

    Args:
        parts: the running parts.
        request: who asks.
        purpose: what the link is for.
        token: from the address.
        show: gets the session, the link and the moment; may raise ``Gone``.
    """
    now = parts.clock.now()
    try:
        with parts.store.session() as session:
            link = open_link(parts, session, request, purpose, token, now)
            return show(session, link, now)
    except Gone:
        return gone()
    except Refusal as refusal:
        return slow(refusal)


def from_chat(parts: Parts, request: Request, use: str, name: str, go: Go) -> Response:
    """Take the pass an answer in the chat gave this visitor, and go on to a page of his own.

    Args:
        parts: the running parts.
        request: the visitor's.
        use: what the pass is for.
        name: the pass.
        go: gets the session, the ticket, the moment and the sender; returns the path.
    """
    now = parts.clock.now()
    who = parts.sessions.from_request(request, now)
    row = Passes(parts.settings.session_secret()).read(use, name, now, who.sender)
    if row is None:
        return gone()
    try:
        parts.limits.spend("link_opened", who.sender, now)
    except Refusal as refusal:
        return slow(refusal)
    with parts.store.session() as session:
        ticket = session.get(Ticket, row)
        if ticket is None:
            return gone()
        path = go(session, ticket, now, who.sender)
    return on_to(path)


def _contact() -> Mapping[str, Any]:
    """Return the reviewed numbers only: our own of operator.yml, the brand's of contacts.yml."""
    official = load("contacts")["contacts"]["seiko_shanghai"]
    return {"official": official["phone"], "official_name": official["name"]}
