"""Addresses of charts: signed, worth something for a week, telling nothing of a person."""

import hashlib
from datetime import UTC, datetime, timedelta

from itsdangerous import BadData, URLSafeSerializer

from aftersales.settings import Secret

LIFETIME = timedelta(days=7)
#: Where the web serves them.
PATH = "/charts/"


class ChartLinks:
    """Makes and reads the addresses of charts."""

    def __init__(self, secret: Secret) -> None:
        """Bind to the key that signs visitors' sessions."""
        self._signer = URLSafeSerializer(
            secret.reveal(), salt="rate-chart", signer_kwargs={"digest_method": hashlib.sha256}
        )

    def make(self, diary_id: int, now: datetime) -> str:
        """Return the address of a diary's chart."""
        until = int((now + LIFETIME).timestamp())
        return f"{PATH}{self._signer.dumps([diary_id, until])!s}"

    def read(self, name: str, now: datetime) -> int | None:
        """Return the diary an address names, or None when it is forged or expired."""
        try:
            diary_id, until = self._signer.loads(name[:300])
            good = isinstance(diary_id, int) and now < datetime.fromtimestamp(int(until), UTC)
        except (BadData, ValueError, TypeError, OverflowError, OSError):
            return None
        return diary_id if good else None
