"""Addresses of photos: signed for one sender, worth something for an hour."""

import hashlib
from datetime import UTC, datetime, timedelta

from itsdangerous import BadData, URLSafeSerializer

from aftersales.settings import Secret

LIFETIME = timedelta(hours=1)


class PhotoLinks:
    """Makes and checks addresses."""

    def __init__(self, secret: Secret) -> None:
        self._secret = secret.reveal()

    def make(self, sender: str, name: str, now: datetime) -> str:
        """Return the address of a photo for ``sender``."""
        until = int((now + LIFETIME).timestamp())
        return f"/chat/photos/{name}?key={self._signer(sender, name).dumps(until)!s}"

    def good(self, sender: str, name: str, key: str, now: datetime) -> bool:
        """Say whether ``key`` opens this photo for ``sender`` now."""
        try:
            until = self._signer(sender, name).loads(key)
            return now < datetime.fromtimestamp(int(until), UTC)
        except (BadData, ValueError, TypeError, OverflowError, OSError):
            return False

    def _signer(self, sender: str, name: str) -> URLSafeSerializer:
        return URLSafeSerializer(
            self._secret,
            salt=f"photo:{sender}:{name}",
            signer_kwargs={"digest_method": hashlib.sha256},
        )
