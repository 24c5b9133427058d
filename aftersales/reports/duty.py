"""The report itself is owed once a month (standard 3): writing it keeps that deadline."""

from datetime import datetime

from sqlalchemy.orm import Session

from aftersales import deadlines
from aftersales.deadlines.sweep import REPORT
from aftersales.reports.periods import Period


def do_note_written(session: Session, period: Period, now: datetime, who: str) -> bool:
    """Note that the report of a month was written; harmless the second time.

    Args:
        session: a transaction.
        period: a month; one that is not over yet is owed no report.
        now: the moment.
        who: who wrote it.

    Returns:
        Whether that month's report was owed, kept or late.
    """
    if period.end > now:
        return False
    try:
        owed = deadlines.find(session, f"{REPORT}:{period.name}")
    except deadlines.UnknownDeadline:
        return False
    deadlines.do_meet(session, owed, now, who=who)
    return True
