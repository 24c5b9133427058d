"""A dealer asks for a training and gets it within a calendar month."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from aftersales import deadlines, reports, trainings
from aftersales.people.erasures import Places
from aftersales.people.retention import do_retain
from aftersales.people.trackers import Trackers
from aftersales.settings import Secret
from aftersales.store.tables import OutboxRow, Training
from aftersales.trainings import TrainingRefused

DAY = timedelta(days=1)


def ask(session: Session, asked: datetime, now: datetime, dealer: str = "示例表行") -> Training:
    return trainings.do_ask_training(session, dealer, "换电池和防水测试", asked, now, "anna")


def test_the_month_is_a_calendar_month_from_asking(session: Session, now: datetime) -> None:
    asked = datetime(2026, 10, 31, 2, 0, tzinfo=UTC)
    one = ask(session, asked, now)  # written down three weeks later
    row = trainings.deadline_of(session, one)
    assert row.due_at == datetime(2026, 11, 30, 2, 0, tzinfo=UTC)
    assert row.key == "training:1" and row.ticket_id is None
    assert [line.name for line in deadlines.running(session, now)] == ["经销商培训"]


def test_it_is_warned_of_and_escalated_each_once(session: Session, now: datetime) -> None:
    one = ask(session, now, now)
    due = trainings.deadline_of(session, one).due_at
    assert due is not None
    assert deadlines.do_sweep(session, due - 8 * DAY).warned == 0
    assert deadlines.do_sweep(session, due - 6 * DAY).warned == 1
    assert deadlines.do_sweep(session, due + DAY).escalated == 1
    assert deadlines.do_sweep(session, due + 2 * DAY) == deadlines.Swept()
    told = [row.payload for row in session.scalars(select(OutboxRow))]
    roles = [each["role"] for each in told if each.get("kind") == "training"]
    assert roles == ["supervisor", "manager"]
    assert "示例表行" not in str(told)


def test_kept_and_broken_are_in_the_monthly_report(session: Session, now: datetime) -> None:
    first, second, third = (ask(session, now, now) for _ in range(3))
    trainings.do_finish_training(
        session, first, "老张", now + 20 * DAY, now + 21 * DAY, "anna", "好"
    )
    trainings.do_finish_training(session, second, "老张", now + 31 * DAY, now + 31 * DAY, "anna")
    trainings.do_call_off_training(session, third, "对方改期不办了", now + DAY, "anna")
    assert (first.done_at, first.trainer, first.outcome) == (now + 20 * DAY, "老张", "好")
    assert third.trainer is None and trainings.open_trainings(session) == []
    december = reports.monthly_report(session, reports.month("2026-12")).promise("training")
    assert (december.kept, december.broken) == (1, 1)
    november = reports.monthly_report(session, reports.month("2026-11"))
    assert november.promise("training").dropped == 1
    page = reports.markdown("x", reports.tables(november), "-")
    assert "经销商培训一个月内落实" in page and "示例表行" not in page


def test_what_cannot_be_is_refused(session: Session, now: datetime) -> None:
    one = ask(session, now, now)
    for asked, dealer in ((now + DAY, "示例表行"), (now, " ")):
        with pytest.raises(TrainingRefused):
            ask(session, asked, now, dealer)
    for trainer, done in ((" ", now), ("老张", now - DAY), ("老张", now + DAY)):
        with pytest.raises(TrainingRefused):
            trainings.do_finish_training(session, one, trainer, done, now, "anna")
    with pytest.raises(TrainingRefused):
        trainings.do_call_off_training(session, one, " ", now, "anna")
    assert trainings.open_trainings(session) == [one]
    trainings.do_finish_training(session, one, "老张", now, now, "anna")
    with pytest.raises(TrainingRefused) as refused:
        trainings.do_call_off_training(session, one, "不办了", now, "anna")
    assert refused.value.problem == "over"


def test_the_dealers_name_goes_three_years_after_the_end(
    session: Session, now: datetime, tmp_path: Path
) -> None:
    places = Places(tmp_path, Trackers(Secret(f"sqlite:///{tmp_path}/rasa.db")), Secret("k"))
    ask(session, now, now)
    over = ask(session, now, now)
    trainings.do_finish_training(session, over, "老张", now, now, "anna")
    assert "trainings" not in do_retain(session, places, now + 1095 * DAY)
    assert do_retain(session, places, now + 1096 * DAY)["trainings"] == {"deleted": 1}
    assert len(trainings.open_trainings(session)) == 1
