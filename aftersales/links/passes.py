"""Passes: signed parameters good for minutes, between our own pages and the chat.

They let one page hand a ticket to another without a token or a number in the address: from the
status page into the chat (``ASK``), and from an answer in the chat to a page (``OPEN_STATUS``,
``OPEN_ESTIMATE``), the latter only for the visitor who was answered. A pass is no link: it is kept
nowhere, and what a log or a stored message holds of it is worth nothing soon after.
"""

import hashlib
from datetime import UTC, datetime, timedelta

from itsdangerous import BadData, URLSafeSerializer

from aftersales.settings import Secret

ASK = "ask"
OPEN_STATUS = "status"
OPEN_ESTIMATE = "estimate"
LIFETIME = timedelta(minutes=30)
#: Where the web takes the passes of the chat.
PATHS = {OPEN_STATUS: "/s/open/", OPEN_ESTIMATE: "/e/open/"}
_LONGEST = 300


class Passes:
    """Makes and reads passes."""

    def __init__(self, secret: Secret) -> None:
        """Bind to the key that signs visitors' sessions."""
        self._secret = secret.reveal()

    def make(self, use: str, ticket_id: int, now: datetime, holder: str = "") -> str:
        """Return a pass.

        Args:
            use: ``ASK``, ``OPEN_STATUS`` or ``OPEN_ESTIMATE``.
            ticket_id: the row of the ticket.
            now: the moment; the pass is good for 30 minutes.
            holder: the only sender it is good for; nobody in particular by default.
        """
        until = int((now + LIFETIME).timestamp())
        return str(self._signer(use, holder).dumps([ticket_id, until]))

    def address(self, use: str, ticket_id: int, now: datetime, holder: str) -> str:
        """Return the address that takes this pass."""
        return PATHS[use] + self.make(use, ticket_id, now, holder)

    def read(self, use: str, value: str, now: datetime, holder: str = "") -> int | None:
        """Return the ticket's row, or None when the pass is forged, old, or somebody else's."""
        try:
            ticket_id, until = self._signer(use, holder).loads(value[:_LONGEST])
            good = type(ticket_id) is int and now < datetime.fromtimestamp(int(until), UTC)
        except (BadData, ValueError, TypeError, OverflowError, OSError):
            return None
        return ticket_id if good else None

    def _signer(self, use: str, holder: str) -> URLSafeSerializer:
        return URLSafeSerializer(
            self._secret,
            salt=f"pass:{use}:{holder}",
            signer_kwargs={"digest_method": hashlib.sha256},
        )
