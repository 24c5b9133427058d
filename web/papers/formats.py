"""Moments, money and hours as they stand on paper."""

from datetime import datetime

import cn2an

from aftersales.calendar import opening_hours
from aftersales.estimates.money import yuan


def day(moment: datetime | None) -> str:
    """Return ``2026-11-25`` in the shop's time zone; nothing for None."""
    return f"{opening_hours().local(moment):%Y-%m-%d}" if moment else ""


def clock(moment: datetime | None) -> str:
    """Return ``14:05`` in the shop's time zone; nothing for None."""
    return f"{opening_hours().local(moment):%H:%M}" if moment else ""


def short(moment: datetime | None) -> str:
    """Return ``11-25 14:05`` in the shop's time zone; nothing for None."""
    return f"{opening_hours().local(moment):%m-%d %H:%M}" if moment else ""


def full(moment: datetime | None) -> str:
    """Return ``2026-11-25 14:05`` in the shop's time zone; nothing for None."""
    return f"{day(moment)} {clock(moment)}" if moment else ""


def money(fen: int | None) -> str:
    """Return ``1,380.00`` for 138000 fen; nothing for None."""
    return yuan(fen) if fen is not None else ""


def capitals(fen: int) -> str:
    """Return an amount in the capital numerals of receipts, such as 叁佰捌拾元整."""
    text: str = cn2an.an2cn(f"{fen / 100:.2f}", "rmb")
    return text


def hours(minutes: int) -> str:
    """Return ``1:35`` for 95 minutes."""
    return f"{minutes // 60}:{minutes % 60:02d}"
