"""Our own people: written down once, and held against standard 2."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from aftersales import staff
from aftersales.people.erasures import Places
from aftersales.people.retention import do_retain
from aftersales.people.trackers import Trackers
from aftersales.settings import Secret
from aftersales.staff import Crew, Standing
from aftersales.store.tables import AuditEntry, StaffMember

TODAY = date(2026, 11, 23)


def add(session: Session, now: datetime, name: str, **given: object) -> StaffMember:
    values: dict[str, object] = {"role": "technician", "active_from": date(2024, 1, 1), **given}
    role, first = values.pop("role"), values.pop("active_from")
    return staff.do_add_staff(session, name, role, first, now, "head", **values)  # type: ignore[arg-type]


def test_somebody_is_written_down_changed_and_leaves(session: Session, now: datetime) -> None:
    member = add(session, now, " 老张 ", login="zhang")
    staff.do_change_staff(session, member, now, "head", role="supervisor", education="college")
    assert (member.name, member.role, member.education) == ("老张", "supervisor", "college")
    assert member.login == "zhang" and staff.names_of(member) == ("老张", "zhang")
    staff.do_leave_staff(session, member, date(2026, 10, 31), now, "head")
    assert staff.on_staff(session, TODAY, TODAY) == []
    assert staff.on_staff(session, date(2026, 10, 31), TODAY) == [member]
    assert staff.on_staff(session, date(2023, 1, 1), date(2023, 12, 31)) == []
    done = session.scalars(select(AuditEntry.what).where(AuditEntry.subject_kind == "staff"))
    assert list(done) == ["do_add_staff", "do_change_staff", "do_leave_staff"]


def test_a_name_is_one_persons_also_as_a_login(session: Session, now: datetime) -> None:
    zhang = add(session, now, "老张", login="zhang")
    for name, login in (("老张", None), ("老李", "zhang"), ("zhang", None), ("老李", "老张")):
        with pytest.raises(staff.StaffRefused) as refused:
            add(session, now, name, login=login)
        assert refused.value.problem == "taken"
    li = add(session, now, "老李", login="li")
    with pytest.raises(staff.StaffRefused):
        staff.do_change_staff(session, li, now, "head", login="zhang")
    staff.do_change_staff(session, zhang, now, "head", login="zhang")
    assert li.login == "li"


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"name": " "}, "no_name"),
        ({"role": "cook"}, "role"),
        ({"education": "clever"}, "education"),
        ({"trade_since": date(2024, 1, 2)}, "dates"),
    ],
)
def test_what_cannot_be_is_refused(
    session: Session, now: datetime, given: dict[str, object], problem: str
) -> None:
    with pytest.raises(staff.StaffRefused) as refused:
        add(session, now, **{"name": "老张", **given})  # type: ignore[arg-type]
    assert refused.value.problem == problem
    assert session.scalars(select(StaffMember)).all() == []


def test_nobody_leaves_before_he_came(session: Session, now: datetime) -> None:
    member = add(session, now, "老张")
    with pytest.raises(staff.StaffRefused):
        staff.do_leave_staff(session, member, date(2023, 12, 31), now, "head")


@pytest.mark.parametrize(
    ("since", "day", "years"),
    [
        (date(2021, 11, 23), TODAY, True),
        (date(2021, 11, 24), TODAY, False),
        (date(2020, 2, 29), date(2025, 2, 28), False),
        (date(2020, 2, 29), date(2025, 3, 1), True),
    ],
)
def test_five_years_are_five_years_to_the_day(since: date, day: date, years: bool) -> None:
    assert staff.standing(StaffMember(trade_since=since), day) == Standing(years, None)


@pytest.mark.parametrize(
    ("education", "enough"), [("vocational", False), ("college", True), ("graduate", True)]
)
def test_college_or_above(education: str, enough: bool) -> None:
    assert staff.standing(StaffMember(education=education), TODAY) == Standing(None, enough)


def test_both_parts_make_the_standard_and_what_is_not_known_stays_open() -> None:
    assert Standing(True, True).meets is True
    assert Standing(True, None).meets is None
    assert Standing(False, None).meets is Standing(True, False).meets is False


def test_the_crew_is_counted(session: Session, now: datetime) -> None:
    long = date(2015, 1, 1)
    add(session, now, "甲", trade_since=long, education="bachelor")
    add(session, now, "乙", trade_since=long, education="school")
    add(session, now, "丙", trade_since=long)
    gone = add(session, now, "丁", trade_since=long, education="bachelor")
    staff.do_leave_staff(session, gone, date(2026, 10, 31), now, "head")
    month = staff.crew(session, date(2026, 11, 1), date(2026, 11, 30))
    assert month == Crew(here=3, years=3, education=1, both=1, unknown=1)


def test_who_left_long_ago_goes_and_who_is_here_stays(
    session: Session, now: datetime, tmp_path: object
) -> None:
    places = Places(tmp_path, Trackers(Secret(f"sqlite:///{tmp_path}/rasa.db")), Secret("k"))  # type: ignore[arg-type]
    add(session, now, "甲")
    gone = add(session, now, "乙")
    staff.do_leave_staff(session, gone, TODAY, now, "head")
    assert "staff" not in do_retain(session, places, now + timedelta(days=1094))
    assert do_retain(session, places, now + timedelta(days=1097))["staff"] == {"deleted": 1}
    assert session.scalars(select(StaffMember.name)).all() == ["甲"]
