"""A moment as one phrase inside a sentence: 明天上午9:30, 11月30日周一下午2:00."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from aftersales import calendar
from aftersales.knowledge import load

#: A promise is spoken in round times; rounding up never promises earlier than the calendar does.
STEP = timedelta(minutes=5)


def spoken_moment(moment: datetime, now: datetime) -> str:
    """``moment`` in the shop's time, rounded up to five minutes, as a customer hears it."""
    past = (moment - datetime.min.replace(tzinfo=UTC)) % STEP
    rounded = moment + (STEP - past if past else timedelta(0))
    parts = calendar.spoken(rounded, now).parameters()
    local = rounded.astimezone(ZoneInfo(load("calendar")["time_zone"]))
    clock = f"{(local.hour - 1) % 12 + 1}:{local.minute:02d}"
    return str(load("talk")["moment"]).format(**{**parts, "time": clock})


def spoken_day(moment: datetime) -> str:
    """The day of a moment in the shop's calendar: 11月24日."""
    day = calendar.local_date(moment)
    return str(load("talk")["day"]).format(month=day.month, day=day.day)
