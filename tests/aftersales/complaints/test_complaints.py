"""A complaint is found out, put right, answered and closed, in time; the ladder stays inside."""

from collections.abc import Callable
from dataclasses import asdict, fields
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from aftersales import complaints, deadlines, knowledge, outbox
from aftersales.guard import internal as internal_words
from aftersales.people.copies import copy_of
from aftersales.people.shredders import Subject
from aftersales.store.tables import AuditEntry, ComplaintCase, Deadline, OutboxRow, Ticket
from aftersales.tickets import ComplaintUnfinished, IllegalMove, do_move_ticket, view

MakeTicket = Callable[..., Ticket]


@pytest.fixture
def complaint(make_ticket: MakeTicket) -> Ticket:
    return make_ticket(kind="complaint", fault="修了三次还是坏的")


def settle(session: Session, ticket: Ticket, now: datetime) -> None:
    complaints.do_answer_complaint(session, ticket, "已为您重新检修。", now, "anna")
    complaints.do_record_cause(session, ticket, "service", "workmanship", now, "anna")
    complaints.do_record_measure(session, ticket, "重修并复检两天", now, "anna")


def test_an_answer_keeps_the_promise_and_waits_for_the_next_visit(
    session: Session, complaint: Ticket, now: datetime
) -> None:
    later = now + timedelta(hours=20)
    case = complaints.do_answer_complaint(
        session, complaint, "正在核实，明天再答复。", later, "anna"
    )
    assert complaint.state == "answering"
    assert complaint.first_answered_at == case.answered_at == later
    row = deadlines.find(session, f"complaint_answer:{complaint.number}")
    assert row.met_at == later and row.broken_at is None
    news = outbox.collect_for_visit(session, complaint.sender, later)
    assert [r.payload["answer"] for r in news] == ["正在核实，明天再答复。"]


def test_a_second_answer_is_added_and_the_same_one_is_not(
    session: Session, complaint: Ticket, now: datetime
) -> None:
    for text in ("正在核实。", "已经重修。", "已经重修。"):
        case = complaints.do_answer_complaint(session, complaint, text, now, "anna")
    assert case.answer == "正在核实。\n\n已经重修。"
    told = select(OutboxRow).where(OutboxRow.kind == outbox.NEXT_VISIT)
    assert len(session.scalars(told).all()) == 2


def test_an_unanswered_one_is_not_closed_whoever_tries(
    session: Session, complaint: Ticket, now: datetime
) -> None:
    do_move_ticket(session, complaint, "answering", now, who="anna")
    with pytest.raises(ComplaintUnfinished) as refused:
        do_move_ticket(session, complaint, "closed", now, who="anna")
    assert refused.value.missing == ["answer", "cause", "measure"]
    complaints.do_answer_complaint(session, complaint, "已重修。", now, "anna")
    with pytest.raises(ComplaintUnfinished) as refused:
        complaints.do_close_complaint(session, complaint, now, "anna")
    assert refused.value.missing == ["cause", "measure"]
    assert complaint.state == "answering" and complaint.closed_at is None


def test_a_complaint_dealt_with_is_closed_within_its_month(
    session: Session, complaint: Ticket, now: datetime
) -> None:
    settle(session, complaint, now)
    end = now + timedelta(days=3)
    case = complaints.do_close_complaint(session, complaint, end, "anna", satisfied=True)
    assert (complaint.state, case.closed_at, case.satisfied) == ("closed", end, True)
    row = deadlines.find(session, f"complaint_close:{complaint.number}")
    assert row.met_at == end
    with pytest.raises(complaints.NotAComplaint):
        complaints.do_record_measure(session, complaint, "再补一条", end, "anna")


def test_reopening_begins_a_round_with_its_own_day_and_month(
    session: Session, complaint: Ticket, now: datetime
) -> None:
    with pytest.raises(complaints.NotAComplaint):
        complaints.do_reopen_complaint(session, complaint, now, "anna", "又坏了")
    settle(session, complaint, now)
    complaints.do_close_complaint(session, complaint, now, "anna")
    again = now + timedelta(days=40)
    case = complaints.do_reopen_complaint(session, complaint, again, "anna", "又坏了")
    assert (case.round, case.about, case.answer, complaint.closed_at) == (2, "service", None, None)
    assert complaint.state == "answering" and complaint.moves[-1].why == "又坏了"
    assert complaint.first_answer_due == again + timedelta(hours=24)
    running = {d.key for d in session.scalars(select(Deadline)) if d.is_running}
    assert running == {
        f"complaint_answer:{complaint.number}:2",
        f"complaint_close:{complaint.number}:2",
    }
    with pytest.raises(ComplaintUnfinished):
        complaints.do_close_complaint(session, complaint, again, "anna")
    first = session.scalars(select(ComplaintCase).where(ComplaintCase.round == 1)).one()
    assert first.answer == "已为您重新检修。"


def test_what_was_cancelled_is_not_reopened(
    session: Session, complaint: Ticket, now: datetime
) -> None:
    do_move_ticket(session, complaint, "cancelled", now, who="visitor-1")
    with pytest.raises(IllegalMove):
        complaints.do_reopen_complaint(session, complaint, now, "anna", "又想起来了")


def test_wrong_input_is_refused(
    session: Session, complaint: Ticket, make_ticket: MakeTicket, now: datetime
) -> None:
    repair = make_ticket()
    with pytest.raises(complaints.NotAComplaint):
        complaints.do_answer_complaint(session, repair, "好了", now, "anna")
    with pytest.raises(ValueError, match="words"):
        complaints.do_answer_complaint(session, complaint, "  ", now, "anna")
    with pytest.raises(ValueError, match="words"):
        complaints.do_record_measure(session, complaint, " ", now, "anna")
    with pytest.raises(ValueError, match="weather"):
        complaints.do_record_cause(session, complaint, "service", "weather", now, "anna")


@pytest.mark.parametrize("text", ["已对师傅作出处罚。", "我们警告了他", "他会被解雇", "罚款二百"])
def test_an_answer_never_tells_what_became_of_our_people(
    session: Session, complaint: Ticket, now: datetime, text: str
) -> None:
    with pytest.raises(complaints.TellsInternal):
        complaints.do_answer_complaint(session, complaint, text, now, "anna")
    assert complaint.first_answered_at is None


def test_the_ladder_counts_upheld_complaints_about_conduct_once_per_complaint(
    session: Session, make_ticket: MakeTicket, now: datetime
) -> None:
    steps = []
    for _ in range(4):
        ticket = make_ticket(kind="complaint")
        complaints.do_record_cause(session, ticket, "person", "manner", now, "boss")
        for _ in range(2):
            found = complaints.do_record_finding(session, ticket, True, now, "boss", " 李师傅 ")
        assert found is not None
        steps.append((found.upheld, found.step))
    assert steps == [(1, "warning"), (2, "penalty"), (3, "dismissal"), (4, "dismissal")]
    late = make_ticket(kind="complaint")
    complaints.do_record_cause(session, late, "delay", "waiting_parts", now, "boss")
    assert complaints.do_record_finding(session, late, True, now, "boss", "李师傅") is None
    assert complaints.do_record_finding(session, late, False, now, "boss") is None
    assert complaints.ladder(session, "王师傅").step is None
    assert complaints.ladder(session, "lishifu", "李师傅").upheld == 4  # two names, one person
    why = session.scalars(select(AuditEntry.why).where(AuditEntry.what == "do_record_finding"))
    assert not any("李师傅" in (text or "") for text in why)


def test_when_it_was_decided_is_kept_until_it_is_decided_otherwise(
    session: Session, complaint: Ticket, now: datetime
) -> None:
    def decide(upheld: bool, days: int) -> datetime | None:
        moment = now + timedelta(days=days)
        complaints.do_record_finding(session, complaint, upheld, moment, "boss", "李师傅")
        return session.scalars(select(ComplaintCase.found_at)).one()

    assert decide(True, 1) == decide(True, 40) == now + timedelta(days=1)
    assert decide(False, 50) == now + timedelta(days=50)


def test_the_customers_view_holds_nothing_of_the_ladder(
    session: Session, complaint: Ticket, now: datetime
) -> None:
    complaints.do_record_cause(
        session, complaint, "person", "manner", now, "boss", "李师傅出言不逊"
    )
    complaints.do_record_finding(session, complaint, True, now, "boss", "李师傅")
    complaints.do_record_measure(session, complaint, "书面警告", now, "boss")
    complaints.do_answer_complaint(session, complaint, "核实属实，向您道歉。", now, "anna")
    complaints.do_close_complaint(session, complaint, now, "anna")
    inside = complaints.internal(session, complaint)
    assert inside.ladder is not None and inside.ladder.name == "警告"
    assert inside.missing == ()
    seen = [complaints.for_customer(session, complaint), view(complaint)]
    seen += [r.payload for r in session.scalars(select(OutboxRow))]
    copy = copy_of(session, Subject(tickets=frozenset({complaint.id})), now)
    (row,) = copy["tables"]["complaint_cases"]
    assert row["answer"] == "核实属实，向您道歉。"
    assert not row.keys() & {"staff", "upheld", "found_at", "measure", "cause", "cause_note"}
    seen.append(copy)
    for one in seen:
        text = str(one if isinstance(one, dict) else asdict(one))
        assert "李师傅" not in text
        assert internal_words(text) == []
    names = {field.name for field in fields(complaints.CustomerView)}
    assert not names & {"staff", "upheld", "ladder", "measure", "cause", "cause_note"}


def test_the_ladder_is_the_documents_own() -> None:
    steps = knowledge.load("complaints")["ladder"]["steps"]
    assert [step["name"] for step in steps] == ["警告", "处罚", "解雇"]
