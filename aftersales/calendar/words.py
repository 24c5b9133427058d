"""A moment as a customer hears it: the words come from ``knowledge/calendar.yml``."""

from dataclasses import asdict, dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from aftersales import knowledge
from aftersales.clock import require_utc


@dataclass(frozen=True)
class Spoken:
    """Text parameters for one moment in the shop's time zone."""

    date: str
    weekday: str
    time: str
    day_part: str
    near: str

    def parameters(self, prefix: str = "") -> dict[str, str]:
        """Return the parts as response parameters, such as ``back_date`` with the prefix
        ``back_``."""
        return {f"{prefix}{name}": value for name, value in asdict(self).items()}


def spoken(moment: datetime, now: datetime) -> Spoken:
    """Return ``moment`` in words.

    Args:
        moment: the moment spoken about.
        now: when it is said; decides whether a near day has a name of its own.

    Returns:
        ``date`` (11月24日), ``weekday`` (周二), ``time`` (9:30, 24 h), ``day_part`` (上午) and
        ``near``: 今天, 明天, 后天, or the date and weekday for any other day.
    """
    data = knowledge.load("calendar")
    zone, words = ZoneInfo(data["time_zone"]), data["words"]
    there, here = require_utc(moment).astimezone(zone), require_utc(now).astimezone(zone)
    date = words["date"].format(month=there.month, day=there.day)
    weekday = words["weekdays"][there.weekday()]
    part = [entry["word"] for entry in words["day_parts"] if entry["from"] <= there.hour][-1]
    near = words["near"].get((there.date() - here.date()).days, date + weekday)
    return Spoken(date, weekday, f"{there.hour}:{there.minute:02d}", part, near)
