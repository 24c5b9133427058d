"""When something is due: pure functions of a start, a time allowed, pauses and the calendar."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from aftersales.deadlines.clocks import Clocks
from aftersales.deadlines.schema import Clock, Kind, kind_of


@dataclass(frozen=True)
class Pause:
    """A time that does not count; without an end it is not over yet and moves nothing so far."""

    begun_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True)
class Step:
    """One thing to do about a deadline: warn the first of the chain, or tell the next one."""

    number: int
    action: Literal["warn", "escalate"]
    role: str
    at: datetime


def allowance(kind: Kind, start: datetime, clocks: Clocks, agreed: datetime | None) -> timedelta:
    """Return the time allowed, in the time of the kind's clock.

    Args:
        kind: what is due.
        start: when it begins.
        clocks: the calendar.
        agreed: the moment agreed with the customer, for a kind that starts by agreement.

    Raises:
        ValueError: it needs an agreed moment and there is none, or it lies before the start.
    """
    if agreed is not None:
        if agreed <= start:
            raise ValueError("the agreed moment lies before the start")
        return clocks.between(kind.clock, start, agreed)
    if kind.months is not None:
        return clocks.months_later(start, kind.months) - start
    if kind.hours is None:
        raise ValueError(f"{kind.name} needs an agreed moment")
    return timedelta(hours=kind.hours)


def due(kind: str, start: datetime, clocks: Clocks) -> datetime | None:
    """Return when something of ``kind`` that begins at ``start`` is due, in UTC.

    None when the calendar has no room for it: then nothing is promised.

    Raises:
        KeyError: there is no such kind.
    """
    known = kind_of(kind)
    return reached(clocks, known.clock, start, allowance(known, start, clocks, None))


def reached(
    clocks: Clocks,
    clock: Clock,
    start: datetime,
    span: timedelta,
    pauses: Iterable[Pause] = (),
) -> datetime | None:
    """Return when ``span`` has passed since ``start`` without counting the pauses.

    A pause moves the moment by its own length in this clock. A pause that begins after the moment
    does not mend it.

    Returns:
        The moment in UTC, or None when the calendar has no room for it.
    """
    moment = clocks.add(clock, start, span)
    for begun, ended in _closed(pauses):
        begun = max(begun, start)
        if moment is None or begun >= moment:
            break
        if ended > begun:
            moment = clocks.add(clock, ended, clocks.between(clock, begun, moment))
    return moment


def counted(
    clocks: Clocks, clock: Clock, start: datetime, end: datetime, pauses: Iterable[Pause] = ()
) -> timedelta:
    """Return how much of the clock's time from ``start`` to ``end`` counts: all but the pauses."""
    total = clocks.between(clock, start, end)
    for begun, ended in _closed(pauses):
        total -= clocks.between(clock, max(begun, start), min(ended, end))
    return max(total, timedelta())


def steps(
    kind: Kind, clocks: Clocks, start: datetime, span: timedelta, pauses: Sequence[Pause] = ()
) -> list[Step]:
    """Return the warning and the escalations in order; those the calendar has no room for are
    left out."""
    wanted = [kind.warn_after(span)]
    wanted += [span + timedelta(hours=kind.again_hours) * n for n in range(len(kind.chain) - 1)]
    found = []
    for number, (role, passed) in enumerate(zip(kind.chain, wanted, strict=True)):
        at = reached(clocks, kind.clock, start, passed, pauses)
        if at is not None:
            found.append(Step(number, "escalate" if number else "warn", role, at))
    return found


def _closed(pauses: Iterable[Pause]) -> Iterator[tuple[datetime, datetime]]:
    """The pauses that are over, in order, overlapping ones as one."""
    current: tuple[datetime, datetime] | None = None
    for begun, ended in sorted((p.begun_at, p.ended_at) for p in pauses if p.ended_at is not None):
        if current is not None and begun <= current[1]:
            current = (current[0], max(current[1], ended))
            continue
        if current is not None:
            yield current
        current = (begun, ended)
    if current is not None:
        yield current
