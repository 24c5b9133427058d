"""What is written down: who did what and when, once, and nothing of a refused step."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from aftersales import care, workshop
from aftersales.store import Store
from aftersales.store.tables import AuditEntry, OutboxRow, Ticket
from aftersales.workshop import Refused
from tests.aftersales.workshop.repairs import CHIEF, TECHNICIAN, Repair


def test_every_step_names_who_did_it_and_when(session: Session, now: datetime) -> None:
    repair = Repair.new(session, now).to("archived")
    rows = session.scalars(select(AuditEntry).where(AuditEntry.what.like("workshop.%"))).all()
    done = [row.what.removeprefix("workshop.") for row in rows]
    assert done == [
        "register", "assign", "stage", "start", "approve", "take_in", "repair", "log_work",
        "to_check", "pass_check", "hand_back", "settle", "settle", "archive",
    ]  # fmt: skip
    assert {row.who for row in rows if row.what.endswith(("start", "take_in"))} == {TECHNICIAN}
    assert {row.who for row in rows if row.what.endswith(("assign", "_check"))} >= {CHIEF}
    assert [row.at for row in rows] == sorted(row.at for row in rows)
    assert all("138" not in (row.why or "") and "王" not in (row.why or "") for row in rows)
    assert repair.ticket.updated_at == rows[-1].at


def test_a_reason_is_kept_with_the_move_and_not_in_the_trail(
    session: Session, now: datetime
) -> None:
    repair = Repair.new(session, now).to("taken_in")
    workshop.do_give_up_repair(session, repair.ticket, "王小明不修了", now=now, who=CHIEF)
    assert repair.ticket.moves[-1].why == "王小明不修了"
    assert not [row for row in session.scalars(select(AuditEntry)) if "王" in (row.why or "")]


def test_the_cause_is_one_of_the_known_ones_and_the_remark_stands_beside_it(
    session: Session, now: datetime
) -> None:
    repair = Repair.new(session, now).to("repairing")
    ticket = repair.ticket
    repair.log_work()
    with pytest.raises(Refused, match="说不清"):
        workshop.do_send_to_check(session, ticket, repair.now, TECHNICIAN, "说不清")
    assert repair.state == "repairing"
    workshop.do_send_to_check(session, ticket, repair.now, TECHNICIAN, "受磁", "已消磁")
    card = repair.paper("repair_card")
    assert card is not None and (card.cause, card.note) == ("magnetised", "已消磁")
    assert ticket.moves[-1].why == workshop.dossier(session, ticket).cause == "受磁；已消磁"
    assert care.service_record(session, ticket).cause_analysis == "受磁；已消磁"
    repair.fail_check()
    workshop.do_send_to_check(session, ticket, repair.now, TECHNICIAN)
    assert (card.cause, card.note) == ("magnetised", "已消磁"), "what was found stays"
    repair.fail_check()
    workshop.do_send_to_check(session, ticket, repair.now, TECHNICIAN, "dry_oil")
    assert workshop.dossier(session, ticket).cause == "油干了、该保养了；已消磁"


def test_the_customer_hears_of_every_move(session: Session, now: datetime) -> None:
    repair = Repair.new(session, now).to("awaiting_approval")
    news = session.scalars(select(OutboxRow).where(OutboxRow.kind == "next_visit")).all()
    assert [row.payload["state"] for row in news] == [
        move.to_state for move in repair.ticket.moves[1:]
    ]  # fmt: skip


def test_a_registration_refused_half_way_leaves_nothing(session: Session, now: datetime) -> None:
    repair = Repair.new(session, now)
    for given in ({"mode": "drone"}, {"cls": "E"}, {"mode": "on_site", "address": None}):
        try:
            repair.register(**given)
        except Refused:
            session.flush()
        ticket = repair.ticket
        assert (ticket.service_mode, ticket.service_class, ticket.class_reason) == (None,) * 3
        assert workshop.dossier(session, ticket).papers == {}


def test_two_who_take_the_watch_in_together_make_one_receipt(store: Store, now: datetime) -> None:
    with store.session() as session:
        number = Repair.new(session, now).to("in_service").ticket.number

    def take_in(_: int) -> str:
        try:
            with store.session() as session:
                ticket = session.scalars(select(Ticket).where(Ticket.number == number)).one()
                moment = now + timedelta(hours=2)
                workshop.do_take_in(session, ticket, "王小明", "有划痕", now=moment, who=TECHNICIAN)
        except Refused as refused:
            return refused.reason
        return "done"

    with ThreadPoolExecutor(4) as pool:
        results = sorted(pool.map(take_in, range(4)))
    assert results == ["done", "wrong_state", "wrong_state", "wrong_state"]
