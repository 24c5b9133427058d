"""The table of actions fits the table of moves, and what a state does not allow is refused."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import func, select

from aftersales import knowledge
from aftersales.store import Store
from aftersales.store.tables import AuditEntry, OutboxRow, Paper, Ticket, TicketMove
from aftersales.workshop import Refused
from tests.aftersales.workshop.repairs import Repair

BOOK = knowledge.load("workshop")
MOVES = knowledge.load("tickets")["moves"]["repair"]
STATES = sorted({*MOVES, "archived", "cancelled"})
#: How each action is tried; those with several functions once each.
TRIES: dict[str, Callable[[Repair], None]] = {
    "register": Repair.register,
    "stage": lambda r: r.stage("arrived"),
    "classify": lambda r: r.classify("B"),
    "assign": lambda r: r.assign("赵师傅"),
    "start": Repair.start,
    "approve": Repair.approve,
    "finish_on_spot": Repair.finish_on_spot,
    "take_in": Repair.take_in,
    "ask_approval": Repair.ask_approval,
    "repair": Repair.repair,
    "give_up": Repair.give_up,
    "wait_parts": Repair.wait_parts,
    "resume": Repair.resume,
    "log_work": Repair.log_work,
    "use_part": Repair.use_part,
    "to_check": Repair.to_check,
    "pass_check": Repair.pass_check,
    "fail_check": Repair.fail_check,
    "lose_receipt": Repair.lose_receipt,
    "hand_back": lambda repair: repair.hand_back(without_code="当面核对身份证"),
    "settle": Repair.collect,
    "archive": Repair.archive,
    "cancel": Repair.cancel,
}


def test_the_actions_make_exactly_the_moves_of_the_table() -> None:
    made = {
        (state, entry["to"])
        for entry in BOOK["actions"].values()
        if "to" in entry
        for state in entry["from"]
    }
    assert made == {(state, to) for state, after in MOVES.items() for to in after}
    assert set(TRIES) == set(BOOK["actions"])


@pytest.mark.parametrize("state", STATES)
def test_what_the_state_does_not_allow_is_refused_and_nothing_written(
    new: Callable[..., Repair], state: str
) -> None:
    repair = new().to(state)
    names = knowledge.load("tickets")["states"]

    def counts() -> list[int]:
        return [
            repair.session.scalar(select(func.count()).select_from(table)) or 0
            for table in (AuditEntry, OutboxRow, Paper, TicketMove)
        ]

    before = counts()
    for name, entry in BOOK["actions"].items():
        if state in entry["from"]:
            continue
        with pytest.raises(Refused) as refused:
            TRIES[name](repair)
        assert refused.value.reason == "wrong_state", name
        assert f"「{names[state]['name']}」" in refused.value.text()
        assert f"「{entry['name']}」" in refused.value.text()
        assert repair.state == state
    assert counts() == before


def test_only_repairs_go_through_the_workshop(new: Callable[..., Repair]) -> None:
    complaint = new("complaint")
    for do in TRIES.values():
        with pytest.raises(Refused) as refused:
            do(complaint)
        assert refused.value.reason == "not_a_repair"


def test_every_reason_has_its_sentence_and_no_blank_is_left() -> None:
    for reason, sentence in BOOK["refusals"].items():
        assert sentence.endswith("。"), reason
    with pytest.raises(KeyError):
        Refused("no such reason")


@pytest.mark.parametrize(
    ("mode", "cls"), [("counter", "A"), ("mail_in", "C"), ("on_site", "B"), ("counter", "D")]
)
def test_a_repair_runs_to_the_archive_on_both_engines(
    store: Store, now: datetime, mode: str, cls: str
) -> None:
    with store.session() as session:
        number = Repair.new(session, now).to("archived", mode, cls).ticket.number
    with store.session() as session:
        ticket = session.scalars(select(Ticket).where(Ticket.number == number)).one()
        assert ticket.state == "archived"
        assert ticket.closed_at is not None
        path = [move.to_state for move in ticket.moves]
        assert path == [
            "registered", "awaiting_assignment", "in_service", "taken_in", "repairing",
            "awaiting_check", "awaiting_return", "returned", "archived",
        ]  # fmt: skip
        assert all(move.who and move.at for move in ticket.moves)
        papers = {p.kind: p.state for p in session.scalars(select(Paper))}
        assert papers == {
            "call_register": "closed", "service_voucher": "closed", "item_receipt": "void",
            "inout_register": "closed", "repair_card": "closed", "settlement": "closed",
        }  # fmt: skip
