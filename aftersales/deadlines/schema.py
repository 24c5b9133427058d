"""The kinds of deadlines, read from ``knowledge/deadlines.yml``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

from aftersales import knowledge

Clock = Literal["open", "working", "wall"]
CLOCKS: tuple[Clock, ...] = ("open", "working", "wall")


class DeadlineKindError(ValueError):
    """A kind in the file cannot be used; the message says which and why."""


@dataclass(frozen=True)
class Kind:
    """One kind of deadline.

    Attributes:
        name: its key in the file.
        clock: which clock counts.
        hours: time allowed, or None when months or an agreement say it.
        months: calendar months allowed (wall clock), or None.
        tickets: kinds of tickets it runs for by itself.
        starts: ``created``, ``agreed``, or states: it starts in any of them and is met by leaving.
        met_by: states that meet it.
        done_by: actions of ``knowledge/workshop.yml`` that meet it without a change of state.
        spoken: channels by which a kind of ticket is taken down while the customer speaks with a
            colleague, which answers him at once.
        pauses: whether waiting for the customer or for parts stops its clock.
        warn_fraction: warn when so much of the time has passed.
        warn_hours: or: warn so many hours before the end.
        again_hours: hours from the end to the second escalation, and to each after it.
        chain: roles: the first is warned, the next ones are told when it breaks.
        told: the customer has heard the moment.
        answers: meeting it is the first answer to the customer.
        per_day: each day late is recorded.
        fen_per_day: what each such day costs the house, in fen; None while the operator has not
            said. Internal: no customer is told.
        call: keeping it means to contact the customer, which ends with his consent.
    """

    name: str
    clock: Clock
    hours: float | None
    months: int | None
    tickets: tuple[str, ...]
    starts: str | tuple[str, ...]
    met_by: tuple[str, ...]
    done_by: tuple[str, ...]
    spoken: Mapping[str, Sequence[str]]
    pauses: bool
    warn_fraction: float | None
    warn_hours: float | None
    again_hours: float
    chain: tuple[str, ...]
    told: bool
    answers: bool
    per_day: bool
    fen_per_day: int | None
    call: bool

    @property
    def states(self) -> tuple[str, ...]:
        """The states during which it runs; none when something else starts it."""
        return self.starts if isinstance(self.starts, tuple) else ()

    def warn_after(self, allowance: timedelta) -> timedelta:
        """Return how much of the time allowed passes before the warning."""
        if self.warn_fraction is not None:
            return allowance * self.warn_fraction
        return max(allowance - timedelta(hours=self.warn_hours or 0), timedelta())


def kinds() -> Mapping[str, Kind]:
    """Return all kinds by name.

    Raises:
        DeadlineKindError: one of them cannot be used.
    """
    return knowledge.derive("deadlines", _kinds)


def kind_of(name: str) -> Kind:
    """Return one kind.

    Raises:
        KeyError: there is no such kind.
    """
    return kinds()[name]


def paused_in() -> Mapping[str, str]:
    """Return the states in which we wait for somebody else, with the reason."""
    found: Mapping[str, str] = knowledge.load("deadlines")["paused_in"]
    return found


def reasons() -> Sequence[str]:
    """Return the reasons for a pause."""
    return tuple(knowledge.load("deadlines")["reasons"])


def _kinds(data: Mapping[str, Any]) -> Mapping[str, Kind]:
    return {name: _kind(name, entry) for name, entry in data["kinds"].items()}


def _kind(name: str, entry: Mapping[str, Any]) -> Kind:
    clock, warn = entry.get("clock"), entry.get("warn") or {}
    starts = entry.get("starts", "")
    if clock not in CLOCKS:
        raise DeadlineKindError(f"{name}: clock is one of {', '.join(CLOCKS)}, not {clock!r}")
    if entry.get("months") and clock != "wall":
        raise DeadlineKindError(f"{name}: months are counted by the wall clock only")
    if ("fraction" in warn) == ("hours" in warn):
        raise DeadlineKindError(f"{name}: warn needs fraction or hours")
    if len(entry["chain"]) < 2:
        raise DeadlineKindError(f"{name}: chain needs somebody to warn and somebody to tell")
    if not ("hours" in entry or "months" in entry or starts == "agreed"):
        raise DeadlineKindError(f"{name}: needs hours, months or starts: agreed")
    fen = entry.get("fen_per_day")
    if fen is not None and (isinstance(fen, bool) or not isinstance(fen, int) or fen < 0):
        raise DeadlineKindError(f"{name}: fen_per_day is whole fen or empty, not {fen!r}")
    return Kind(
        name=name,
        clock=clock,
        hours=entry.get("hours"),
        months=entry.get("months"),
        tickets=tuple(entry.get("tickets", ())),
        starts=tuple(starts) if isinstance(starts, list) else str(starts),
        met_by=tuple(entry.get("met_by", ())),
        done_by=tuple(entry.get("done_by", ())),
        spoken=entry.get("spoken", {}),
        pauses=bool(entry.get("pauses", False)),
        warn_fraction=warn.get("fraction"),
        warn_hours=warn.get("hours"),
        again_hours=float(entry["again"]),
        chain=tuple(entry["chain"]),
        told=bool(entry.get("told", False)),
        answers=bool(entry.get("answers", False)),
        per_day=bool(entry.get("per_day", False)),
        fen_per_day=fen,
        call=bool(entry.get("call", False)),
    )
