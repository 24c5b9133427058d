"""Who speaks: a signed, HttpOnly cookie made by us. Nothing in a body or address can name a sender.

The cookie carries a random id (192 bits) and the moment it was signed. The sender id that the rest
of the house sees is derived from it with the secret, so a sender id found in a log cannot be turned
back into a cookie. The cookie is signed anew once a day; after 30 days without a visit it is worth
nothing.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from fastapi import Request, Response
from itsdangerous import BadData, URLSafeSerializer

from aftersales.settings import Secret

IDLE = timedelta(days=30)
RENEW = timedelta(days=1)
NAME = "aftersales_chat"
SECURE_NAME = f"__Host-{NAME}"


@dataclass(frozen=True)
class Session:
    """One visitor. ``fresh`` says that no valid cookie came with the request."""

    sid: str
    sender: str
    signed_at: datetime
    fresh: bool


class Sessions:
    """Makes, reads and renews the cookie."""

    def __init__(self, secret: Secret) -> None:
        self._secret = secret
        self._signer = URLSafeSerializer(
            secret.reveal(), salt="chat-session", signer_kwargs={"digest_method": hashlib.sha256}
        )

    def read(self, cookie: str | None, now: datetime) -> Session:
        """Return the session a cookie proves, or a new one when it proves nothing."""
        if cookie and len(cookie) < 500:
            try:
                sid, stamp = self._signer.loads(cookie)
                signed_at = datetime.fromtimestamp(int(stamp), UTC)
            except (BadData, ValueError, TypeError, OverflowError, OSError):
                pass
            else:
                if isinstance(sid, str) and timedelta(minutes=-5) <= now - signed_at <= IDLE:
                    return Session(sid, self.sender(sid), signed_at, fresh=False)
        sid = secrets.token_urlsafe(24)
        return Session(sid, self.sender(sid), now, fresh=True)

    def sender(self, sid: str) -> str:
        """Return the sender id of a session: stable, and useless for getting in."""
        key = self._secret.reveal().encode()
        return "w-" + hmac.new(key, b"sender:" + sid.encode(), hashlib.sha256).hexdigest()[:32]

    def from_request(self, request: Request, now: datetime) -> Session:
        """Return the session of a request."""
        return self.read(request.cookies.get(_name(request)), now)

    def write(self, request: Request, response: Response, session: Session, now: datetime) -> None:
        """Set the cookie when it is new or a day old."""
        if not session.fresh and now - session.signed_at < RENEW:
            return
        response.set_cookie(
            _name(request),
            self._signer.dumps([session.sid, int(now.timestamp())]),
            max_age=int(IDLE.total_seconds()),
            path="/",
            secure=request.url.scheme == "https",
            httponly=True,
            samesite="lax",  # strict would lose the talk when the page is opened from a link
        )

    def end(self, request: Request, response: Response) -> None:
        """Take the cookie away: the next message starts a new conversation."""
        response.delete_cookie(
            _name(request), path="/", secure=request.url.scheme == "https", httponly=True
        )


def _name(request: Request) -> str:
    return SECURE_NAME if request.url.scheme == "https" else NAME
