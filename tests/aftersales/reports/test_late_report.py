"""A watch handed back too late: days always, money only when the operator has said how much."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from aftersales import deadlines, knowledge, outbox, reports
from aftersales.guard import unreviewed
from aftersales.reports.late import LateCase, Overdue, late_cases, overdue
from aftersales.store.tables import OutboxRow
from tests.aftersales.workshop.repairs import Repair

NOVEMBER, DECEMBER = reports.month("2026-11"), reports.month("2026-12")


@pytest.fixture
def set_amount(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Say what a day costs, as the operator does in the file."""
    data, load = knowledge.load("deadlines"), knowledge.load
    delivery = dict(data["kinds"]["delivery"])
    book = {**data, "kinds": {**data["kinds"], "delivery": delivery}}
    monkeypatch.setattr(knowledge, "load", lambda name: book if name == "deadlines" else load(name))
    return lambda fen: delivery.update(fen_per_day=fen)


@pytest.fixture
def late(session: Session, now: datetime) -> Repair:
    """A watch agreed for Friday 27 November and given back on Thursday 3 December; from Saturday to
    Monday we waited for a part."""
    one = Repair.new(session, now).to("repairing")
    agreed = now.replace(day=27)
    deadlines.do_agree_delivery(session, one.ticket, agreed, one.now, "clerk")
    deadlines.do_sweep(session, agreed + timedelta(hours=1))
    one.now = agreed + timedelta(hours=2)
    one.wait_parts()
    deadlines.do_sweep(session, agreed + timedelta(days=2))
    one.now = agreed + timedelta(days=3, hours=12)  # Monday evening
    one.resume()
    deadlines.do_sweep(session, agreed + timedelta(days=5))
    one.now = agreed + timedelta(days=6)
    one.log_work()
    one.to_check()
    one.pass_check()
    one.say_code()
    one.hand_back()
    return one


def test_days_of_waiting_for_parts_are_not_late(session: Session, late: Repair) -> None:
    (november,) = late_cases(session, NOVEMBER)
    (december,) = late_cases(session, DECEMBER)
    # Saturday and Sunday passed in waiting; on Monday, Tuesday to Thursday we were late ourselves.
    assert (november.number, november.days, december.days) == (late.ticket.number, 1, 3)


def test_without_an_amount_there_is_none(session: Session, late: Repair) -> None:
    assert overdue(session, DECEMBER) == Overdue(watches=1, days=3, fen=None)
    (case,) = late_cases(session, DECEMBER)
    assert case.fen is None
    page = reports.markdown(
        "x", reports.tables(reports.monthly_report(session, DECEMBER)), "-"
    ) + reports.markdown("x", reports.internal_tables(session, DECEMBER), "-")
    assert "| 逾期补偿合计（元） | 金额未定 |" in page
    assert f"| {late.ticket.number} | 2026-11-27 10:00 | 3 | 金额未定 |" in page


def test_with_an_amount_there_are_days_and_money(
    session: Session, late: Repair, set_amount: Callable[[int], None]
) -> None:
    set_amount(5_050)
    assert overdue(session, DECEMBER) == Overdue(watches=1, days=3, fen=15_150)
    due = late_cases(session, DECEMBER)[0].due_at
    assert late_cases(session, DECEMBER) == (LateCase(late.ticket.number, due, 3, 15_150),)
    report = reports.monthly_report(session, DECEMBER)
    page = reports.markdown("x", reports.tables(report), "-")
    assert "| 逾期补偿合计（元） | 151.50 |" in page
    assert late.ticket.number not in page  # tickets stand on the internal page only
    inside = reports.markdown("x", reports.internal_tables(session, DECEMBER), "-")
    assert f"| {late.ticket.number} | 2026-11-27 10:00 | 3 | 151.50 |" in inside


def test_nobody_late_costs_nothing(session: Session, set_amount: Callable[[int], None]) -> None:
    set_amount(5_000)
    assert overdue(session, NOVEMBER) == Overdue(watches=0, days=0, fen=0)
    assert late_cases(session, NOVEMBER) == ()


def test_no_customer_hears_the_amount(
    session: Session, late: Repair, set_amount: Callable[[int], None]
) -> None:
    set_amount(5_000)
    told = [str(row.payload) for row in session.query(OutboxRow).filter_by(kind=outbox.NEXT_VISIT)]
    assert told and not [text for text in told if "5000" in text or "50.00" in text]
    assert unreviewed("晚一天补您 50 元") == ["50 元"]
