"""Hours and minutes are amounts or periods: 一小时慢一分钟 has one of each, 24小时20秒 too."""

import re

from .directions import Direction
from .gains import Amount
from .numerals import Quantity
from .periods import Period

#: Where one statement ends.
STOP = re.compile(r"[。!?;\n]")
#: What may stand between a period and its amount.
LINK = re.compile(
    r"(?:大概|大约|差不多|估计|可能|应该|至少|起码|最多|顶多|不到|将近|接近|超过|不止|误差|相差|平均|下来|总"
    r"|就|也|要|得|会|能|有|是|在|都|差|个|了|上|约|走|出|,|:|\s)*"
)


def split_short_periods(
    text: str,
    amounts: list[Amount],
    signed: list[Amount],
    directions: list[Direction],
    periods: list[Period],
) -> list[Amount]:
    """Keep the amounts that are no periods: 一小时慢一分钟 has one of each.

    Appends to ``periods`` what turns out to be one; drops an hour or minute that is an amount.
    """
    kept = []
    spans = {(period.start, period.end) for period in periods}
    for index, amount in enumerate(amounts):
        done = amounts[index - 1].end if index else 0
        led = any(0 <= amount.start - d.end <= 3 and d.start >= done for d in directions)
        follower = next((d for d in directions if 0 <= d.start - amount.end <= 6), None)
        later = amounts[index + 1] if index + 1 < len(amounts) else None
        has_amount = (
            follower is not None
            and later is not None
            and 0 <= later.start - follower.end <= 6
            and not STOP.search(text, amount.end, later.start)
        )
        glued = (
            index > 0
            and 0 <= amount.start - amounts[index - 1].end <= 2
            and amount.seconds.low >= 60 * 60
        )
        # 24小时20秒: the longer one is the time it took.
        took = (
            later is not None
            and amount.seconds.low >= 60 * 60 > later.seconds.high
            and LINK.fullmatch(text, amount.end, later.start)
        )
        measured = any(0 <= s.start - amount.end <= 2 for s in signed)
        if not led and (has_amount or glued or took or measured):
            if not any(start < amount.end and amount.start < end for start, end in spans):
                days = amount.seconds
                periods.append(
                    Period(
                        Quantity(days.value / 86400, days.low / 86400, days.high / 86400),
                        amount.start,
                        amount.end,
                        True,
                    )
                )
            continue
        kept.append(amount)
    taken = [(amount.start, amount.end) for amount in kept]
    periods[:] = sorted(
        (
            period
            for period in periods
            if not (period.short and any(s < period.end and period.start < e for s, e in taken))
        ),
        key=lambda period: period.start,
    )
    return kept


__all__ = ["LINK", "STOP", "split_short_periods"]
