"""Sheets: quiet pages for whoever holds a link. No script, no cookie, nothing of another host.

Every sheet has the same frame and headers, and every link that opens nothing (unknown, expired,
taken back, made for something else) gets the same page with the same status.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse
from sqlalchemy.orm import Session

from aftersales.knowledge import load
from aftersales.links import do_use_link
from aftersales.operator import operator
from aftersales.store.tables import Link
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


def _contact() -> Mapping[str, Any]:
    """Return the reviewed numbers only: our own of operator.yml, the brand's of contacts.yml."""
    official = load("contacts")["contacts"]["seiko_shanghai"]
    return {"official": official["phone"], "official_name": official["name"]}
