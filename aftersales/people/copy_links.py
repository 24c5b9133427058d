"""Addresses of a person's copy: signed for one conversation, worth something for half an hour."""

import hashlib
from datetime import UTC, datetime, timedelta

from itsdangerous import BadData, URLSafeSerializer

from aftersales.settings import Secret

LIFETIME = timedelta(minutes=30)
#: Where the web serves them.
PATH = "/chat/copy/"


class CopyLinks:
    """Makes and reads the addresses; the address itself names nobody."""

    def __init__(self, secret: Secret) -> None:
        """Bind to the key that signs visitors' sessions."""
        self._secret = secret.reveal()

    def make(self, sender: str, now: datetime) -> str:
        """Return the address of the copy of what this conversation and its tickets hold."""
        return f"{PATH}{self._signer(sender).dumps(int((now + LIFETIME).timestamp()))!s}"

    def good(self, sender: str, key: str, now: datetime) -> bool:
        """Say whether ``key`` was made for this sender and still holds."""
        try:
            until = self._signer(sender).loads(key[:300])
            return now < datetime.fromtimestamp(int(until), UTC)
        except (BadData, ValueError, TypeError, OverflowError, OSError):
            return False

    def _signer(self, sender: str) -> URLSafeSerializer:
        return URLSafeSerializer(
            self._secret, salt=f"copy:{sender}", signer_kwargs={"digest_method": hashlib.sha256}
        )
