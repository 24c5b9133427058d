"""Where rate diaries are kept: opened, read, added to, corrected, and reminded of."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from aftersales import outbox
from aftersales.knowledge import load
from aftersales.rate.readings import Reading
from aftersales.store import audit, locks
from aftersales.store.tables import OutboxRow, RateDiary, RateReading

OPEN, CLOSED = "open", "closed"
#: The event of a reminder in the outbox; its sentence is ``lines.reminder`` of rate_diary.yml.
REMINDER = "rate_diary_due"


def find_diary(
    session: Session, sender: str, now: datetime, watch_no: int | None = None
) -> RateDiary | None:
    """The open diary of a sender's watch; without a number the one last added to.

    A diary nobody added to for a season counts as forgotten.
    """
    since = now - timedelta(days=float(load("rate_diary")["limits"]["forgotten_days"]))
    query = select(RateDiary).where(
        RateDiary.sender == sender, RateDiary.state == OPEN, RateDiary.last_at >= since
    )
    if watch_no is not None:
        query = query.where(RateDiary.watch_no == watch_no)
    return session.scalar(query.order_by(RateDiary.last_at.desc(), RateDiary.id.desc()).limit(1))


def get_diary(session: Session, diary_id: int) -> RateDiary | None:
    """A diary by its number, open or closed."""
    return session.get(RateDiary, diary_id)


def readings_of(session: Session, diary: RateDiary) -> list[Reading]:
    """The readings of a diary, oldest first."""
    rows = session.scalars(
        select(RateReading).where(RateReading.diary_id == diary.id).order_by(RateReading.at)
    )
    return [Reading(row.at, row.offset_s, row.half_width_s) for row in rows]


def do_start_diary(
    session: Session,
    *,
    sender: str,
    channel: str,
    watch_no: int,
    calibre: str | None,
    movement: str | None,
    now: datetime,
) -> RateDiary:
    """Open a diary for a watch; one that is open for it is closed.

    Args:
        session: the transaction that also stores the first reading.
        sender: the proven sender.
        channel: where the customer writes, for the reminders.
        watch_no: which of the sender's watches.
        calibre: as far as known.
        movement: as far as known.
        now: the moment of the first reading.
    """
    locks.lock(session, f"rate_diary:{sender}")
    query = select(RateDiary).where(
        RateDiary.sender == sender, RateDiary.watch_no == watch_no, RateDiary.state == OPEN
    )
    for old in session.scalars(query):
        old.state = CLOSED
        _forget_reminders(session, old)
    diary = RateDiary(
        sender=sender, channel=channel, watch_no=watch_no, calibre=calibre, movement=movement,
        state=OPEN, started_at=now, last_at=now,
    )  # fmt: skip
    session.add(diary)
    session.flush()
    audit.record(
        session, who=sender, what="do_start_diary", subject=("rate_diary", diary.id), now=now
    )
    return diary


def do_add_reading(session: Session, diary: RateDiary, reading: Reading) -> list[Reading]:
    """Add a reading, once however often it is delivered, and set the next reminder.

    Returns:
        All readings, oldest first.
    """
    locks.lock(session, f"rate_diary:{diary.sender}")
    known = readings_of(session, diary)
    if not any(one.at == reading.at for one in known):
        session.add(
            RateReading(
                diary_id=diary.id,
                at=reading.at,
                offset_s=reading.offset_s,
                half_width_s=reading.half_width_s,
            )
        )
        diary.started_at = min(diary.started_at, reading.at)
        diary.last_at = max(diary.last_at, reading.at)
        session.flush()
        known = readings_of(session, diary)
    _remind(session, diary, reading.at)
    return known


def do_correct_reading(session: Session, diary: RateDiary, reading: Reading) -> list[Reading]:
    """Replace what the last reading said; its moment stays. Returns all readings."""
    last = session.scalar(
        select(RateReading)
        .where(RateReading.diary_id == diary.id)
        .order_by(RateReading.at.desc())
        .limit(1)
    )
    if last is not None:
        last.offset_s, last.half_width_s = reading.offset_s, reading.half_width_s
        session.flush()
    return readings_of(session, diary)


def next_day(diary: RateDiary, now: datetime) -> int | None:
    """Days after the start when the next reading is wanted; None when there are enough."""
    calendar = load("rate_diary")["calendar"]
    days: Sequence[int] = calendar[diary.movement if diary.movement in calendar else _kind(diary)]
    # A few hours early is the same day to the customer.
    passed = (now - diary.started_at) / timedelta(days=1) + 0.25
    return next((day for day in days if day > passed), None)


def _kind(diary: RateDiary) -> str:
    return "mechanical" if diary.movement in (None, "mechanical") else "other"


def _remind(session: Session, diary: RateDiary, now: datetime) -> None:
    _forget_reminders(session, diary)
    day = next_day(diary, now)
    if day is None:
        return
    outbox.enqueue(
        session,
        kind=outbox.NEXT_VISIT,
        key=f"{_prefix(diary)}{day}",
        channel=diary.channel,
        sender=diary.sender,
        payload={"event": REMINDER, "calibre": diary.calibre, "day": day},
        now=now,
        due_at=diary.started_at + timedelta(days=day) - timedelta(hours=2),
    )


def _prefix(diary: RateDiary) -> str:
    return f"rate_diary:{diary.id}:"


def _forget_reminders(session: Session, diary: RateDiary) -> None:
    """What was not shown yet is outdated by the reading just made."""
    session.execute(
        delete(OutboxRow).where(
            OutboxRow.key.startswith(_prefix(diary)), OutboxRow.state == "waiting"
        )
    )
