"""The clock is an argument: whoever needs the time is given a Clock, tests give a fixed one."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Anything that can say what time it is."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        return datetime.now(UTC)


@dataclass
class FixedClock:
    """A clock that stands still until it is set; for tests, demos and replays."""

    moment: datetime

    def now(self) -> datetime:
        """Return the moment the clock was set to.

        Raises:
            ValueError: the moment carries no time zone.
        """
        return require_utc(self.moment)


def require_utc(moment: datetime) -> datetime:
    """Return ``moment`` in UTC.

    Raises:
        ValueError: the moment is naive; nobody could say when it was.
    """
    if moment.tzinfo is None or moment.utcoffset() is None:
        raise ValueError(f"a naive datetime is not accepted: {moment!r}")
    return moment.astimezone(UTC)
