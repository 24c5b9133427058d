"""Files, records, calls and reminders, and opinions: complete, consented to, asked once."""

from collections.abc import Callable
from dataclasses import fields
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import yaml
from sqlalchemy import select
from sqlalchemy.orm import Session

from aftersales import care, complaints, deadlines, knowledge, outbox
from aftersales.people.masking import mask_address
from aftersales.store.tables import (
    CarePlan,
    Deadline,
    OutboxRow,
    Paper,
    PartUsed,
    Satisfaction,
    Ticket,
)
from aftersales.tickets import Watch
from aftersales.tickets.moves import do_move_checked
from tests.aftersales.care.caring import agree, give_back, plan

MakeTicket = Callable[..., Ticket]
# -- the two files of the document ---------------------------------------------------------------


def test_both_files_have_every_field_the_document_names() -> None:
    named = knowledge.load("care")["files"]
    assert list(named["customer"].values()) == ["姓名", "地址", "电话", "拥有本产品的种类"]
    assert list(named["service"].values()) == [
        "故障产品", "故障情况", "接到通知时间", "派出人员时间", "完成时间",
        "修理更换零件种类", "损坏情形", "原因分析", "客户对产品意见", "客户对服务意见",
    ]  # fmt: skip
    assert set(named["customer"]) <= {f.name for f in fields(care.CustomerFile)}
    assert set(named["service"]) <= {f.name for f in fields(care.ServiceRecord)}


def test_the_customer_file_is_masked_unless_it_is_to_be_revealed(
    session: Session, repaired: Ticket, make_ticket: MakeTicket, now: datetime
) -> None:
    make_ticket(watch=Watch("7S26", "0020", "510001", "SNZG13"))  # the same watch again
    make_ticket(watch=Watch("4R36"))
    make_ticket(kind="callback")
    customer = repaired.customer
    care.do_update_file(session, customer, now, "anna", address="上海市静安区某路 1 号 302")
    shown = care.customer_file(session, customer)
    assert (shown.name, shown.phone, shown.address) == (
        "王**", "138****5678", "上海市静安区****",
    )  # fmt: skip
    assert [p.calibre for p in shown.products] == ["7S26", "4R36"]
    assert shown.products[0].serial == "**0001"
    assert len(shown.tickets) == 4
    full = care.customer_file(session, customer, reveal=True)
    assert (full.name, full.phone) == ("王小明", "13800005678")
    assert "302" in full.address and full.products[0].serial == "510001"
    care.do_update_file(session, customer, now, "anna", address=" ")
    assert customer.address is None


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("广东省深圳市南山区科技园 5 栋", "广东省深圳市南山区****"),
        ("北京市朝阳区望京", "北京市朝阳区****"),
        ("望京 SOHO", "****"),
        (None, ""),
    ],
)
def test_of_an_address_city_and_district_may_be_shown(address: str | None, masked: str) -> None:
    assert mask_address(address) == masked


def test_the_service_record_is_put_together_from_what_happened(
    session: Session, repaired: Ticket, now: datetime
) -> None:
    care.do_record_findings(
        session, repaired, now, "chief", damage="游丝粘圈", cause_analysis="受磁"
    )
    care.do_record_opinion(
        session, repaired, now, "anna", on_product="走得准", on_service="师傅耐心", score=4
    )
    record = care.service_record(session, repaired)
    assert record.product == "SNZG13 7S26-0020"
    assert record.fault == "一天快半分钟"
    assert record.noticed_at == now
    assert record.sent_at == now + timedelta(hours=1)
    assert record.done_at == now + timedelta(hours=5)
    assert (record.damage, record.cause_analysis) == ("游丝粘圈", "受磁")
    assert (record.on_product, record.on_service, record.score) == ("走得准", "师傅耐心", 4)
    with pytest.raises(ValueError, match="1 to 5"):
        care.do_record_opinion(session, repaired, now, "anna", score=6)


def test_the_workshops_own_papers_fill_the_record(
    session: Session, repaired: Ticket, now: datetime
) -> None:
    session.add(
        PartUsed(
            ticket_id=repaired.id, technician="李", part="发条", quantity=1, damage="断裂", at=now
        )
    )
    session.add(
        Paper(
            ticket_id=repaired.id, kind="repair_card", number="XH-1", state="closed",
            issued_at=now, issued_by="李", note="油干，磨损",
        )
    )  # fmt: skip
    repaired.address = "上海市徐汇区某路 3 号"
    record = care.service_record(session, repaired)
    assert record.parts == ("发条 × 1",)
    assert (record.damage, record.cause_analysis) == ("断裂", "油干，磨损")
    assert care.customer_file(session, repaired.customer).address == "上海市徐汇区****"


# -- the call after the work ---------------------------------------------------------------------


def test_a_call_is_due_a_month_after_the_watch_is_back_and_half_a_year_for_a_key_customer(
    session: Session, repaired: Ticket, make_ticket: MakeTicket, now: datetime
) -> None:
    back = now + timedelta(hours=6)
    row = deadlines.find(session, f"callback_month:{repaired.number}")
    assert row.due_at == plan(session, "callback").due_at == back.replace(month=12)
    other = make_ticket(phone="13900001111")
    care.do_update_file(session, other.customer, now, "anna", key_customer=True)
    give_back(session, other, now)
    late = deadlines.find(session, f"callback_half_year:{other.number}")
    assert late.due_at == back.replace(year=2027, month=5)


def test_the_call_made_is_written_down_and_its_deadline_met(
    session: Session, repaired: Ticket, now: datetime
) -> None:
    done = now + timedelta(days=20)
    call = plan(session, "callback")
    assert [d.kind for d in care.due_list(session, now + timedelta(days=40))] == ["callback"]
    with pytest.raises(ValueError, match="outcome"):
        care.do_finish_callback(session, call, " ", done, "anna")
    care.do_finish_callback(session, call, "走时正常", done, "anna")
    care.do_finish_callback(session, call, "第二次", done, "anna")
    assert (call.state, call.outcome) == ("done", "走时正常")
    assert deadlines.find(session, f"callback_month:{repaired.number}").met_at == done
    assert care.due_list(session, now + timedelta(days=40)) == []


def test_a_call_not_made_is_escalated(session: Session, repaired: Ticket, now: datetime) -> None:
    deadlines.do_sweep(session, now + timedelta(days=31))
    told = [
        r.payload["role"]
        for r in session.scalars(select(OutboxRow))
        if r.payload.get("kind") == "callback_month"
    ]
    assert told == ["hotline", "supervisor"]


def test_a_cancelled_repair_is_followed_by_nothing(
    session: Session, make_ticket: MakeTicket, now: datetime
) -> None:
    do_move_checked(session, make_ticket(), "cancelled", now, who="visitor-1")
    assert session.scalars(select(CarePlan)).all() == []
    assert session.scalars(select(Satisfaction)).all() == []


# -- reminders ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("calibre", "months"), [("7S26", 24), ("4R36", 24), ("5R65", 36), ("V157", 36), (None, None)]
)
def test_the_interval_goes_by_the_movement_and_an_unknown_one_has_none(
    session: Session,
    make_ticket: MakeTicket,
    now: datetime,
    calibre: str | None,
    months: int | None,
) -> None:
    ticket = make_ticket(watch=Watch(calibre))
    give_back(session, ticket, now)
    found = session.scalar(select(CarePlan.due_at).where(CarePlan.kind == "maintenance"))
    back = now + timedelta(hours=6)
    expected = None if months is None else back.replace(year=back.year + months // 12)
    assert found == expected


def test_a_reminder_needs_consent_and_is_told_once(
    session: Session, repaired: Ticket, now: datetime
) -> None:
    later = now + timedelta(days=800)
    row = plan(session, "maintenance")
    assert care.do_sweep(session, now + timedelta(days=700)) == 0 and row.state == "planned"
    assert care.do_sweep(session, later) == 0
    assert row.state == "held"
    assert [(d.kind, d.consent) for d in care.due_list(session, later)] == [
        ("callback", True), ("maintenance", False),
    ]  # fmt: skip
    agree(session, repaired, later)
    assert care.do_sweep(session, later) == 1
    assert care.do_sweep(session, later) == 0
    assert row.state == "told"
    news = outbox.collect_for_visit(session, repaired.sender, later)
    reminders = [r.payload for r in news if r.payload["event"] == "care_reminder"]
    assert reminders == [{"event": "care_reminder", "movement": "mechanical"}]


def test_whoever_says_stop_is_not_reminded_even_when_it_already_waits(
    session: Session, repaired: Ticket, now: datetime
) -> None:
    agree(session, repaired, now)
    later = now + timedelta(days=800)
    care.do_sweep(session, later)
    assert care.do_stop_reminders(session, repaired.sender, "widget", later)
    assert not care.do_stop_reminders(session, repaired.sender, "widget", later)
    news = outbox.collect_for_visit(session, repaired.sender, later)
    assert "care_reminder" not in {r.payload["event"] for r in news}


def test_a_stop_before_its_day_holds_the_plan(
    session: Session, repaired: Ticket, now: datetime
) -> None:
    agree(session, repaired, now)
    care.do_stop_reminders(session, repaired.sender, "widget", now)
    assert plan(session, "maintenance").state == "held"
    assert care.do_sweep(session, now + timedelta(days=800)) == 0


def test_a_customer_whose_data_was_deleted_is_never_reminded(
    session: Session, repaired: Ticket, make_ticket: MakeTicket, now: datetime
) -> None:
    agree(session, repaired, now)
    repaired.customer.phone = repaired.customer.phone_last4 = ""
    assert care.do_sweep(session, now + timedelta(days=800)) == 0
    assert plan(session, "maintenance").state == "dropped"


@pytest.mark.parametrize("text", ["别再提醒", "不要提醒我了", "不用再提醒我", "別再提醒了。"])
def test_stop_is_understood(text: str) -> None:
    assert care.wants_no_reminders(text)
    assert not care.wants_no_reminders(f"{text}，还有修多少钱")


def test_the_intervals_are_those_of_the_maintenance_page() -> None:
    """2-3, 3-4, 3-4 and 3 years, with the same sources as what customers are told."""
    told = {
        str(source)
        for entry in knowledge.load("maintenance")["lines"]
        for source in ([entry["source"]] if isinstance(entry["source"], str) else entry["source"])
    }
    for entry in knowledge.load("care")["maintenance"]:
        sources = entry["source"] if isinstance(entry["source"], list) else [entry["source"]]
        assert set(sources) <= told
        assert entry["reviewed"] and entry["say_desk"]


# -- opinions -------------------------------------------------------------------------------------


def test_a_finished_case_is_asked_about_once(
    session: Session, make_ticket: MakeTicket, now: datetime
) -> None:
    ticket = make_ticket()
    give_back(session, ticket, now, "archived")
    rows = session.scalars(
        select(OutboxRow).where(OutboxRow.key == f"satisfaction:{ticket.number}")
    )
    assert [r.payload for r in rows] == [{"event": "satisfaction", "number": ticket.number}]
    said = care.Opinion(5, "很快")
    assert care.do_answer_question(session, ticket.sender, said, now) is None  # not put yet
    care.do_mark_asked(session, ticket.number, now)
    kept = care.do_answer_question(session, ticket.sender, said, now)
    assert kept is not None and (kept.score, kept.comment) == (5, "很快")
    assert care.do_answer_question(session, ticket.sender, care.Opinion(1), now) is None
    assert care.service_record(session, ticket).on_service == "很快"


def test_an_answer_long_after_the_question_is_none(
    session: Session, make_ticket: MakeTicket, now: datetime
) -> None:
    ticket = make_ticket(kind="callback")
    do_move_checked(session, ticket, "closed", now, who="anna")
    care.do_mark_asked(session, ticket.number, now)
    late = now + timedelta(days=31)
    assert care.do_answer_question(session, ticket.sender, care.Opinion(5), late) is None


def test_a_complaint_asked_about_again_after_reopening_is_not(
    session: Session, make_ticket: MakeTicket, now: datetime
) -> None:
    ticket = make_ticket(kind="complaint")

    def close() -> None:
        complaints.do_answer_complaint(session, ticket, "已处理。", now, "anna")
        complaints.do_record_cause(session, ticket, "service", "workmanship", now, "anna")
        complaints.do_record_measure(session, ticket, "复检", now, "anna")
        complaints.do_close_complaint(session, ticket, now, "anna")

    close()
    care.do_mark_asked(session, ticket.number, now)
    care.do_answer_question(session, ticket.sender, care.Opinion(1), now)
    assert complaints.internal(session, ticket).satisfied is False
    complaints.do_reopen_complaint(session, ticket, now, "anna", "不满意")
    close()
    asked = select(OutboxRow).where(OutboxRow.key.startswith("satisfaction:"))
    assert len(session.scalars(asked).all()) == 1


@pytest.mark.parametrize(
    ("text", "opinion"),
    [
        ("满意", care.Opinion(5)),
        ("非常满意！", care.Opinion(5)),
        ("滿意", care.Opinion(5)),
        ("一般般吧", care.Opinion(3)),
        ("不满意", care.Opinion(1)),
        ("不太满意，等了太久", care.Opinion(1, "等了太久")),
        ("满意吗", None),
        ("我不满意你们的服务态度", None),
        ("一般多久修好", None),
        ("", None),
    ],
)
def test_an_opinion_is_a_whole_message(text: str, opinion: care.Opinion | None) -> None:
    assert care.read_opinion(text) == opinion


def test_a_talk_is_asked_about_once_and_the_next_after_a_rest(
    session: Session, now: datetime
) -> None:
    def ask(began: str, days: int) -> bool:
        return care.do_ask_about_talk(session, "w-1", "widget", began, now + timedelta(days=days))

    assert ask("one", 0)
    assert not ask("one", 0)
    assert not ask("two", 10)
    assert not ask("one", 40)
    assert ask("two", 40)
    assert session.scalars(select(Deadline)).all() == []


def test_the_knowledge_of_care_has_no_training_keys() -> None:
    path = Path(__file__).resolve().parents[3] / "knowledge" / "care.yml"
    keys = set(yaml.safe_load(path.read_text(encoding="utf-8")))
    assert not keys & {"rules", "responses", "nlu", "stories"}
