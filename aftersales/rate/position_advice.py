"""Position rates in sentences: the night's plan, the numbers, the limits, what they look like."""

from collections.abc import Iterator

from aftersales.knowledge import load
from aftersales.lines import Line, line, sources
from aftersales.rate import plan as planning
from aftersales.rate.position_words import WORN, PositionReport
from aftersales.rate.positions import check_limits, looks_magnetised, looks_weak, stats
from aftersales.rate.words import amount, trim


def tells_enough(report: PositionReport) -> bool:
    """Whether the rates allow an answer: two positions, one and the wrist, or two windings."""
    if report.full is not None and report.run_down is not None:
        return True
    return len(report.rates) + (report.worn is not None) >= 2 and bool(report.rates)


def position_advice(
    report: PositionReport, calibre: str | None = None, sudden: bool | None = None
) -> list[Line]:
    """Everything the rates tell, the plan for the night first.

    Args:
        report: from ``position_rates``.
        calibre: the code, as far as known.
        sudden: whether the watch changed at once, as far as known.
    """
    isochronism = None
    if report.full is not None and report.run_down is not None:
        isochronism = report.run_down - report.full
    night = [_say("per_night", rest_h=trim(report.night_h))] if report.night_h else []
    return [
        *_plan(report),
        *night,
        *_numbers(report, isochronism),
        # Pages limit the rate after 24 hours; when nearly run down another one holds.
        *_limits(report, calibre, isochronism if report.day_later else None),
        *_signatures(report, isochronism, sudden),
    ]


def _say(key: str, **values: object) -> Line:
    book = load("positions")
    said = line(book["lines"][key], values)
    return said if said.source else Line(said.say, said.say_desk, sources(book["source"]))


def _name(position: str) -> str:
    return str(load("positions")["names"][position]["say"])


def _plan(report: PositionReport) -> Iterator[Line]:
    if not report.rates:
        return
    if report.worn is None:
        if len(report.rates) > 1:
            yield _say("no_worn")
        return
    assumed = float(load("positions")["plan"]["hours_worn"])
    worn_h = assumed if report.hours_worn is None else report.hours_worn
    plan = planning.rest_plan(
        report.worn, worn_h, report.rates, report.halves.get(WORN, 0.0), report.halves
    )
    best, worst = plan.best, plan.worst
    values = {
        "position": _name(best.position),
        "total": amount(best.total),
        "half": trim(max(0.1, best.half)),
        "worn_h": trim(worn_h),
        "rest_h": trim(planning.DAY_H - worn_h),
        "worn_part": amount(best.worn_part),
        "rest_part": amount(best.rest_part),
        "worst": _name(worst.position),
        "worst_total": amount(worst.total),
    }
    if len(plan.outcomes) == 1:
        yield _say("one_position", **values)
        return
    even = abs(worst.total) - abs(best.total) < float(load("positions")["plan"]["even_from"])
    if even:
        yield _say("plan_already", **values)
    else:
        yield _say("plan", **values)
        yield _say("plan_reason", **values)
        yield _say("own_watch")
    if report.hours_worn is None:
        yield _say("assumed", **values)


def _per_day(seconds: float) -> str:
    return str(load("rate")["periods"]["s/day"]) + amount(seconds)


def _numbers(report: PositionReport, isochronism: float | None) -> Iterator[Line]:
    if len(report.rates) > 2 or (len(report.rates) == 2 and report.worn is None):
        found = stats(report.rates)
        yield _say(
            "summary",
            count=found.count,
            mean=_per_day(found.mean),
            spread=trim(found.spread),
        )
        if found.horizontal is not None and found.vertical is not None:
            yield _say(
                "difference",
                horizontal=_per_day(found.horizontal),
                vertical=_per_day(found.vertical),
                difference=trim(abs(found.horizontal - found.vertical)),
            )
    if isochronism is not None and report.full is not None and report.run_down is not None:
        yield _say(
            "isochronism",
            full=_per_day(report.full),
            run_down=_per_day(report.run_down),
            difference=trim(abs(isochronism)),
        )


def _limits(
    report: PositionReport, calibre: str | None, isochronism: float | None
) -> Iterator[Line]:
    if len(report.rates) < 2 and isochronism is None:
        return
    if calibre is None:
        if len(report.rates) > 2 or report.worn is None:
            yield _say("limit_unknown")
        return
    check = check_limits(report.rates, calibre, isochronism)
    if not check.known:
        yield _say("limit_none", code=check.code)
        return
    if not check.compared:
        return
    names = {**load("positions")["words_for"], **{n: _name(n) for n in report.rates}}
    which = str(names["join"]).join(str(names[one]) for one in check.exceeded)
    said = _say(
        "limit_over" if check.exceeded else "limit_ok",
        code=check.code,
        condition=check.condition,
        which=which,
    )
    yield Line(said.say, said.say_desk, check.source)


def _signatures(
    report: PositionReport, isochronism: float | None, sudden: bool | None
) -> Iterator[Line]:
    magnetised = looks_magnetised(report.rates, sudden)
    if magnetised:
        yield _say("magnetised" if magnetised == "likely" else "magnetised_maybe")
    elif looks_weak(report.rates, isochronism):
        yield _say("low_amplitude")
