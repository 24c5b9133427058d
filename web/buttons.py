"""Answers to tap. The page gets a title and an opaque token; the payload never leaves the house.

A token names one button of one stored message and is signed for one sender: it cannot be made up,
altered, or used in another conversation. Typing the title of an offered button is the same as
tapping it.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from itsdangerous import BadData, URLSafeSerializer

from aftersales.settings import Secret


@dataclass(frozen=True)
class Choice:
    """One button as it is kept with its message."""

    title: str
    payload: str


def choices(stored: Sequence[dict[str, Any]]) -> list[Choice]:
    """Return the buttons kept with a message; entries without a title or payload are left out."""
    return [
        Choice(str(entry["title"]), str(entry["payload"]))
        for entry in stored
        if entry.get("title") and entry.get("payload")
    ]


def by_title(offered: Sequence[Choice], text: str) -> Choice | None:
    """Return the button whose title was typed, or None."""
    typed = text.strip()
    return next((choice for choice in offered if choice.title.strip() == typed), None)


class ButtonTokens:
    """Signs and reads tokens."""

    def __init__(self, secret: Secret) -> None:
        self._secret = secret.reveal()

    def make(self, sender: str, message_id: int, index: int) -> str:
        """Return the token of button ``index`` of a message, for ``sender`` only."""
        token = self._signer(sender).dumps([message_id, index])
        return token if isinstance(token, str) else token.decode()

    def read(self, sender: str, token: str) -> tuple[int, int] | None:
        """Return message id and index, or None when the token was not made for ``sender``."""
        try:
            message_id, index = self._signer(sender).loads(token)
        except (BadData, ValueError, TypeError):
            return None
        if type(message_id) is int and type(index) is int and index >= 0:
            return message_id, index
        return None

    def _signer(self, sender: str) -> URLSafeSerializer:
        return URLSafeSerializer(
            self._secret,
            salt=f"button:{sender}",
            signer_kwargs={"digest_method": hashlib.sha256},
        )
