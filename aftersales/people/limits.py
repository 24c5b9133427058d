"""How often somebody may try: counted per asker and per thing asked about.

Only failures count: whoever knows both halves may ask as often as he likes. A target that does not
exist is counted like one that does, so the limit itself tells nothing.
"""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from aftersales.people.phones import digest
from aftersales.store import locks
from aftersales.store.tables import Lookup

ASKER_FAILURES, ASKER_WINDOW = 5, timedelta(hours=1)
TARGET_FAILURES, TARGET_WINDOW = 10, timedelta(hours=24)


class TooManyAttempts(Exception):
    """Too many wrong attempts; ``retry_at`` is when the next one is allowed (aware, UTC)."""

    def __init__(self, retry_at: datetime) -> None:
        super().__init__("too many attempts")
        self.retry_at = retry_at


def check(session: Session, kind: str, asker: str, targets: list[str], now: datetime) -> None:
    """Refuse when the asker, or anybody about one of these targets, failed too often.

    Args:
        session: the transaction the attempt will be noted in.
        kind: ``ticket`` or ``registration``.
        asker: the proven sender.
        targets: what is asked about, as typed and normalised.
        now: the moment.

    Raises:
        TooManyAttempts: 5 failures of the asker within an hour, or 10 about a target within a day.
    """
    locks.lock(session, f"lookup:{kind}")  # two attempts at once must see each other
    _refuse(session, kind, Lookup.asker == asker, ASKER_FAILURES, ASKER_WINDOW, now)
    for target in targets:
        _refuse(
            session,
            kind,
            Lookup.target == digest(kind, target),
            TARGET_FAILURES,
            TARGET_WINDOW,
            now,
        )


def note(
    session: Session, kind: str, asker: str, targets: list[str], succeeded: bool, now: datetime
) -> None:
    """Write an attempt down; commit it, also when the answer is no.

    However many targets it had, it counts once for its asker: else the number of tries left would
    tell a card that exists from one that does not.
    """
    for place, target in enumerate(targets):
        whose = asker if place == 0 else ""
        session.add(
            Lookup(kind=kind, asker=whose, target=digest(kind, target), succeeded=succeeded, at=now)
        )


def _refuse(
    session: Session,
    kind: str,
    whose: ColumnElement[bool],
    most: int,
    window: timedelta,
    now: datetime,
) -> None:
    failures = session.scalars(
        select(Lookup.at)
        .where(Lookup.kind == kind, whose, ~Lookup.succeeded, Lookup.at > now - window)
        .order_by(Lookup.at.desc())
        .limit(most)
    ).all()
    if len(failures) >= most:
        raise TooManyAttempts(failures[-1] + window)
