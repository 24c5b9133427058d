"""Numbers into sentences: the templates are in ``knowledge/rate.yml``, the choosing is here."""

import re
from dataclasses import dataclass

from aftersales.knowledge import load
from aftersales.lines import Line, line, sources
from aftersales.watches.calibre import Calibre, Tolerance


@dataclass(frozen=True)
class Words:
    """What a verdict sentence is made of. Rates in ``unit``, ``rate`` in s/day."""

    kind: str
    basis: str | None
    unit: str
    shown: float
    limit: Tolerance | None
    calibre: Calibre | None
    movement: str | None
    uncertain: bool
    rate: float
    measured: bool = False


def phrase(words: Words) -> Line:
    """Say the verdict: the answer first, then the figure it rests on, then the next step."""
    texts = load("rate")
    values = _values(words)
    parts = [line(texts["kinds"][key], values) for key in _keys(words)]
    return Line(
        "".join(part.say for part in parts),
        "".join(part.say_desk for part in parts),
        sources(texts["source"]),
    )


def _keys(words: Words) -> list[str]:
    if words.kind == "implausible":
        return ["implausible"]
    if words.kind == "no_figure":
        known = words.calibre is not None
        return ["no_figure_known" if known else "no_figure_unknown"]
    keys = [words.kind, f"basis_{words.basis}"]
    if words.limit and words.limit.standard == "static":
        keys.append("static")
    if words.uncertain:
        keys.append("uncertain_measured" if words.measured else "uncertain")
    elif words.kind != "within" and not words.measured:
        keys.append("measure_mechanical" if words.unit == "s/day" else "measure_quartz")
    return keys


def _values(words: Words) -> dict[str, object]:
    calibre, texts = words.calibre, load("rate")
    official = calibre is not None and re.fullmatch(texts["official"], calibre.code)
    return {
        "code": calibre.code if calibre else "",
        "family": calibre.family_rate.name if calibre and calibre.family_rate else "",
        "period": texts["periods"][words.unit],
        "amount": amount(words.shown),
        "range": _range(words.limit) if words.limit else "",
        "authority": texts["authority"]["official" if official else "seen"],
        "movement": texts["movements"].get(words.movement or "", texts["movements"]["unknown"]),
    }


def amount(value: float) -> str:
    """Seconds with their direction: 12.0 -> "快 12 秒"; from a minute on minutes and seconds."""
    words = load("rate")["words"]
    size = abs(value)
    if size < 0.05:
        return str(words["exact"])
    direction = words["fast"] if value > 0 else words["slow"]
    return f"{direction} {duration(size)}"


def duration(seconds: float) -> str:
    """Seconds without direction: 90 -> "1 分钟 30 秒"."""
    words = load("rate")["words"]
    if seconds < 60:
        return f"{trim(seconds)} {words['second']}"
    whole = round(seconds)
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    said = f"{hours} {words['hour']} " if hours else ""
    said += f"{minutes} {words['minute']} " if minutes else ""
    said += f"{left} {words['second']}" if left else ""
    return said.strip()


def _range(limit: Tolerance) -> str:
    words = load("rate")["words"]
    period = load("rate")["periods"][limit.unit]
    if limit.low == -limit.high:
        return str(words["symmetric"]).format(period=period, high=trim(limit.high))
    return str(words["between"]).format(
        period=period, low=trim(abs(limit.low)), high=trim(limit.high)
    )


def trim(value: float) -> str:
    """A number with at most one decimal: 12.0 -> "12"."""
    return f"{value:.1f}".removesuffix(".0")
