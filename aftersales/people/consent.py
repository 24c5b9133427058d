"""The consent ledger: lines are only added, the latest line per purpose counts."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from aftersales import outbox
from aftersales.store import audit
from aftersales.store.tables import Consent

#: Why something owed to somebody ended, in the audit trail.
WITHDRAWN = "consent withdrawn"


def do_record_consent(
    session: Session,
    subject: str,
    purpose: str,
    version: str,
    channel: str,
    now: datetime,
    customer_id: int | None = None,
) -> Consent:
    """Write down that somebody agreed; the same agreement said twice is one line.

    Args:
        session: a transaction.
        subject: who agreed: the sender id of the conversation.
        purpose: a key of ``purposes`` in ``knowledge/tickets.yml``.
        version: the version of the text that was shown.
        channel: where it was said.
        now: when.
        customer_id: the customer, once known.
    """
    latest = _latest(session, subject, purpose)
    if latest is not None and latest.given and latest.version == version:
        if customer_id is not None and latest.customer_id is None:
            latest.customer_id = customer_id
        return latest
    return _add(session, subject, purpose, version, channel, now, True, customer_id)


def do_withdraw_consent(
    session: Session, subject: str, purpose: str, channel: str, now: datetime
) -> Consent | None:
    """Write down that somebody takes an agreement back; None when there is nothing to take back."""
    latest = _latest(session, subject, purpose)
    if latest is None or not latest.given:
        return None
    return _add(session, subject, purpose, latest.version, channel, now, False, latest.customer_id)


def do_withdraw_all(
    session: Session, subject: str, channel: str, now: datetime
) -> list[tuple[str, str]]:
    """Take back everything somebody agreed to; the desk is told, so that work on it stops.

    ``aftersales.care.do_withdraw_all`` also ends the calls owed to him.

    Args:
        session: a transaction.
        subject: who agreed: the sender id of the conversation.
        channel: where it is taken back.
        now: the moment.

    Returns:
        Purpose and version of each consent taken back now; none when there was none.
    """
    purposes = session.scalars(
        select(Consent.purpose).where(Consent.subject == subject).distinct().order_by("purpose")
    ).all()
    taken = [do_withdraw_consent(session, subject, name, channel, now) for name in purposes]
    lines = [line for line in taken if line is not None]
    for line in lines:
        _tell_desk(session, line, now)
    return [(line.purpose, line.version) for line in lines]


def has_consent(session: Session, subject: str, purpose: str, version: str | None = None) -> bool:
    """Say whether somebody agreed and has not taken it back; with ``version``, to exactly that
    text."""
    latest = _latest(session, subject, purpose)
    return latest is not None and latest.given and version in (None, latest.version)


def do_heed_withdrawal(session: Session, subject: str, purpose: str, now: datetime) -> bool:
    """Say whether somebody took this consent back, so that nobody calls or reminds him.

    Whoever is about to tell asks this. The desk hears of each withdrawal once, from whichever asks
    first.
    """
    latest = _latest(session, subject, purpose)
    if latest is None or latest.given:
        return False
    _tell_desk(session, latest, now)
    return True


def withdrawn(session: Session) -> set[tuple[str, str]]:
    """Return who took back what: subjects and purposes, for lists to leave out."""
    latest = select(func.max(Consent.id)).group_by(Consent.subject, Consent.purpose)
    rows = session.execute(
        select(Consent.subject, Consent.purpose).where(
            Consent.id.in_(latest), Consent.given.is_(False)
        )
    )
    return {(row.subject, row.purpose) for row in rows}


def _tell_desk(session: Session, line: Consent, now: datetime) -> None:
    outbox.notify_desk(
        session,
        f"withdrawn:{line.id}",
        {"event": "consent_withdrawn", "purpose": line.purpose, "consent": line.id},
        now,
    )


def _latest(session: Session, subject: str, purpose: str) -> Consent | None:
    return session.scalar(
        select(Consent)
        .where(Consent.subject == subject, Consent.purpose == purpose)
        .order_by(Consent.id.desc())
        .limit(1)
    )


def _add(
    session: Session,
    subject: str,
    purpose: str,
    version: str,
    channel: str,
    now: datetime,
    given: bool,
    customer_id: int | None,
) -> Consent:
    consent = Consent(
        subject=subject,
        customer_id=customer_id,
        purpose=purpose,
        version=version,
        channel=channel,
        given=given,
        at=now,
    )
    session.add(consent)
    session.flush()
    audit.record(
        session,
        who=subject,
        what="do_record_consent" if given else "do_withdraw_consent",
        subject=("consent", consent.id),
        now=now,
        why=f"{purpose} {version}",
    )
    return consent
