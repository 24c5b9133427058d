"""What the routes share, made once per application and handed over as an argument."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from typing import Annotated, cast
from weakref import WeakValueDictionary

from fastapi import Depends, Request, Response

from aftersales.clock import Clock
from aftersales.ids import Ids
from aftersales.settings import Settings
from aftersales.store import Store
from web.buttons import ButtonTokens
from web.limits import Limits
from web.photo_links import PhotoLinks
from web.rasa import Rasa
from web.sessions import Session, Sessions


@dataclass
class Parts:
    """The parts of one running ``web``."""

    settings: Settings
    store: Store
    clock: Clock
    ids: Ids
    rasa: Rasa
    limits: Limits
    sessions: Sessions
    buttons: ButtonTokens
    photo_links: PhotoLinks
    streams: "Counter[str]"
    _locks: "WeakValueDictionary[str, asyncio.Lock]" = field(default_factory=WeakValueDictionary)

    def one_at_a_time(self, sender: str) -> asyncio.Lock:
        """Return the lock that keeps one sender's messages in order within this process."""
        lock = self._locks.get(sender)
        if lock is None:
            lock = self._locks[sender] = asyncio.Lock()
        return lock


def parts_of(request: Request) -> Parts:
    """Return the parts of the application that answers this request."""
    return cast(Parts, request.app.state.parts)


def visitor(request: Request, response: Response) -> Session:
    """Return who speaks; a visitor without a valid cookie gets one with the answer."""
    parts = parts_of(request)
    now = parts.clock.now()
    session = parts.sessions.from_request(request, now)
    if session.fresh:
        parts.limits.spend("session_address", address(request), now)
    parts.sessions.write(request, response, session, now)
    return session


def address(request: Request) -> str:
    """Return the peer's address; a header counts only if uvicorn trusts the proxy it came from."""
    return request.client.host if request.client else "unknown"


ThePartsOf = Annotated[Parts, Depends(parts_of)]
Visitor = Annotated[Session, Depends(visitor)]
