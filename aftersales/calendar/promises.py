"""When a first answer is due, by the clock each promise names in ``knowledge/calendar.yml``."""

from datetime import datetime, timedelta

from aftersales import knowledge
from aftersales.calendar.hours import OpeningHours
from aftersales.clock import require_utc


def first_answer_due(kind: str, start: datetime) -> datetime | None:
    """Return when the first answer to something of ``kind`` is due, in UTC.

    Args:
        kind: ``question``, ``callback``, ``repair`` or ``complaint``.
        start: when it arrived.

    Returns:
        The moment, or None when the opening hours have no room for it: then nothing is promised.

    Raises:
        KeyError: no promise is written down for that kind.
    """
    data = knowledge.load("calendar")
    promise = data["promises"][kind]
    if promise["clock"] == "wall":
        return require_utc(start) + timedelta(hours=promise["hours"])
    return OpeningHours.from_knowledge(data).add_open_hours(start, promise["hours"])
