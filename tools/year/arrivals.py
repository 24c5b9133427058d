"""Who comes when. Shares are invented but shaped like a shop's year: quiet at spring festival, busy
after sales days and in the wet summer, at noon and in the evening more than at night."""

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

#: By month: February has the festival, summer the sweat and rain, November the sales.
SEASON = (0.9, 0.6, 1.0, 0.9, 1.0, 1.1, 1.3, 1.3, 1.0, 0.9, 1.2, 1.1)
#: By weekday, Monday first.
WEEK = (1.2, 1.0, 1.0, 1.0, 1.1, 0.8, 0.7)
#: By hour of the shop's day.
DAY = (
    1, 1, 0, 0, 0, 1, 2, 3, 5, 9, 10, 9, 8, 7, 8, 8, 8, 7, 6, 7, 8, 7, 5, 3,
)  # fmt: skip
CHANNELS = {"widget": 45, "wechat_oa": 30, "desk": 20, "terminal": 5}
KINDS = {"repair": 74, "callback": 18, "complaint": 8}


@dataclass(frozen=True)
class Arrival:
    """Somebody turns to us."""

    at: datetime
    kind: str
    channel: str


def arrivals(
    year: int, count: int, zone: ZoneInfo, chance: random.Random, months: int = 12
) -> list[Arrival]:
    """Return the year's arrivals in order.

    Args:
        year: the calendar year of the shop.
        count: exactly so many.
        zone: the shop's time zone.
        chance: the seeded source.
        months: only in so many of the year's months.
    """
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(366)]
    days = [day for day in days if day.year == year and day.month <= months]
    weights = [SEASON[day.month - 1] * WEEK[day.weekday()] for day in days]
    found = []
    for day in chance.choices(days, weights, k=count):
        hour = chance.choices(range(24), DAY)[0]
        clock = time(hour, chance.randrange(60), chance.randrange(60))
        moment = datetime.combine(day, clock, zone).astimezone(UTC)
        found.append(Arrival(moment, pick(chance, KINDS), pick(chance, CHANNELS)))
    return sorted(found, key=lambda one: one.at)


def pick(chance: random.Random, weights: dict[str, int]) -> str:
    """Return one of the keys, by weight."""
    return chance.choices(list(weights), list(weights.values()))[0]
