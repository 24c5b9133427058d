"""The chart of a rate diary: an SVG of its readings, the fitted line and the tolerance band.

Drawn with presentation attributes only, so that it needs no style sheet and no script and shows
the same inside an image element. The words are in ``knowledge/rate_diary.yml``.
"""

import math
from collections.abc import Sequence
from datetime import timedelta
from html import escape
from zoneinfo import ZoneInfo

from aftersales.knowledge import load
from aftersales.rate.diary import report, span
from aftersales.rate.fit import fit, unwrapped
from aftersales.rate.readings import DAY, Reading
from aftersales.rate.verdict import DAYS, RateVerdict
from aftersales.rate.words import amount, trim

WIDTH, HEIGHT = 640, 360
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 20, 44, 48
_INK, _PALE, _LINE, _BAND = "#1f2933", "#9aa5b1", "#b4232c", "#d9ead9"
_STEPS = (1, 2, 5)


def draw_diary(readings: Sequence[Reading], calibre: str | None, movement: str | None) -> str:
    """Draw a diary's chart with the band of its calibre, or of its kind of movement, if known.

    Raises:
        ValueError: there are no readings.
    """
    verdict = report(readings, calibre, movement).verdict if readings else None
    return draw(readings, verdict)


def draw(readings: Sequence[Reading], verdict: RateVerdict | None = None) -> str:
    """Draw a chart of what the watch gained since the first reading.

    Args:
        readings: oldest first, at least one.
        verdict: of the fitted rate; its tolerance becomes the band. None: no band.

    Raises:
        ValueError: there are no readings.
    """
    if not readings:
        raise ValueError("nothing was read")
    days = [(one.at - readings[0].at).total_seconds() / DAY for one in readings]
    offsets = unwrapped(readings)
    gained = [value - offsets[0] for value in offsets]
    line_through = fit(readings) if len(readings) > 1 else None
    level = line_through.start_s - offsets[0] if line_through else 0.0
    rate = line_through.estimate.rate if line_through else 0.0
    end = max(days[-1], 1.0)
    limit = verdict.tolerance if verdict else None
    slopes = (limit.low / DAYS[limit.unit], limit.high / DAYS[limit.unit]) if limit else (0.0, 0.0)
    most = max(
        [1.0]
        + [abs(g) + one.half_width_s for g, one in zip(gained, readings, strict=True)]
        + [abs(level + rate * end)]
    )
    # The band may leave the picture: the readings are what it is about.
    scale = _Scale(end, _round_up(max(most * 1.15, min(most * 2, max(map(abs, slopes)) * end))))
    parts = [
        *_head(readings, verdict, days[-1]),
        *(_band(scale, slopes, end) if limit else ()),
        *_axes(scale, readings),
        *(_fitted(scale, level, rate, days[-1]) if line_through else ()),
        *(
            _point(scale, day, g, one.half_width_s)
            for day, g, one in zip(days, gained, readings, strict=True)
        ),
        *_legend(bool(limit), line_through is not None),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


class _Scale:
    def __init__(self, days: float, seconds: float) -> None:
        self.days, self.seconds = days, seconds

    def x(self, day: float) -> str:
        return _n(_LEFT + (WIDTH - _LEFT - _RIGHT) * day / self.days)

    def y(self, second: float) -> str:
        inside = min(max(second, -self.seconds), self.seconds)
        middle = (_TOP + HEIGHT - _BOTTOM) / 2
        return _n(middle - (HEIGHT - _TOP - _BOTTOM) / 2 * inside / self.seconds)


def _n(value: float) -> str:
    return f"{value:.1f}"


def _round_up(value: float) -> float:
    power = 10.0 ** math.floor(math.log10(value))
    return next((step * power for step in _STEPS if step * power >= value), 10 * power)


def _text(x: str, y: str, words: str, anchor: str = "start", size: int = 13) -> str:
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" text-anchor="{anchor}" fill="{_INK}">'
        f"{escape(words)}</text>"
    )


def _line(x1: str, y1: str, x2: str, y2: str, colour: str, more: str = "") -> str:
    return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{colour}"{more}/>'


def _head(readings: Sequence[Reading], verdict: RateVerdict | None, days: float) -> list[str]:
    words = load("rate_diary")["chart"]
    told = ""
    if verdict:
        told = str(load("rate")["periods"][verdict.unit]) + amount(verdict.shown)
    about = str(words["about"]).format(count=len(readings), span=span(days), rate=told)
    about = about.rstrip("；")
    return [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"'
        f' width="{WIDTH}" height="{HEIGHT}" role="img" aria-labelledby="t d"'
        ' font-family="PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif">',
        f'<title id="t">{escape(str(words["title"]))}</title>',
        f'<desc id="d">{escape(about)}</desc>',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        _text(_n(_LEFT), "24", f"{words['title']} · {about}", size=15),
    ]


def _band(scale: _Scale, slopes: tuple[float, float], end: float) -> list[str]:
    """The wedge of allowed gains, cut where it leaves the picture."""
    corners = [f"{scale.x(0)},{scale.y(0)}"]
    for slope in slopes:
        if abs(slope) * end > scale.seconds:
            edge = scale.seconds / abs(slope)
            points = [(edge, slope * edge), (end, math.copysign(scale.seconds, slope))]
        else:
            points = [(end, slope * end)]
        if slope is slopes[1]:
            points.reverse()
        corners += [f"{scale.x(day)},{scale.y(second)}" for day, second in points]
    return [f'<polygon points="{" ".join(corners)}" fill="{_BAND}"/>']


def _axes(scale: _Scale, readings: Sequence[Reading]) -> list[str]:
    words = load("rate_diary")["chart"]
    left, right = _n(_LEFT), _n(WIDTH - _RIGHT)
    bottom = _n(HEIGHT - _BOTTOM)
    parts = [
        _line(left, scale.y(0), right, scale.y(0), _INK),
        _line(left, _n(_TOP), left, bottom, _PALE),
        _text("8", _n(_TOP + 4), str(words["fast"]), size=11),
        _text("8", bottom, str(words["slow"]), size=11),
    ]
    for share in (-1.0, -0.5, 0.5, 1.0):
        second = share * scale.seconds
        parts.append(_line(left, scale.y(second), right, scale.y(second), "#e4e7eb"))
        label = ("+" if second > 0 else "−") + trim(abs(second))
        parts.append(_text(_n(_LEFT - 6), _n(float(scale.y(second)) + 16), label, "end", 11))
    step = next((n for n in (1, 2, 5, 7, 14, 30) if scale.days / n <= 8), scale.days / 8)
    zone = ZoneInfo(load("rate_diary")["time_zone"])
    for index in range(int(scale.days / step + 1e-6) + 1):
        day = index * step
        when = (readings[0].at + timedelta(days=day)).astimezone(zone)
        label = str(words["day"]).format(month=when.month, day=when.day)
        parts.append(_line(scale.x(day), bottom, scale.x(day), _n(HEIGHT - _BOTTOM + 5), _PALE))
        anchor = "middle" if 0 < day < scale.days * 0.97 else ("start" if day == 0 else "end")
        parts.append(_text(scale.x(day), _n(HEIGHT - _BOTTOM + 20), label, anchor, 11))
    return parts


def _fitted(scale: _Scale, level: float, rate: float, end: float) -> list[str]:
    return [
        _line(
            scale.x(0), scale.y(level), scale.x(end), scale.y(level + rate * end), _LINE,
            ' stroke-width="2"',
        )
    ]  # fmt: skip


def _point(scale: _Scale, day: float, gained: float, half: float) -> str:
    x = scale.x(day)
    bar = _line(x, scale.y(gained - half), x, scale.y(gained + half), _INK, ' stroke-width="1.5"')
    return f'{bar}<circle cx="{x}" cy="{scale.y(gained)}" r="4" fill="{_INK}"/>'


def _legend(band: bool, fitted: bool) -> list[str]:
    words = load("rate_diary")["chart"]
    parts, x, y = [], _LEFT, HEIGHT - 10
    if fitted:
        parts.append(_line(_n(x), _n(y - 4), _n(x + 22), _n(y - 4), _LINE, ' stroke-width="2"'))
        parts.append(_text(_n(x + 28), _n(y), str(words["fitted"]), size=11))
        x += 110
    if band:
        parts.append(
            f'<rect x="{x}" y="{y - 10}" width="22" height="11" fill="{_BAND}"'
            f' stroke="{_PALE}" stroke-width="0.5"/>'
        )
        parts.append(_text(_n(x + 28), _n(y), str(words["band"]), size=11))
    return parts
