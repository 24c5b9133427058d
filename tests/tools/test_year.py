"""``make year``, small: a piece of a year lived through, and every check is able to fail."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from aftersales.store import Store, migrate, open_store
from aftersales.store.tables import (
    AuditEntry,
    ComplaintCase,
    Deadline,
    Estimate,
    OutboxRow,
    Paper,
    Payment,
    Ticket,
    TicketMove,
)
from tools.year.checks import check_year
from tools.year.world import Year, live

TICKETS = 40


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Year]]:
    url = f"sqlite:///{tmp_path_factory.mktemp('year')}/year.db"
    migrate(url)
    store = open_store(url)
    yield store, live(store, 2026, TICKETS, 3, lambda done, total: None, months=3)
    store.close()


def test_everything_is_true_when_the_year_is_over(lived: tuple[Store, Year]) -> None:
    store, year = lived
    with store.session(read_only=True) as session:
        checks = check_year(session, year, 2026)
        states = set(session.scalars(select(TicketMove.to_state)))
    assert [(check.name, check.wrong) for check in checks if not check.good] == []
    assert year.created == TICKETS
    assert {"awaiting_approval", "repairing", "archived", "closed"} <= states


@pytest.mark.parametrize("kind", ["first_answer", "assign"])
def test_most_promises_are_kept_and_some_are_not(lived: tuple[Store, Year], kind: str) -> None:
    store, _ = lived
    with store.session(read_only=True) as session:
        rows = session.scalars(
            select(Deadline).where(Deadline.kind == kind, Deadline.met_at.is_not(None))
        ).all()
    broken = sum(row.broken_at is not None for row in rows)
    assert 0 < broken < len(rows) / 2


def _lose_a_ticket(session: Session) -> None:
    session.execute(update(Ticket).where(Ticket.state == "archived").values(closed_at=None))


def _jump(session: Session) -> None:
    move = session.scalars(select(TicketMove).where(TicketMove.to_state == "in_service")).first()
    assert move is not None
    move.to_state = "archived"


def _keep_a_receipt(session: Session) -> None:
    session.execute(update(Paper).where(Paper.state == "void").values(state="open"))


def _forget_the_yes(session: Session) -> None:
    session.execute(update(Estimate).where(Estimate.state == "accepted").values(state="sent"))
    session.execute(update(Ticket).values(approved_at=None))


def _forget_the_money(session: Session) -> None:
    session.execute(update(Payment).values(paid_at=None))


def _charge_twice(session: Session) -> None:
    session.execute(update(Payment).values(amount_fen=Payment.amount_fen * 2))


def _forget_the_answer(session: Session) -> None:
    session.execute(update(ComplaintCase).values(answer=None))


def _due_before_the_start(session: Session) -> None:
    session.execute(update(Deadline).values(due_at=Deadline.started_at, started_at=Deadline.due_at))


def _deliver_twice(session: Session) -> None:
    session.execute(update(OutboxRow).where(OutboxRow.kind == "next_visit").values(attempts=2))


def _backdate(session: Session) -> None:
    last = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    first = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).first()
    assert first is not None and last is not None
    last.at = first.at.replace(year=2025)


def _move_into_another_year(session: Session) -> None:
    ticket = session.get(Ticket, 1)
    assert ticket is not None
    ticket.created_at = ticket.created_at.replace(year=2025)


@pytest.mark.parametrize(
    ("name", "spoil"),
    [
        ("none_lost", _lose_a_ticket),
        ("legal", _jump),
        ("receipts", _keep_a_receipt),
        ("approved", _forget_the_yes),
        ("settled", _forget_the_money),
        ("paid", _charge_twice),
        ("complaints", _forget_the_answer),
        ("deadlines", _due_before_the_start),
        ("delivered", _deliver_twice),
        ("reports", _move_into_another_year),
        ("utc", _backdate),
    ],
)
def test_each_check_can_fail(lived: tuple[Store, Year], name: str, spoil: object) -> None:
    store, year = lived
    assert callable(spoil)
    with pytest.raises(_Undo), store.session() as session:
        spoil(session)
        session.flush()
        wrong = {check.name for check in check_year(session, year, 2026) if not check.good}
        assert name in wrong
        raise _Undo


class _Undo(Exception):
    """Leaves the year as it was."""


def test_the_same_seed_is_the_same_year(tmp_path: Path) -> None:
    def numbers(name: str) -> list[tuple[str, str]]:
        url = f"sqlite:///{tmp_path}/{name}.db"
        migrate(url)
        store = open_store(url)
        live(store, 2026, 8, 11, lambda done, total: None, months=1)
        with store.session(read_only=True) as session:
            rows = session.execute(select(Ticket.number, Ticket.state).order_by(Ticket.id)).all()
        store.close()
        return [(number, state) for number, state in rows]

    assert numbers("a") == numbers("b")
