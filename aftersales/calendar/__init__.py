"""When we are open; the one calendar that greets, promises and counts.

- ``days``   what kind of day a date is: workday, weekend or holiday; knows 调休
- ``hours``  opening periods: open now, next opening, adding open hours
- ``words``  a moment as a customer hears it

When something is due is counted in ``aftersales.deadlines``, with these hours.

The functions here use the calendar in ``knowledge/calendar.yml``. Moments go in and come out
aware, in UTC; only the words are in Shanghai time.
"""

from datetime import date, datetime

from aftersales import knowledge
from aftersales.calendar.hours import OpeningHours
from aftersales.calendar.words import Spoken, spoken

__all__ = [
    "OpeningHours",
    "Spoken",
    "add_open_hours",
    "back_at",
    "local_date",
    "next_open",
    "open_at",
    "opening_hours",
    "spoken",
    "workshop_hours",
]


def opening_hours() -> OpeningHours:
    """Return the calendar of ``knowledge/calendar.yml``."""
    return OpeningHours.from_knowledge(knowledge.load("calendar"))


def workshop_hours() -> OpeningHours:
    """Return the hours in which the workshop works, by the same file."""
    return OpeningHours.from_knowledge(knowledge.load("calendar"), "workshop")


def open_at(now: datetime) -> bool:
    """Say whether somebody is there at ``now``."""
    return opening_hours().open_at(now)


def next_open(now: datetime) -> datetime | None:
    """Return when somebody is there: ``now`` itself when open, None when no opening is in sight."""
    return opening_hours().next_open(now)


def add_open_hours(start: datetime, hours: float) -> datetime | None:
    """Return the moment when ``hours`` of opening time have passed since ``start``, or None."""
    return opening_hours().add_open_hours(start, hours)


def back_at(now: datetime) -> Spoken | None:
    """Return the next opening in words; None when open now or when no opening is known."""
    hours = opening_hours()
    if hours.open_at(now):
        return None
    moment = hours.next_open(now)
    return None if moment is None else spoken(moment, now)


def local_date(now: datetime) -> date:
    """Return the date in the shop's time zone."""
    return opening_hours().local(now).date()
