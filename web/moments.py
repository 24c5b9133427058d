"""Moments as a page shows them: absolute, in the shop's time, since a page may be read days
later."""

from datetime import datetime

from aftersales import calendar
from aftersales.clock import require_utc


def day(moment: datetime) -> str:
    """Return ``11月25日``."""
    return calendar.spoken(moment, moment).date


def minute(moment: datetime) -> str:
    """Return ``11月25日 18:20`` (24 h)."""
    parts = calendar.spoken(require_utc(moment), moment)
    return f"{parts.date} {parts.time}"
