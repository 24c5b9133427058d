"""How a month went for each of our people, read off what they really did."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from aftersales import care, complaints, conversations, deadlines, knowledge, reports, staff
from aftersales.reports.internal import internal_tables
from aftersales.reports.people import Performance, performances
from aftersales.store.tables import Ticket
from tests.aftersales.workshop.repairs import CHIEF, TECHNICIAN, Repair

MakeTicket = Callable[..., Ticket]
LIMITS = ("kept_share", "upheld", "satisfaction")
ANNA, BEN = "anna", "小本"


@pytest.fixture
def people(session: Session, now: datetime) -> None:
    """李师傅 and 主任陈 of the workshop, 安娜 (login anna) and 小本 of the hotline."""
    for name, role, login in (
        (TECHNICIAN, "technician", None),
        (CHIEF, "supervisor", None),
        ("安娜", "hotline", ANNA),
        (BEN, "hotline", None),
    ):
        staff.do_add_staff(
            session, name, role, date(2024, 1, 1), now, "head", login=login,
            trade_since=date(2015, 1, 1), education="college",
        )  # fmt: skip


def month(session: Session, name: str = "2026-11") -> dict[str, Performance]:
    return {one.name: one for one in performances(session, reports.month(name))}


def uphold(
    session: Session, ticket: Ticket, about: str, name: str, now: datetime, upheld: bool = True
) -> None:
    complaints.do_record_cause(session, ticket, about, "manner", now, "head")
    complaints.do_record_finding(session, ticket, upheld, now, "head", name)


@pytest.mark.usefixtures("people")
def test_a_repair_is_the_technicians_and_each_deadline_his_who_kept_it(
    session: Session, now: datetime
) -> None:
    one = Repair.new(session, now).to("archived")
    care.do_record_opinion(session, one.ticket, one.now, ANNA, score=5)
    found = month(session)
    # Estimate and repair are the bench's. The first answer ended with his start of the service, but
    # is no technician's affair.
    assert (found[TECHNICIAN].services, found[TECHNICIAN].kept) == (1, 2)
    assert (found[TECHNICIAN].average, found[TECHNICIAN].opinions) == (5.0, 1)
    # Sent and checked.
    assert (found[CHIEF].services, found[CHIEF].kept, found[CHIEF].average) == (0, 2, None)
    assert all(one.broken == one.upheld == 0 for one in found.values())


@pytest.mark.usefixtures("people")
def test_who_answers_and_closes_served(
    session: Session, make_ticket: MakeTicket, now: datetime
) -> None:
    ticket = make_ticket(kind="complaint")
    late = now + timedelta(hours=25)
    complaints.do_answer_complaint(session, ticket, "已经重修。", late, ANNA)
    complaints.do_record_cause(session, ticket, "service", "workmanship", late, ANNA)
    complaints.do_record_measure(session, ticket, "复检两天", late, ANNA)
    complaints.do_close_complaint(session, ticket, late + timedelta(hours=1), BEN)
    talk = conversations.get_or_open(session, "s", "widget", now)
    conversations.do_request_person(session, talk, "asked", now)
    conversations.do_take_over(session, talk, ANNA, now)
    conversations.do_return_to_bot(session, talk, ANNA, now + timedelta(hours=1))
    found = month(session)
    assert (found["安娜"].services, found["安娜"].kept, found["安娜"].broken) == (1, 1, 1)
    assert found["安娜"].share == 0.5
    assert (found[BEN].services, found[BEN].kept, found[BEN].broken) == (1, 1, 0)


@pytest.mark.usefixtures("people")
def test_a_call_after_the_work_is_his_who_made_it(session: Session, now: datetime) -> None:
    one = Repair.new(session, now).to("archived")
    plan = next(due for due in care.due_list(session, now + timedelta(days=60)))
    row = session.get(care.plans.CarePlan, plan.plan_id)
    assert row is not None
    before = month(session)["安娜"].kept
    care.do_finish_callback(session, row, "走时正常", one.now + timedelta(days=3), ANNA)
    assert month(session)["安娜"].kept == before + 1


@pytest.mark.usefixtures("people")
def test_what_breaks_on_the_bench_is_his_who_had_the_watch_then(
    session: Session, now: datetime
) -> None:
    one = Repair.new(session, now).to("repairing")
    agreed = one.now + timedelta(days=2)
    deadlines.do_agree_delivery(session, one.ticket, agreed, one.now, ANNA)
    one.now = agreed + timedelta(hours=1)
    one.assign(CHIEF)  # he takes it over when it is late already
    assert month(session)[TECHNICIAN].broken == 1
    assert month(session)[CHIEF].broken == 0


@pytest.mark.usefixtures("people")
def test_who_was_sent_late_broke_nothing(session: Session, now: datetime) -> None:
    one = Repair.new(session, now)
    one.register()
    one.now += timedelta(days=7)
    one.assign()
    one.stage("arrived")
    one.start()
    found = month(session)
    assert (found[TECHNICIAN].broken, found[CHIEF].broken) == (0, 1)


@pytest.mark.usefixtures("people")
def test_a_clerk_answers_for_what_he_ends(session: Session, now: datetime) -> None:
    staff.do_add_staff(session, "业务员周", "clerk", date(2024, 1, 1), now, "head")
    one = Repair.new(session, now)
    one.register()
    deadlines.do_meet(
        session, deadlines.find(session, f"first_answer:{one.ticket.number}"), one.now, "业务员周"
    )
    assert month(session)["业务员周"].kept == 1


@pytest.mark.usefixtures("people")
def test_a_complaint_counts_in_the_month_it_was_found_true(
    session: Session, make_ticket: MakeTicket, now: datetime
) -> None:
    decided = datetime(2026, 12, 2, 2, 0, tzinfo=UTC)
    first, second, third = (make_ticket(kind="complaint") for _ in range(3))
    uphold(session, first, "person", "安娜", decided)
    uphold(session, second, "service", ANNA, decided)  # by the login; no rung of the ladder
    uphold(session, third, "person", "安娜", decided, upheld=False)
    uphold(session, first, "person", "安娜", decided + timedelta(days=40))  # written down again
    assert month(session)["安娜"].upheld == 0
    assert month(session, "2027-01")["安娜"].upheld == 0
    december = month(session, "2026-12")["安娜"]
    assert (december.upheld, december.ladder.upheld, december.ladder.step) == (2, 1, "warning")
    assert december.met is False


@pytest.mark.usefixtures("people")
def test_a_complaint_reopened_counts_once(
    session: Session, make_ticket: MakeTicket, now: datetime
) -> None:
    ticket, later = make_ticket(kind="complaint"), now + timedelta(days=30)
    complaints.do_answer_complaint(session, ticket, "向您道歉。", now, ANNA)
    complaints.do_record_measure(session, ticket, "谈话", now, ANNA)
    uphold(session, ticket, "person", "安娜", now)
    complaints.do_close_complaint(session, ticket, now, ANNA)
    complaints.do_reopen_complaint(session, ticket, later, ANNA, "又来了")
    uphold(session, ticket, "person", "安娜", later)
    assert (month(session)["安娜"].upheld, month(session, "2026-12")["安娜"].upheld) == (1, 0)


def test_only_who_was_here_is_on_the_page(session: Session, now: datetime, people: None) -> None:
    member = staff.on_staff(session, now.date(), now.date())[0]
    staff.do_leave_staff(session, member, date(2026, 10, 31), now, "head")
    assert TECHNICIAN not in month(session) and TECHNICIAN in month(session, "2026-10")


def performance(**given: object) -> Performance:
    nothing = complaints.Ladder("x", 0, None, None)
    values: dict[str, object] = {
        "services": 1, "kept": 0, "broken": 0, "upheld": 0, "opinions": 0, "average": None, **given,
    }  # fmt: skip
    return Performance(
        name="x", role="hotline", ladder=nothing, standing=staff.Standing(None, None), **values  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("given", "met"),
    [
        ({"services": 0}, None),
        ({}, True),
        ({"kept": 95, "broken": 5, "average": 4.0}, True),
        ({"kept": 94, "broken": 6}, False),
        ({"kept": 1, "average": 3.9}, False),
        ({"kept": 1, "upheld": 1}, False),
        ({"services": 0, "upheld": 1}, False),
        ({"services": 0, "broken": 1}, False),
    ],
)
def test_all_thresholds_must_be_met(given: dict[str, object], met: bool | None) -> None:
    assert performance(**given).met is met


def test_a_threshold_without_a_figure_is_not_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    book = {**knowledge.load("staff"), "thresholds": dict.fromkeys(LIMITS)}
    load = knowledge.load
    monkeypatch.setattr(knowledge, "load", lambda name: book if name == "staff" else load(name))
    assert performance(broken=9, upheld=9, average=1.0).met is None


@pytest.mark.usefixtures("people")
def test_the_page_says_it_in_words(session: Session, now: datetime) -> None:
    Repair.new(session, now).to("archived")
    (table, *_) = internal_tables(session, reports.month("2026-11"))
    rows = {row[0]: row for row in table.rows}
    assert all(len(row) == len(table.columns) for row in table.rows)
    assert rows[TECHNICIAN][1:4] == ("技术人员", "1", "2")
    assert rows[TECHNICIAN][-3:] == ("是", "是", "达标")
    assert rows[BEN][-1] == "不评"


@pytest.mark.usefixtures("people")
def test_the_report_itself_counts_our_people_and_names_nobody(
    session: Session, now: datetime
) -> None:
    report = reports.monthly_report(session, reports.month("2026-11"))
    page = reports.markdown(reports.title(report), reports.tables(report), "-")
    assert "| 两项都符合 | 4 |" in page
    assert not [name for name in (TECHNICIAN, CHIEF, "安娜", ANNA, BEN) if name in page]
