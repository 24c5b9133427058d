"""A visit is arranged within opening hours, received by one of us, over when the visitor left."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from aftersales import knowledge, reports, staff, visits
from aftersales.people.erasures import Places
from aftersales.people.retention import do_retain
from aftersales.people.shredders import Subject, shred
from aftersales.people.trackers import Trackers
from aftersales.reports.figures import Spread
from aftersales.reports.people import performances
from aftersales.reports.visits import Visits
from aftersales.settings import Secret
from aftersales.store.tables import AuditEntry, Ticket, Visit
from aftersales.visits import VisitRefused

MakeTicket = Callable[..., Ticket]
HOUR = timedelta(hours=1)


def arrange(session: Session, at: datetime, now: datetime, **given: object) -> Visit:
    values: dict[str, object] = {"name": "王女士", **given}
    visit, _ = visits.do_arrange_visit(session, at, "老张", now, "anna", **values)  # type: ignore[arg-type]
    return visit


def test_a_visit_is_arranged_and_the_visitor_is_told_when_and_who(
    session: Session, now: datetime, make_ticket: MakeTicket
) -> None:
    ticket = make_ticket()
    visit, told = visits.do_arrange_visit(
        session, now + timedelta(days=1), " 老张 ", now, "anna",
        ticket=ticket, purpose="取表", help_note="订回程票，晚上八点以后",
    )  # fmt: skip
    assert (visit.name, visit.host, visit.ticket_id) == ("王小明", "老张", ticket.id)
    assert "11月24日周二 10:00" in told.say and "老张" in told.say
    assert "老张" in told.say_desk
    assert visits.visits_on(session, date(2026, 11, 24)) == [visit]
    assert visits.visits_on(session, date(2026, 11, 23)) == []


@pytest.mark.parametrize(
    ("at", "best"),
    [
        ("2026-11-24 12:30", "11月24日周二 13:00"),
        ("2026-11-24 18:00", "11月25日周三 9:00"),
        ("2026-11-28 10:00", "11月30日周一 9:00"),
    ],
)
def test_when_nobody_is_there_the_next_time_is_offered(
    session: Session, now: datetime, at: str, best: str
) -> None:
    moment = datetime.fromisoformat(f"{at}+08:00")
    with pytest.raises(VisitRefused) as refused:
        arrange(session, moment, now)
    assert refused.value.problem == "closed"
    assert refused.value.told is not None
    assert best in refused.value.told.say and "不好意思" in refused.value.told.say
    assert session.scalars(select(Visit)).all() == []


def test_when_no_opening_is_known_none_is_made_up(
    session: Session, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    load = knowledge.load
    calendar = {**load("calendar"), "periods": {"workday": [], "weekend": [], "holiday": []}}
    monkeypatch.setattr(
        knowledge, "load", lambda name: calendar if name == "calendar" else load(name)
    )
    with pytest.raises(VisitRefused) as refused:
        arrange(session, now, now)
    assert refused.value.told is not None and ":" not in refused.value.told.say


def test_what_has_passed_or_names_nobody_is_refused(session: Session, now: datetime) -> None:
    for given, problem in (
        ({"at": now - timedelta(minutes=1)}, "passed"),
        ({"at": now, "name": " "}, "no_name"),
    ):
        with pytest.raises(VisitRefused) as refused:
            arrange(session, given.pop("at"), now, **given)  # type: ignore[arg-type]
        assert refused.value.problem == problem
    with pytest.raises(VisitRefused):
        visits.do_arrange_visit(session, now, " ", now, "anna", name="王女士")


def test_at_the_counter_the_first_time_counts(session: Session, now: datetime) -> None:
    visit = arrange(session, now, now)  # stands there already
    assert visits.state_of(visit) == "expected"
    for step in (visits.do_note_received, visits.do_note_left):
        with pytest.raises(VisitRefused):
            step(session, visit, now, "anna")
    for minutes in (1, 2):
        visits.do_note_arrived(session, visit, now + timedelta(minutes=minutes), "anna")
    assert visits.state_of(visit) == "waiting"
    for minutes, who in ((8, "小李"), (9, "老张")):
        visits.do_note_received(session, visit, now + timedelta(minutes=minutes), "anna", who)
    assert visits.state_of(visit) == "received" and visit.received_by == "小李"
    for hours in (1, 2):
        visits.do_note_left(session, visit, now + hours * HOUR, "anna")
    assert visits.state_of(visit) == "left"
    assert visit.arrived_at == now + timedelta(minutes=1)
    assert visit.received_at == now + timedelta(minutes=8)
    assert visit.left_at == now + HOUR
    done = session.scalars(select(AuditEntry.what).where(AuditEntry.subject_kind == "visit"))
    assert list(done) == [
        "do_arrange_visit", "do_note_arrived", "do_note_received", "do_note_left",
    ]  # fmt: skip


def test_who_left_unreceived_was_not_received_afterwards(session: Session, now: datetime) -> None:
    visit = arrange(session, now, now)
    visits.do_note_arrived(session, visit, now, "anna")
    visits.do_note_left(session, visit, now + HOUR, "anna")
    visits.do_note_received(session, visit, now + 2 * HOUR, "anna")
    assert visits.state_of(visit) == "unreceived" and visit.received_at is None


def test_the_month_counts_visits_and_waiting(session: Session, now: datetime) -> None:
    staff.do_add_staff(session, "老张", "clerk", date(2024, 1, 1), now, "head")
    for minutes in (2, 4, 30):
        visit = arrange(session, now, now)
        visits.do_note_arrived(session, visit, now, "anna")
        visits.do_note_received(session, visit, now + timedelta(minutes=minutes), "anna")
        visits.do_note_left(session, visit, now + HOUR, "anna")
    gone = arrange(session, now, now)
    visits.do_note_arrived(session, gone, now, "anna")
    visits.do_note_left(session, gone, now + HOUR, "anna")
    arrange(session, now + timedelta(days=1), now)  # did not come
    arrange(session, now + timedelta(days=8), now)  # in December
    november = reports.month("2026-11")
    report = reports.monthly_report(session, november)
    assert report.visits == Visits(
        planned=5, came=4, unreceived=1, waiting_minutes=Spread(3, 4.0, 30.0)
    )
    page = reports.markdown("x", reports.tables(report), "-")
    assert "| 到店等接待，九成以内（分钟） | 30 |" in page
    assert "王女士" not in page and "老张" not in page
    (host,) = performances(session, november)
    assert host.services == 3


def test_when_a_person_is_deleted_the_visit_keeps_its_times(
    session: Session, now: datetime, make_ticket: MakeTicket
) -> None:
    ticket = make_ticket()
    mine = arrange(session, now, now, name="", ticket=ticket, purpose="取表", help_note="住宿")
    other = arrange(session, now, now, purpose="问路")
    shred(session, Subject(tickets=frozenset({ticket.id})))
    assert (mine.name, mine.purpose, mine.help_note, mine.host) == ("", None, None, "老张")
    assert mine.planned_at == now
    assert (other.name, other.purpose) == ("王女士", "问路")


def test_a_visitors_name_goes_after_a_while(
    session: Session, now: datetime, tmp_path: Path
) -> None:
    places = Places(tmp_path, Trackers(Secret(f"sqlite:///{tmp_path}/rasa.db")), Secret("k"))
    visit = arrange(session, now, now, help_note="住宿")
    assert do_retain(session, places, now + timedelta(days=90)) == {}
    assert do_retain(session, places, now + timedelta(days=91))["visits"] == {"blanked": 1}
    assert (visit.name, visit.help_note, visit.planned_at) == ("", None, now)
