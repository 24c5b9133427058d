"""What must be true when the year is over, read from the tables."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import DateTime, func, select
from sqlalchemy.orm import Session

from aftersales import knowledge, reports, workshop
from aftersales.store.tables import (
    AuditEntry,
    Base,
    ComplaintCase,
    Deadline,
    DeadlinePause,
    Estimate,
    OutboxRow,
    Paper,
    Payment,
    Ticket,
    TicketMove,
    WorkLog,
)
from aftersales.tickets.states import final_states, initial_state
from tools.year.world import Year


@dataclass(frozen=True)
class Check:
    """One thing that must be true: how many were looked at, and the first that was not."""

    name: str
    looked_at: int
    wrong: str | None = None

    @property
    def good(self) -> bool:
        """Whether it is true."""
        return self.wrong is None


def check_year(session: Session, lived: Year, year: int) -> list[Check]:
    """Check everything; each check is a line."""
    return [
        _run("none_lost", lambda: none_lost(session, lived)),
        _run("legal", lambda: legal(session)),
        _run("receipts", lambda: receipts(session)),
        _run("approved", lambda: approved(session)),
        _run("settled", lambda: settled(session)),
        _run("paid", lambda: paid(session)),
        _run("complaints", lambda: complaints(session)),
        _run("deadlines", lambda: deadlines(session)),
        _run("delivered", lambda: delivered(session, lived.arrived)),
        _run("reports", lambda: totals(session, lived, year)),
        _run("utc", lambda: utc(session)),
    ]


class Wrong(Exception):
    """Something is not true; the text says what."""


def none_lost(session: Session, lived: Year) -> int:
    """Every ticket made is there, and is either open or over."""
    states = Counter(session.scalars(select(Ticket.state)))
    over = sum(states[state] for state in final_states())
    still = sum(count for state, count in states.items() if state not in final_states())
    _need(states.total() == lived.created, f"{lived.created} made, {states.total()} there")
    _need(over + still == lived.created, f"{over} over and {still} open")
    ended = session.scalar(select(func.count()).where(Ticket.closed_at.is_not(None)))
    _need(ended == over, f"{ended} have an end, {over} are over")
    return states.total()


def legal(session: Session) -> int:
    """Every history begins at the beginning, goes only where the table lets it, without a gap."""
    moves = knowledge.load("tickets")["moves"]
    again = knowledge.load("complaints")["reopen"]
    steps = 0
    for ticket_id, kind, state in session.execute(select(Ticket.id, Ticket.kind, Ticket.state)):
        last: str | None = None
        for move in _moves(session).get(ticket_id, []):
            _need(move.from_state == last, f"{ticket_id}: {move.from_state} after {last}")
            if last is None:
                allowed = [initial_state(kind)]
            elif kind == "complaint" and last == again["from"]:
                allowed = [again["to"]]
            else:
                allowed = moves[kind].get(last, [])
            _need(move.to_state in allowed, f"{ticket_id}: {last} to {move.to_state}")
            last, steps = move.to_state, steps + 1
        _need(last == state, f"{ticket_id}: is {state}, the last move says {last}")
    return steps


def receipts(session: Session) -> int:
    """A receipt is void exactly when its watch went back."""
    rows = session.execute(
        select(Paper.number, Paper.state, Ticket.state)
        .join(Ticket, Ticket.id == Paper.ticket_id)
        .where(Paper.kind == "item_receipt")
    ).all()
    for number, state, of_ticket in rows:
        back = of_ticket in ("returned", "archived")
        _need((state == "void") == back, f"{number}: {state} while {of_ticket}")
    return len(rows)


def approved(session: Session) -> int:
    """No charged watch was worked on at the bench, or settled on the spot, before the yes."""
    yes: dict[int, datetime] = {}
    for ticket_id, at in session.execute(
        select(Estimate.ticket_id, Estimate.decided_at).where(Estimate.state == "accepted")
    ):
        if at is not None:
            yes[ticket_id] = at
    begun = {
        move.ticket_id: move.at
        for all_ in _moves(session).values()
        for move in reversed(all_)
        if move.to_state in ("repairing", "done_on_spot")
    }
    worked = dict(
        session.execute(
            select(WorkLog.ticket_id, func.min(WorkLog.id))
            .where(WorkLog.place == "bench")
            .group_by(WorkLog.ticket_id)
        ).all()
    )
    _need(set(worked) <= set(begun), "bench work on a watch that was never begun")
    charged = session.execute(
        select(Ticket.id, Ticket.number, Ticket.approved_at).where(
            Ticket.kind == "repair", Ticket.service_class == "A"
        )
    ).all()
    for ticket_id, number, said in charged:
        if ticket_id not in begun:
            continue
        heard = min((at for at in (yes.get(ticket_id), said) if at is not None), default=None)
        _need(heard is not None and heard <= begun[ticket_id], f"{number}: begun without a yes")
    return len(charged)


def settled(session: Session) -> int:
    """Whatever is archived has nothing left to pay."""
    rows = session.scalars(
        select(Ticket).where(Ticket.kind == "repair", Ticket.state == "archived")
    ).all()
    for ticket in rows:
        left = workshop.settlement_left(session, ticket)
        _need(left is None, f"{ticket.number}: {left} is missing")
    return len(rows)


def paid(session: Session) -> int:
    """Nobody paid more than the last offer said, and whoever paid less has the reason on record."""
    offered = {
        ticket_id: fen
        for ticket_id, fen in session.execute(
            select(Estimate.ticket_id, Estimate.total_fen)
            .where(Estimate.sent_at.is_not(None), Estimate.state != "withdrawn")
            .order_by(Estimate.version)
        )
    }
    rows = session.scalars(select(Payment).where(Payment.way.in_(["on_spot", "by_voucher"]))).all()
    for row in rows:
        most = offered.get(row.ticket_id, row.amount_fen)
        _need(row.amount_fen <= most, f"{row.ticket_id}: {row.amount_fen} of {most} fen paid")
        _need(row.amount_fen == most or bool(row.reason), f"{row.ticket_id}: less, no reason")
    return len(rows)


def complaints(session: Session) -> int:
    """No complaint is closed before it was answered, its cause found, its measure taken."""
    rows = session.scalars(select(ComplaintCase).where(ComplaintCase.closed_at.is_not(None))).all()
    for case in rows:
        done = case.answer and case.cause and case.measure and case.answered_at
        _need(bool(done), f"case {case.id} was closed unfinished")
    return len(rows)


def deadlines(session: Session) -> int:
    """Nothing of a deadline lies before its start."""
    rows = session.scalars(select(Deadline)).all()
    starts = {row.id: row.started_at for row in rows}
    for row in rows:
        for at in (row.due_at, row.warned_at, row.broken_at, row.met_at, row.dropped_at):
            _need(at is None or at >= row.started_at, f"{row.key}: {at} before its start")
        _need(row.met_at is None or row.dropped_at is None, f"{row.key}: met and dropped")
    for pause in session.scalars(select(DeadlinePause)):
        begun, ended = pause.begun_at, pause.ended_at
        _need(begun >= starts[pause.deadline_id], f"pause {pause.id} before the start")
        _need(ended is None or ended >= begun, f"pause {pause.id} ends before it begins")
    return len(rows)


def delivered(session: Session, arrived: Mapping[str, int]) -> int:
    """Every message arrived exactly once: by the post, or at a visit."""
    rows = session.execute(
        select(OutboxRow.key, OutboxRow.kind, OutboxRow.state, OutboxRow.attempts)
    ).all()
    for key, kind, state, attempts in rows:
        _need(state == "delivered", f"{key} is {state}")
        times = attempts if kind == "next_visit" else arrived.get(key, 0)
        _need(times == 1, f"{key} arrived {times} times")
    by_post = sum(kind != "next_visit" for _, kind, _, _ in rows)
    _need(len(arrived) == by_post, f"{len(arrived)} came by post, {by_post} were sent")
    return len(rows)


def totals(session: Session, lived: Year, year: int) -> int:
    """The months' reports add up to what the tables hold."""
    all_ = [
        reports.monthly_report(session, reports.month(f"{year}-{number:02d}"))
        for number in range(1, 13)
    ]
    for place, kind in enumerate(knowledge.load("tickets")["kinds"]):
        lines = [report.volumes[place] for report in all_]
        there = session.scalar(select(func.count()).where(Ticket.kind == kind))
        opened = sum(line.opened for line in lines)
        _need(opened == there, f"{kind}: {opened} in the reports, {there} there")
        still = session.scalar(
            select(func.count()).where(Ticket.kind == kind, Ticket.state.not_in(final_states()))
        )
        _need(lines[-1].open_at_end == still, f"{kind}: {still} are open")
    repairs = sum(sum(report.classes.values()) for report in all_)
    faults = sum(line.count for report in all_ for line in report.faults)
    _need(repairs == faults == sum(r.volumes[0].opened for r in all_), "classes, faults, repairs")
    ended = sum(line.kept + line.broken + line.dropped for r in all_ for line in r.kept)
    left = sum(line.paused + line.running for line in all_[-1].kept)
    rows = session.scalar(
        select(func.count()).select_from(Deadline).where(Deadline.started_at < lived.end)
    )
    _need(ended + left == rows, f"deadlines: {ended} ended, {left} left, {rows} there")
    return len(all_)


def utc(session: Session) -> int:
    """Every moment comes back aware in UTC; moves and audit lines are in the order of time."""
    looked_at = 0
    for move in (move for moves in _moves(session).values() for move in moves):
        _need(move.at.utcoffset() is not None, f"move {move.id} has no zone")
        looked_at += 1
    for written in (TicketMove, AuditEntry):
        moments = session.scalars(select(written.at).order_by(written.id)).all()
        for before, after in zip(moments, moments[1:], strict=False):
            _need(before <= after, f"{written.__tablename__}: {after} after {before}")
        looked_at += len(moments)
    for table in Base.metadata.sorted_tables:
        naive = [c.name for c in table.columns if isinstance(c.type, DateTime)]
        _need(not naive, f"{table.name}: {naive} keep no zone")
    return looked_at


def _moves(session: Session) -> Mapping[int, list[TicketMove]]:
    found: dict[int, list[TicketMove]] | None = session.info.get("moves")
    if found is None:
        found = defaultdict(list)
        for move in session.scalars(select(TicketMove).order_by(TicketMove.id)):
            found[move.ticket_id].append(move)
        session.info["moves"] = found
    return found


def _run(name: str, look: Callable[[], int]) -> Check:
    try:
        return Check(name, look())
    except Wrong as wrong:
        return Check(name, 0, str(wrong))


def _need(true: bool, otherwise: str) -> None:
    if not true:
        raise Wrong(otherwise)
