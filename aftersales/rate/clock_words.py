"""Times of day as a customer reads them off a watch: 10:05:00, 十点零五分整, 10点5分30秒.

The grammar is data (``knowledge/rate_diary.yml``). A time that no dial can show (25:61:00) is
returned as such, so that it can be asked about instead of being ignored.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from aftersales.knowledge import load
from aftersales.language import normalise
from aftersales.language.numerals import parse_quantity

_DAY = 86400


@dataclass(frozen=True)
class ClockTime:
    """One time of day in a text.

    Attributes:
        second: seconds since midnight as read (the middle of the minute when only minutes were
            said), or None when no dial can show it.
        half_width_s: the reading may be this many seconds off either way.
        shown: the time as it is repeated to the customer, ``10:05:00`` or ``10:05``.
        owner: ``watch``, ``true`` (a telephone, the radio) or None when not said.
        start: first character in the normalised text.
        end: one behind the last.
    """

    second: float | None
    half_width_s: float
    shown: str
    owner: str | None
    start: int
    end: int


def clock_times(text: str) -> list[ClockTime]:
    """Find the times of day in a text, in their order."""
    plain = normalise(text)
    found: list[ClockTime] = []
    for pattern in _patterns():
        for match in pattern.finditer(plain):
            if _hour_only(match):
                continue
            if not any(one.start < match.end() and match.start() < one.end for one in found):
                found.append(_time(match, plain))
    return sorted(found, key=lambda one: one.start)


def is_bare(text: str) -> bool:
    """Whether the text is a time of day and nothing else of weight ("现在表上 10:05:00")."""
    plain = normalise(text)
    times = clock_times(plain)
    if not times:
        return False
    rest = plain
    for one in reversed(times):
        rest = rest[: one.start] + " " + rest[one.end :]
    rest = re.sub(str(_grammar()["true_time"]).removesuffix("$"), " ", rest)
    return re.fullmatch(str(_grammar()["fill"]), rest) is not None


def _grammar() -> dict[str, Any]:
    grammar: dict[str, Any] = load("rate_diary")["grammar"]
    return grammar


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    grammar = _grammar()
    spoken = str(grammar["spoken"]).replace("{n}", str(grammar["number"]))
    return re.compile(str(grammar["colon"])), re.compile(spoken)


def _hour_only(match: re.Match[str]) -> bool:
    """Whether only an hour was said: "3点" tells when to call, not what a dial shows."""
    part = match.groupdict()
    return not any(part.get(name) for name in ("m", "s", "half", "quarter", "sharp"))


def _time(match: re.Match[str], plain: str) -> ClockTime:
    part = match.groupdict()
    hour, minute, second = (_number(part.get(name)) for name in ("h", "m", "s"))
    if part.get("half"):
        minute = 30
    if part.get("quarter"):
        minute = 15 * (_number(part["quarter"]) or 0)
    limits = load("rate_diary")["limits"]
    sharp = part.get("sharp") or re.search(_grammar()["sharp"], plain)
    if second is None and sharp:
        second = 0
    owner = _owner(plain[max(0, match.start() - 12) : match.start()])
    possible = hour is not None and hour <= 24 and (minute or 0) < 60 and (second or 0) < 60
    if not possible or hour is None:
        return ClockTime(None, 0.0, match.group(), owner, match.start(), match.end())
    shown = f"{hour:d}:{minute or 0:02d}" + (f":{second:02d}" if second is not None else "")
    if second is None:
        # Anywhere within the minute: its middle, give or take half of it.
        read, width = 30.0, float(limits["minutes_only_s"])
    else:
        read, width = float(second), float(limits["sharp_s" if second == 0 else "odd_s"])
    total = (hour * 3600 + (minute or 0) * 60 + read) % _DAY
    return ClockTime(total, width, shown, owner, match.start(), match.end())


def _number(span: str | None) -> int | None:
    if span is None:
        return None
    # 零五 is five; the general reader of numbers wants no leading zero sign.
    quantity = parse_quantity(span.lstrip("零〇") or "零")
    return None if quantity is None else int(quantity.value)


def _owner(before: str) -> str | None:
    grammar = _grammar()
    if re.search(grammar["true_time"], before):
        return "true"
    return "watch" if re.search(grammar["watch_time"], before) else None
