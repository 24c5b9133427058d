"""What has to be true first: each reason why a step of a repair is refused."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from aftersales import workshop
from aftersales.store.tables import AuditEntry
from aftersales.workshop import Refused
from tests.aftersales.workshop.repairs import CLERK, TECHNICIAN, Repair

New = Callable[..., Repair]


def refused(reason: str, do: Callable[[], None], repair: Repair) -> None:
    before = (repair.state, len(repair.ticket.moves))
    with pytest.raises(Refused) as caught:
        do()
    assert caught.value.reason == reason, caught.value.text()
    assert (repair.state, len(repair.ticket.moves)) == before


def test_registering_wants_a_mode_a_class_with_its_reason_and_an_address(new: New) -> None:
    repair = new()
    refused("no_such_mode", lambda: repair.register("drone"), repair)
    refused("no_such_class", lambda: repair.register(cls="E"), repair)
    refused("empty", lambda: repair.register("mail_in", address=" "), repair)
    repair.register("counter", address=None)
    assert repair.ticket.address is None


def test_nothing_starts_before_the_chief_assigned_and_the_watch_is_here(new: New) -> None:
    repair = new().to("awaiting_assignment", "mail_in")
    refused("nobody_assigned", repair.start, repair)
    repair.assign()
    refused("stage_first", repair.start, repair)
    refused("no_such_stage", lambda: repair.stage("sent"), repair)
    repair.stage("arrived")
    refused("stage_back", lambda: repair.stage("expected"), repair)
    repair.start()
    assert repair.state == "in_service"


def test_a_technician_is_assigned_once_and_can_be_changed(new: New, session: Session) -> None:
    repair = new().to("in_service")
    refused("same_technician", repair.assign, repair)
    refused("empty", lambda: repair.assign(" "), repair)
    repair.assign("赵师傅")
    found = workshop.dossier(session, repair.ticket).assignments
    assert [(one.technician, one.ended_at is None) for one in found] == [
        (TECHNICIAN, False), ("赵师傅", True),
    ]  # fmt: skip


def test_a_visit_is_not_finished_before_the_arrival(new: New) -> None:
    repair = new().to("in_service", "on_site")
    refused("stage_first", repair.take_in, repair)
    refused("stage_first", repair.finish_on_spot, repair)


def test_a_parcel_cannot_be_finished_on_the_spot(new: New) -> None:
    repair = new().to("in_service", "mail_in")
    refused("mail_not_on_spot", repair.finish_on_spot, repair)


def test_finished_on_the_spot_wants_the_yes_and_the_hours(new: New) -> None:
    repair = new().to("in_service")
    refused("not_approved", repair.finish_on_spot, repair)
    repair.approve()
    refused("no_hours", repair.finish_on_spot, repair)
    repair.log_work()
    repair.finish_on_spot()
    voucher = repair.paper("service_voucher")
    assert voucher is not None
    assert (voucher.signed_name, voucher.signed_on_paper) == ("王小明", True)
    assert repair.paper("item_receipt") is None


@pytest.mark.parametrize("cls", ["B", "C", "D"])
def test_what_the_customer_does_not_pay_needs_no_yes(new: New, cls: str) -> None:
    repair = new().to("taken_in", cls=cls)
    repair.repair()
    assert repair.state == "repairing"
    done = new().to("returned", cls=cls)
    refused("no_fee", done.collect, done)
    refused("no_fee", done.waive, done)


def test_nothing_charged_is_repaired_unapproved(new: New) -> None:
    repair = new().to("awaiting_approval")
    refused("not_approved", repair.repair, repair)
    refused("no_such_way", lambda: repair.approve("telepathy"), repair)
    repair.approve()
    assert repair.state == "repairing"
    assert repair.ticket.approved_how == "signed"


def test_a_free_repair_does_not_become_a_charged_one_behind_the_customers_back(new: New) -> None:
    repair = new().to("repairing", cls="C")
    refused("class_after_work", lambda: repair.classify("A"), repair)
    repair.approve("spoken")
    repair.classify("A")
    assert repair.ticket.service_class == "A"


def test_the_class_stays_when_the_fee_is_noted(new: New) -> None:
    repair = new().to("returned")
    repair.collect()
    refused("class_after_payment", lambda: repair.classify("C"), repair)


def test_the_card_wants_hours_before_the_check(new: New) -> None:
    repair = new().to("repairing")
    refused("no_hours", repair.to_check, repair)
    for minutes in (0, -5, 1441):
        refused("bad_minutes", lambda given=minutes: repair.log_work(given), repair)  # type: ignore[misc]
    refused("bad_quantity", lambda: repair.use_part(0), repair)
    with pytest.raises(Refused, match="-0.01"):
        workshop.do_use_part(
            repair.session, repair.ticket, "x", repair.now, "x", unit_fen=-1
        )  # fmt: skip


def test_a_part_of_a_charged_case_waits_for_the_yes(new: New) -> None:
    repair = new().to("in_service")
    refused("not_approved", repair.use_part, repair)


def test_the_technician_does_not_check_the_own_work(new: New) -> None:
    repair = new().to("awaiting_check")
    refused("own_check", lambda: repair.pass_check(TECHNICIAN), repair)
    repair.fail_check()
    repair.to_check()
    repair.pass_check()
    sent_back = workshop.dossier(repair.session, repair.ticket).sent_back
    assert [move.why for move in sent_back] == ["日差还大"]


def test_the_watch_goes_back_only_against_the_receipt(new: New) -> None:
    repair = new().to("awaiting_return")
    repair.say_code()
    refused("receipt_missing", lambda: repair.hand_back(None), repair)
    refused("receipt_missing", lambda: repair.hand_back("lost"), repair)
    refused("courier_only_mail", lambda: repair.hand_back("courier"), repair)
    repair.lose_receipt()
    refused("receipt_already_lost", repair.lose_receipt, repair)
    repair.say_code()
    refused("receipt_lost", lambda: repair.hand_back("paper"), repair)
    repair.hand_back("lost")
    receipt = repair.paper("item_receipt")
    assert receipt is not None
    assert (receipt.state, receipt.handed_how, receipt.handed_by) == ("void", "lost", CLERK)
    assert receipt.lost_reason == "出门丢了，核对身份证姓名"


def test_the_counter_asks_for_the_code_or_a_reason(new: New) -> None:
    repair = new().to("awaiting_return")
    refused("code_missing", repair.hand_back, repair)
    refused("code_missing", lambda: repair.hand_back(without_code=" "), repair)
    assert not repair.say_code(right=False)
    refused("code_missing", repair.hand_back, repair)
    assert repair.say_code()
    repair.now += timedelta(minutes=30)
    refused("code_missing", repair.hand_back, repair)
    assert repair.say_code()
    repair.hand_back()
    assert repair.ticket.moves[-1].why is None

    repair = new().to("awaiting_return")
    repair.hand_back(without_code="当面核对身份证")
    assert repair.ticket.moves[-1].why == "未凭取表码（当面核对身份证）"
    rows = repair.session.scalars(select(AuditEntry).where(AuditEntry.what == "workshop.hand_back"))
    assert [row.why for row in rows] == ["with code", "without code"]


def test_a_parcel_is_returned_when_it_was_delivered(new: New) -> None:
    repair = new().to("awaiting_return", "mail_in")
    refused("stage_first", lambda: repair.hand_back("courier"), repair)
    repair.stage("sent")
    refused("stage_first", lambda: repair.hand_back("courier"), repair)
    repair.stage("delivered")
    repair.hand_back("courier")
    assert repair.state == "returned"


def test_a_watch_given_back_unrepaired_needs_no_check_and_no_fee(new: New) -> None:
    repair = new().to("awaiting_approval")
    repair.give_up()
    repair.say_code()
    repair.hand_back()
    refused("fee_open", repair.archive, repair)
    repair.waive()
    repair.archive()
    assert workshop.dossier(repair.session, repair.ticket).unrepaired is not None


def test_money_on_the_spot_then_the_invoice_then_the_archive(new: New) -> None:
    repair = new().to("done_on_spot")
    refused("fee_open", repair.archive, repair)
    refused("bad_amount", lambda: repair.collect(None), repair)
    refused("bad_amount", lambda: repair.collect(0), repair)
    repair.collect()
    refused("settled", repair.collect, repair)
    refused("way_taken", repair.waive, repair)
    refused("fee_open", repair.archive, repair)
    repair.invoice()
    refused("invoiced", repair.invoice, repair)
    repair.archive()
    assert repair.state == "archived"


def test_an_invoice_by_voucher_is_made_the_same_day_and_paid_later(new: New) -> None:
    repair = new().to("returned")
    repair.invoice(38000)
    refused("fee_open", repair.archive, repair)
    repair.now += timedelta(days=3)
    repair.collect(None)
    repair.archive()

    late = new().to("returned")
    late.now += timedelta(days=1)
    refused("late_invoice", lambda: late.invoice(38000), late)
    late.invoice(38000, "会计休假")
    payment = workshop.dossier(late.session, late.ticket).payment
    assert payment is not None
    assert (payment.way, payment.reason) == ("by_voucher", "会计休假")


def _returned(repair: Repair) -> Repair:
    """Work on a watch whose price was agreed, and give it back."""
    repair.log_work()
    repair.to_check()
    repair.pass_check()
    repair.say_code()
    repair.hand_back()
    return repair


def _reason(repair: Repair) -> str | None:
    payment = workshop.dossier(repair.session, repair.ticket).payment
    return payment.reason if payment is not None else None


@pytest.mark.parametrize("settle", [Repair.collect, Repair.invoice])
def test_the_customer_pays_no_more_than_was_agreed_and_less_only_with_a_reason(
    new: New, settle: Callable[..., None]
) -> None:
    repair = new().to("taken_in")
    repair.offer(40000, 6800)
    _returned(repair)
    refused("over_agreed", lambda: settle(repair, 46801), repair)
    refused("over_agreed", lambda: settle(repair, 46801, less_reason="多收"), repair)
    refused("under_agreed", lambda: settle(repair, 46799), repair)
    refused("under_agreed", lambda: settle(repair, 1, less_reason=" "), repair)
    assert workshop.dossier(repair.session, repair.ticket).payment is None
    settle(repair, 40000, less_reason="等久了，优惠")
    assert _reason(repair) == "等久了，优惠"


def test_what_was_agreed_needs_no_reason(new: New) -> None:
    repair = new().to("taken_in")
    repair.offer(46800)
    _returned(repair).collect(46800)
    assert _reason(repair) is None


def test_a_newer_offer_that_was_accepted_is_what_counts(new: New) -> None:
    repair = new().to("taken_in")
    repair.offer(46800)
    repair.offer(46800, 20000)
    _returned(repair)
    refused("over_agreed", lambda: repair.collect(66801), repair)
    refused("under_agreed", lambda: repair.collect(46800), repair)
    repair.collect(66800)


def test_a_yes_by_word_to_an_offer_binds_to_its_amount(new: New) -> None:
    repair = new().to("taken_in")
    repair.offer(46800, accepted=False)
    repair.approve("spoken")
    _returned(repair)
    refused("over_agreed", lambda: repair.collect(50000), repair)
    repair.collect(46800)


def test_late_and_less_are_both_written_down(new: New) -> None:
    repair = new().to("taken_in")
    repair.offer(46800)
    _returned(repair)
    repair.now += timedelta(days=1)
    repair.invoice(40000, late_reason="会计休假", less_reason="优惠")
    assert _reason(repair) == "会计休假 · 优惠"


def test_a_waived_fee_stays_waived(new: New) -> None:
    repair = new().to("returned")
    repair.waive()
    refused("way_taken", repair.collect, repair)


def test_calling_off_makes_the_papers_void(new: New) -> None:
    repair = new().to("awaiting_assignment")
    repair.assign()
    repair.cancel()
    found = workshop.dossier(repair.session, repair.ticket)
    repair.session.expire_all()
    assert {paper.state for paper in found.papers.values()} == {"void"}
    assert all(one.ended_at for one in found.assignments)
