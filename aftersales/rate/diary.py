"""The reasoning of a rate diary: what a message reports, whether it fits, what it comes to.

Pure functions over readings; where they are kept is ``diaries``.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from aftersales.knowledge import load
from aftersales.language import normalise, yes_no
from aftersales.lines import Line, line
from aftersales.rate.clock_words import ClockTime, clock_times, is_bare
from aftersales.rate.fit import Fit, fit, unwrapped
from aftersales.rate.readings import DAY, Reading, nearest, read_watch
from aftersales.rate.verdict import DAYS, IMPLAUSIBLE_S_PER_DAY, RateVerdict, judge
from aftersales.rate.words import amount, trim
from aftersales.watches import find_calibre


@dataclass(frozen=True)
class Heard:
    """What a message says of the watch's time.

    Attributes:
        kind: ``reading``; ``impossible``, ``two_times``, ``another_moment``, ``minutes_only_ok``
            (a key of ``hints``): it cannot be used as it is; or ``nothing``.
        reading: the reading.
        shown: the time on the dial as it is repeated to the customer.
    """

    kind: str
    reading: Reading | None = None
    shown: str = ""


def listen(text: str, now: datetime) -> Heard:
    """Read what a customer reports at this moment ("现在表上 10:05:00").

    Two times, one of them a telephone's, are compared with each other: then it does not matter
    when the message arrived.
    """
    grammar = load("rate_diary")["grammar"]
    plain = normalise(text)
    times = clock_times(plain)
    if not times:
        lacking = re.search(grammar["no_second_hand"], plain)
        return Heard("minutes_only_ok" if lacking else "nothing")
    if any(one.second is None for one in times):
        return Heard("impossible")
    if re.search(grammar["another_moment"], plain):
        return Heard("another_moment")
    true = [one for one in times if one.owner == "true"]
    watch = [one for one in times if one.owner != "true"]
    if len(watch) != 1 or len(true) > 1:
        return Heard("two_times")
    return Heard("reading", _reading(watch[0], true[0] if true else None, now), watch[0].shown)


def _reading(watch: ClockTime, true: ClockTime | None, now: datetime) -> Reading:
    second, width = float(watch.second or 0.0), watch.half_width_s
    if true is None or true.second is None:
        return read_watch(second, now, width)
    return Reading(now, nearest(second - true.second), math.hypot(width, true.half_width_s))


def reports(text: str) -> bool:
    """Whether a message is a report of the time and nothing else."""
    return is_bare(text)


def starts(text: str) -> bool:
    """Whether the customer asks to have the watch's rate measured (帮我测走时)."""
    return _cue("start", text) and not _cue("not_start", text)


def goes_on(text: str) -> bool:
    """Whether the customer wants to report once more (报时, 再报一次时间)."""
    return _cue("again", text) and not _cue("not_start", text)


def wants_chart(text: str) -> bool:
    """Whether the customer wants to see what was measured so far."""
    return _cue("chart", text)


def begins_anew(text: str) -> bool:
    """Whether what was measured so far shall not count (重新测)."""
    return _cue("anew", text)


def too_far(offset_s: float | None, told: bool) -> bool:
    """Whether a sentence names a gain or loss no watch has: 一天快90000秒.

    Args:
        offset_s: the gain or loss in the sentence, seconds, or None.
        told: whether a believable rate was read from it.
    """
    return not told and offset_s is not None and abs(offset_s) > DAY


def _cue(name: str, text: str) -> bool:
    return re.search(load("rate_diary")["cues"][name], normalise(text)) is not None


def was_reset(text: str) -> str | None:
    """The answer to "was it set or did it stop in between?": set, stopped, none, unknown."""
    plain = normalise(text)
    words = load("rate_diary")["reset"]
    for kind in ("unknown", "none", "stopped", "set"):
        if re.search(words[kind], plain):
            return kind
    said = yes_no(plain)
    return {"yes": "set", "no": "none", "unknown": "unknown"}.get(said or "")


def jump(before: Sequence[Reading], new: Reading, movement: str | None) -> float | None:
    """By how many seconds a new reading is off what the earlier ones let expect, if too many.

    More than ten minutes between two looks is asked about always; from the third reading on also
    what lies further from the line than the watch can wander by itself.

    Returns:
        Seconds (positive: the watch is further ahead than expected), or None when it fits.
    """
    if not before or new.at <= before[-1].at:
        return None
    limits = load("rate_diary")["limits"]
    kind = _kind(movement)
    offsets = unwrapped([*before, new])
    days = (new.at - before[-1].at).total_seconds() / DAY
    if len(before) == 1:
        change = offsets[-1] - offsets[-2]
        return change if abs(change) > float(limits["jump_s"]) else None
    line_so_far = fit(before).estimate
    off = offsets[-1] - offsets[-2] - line_so_far.rate * days
    doubt = math.hypot(new.half_width_s, before[-1].half_width_s, line_so_far.half * days)
    wander = float(limits["wander_s_per_day"][kind]) * days
    allowed = max(float(limits["least_jump_s"][kind]), 2 * doubt, wander)
    return off if abs(off) > min(allowed, float(limits["jump_s"]) + 2 * doubt) else None


def is_believable(before: Sequence[Reading], new: Reading) -> bool:
    """Whether a watch nobody touched may have gone from the one earlier reading to this one."""
    if len(before) != 1:
        return False
    days = (new.at - before[0].at).total_seconds() / DAY
    return days > 0 and abs(nearest(new.offset_s - before[0].offset_s)) / days <= (
        IMPLAUSIBLE_S_PER_DAY
    )


@dataclass(frozen=True)
class Report:
    """What a diary comes to.

    Attributes:
        stage: ``first``, ``too_close``, ``early`` or ``settled``.
        fit: the line, from two readings on.
        verdict: the rate held against the calibre's tolerance, from ``early`` on.
        lines: the sentences, in order.
        ticket: label and value for a ticket, from ``early`` on.
    """

    stage: str
    fit: Fit | None
    verdict: RateVerdict | None
    lines: tuple[Line, ...]
    ticket: tuple[str, str] | None = None


def report(
    readings: Sequence[Reading],
    calibre: str | None,
    movement: str | None,
    shown: str = "",
    broken: str | None = None,
) -> Report:
    """Say what the readings come to so far.

    Args:
        readings: oldest first, at least one.
        calibre: code, or None; an unknown one is held against nothing.
        movement: the contract's movement, used when the calibre is unknown.
        shown: the dial's time of the reading just made; empty when none was made.
        broken: why earlier readings no longer count (``anew``, ``stopped``), or None.
    """
    texts = load("rate_diary")
    if len(readings) == 1:
        values = {"shown": shown, "offset": amount(readings[0].offset_s)}
        keys = {"anew": ("anew",), "stopped": ("stopped", "first")}.get(broken or "", ("first",))
        return Report("first", None, None, tuple(line(texts["lines"][k], values) for k in keys))
    line_through = fit(readings)
    estimate = line_through.estimate
    values = {"count": str(estimate.count), "span": span(estimate.days)}
    kept = line(texts["lines"]["kept" if shown else "so_far"], values)
    if estimate.days < float(texts["limits"]["too_close_days"]):
        said = _led(kept, "too_close", values)
        return Report("too_close", line_through, None, (said,))
    found = find_calibre(calibre) if calibre else None
    kind = found.movement if found else movement
    settled = estimate.days >= float(texts["limits"]["settled_days"][_kind(kind)])
    # The diary is the measuring: nobody is asked to set the watch and compare it once more.
    verdict = judge(estimate.rate, found, kind, low=estimate.low, high=estimate.high, measured=True)
    values |= _values(line_through, verdict)
    lines = [_led(kept, "settled" if settled else "early", values)]
    if line_through.scattered:
        lines.append(line(texts["lines"]["moved"]))
    lines.append(Line(verdict.say, verdict.say_desk, verdict.source))
    static = verdict.tolerance is not None and verdict.tolerance.standard == "static"
    if settled and _kind(kind) == "mechanical" and not static:
        lines.append(line(texts["lines"]["worn"]))
    if verdict.kind == "no_figure" and calibre is None:
        lines.append(line(texts["lines"]["ask_calibre"]))
    words = texts["words"]
    ticket = (str(words["ticket_label"]), str(words["ticket_value"]).format(**values))
    stage = "settled" if settled else "early"
    return Report(stage, line_through, verdict, tuple(lines), ticket)


def _led(kept: Line, key: str, values: Mapping[str, str]) -> Line:
    """The sentence ``key`` after the one that says the reading was kept."""
    entry = load("rate_diary")["lines"][key]
    say = line(entry, {**values, "kept": kept.say})
    return Line(say.say, line(entry, {**values, "kept": kept.say_desk}).say_desk)


def _values(line_through: Fit, verdict: RateVerdict) -> dict[str, str]:
    estimate, scale = line_through.estimate, DAYS[verdict.unit]
    return {
        "drift": amount(line_through.drift_s),
        "period": str(load("rate")["periods"][verdict.unit]),
        "rate": amount(estimate.rate * scale),
        "half": trim(max(0.1, estimate.half * scale)),
        "low": amount(estimate.low * scale),
        "high": amount(estimate.high * scale),
    }


def span(days: float) -> str:
    """A length of time as it is said: 20 分钟, 18 小时, 7 天."""
    words = load("rate_diary")["words"]
    length = timedelta(days=days)
    if length < timedelta(hours=1):
        return f"{max(1, round(length / timedelta(minutes=1)))} {words['minutes']}"
    if days < 0.9:
        return f"{round(length / timedelta(hours=1))} {words['hours']}"
    return f"{trim(days)} {words['days']}"


def when_next(day: int | None, days_passed: float) -> Line | None:
    """The sentence that asks for the next reading.

    Args:
        day: days after the start when it is wanted, or None.
        days_passed: days since the start.
    """
    if day is None:
        return None
    texts = load("rate_diary")
    left = max(1, round(day - days_passed))
    words: dict[str, Any] = texts["words"]
    when = str(words["tomorrow"]) if left == 1 else str(words["in_days"]).format(days=left)
    return line(texts["lines"]["next"], {"when": when})


def _kind(movement: str | None) -> str:
    return "mechanical" if movement in (None, "mechanical") else "other"
