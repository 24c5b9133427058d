"""A report as tables with Chinese headings, ready to be printed or written.

Headings and names come from ``knowledge/reports.yml`` and from the files the keys belong to.
"""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any

from aftersales import knowledge
from aftersales.estimates.money import yuan
from aftersales.reports.calibres import UNKNOWN
from aftersales.reports.complaints import OPEN
from aftersales.reports.monthly import PROMISES, MonthlyReport
from aftersales.reports.pareto import UNCLASSIFIED
from aftersales.reports.periods import Period


@dataclass(frozen=True)
class Table:
    """One table; every cell is text already."""

    key: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def tables(report: MonthlyReport) -> tuple[Table, ...]:
    """Return the tables of a report, in the order they are read."""
    return tuple(
        Table(key, _book()["tables"][key]["title"], tuple(_book()["tables"][key]["columns"]), rows)
        for key, rows in ((key, tuple(make(report))) for key, make in _MAKERS.items())
    )


def title(report: MonthlyReport) -> str:
    """Return the heading of the whole report."""
    return heading(_book()["title"], report.period)


def heading(words: str, period: Period) -> str:
    """Return a heading with its month and days filled in."""
    return words.format(
        month=period.name,
        first=period.first_day.isoformat(),
        last=period.last_day.isoformat(),
    )


def _volumes(report: MonthlyReport) -> Iterable[tuple[str, ...]]:
    kinds = knowledge.load("tickets")["kinds"]
    for line in report.volumes:
        figures = (line.opened, line.finished, line.cancelled, line.open_at_end)
        yield (kinds[line.kind]["name"], *map(str, figures))


def _classes(report: MonthlyReport) -> Iterable[tuple[str, ...]]:
    known, total = knowledge.load("tickets")["classes"], sum(report.classes.values())
    for name, count in report.classes.items():
        label = f"{name} {known[name]['name']}" if name in known else _book()["names"]["undecided"]
        yield label, str(count), percent(count / total if total else None)


def _promises(report: MonthlyReport) -> Iterable[tuple[str, ...]]:
    for kind in PROMISES:
        line = report.promise(kind)
        yield (
            _book()["promises"][kind],
            str(line.kept),
            str(line.broken),
            percent(line.share),
        )


def _service(report: MonthlyReport) -> Iterable[tuple[str, ...]]:
    figures = {
        "overdue_watches": report.overdue.watches,
        "overdue_days": report.overdue.days,
        "overdue_pay": pay(report.overdue.fen),
        "callbacks_due": report.callbacks.due,
        "callbacks_done_of_due": report.callbacks.done_of_due,
        "callbacks_done": report.callbacks.done,
        "callbacks_left": report.callbacks.left,
        "satisfaction_asked": report.opinions.asked,
        "satisfaction_answered": report.opinions.answered,
        "satisfaction_average": number(report.opinions.average, 2),
        "hand_overs_asked": report.hand_overs.asked,
        "hand_overs_taken": report.hand_overs.taken,
        "hand_overs_closed": report.hand_overs.closed,
        "visits_planned": report.visits.planned,
        "visits_came": report.visits.came,
        "visits_unreceived": report.visits.unreceived,
        "visits_wait_median": number(report.visits.waiting_minutes.median, 0),
        "visits_wait_p90": number(report.visits.waiting_minutes.p90, 0),
    }
    for key, figure in figures.items():
        yield _book()["figures"][key], str(figure)


def _scores(report: MonthlyReport) -> Iterable[tuple[str, ...]]:
    for score, count in report.opinions.by_score:
        share = count / report.opinions.answered if report.opinions.answered else None
        yield str(score), str(count), percent(share)


def _kept(report: MonthlyReport) -> Iterable[tuple[str, ...]]:
    kinds = knowledge.load("deadlines")["kinds"]
    for line in report.kept:
        figures = (line.kept, line.broken, line.dropped, line.paused, line.running)
        yield (kinds[line.kind]["name"], *map(str, figures), percent(line.share))


def _turn_rounds(report: MonthlyReport) -> Iterable[tuple[str, ...]]:
    for line in report.turn_rounds:
        hours, days = line.working_hours, line.calendar_days
        figures = (hours.median, hours.p90, days.median, days.p90)
        yield (
            _book()["stretches"][line.stretch],
            str(hours.count),
            *(number(figure, 1) for figure in figures),
        )


def _repeats(report: MonthlyReport) -> Iterable[tuple[str, ...]]:
    for line in report.repeats:
        yield _calibre(line.calibre), str(line.repairs), str(line.repeats), percent(line.share)
    if len(report.repeats) > 1:
        all_ = sum(line.repairs for line in report.repeats)
        again = sum(line.repeats for line in report.repeats)
        yield _book()["names"]["all"], str(all_), str(again), percent(again / all_)


def _causes(report: MonthlyReport) -> Iterable[tuple[str, ...]]:
    book, still = knowledge.load("complaints"), _book()["names"]["open"]
    for line in report.causes:
        about = still if line.about == OPEN else book["about"][line.about]["name"]
        cause = still if line.cause == OPEN else book["causes"][line.cause]["name"]
        yield about, cause, str(line.count), percent(line.share)


def _faults(report: MonthlyReport) -> Iterable[tuple[str, ...]]:
    files = {"cause": ("diagnosis", "causes"), "symptom": ("faults", "symptoms")}
    for line in report.faults:
        if line.source == UNCLASSIFIED:
            name = _book()["names"]["unclassified"]
        else:
            book, section = files[line.source]
            name = knowledge.load(book)[section][line.fault]["name"]
        yield (
            _calibre(line.calibre),
            str(name),
            _book()["sources"][line.source],
            str(line.count),
            percent(line.share),
            percent(line.cumulative),
        )


def _crew(report: MonthlyReport) -> Iterable[tuple[str, ...]]:
    for key, figure in asdict(report.crew).items():
        yield _book()["crew"][key], str(figure)


def _calibre(name: str) -> str:
    return str(_book()["names"]["unknown"]) if name == UNKNOWN else name


def percent(share: float | None) -> str:
    """Return a share as text."""
    return _book()["names"]["nothing"] if share is None else f"{share * 100:.1f}%"


def number(value: float | None, places: int) -> str:
    """Return a figure as text with so many places."""
    return _book()["names"]["nothing"] if value is None else f"{value:.{places}f}"


def pay(fen: int | None) -> str:
    """Return an amount in yuan as text; None is one the operator has not set."""
    return str(_book()["names"]["no_amount"]) if fen is None else yuan(fen)


def _book() -> dict[str, Any]:
    return knowledge.load("reports")


_MAKERS: dict[str, Callable[[MonthlyReport], Iterable[tuple[str, ...]]]] = {
    "volumes": _volumes,
    "classes": _classes,
    "promises": _promises,
    "service": _service,
    "scores": _scores,
    "deadlines": _kept,
    "turn_rounds": _turn_rounds,
    "repeats": _repeats,
    "causes": _causes,
    "crew": _crew,
    "faults": _faults,
}
