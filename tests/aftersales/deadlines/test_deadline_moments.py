"""When things are due: three clocks, calendar months, pauses."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales import knowledge
from aftersales.deadlines import Clocks, Pause, due
from aftersales.deadlines.moments import allowance, counted, reached, steps
from aftersales.deadlines.schema import CLOCKS, Clock, DeadlineKindError, kind_of, kinds
from aftersales.deadlines.schema import _kind as read_kind

SHANGHAI = ZoneInfo("Asia/Shanghai")
CLOCK = Clocks.from_knowledge()
moments = st.datetimes(
    datetime(2024, 1, 1),  # noqa: DTZ001
    datetime(2027, 12, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
)
spans = st.timedeltas(timedelta(0), timedelta(hours=120))
clocks = st.sampled_from(CLOCKS)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("kind", "start", "end"),
    [
        # the 4 h answer counts the hotline's hours
        ("first_answer", "2026-11-23 10:00", "2026-11-23 15:00"),
        ("first_answer", "2026-11-23 21:00", "2026-11-24 14:00"),
        ("question", "2026-11-27 17:30", "2026-11-30 13:30"),  # over a weekend
        ("first_answer", "2026-02-14 16:00", "2026-02-24 11:00"),  # worked Saturday, then 春节
        ("first_answer", "2025-09-28 16:00", "2025-09-29 11:00"),  # worked Sunday
        ("first_answer", "2024-09-30 17:00", "2024-10-08 12:00"),  # over 国庆
        # a complaint's 24 h and its month do not stop at night, weekends or holidays
        ("complaint_answer", "2026-09-30 18:00", "2026-10-01 18:00"),
        ("complaint_close", "2026-11-23 10:00", "2026-12-23 10:00"),
        ("complaint_close", "2026-01-31 10:00", "2026-02-28 10:00"),
        ("complaint_close", "2024-01-31 10:00", "2024-02-29 10:00"),
        ("complaint_close", "2026-12-31 23:30", "2027-01-31 23:30"),
        ("complaint_close", "2026-03-01 07:30", "2026-04-01 07:30"),  # still February in UTC
        ("callback_half_year", "2026-08-31 09:00", "2027-02-28 09:00"),
        # the bench counts working time
        ("assign", "2026-11-23 10:00", "2026-11-24 10:00"),
        ("estimate", "2026-09-29 09:00", "2026-09-30 18:00"),
        ("estimate", "2026-09-30 09:00", "2026-10-08 18:00"),
    ],
)
def test_each_kind_counts_by_its_own_clock(kind: str, start: str, end: str) -> None:
    assert due(kind, at(start), CLOCK) == at(end)


def test_a_shop_without_hours_promises_nothing_but_keeps_its_wall_clock() -> None:
    never = Clocks.from_knowledge(
        {**knowledge.load("calendar"), "periods": {}, "workshop": {}, "overrides": {}}
    )
    start = at("2026-11-23 10:00")
    assert due("first_answer", start, never) is None
    assert due("complaint_answer", start, never) == at("2026-11-24 10:00")
    assert steps(kind_of("first_answer"), never, start, timedelta(hours=4)) == []


def test_a_pause_moves_the_moment_by_its_own_length_in_that_clock() -> None:
    start, night = at("2026-11-23 10:00"), Pause(at("2026-11-23 18:00"), at("2026-11-24 09:00"))
    span = timedelta(hours=16)
    assert reached(CLOCK, "working", start, span) == at("2026-11-25 10:00")
    assert reached(CLOCK, "working", start, span, [night]) == at("2026-11-25 10:00")
    day = Pause(at("2026-11-24 09:00"), at("2026-11-25 09:00"))
    assert reached(CLOCK, "working", start, span, [day]) == at("2026-11-26 10:00")
    wall = reached(CLOCK, "wall", start, timedelta(hours=48), [night])
    assert wall == at("2026-11-25 10:00") + timedelta(hours=15)


def test_pauses_that_overlap_count_once_and_an_open_one_moves_nothing_yet() -> None:
    start, span = at("2026-11-23 10:00"), timedelta(hours=48)
    two = [
        Pause(at("2026-11-23 12:00"), at("2026-11-23 14:00")),
        Pause(at("2026-11-23 13:00"), at("2026-11-23 15:00")),
        Pause(at("2026-11-24 12:00")),
    ]
    assert reached(CLOCK, "wall", start, span, two) == start + span + timedelta(hours=3)


def test_a_pause_after_the_end_or_before_the_start_changes_nothing() -> None:
    start, span = at("2026-11-23 10:00"), timedelta(hours=2)
    late = Pause(at("2026-11-23 13:00"), at("2026-11-23 15:00"))
    early = Pause(at("2026-11-22 13:00"), at("2026-11-22 15:00"))
    across = Pause(at("2026-11-23 09:00"), at("2026-11-23 11:00"))
    assert reached(CLOCK, "wall", start, span, [late, early]) == start + span
    assert reached(CLOCK, "wall", start, span, [across]) == start + span + timedelta(hours=1)


def test_warning_then_escalation_then_the_next_person() -> None:
    start = at("2026-11-23 10:00")
    found = steps(kind_of("first_answer"), CLOCK, start, timedelta(hours=4))
    assert [(s.action, s.role, s.at) for s in found] == [
        ("warn", "hotline", at("2026-11-23 14:00")),
        ("escalate", "supervisor", at("2026-11-23 15:00")),
        ("escalate", "manager", at("2026-11-23 17:00")),
    ]
    found = steps(kind_of("complaint_answer"), CLOCK, start, timedelta(hours=24))
    assert [s.at for s in found] == [
        at("2026-11-24 04:00"), at("2026-11-24 10:00"), at("2026-11-24 14:00"),
    ]  # fmt: skip


@given(moments, moments, clocks, spans)
def test_a_later_start_is_never_due_earlier(
    one: datetime, other: datetime, clock: Clock, span: timedelta
) -> None:
    first, last = sorted((one, other))
    earlier, later = CLOCK.add(clock, first, span), CLOCK.add(clock, last, span)
    assert earlier is not None and later is not None
    assert earlier <= later


@given(moments, clocks, spans, spans)
def test_more_time_is_never_due_earlier(
    start: datetime, clock: Clock, one: timedelta, other: timedelta
) -> None:
    less, more = sorted((one, other))
    earlier, later = CLOCK.add(clock, start, less), CLOCK.add(clock, start, more)
    assert earlier is not None and later is not None
    assert earlier <= later


@given(moments, clocks, spans)
def test_counting_undoes_adding_exactly(start: datetime, clock: Clock, span: timedelta) -> None:
    end = CLOCK.add(clock, start, span)
    assert end is not None
    assert CLOCK.between(clock, start, end) == span


pause_lists = st.lists(
    st.tuples(st.timedeltas(timedelta(days=-3), timedelta(days=30)), spans), max_size=4
)


@given(moments, clocks, spans, pause_lists)
def test_pausing_never_makes_it_earlier_and_costs_no_counted_time(
    start: datetime, clock: Clock, span: timedelta, lengths: list[tuple[timedelta, timedelta]]
) -> None:
    pauses = [Pause(start + begin, start + begin + length) for begin, length in lengths]
    plain = reached(CLOCK, clock, start, span)
    paused = reached(CLOCK, clock, start, span, pauses)
    assert plain is not None and paused is not None
    assert paused >= plain
    assert counted(CLOCK, clock, start, paused, pauses) == span
    for place in range(len(pauses)):  # each further pause moves it on, or not at all
        fewer = reached(CLOCK, clock, start, span, pauses[:place])
        more = reached(CLOCK, clock, start, span, pauses[: place + 1])
        assert fewer is not None and more is not None
        assert more >= fewer


def test_every_kind_names_its_clock_its_source_and_who_is_told() -> None:
    data = knowledge.load("deadlines")
    for name, kind in kinds().items():
        entry = data["kinds"][name]
        assert kind.clock in CLOCKS
        assert entry["source"] and entry["reviewed"] and entry["name"]
        assert "标准" in entry["source"] or entry["setting"] is True
        assert set(kind.chain) <= set(data["roles"])
    assert set(data["paused_in"].values()) == set(data["reasons"])


def test_the_figures_of_the_source_document() -> None:
    assert (kind_of("first_answer").hours, kind_of("first_answer").clock) == (4, "open")
    assert (kind_of("complaint_answer").hours, kind_of("complaint_answer").clock) == (24, "wall")
    assert (kind_of("complaint_close").months, kind_of("complaint_close").clock) == (1, "wall")
    assert kind_of("callback_month").months == 1
    assert kind_of("callback_half_year").months == 6
    assert kind_of("delivery").per_day


@pytest.mark.parametrize(
    "change",
    [
        {"clock": "lunar"},
        {"months": 1, "clock": "open"},
        {"warn": {}},
        {"warn": {"hours": 1, "fraction": 0.5}},
        {"chain": ["hotline"]},
        {"hours": None, "drop": True},
        {"fen_per_day": -1},
        {"fen_per_day": 50.5},
        {"fen_per_day": True},
    ],
)
def test_a_kind_that_cannot_be_used_is_named(change: dict[str, Any]) -> None:
    entry = {**knowledge.load("deadlines")["kinds"]["question"], **change}
    if entry.pop("drop", False):
        del entry["hours"]
    with pytest.raises(DeadlineKindError, match="question"):
        read_kind("question", entry)


def test_an_agreed_moment_is_needed_and_lies_ahead() -> None:
    kind, start = kind_of("delivery"), at("2026-11-23 10:00")
    with pytest.raises(ValueError, match="agreed"):
        allowance(kind, start, CLOCK, None)
    with pytest.raises(ValueError, match="before"):
        allowance(kind, start, CLOCK, start)
    with pytest.raises(KeyError):
        due("gift", start, CLOCK)
