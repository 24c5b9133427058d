"""Writes the audit trail; called by every ``do_…`` inside its own transaction."""

from datetime import datetime

from sqlalchemy.orm import Session

from aftersales.store.tables.audit import AuditEntry


def record(
    session: Session,
    *,
    who: str,
    what: str,
    subject: tuple[str, str | int],
    now: datetime,
    why: str | None = None,
) -> AuditEntry:
    """Add one line: who did what to which thing, when and why.

    Args:
        session: the transaction of the change itself.
        who: a sender id, an agent's name or ``system``.
        what: the verb and noun of the ``do_…`` function.
        subject: kind of the thing and its id, such as ``("ticket", "FW261123-04821")``.
        now: the moment.
        why: the reason given; cut at 500 characters, one line.
    """
    entry = AuditEntry(
        at=now,
        who=who[:100],
        what=what,
        why=" ".join(why.split())[:500] if why else None,
        subject_kind=subject[0],
        subject_id=str(subject[1]),
    )
    session.add(entry)
    return entry
