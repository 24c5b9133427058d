"""Estimates: offered, answered once, ended by time; nothing is repaired unapproved."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from aftersales import estimates
from aftersales.estimates import (
    AlreadyDecided,
    EstimateClosed,
    EstimateRefused,
    Item,
    LinesUnusable,
    do_accept,
    do_decline,
    do_expire_due,
    do_make_estimate,
    do_remind_due,
    do_send_estimate,
    do_withdraw_estimate,
    fen_of,
    find_in_force,
    is_approved,
    total_fen,
    yuan,
)
from aftersales.ids import RandomIds
from aftersales.store import Store
from aftersales.store.tables import AuditEntry, Estimate, OutboxRow, Ticket
from aftersales.tickets import TicketDraft, do_create_ticket
from aftersales.tickets.moves import do_move_checked
from aftersales.workshop import Refused, do_record_approval
from aftersales.workshop.approval import require_approval
from tests.aftersales.estimates.conftest import ITEMS


def test_the_total_is_whole_fen() -> None:
    assert total_fen(ITEMS) == 80_050
    assert total_fen([Item("part", "螺丝", 3, 333)]) == 999
    assert total_fen([Item("postage", "寄回", 1, 0)]) == 0


@pytest.mark.parametrize(
    ("items", "where"),
    [
        ([], "1 to 40 lines"),
        ([Item("labour", "x", 1, 1)] * 41, "1 to 40 lines"),
        ([Item("tip", "x", 1, 1)], "line 1: the kind"),
        ([Item("part", " ", 1, 1)], "line 1: the label"),
        ([Item("part", "x" * 101, 1, 1)], "line 1: the label"),
        ([Item("part", "x", 0, 1)], "line 1: the quantity"),
        ([Item("part", "x", 1000, 1)], "line 1: the quantity"),
        ([Item("part", "x", 1, 1), Item("part", "x", 1, -1)], "line 2: the unit price"),
        ([Item("part", "x", 1, 9.9)], "line 1: the unit price"),  # type: ignore[arg-type]
        ([Item("part", "x", True, 1)], "line 1: the quantity"),
        ([Item("part", "x", 999, 90_000_000)], "the total"),
    ],
)
def test_lines_that_make_no_estimate_are_named(items: list[Item], where: str) -> None:
    with pytest.raises(LinesUnusable, match=where):
        total_fen(items)


@given(st.integers(0, 10**10))
def test_money_reads_back_as_it_was_written(fen: int) -> None:
    assert fen_of(yuan(fen)) == fen


@pytest.mark.parametrize("text", ["", "-1", "1.234", "1e3", "一百", "￥5", "5.", "nan", "１００"])
def test_other_things_are_no_money(text: str) -> None:
    with pytest.raises(ValueError):
        fen_of(text)


def test_an_offer_moves_the_ticket_and_tells_the_customer_once(
    store: Store, sent: Estimate, now: datetime
) -> None:
    with store.session() as session:
        do_send_estimate(session, session.get_one(Estimate, sent.id), now, "chief")
        ticket = session.get_one(Ticket, sent.ticket_id)
        news = [r for r in session.scalars(select(OutboxRow)) if "estimate" in r.key]
        assert (ticket.state, ticket.moves[-1].why) == ("awaiting_approval", "v1")
        assert [row.key for row in news] == [f"estimate_sent:{sent.id}"]
        assert news[0].payload["total_fen"] == 80_050
        assert "/e/" not in str(news[0].payload)
        assert not is_approved(session, ticket)


def test_accepting_lets_the_repair_go_on_and_twice_is_once(
    store: Store, sent: Estimate, now: datetime
) -> None:
    for key in ("k1", "k1", "k2"):
        with store.session() as session:
            done = do_accept(session, session.get_one(Estimate, sent.id), key, now, "link")
            assert (done.state, done.decision_key, done.decided_at) == ("accepted", "k1", now)
    with store.session() as session:
        ticket = session.get_one(Ticket, sent.ticket_id)
        assert ticket.state == "repairing"
        assert [m.to_state for m in ticket.moves].count("repairing") == 1
        assert is_approved(session, ticket)
        told = [r for r in session.scalars(select(OutboxRow)) if r.key.startswith("desk_estimate")]
        written = [a for a in session.scalars(select(AuditEntry)) if a.what == "do_accept"]
        assert len(told) == len(written) == 1


def test_declining_gives_the_watch_back_with_the_reason(
    store: Store, sent: Estimate, now: datetime
) -> None:
    with store.session() as session:
        estimate = session.get_one(Estimate, sent.id)
        with pytest.raises(ValueError):
            do_decline(session, estimate, "k", "because", now, "link")
        do_decline(session, estimate, "k", "too_expensive", now, "link")
        ticket = session.get_one(Ticket, sent.ticket_id)
        assert (ticket.state, ticket.moves[-1].why) == ("awaiting_return", "too_expensive")
        assert not is_approved(session, ticket)
        with pytest.raises(AlreadyDecided):
            do_accept(session, estimate, "k2", now, "link")


def test_after_a_yes_no_no_is_taken(store: Store, sent: Estimate, now: datetime) -> None:
    with store.session() as session:
        estimate = session.get_one(Estimate, sent.id)
        do_accept(session, estimate, "k", now, "link")
        with pytest.raises(AlreadyDecided):
            do_decline(session, estimate, "k", "other", now, "link")
        assert session.get_one(Ticket, sent.ticket_id).state == "repairing"


def test_yes_and_no_at_the_same_moment_give_one_answer(
    store: Store, sent: Estimate, now: datetime
) -> None:
    def tap(number: int) -> str:
        try:
            with store.session() as session:
                estimate = session.get_one(Estimate, sent.id)
                if number % 2:
                    do_accept(session, estimate, f"k{number}", now, "link")
                else:
                    do_decline(session, estimate, f"k{number}", "other", now, "link")
                return "done"
        except AlreadyDecided:
            return "refused"

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(tap, range(4)))
    assert sorted(answers) == ["done", "done", "refused", "refused"]
    with store.session() as session:
        moves = [m.to_state for m in session.get_one(Ticket, sent.ticket_id).moves]
        assert len(moves) == 6 and moves[-1] in ("repairing", "awaiting_return")


def test_one_key_decides_one_estimate(
    store: Store,
    sent: Estimate,
    now: datetime,
    make_draft: Callable[..., TicketDraft],
    ids: RandomIds,
) -> None:
    with store.session() as session:
        do_accept(session, session.get_one(Estimate, sent.id), "k", now, "link")
        ticket = do_create_ticket(session, make_draft(draft_id="d-2"), now, ids)
        other = do_make_estimate(session, ticket, ITEMS, now, "chief")
        do_send_estimate(session, other, now, "chief")
    with pytest.raises(IntegrityError), store.session() as session:
        do_accept(session, session.get_one(Estimate, other.id), "k", now, "link")
    with store.session() as session:
        assert session.get_one(Estimate, other.id).state == "sent"


def test_a_newer_version_replaces_the_older(store: Store, sent: Estimate, now: datetime) -> None:
    with store.session() as session:
        ticket = session.get_one(Ticket, sent.ticket_id)
        second = do_make_estimate(session, ticket, ITEMS[:1], now, "chief", note=" 不换表镜 ")
        assert (second.version, second.state, second.note) == (2, "draft", "不换表镜")
        assert find_in_force(session, ticket) == session.get_one(Estimate, sent.id)
        do_send_estimate(session, second, now, "chief")
        with pytest.raises(EstimateClosed) as closed:
            do_accept(session, session.get_one(Estimate, sent.id), "k", now, "link")
        assert closed.value.state == "replaced"
        with pytest.raises(EstimateRefused, match="not_a_draft"):
            do_send_estimate(session, session.get_one(Estimate, sent.id), now, "chief")
        do_accept(session, second, "k", now, "link")
        assert is_approved(session, ticket)


def test_more_money_later_needs_another_yes(store: Store, sent: Estimate, now: datetime) -> None:
    with store.session() as session:
        ticket = session.get_one(Ticket, sent.ticket_id)
        do_accept(session, session.get_one(Estimate, sent.id), "k", now, "link")
        more = do_make_estimate(session, ticket, ITEMS * 2, now, "chief")
        assert is_approved(session, ticket), "a draft changes nothing"
        do_send_estimate(session, more, now, "chief")
        assert ticket.state == "repairing", "the table of moves knows no way back"
        assert not is_approved(session, ticket)
        do_withdraw_estimate(session, more, now, "chief")
        assert is_approved(session, ticket)


def test_classes_that_cost_nothing_need_no_yes(
    store: Store, taken_in: Ticket, now: datetime
) -> None:
    with store.session() as session:
        ticket = session.get_one(Ticket, taken_in.id)
        ticket.class_hint = "C"  # only a guess
        found = []
        for decided in (None, "A", "B", "C", "D"):
            ticket.service_class = decided
            found.append(is_approved(session, ticket))
        assert found == [False, False, True, True, True]


def test_a_yes_at_the_counter_counts_from_then_on(
    store: Store, sent: Estimate, now: datetime
) -> None:
    with store.session() as session:
        ticket = session.get_one(Ticket, sent.ticket_id)
        ticket.approved_at = now - timedelta(minutes=1)  # to something older
        assert not is_approved(session, ticket)
        do_record_approval(session, ticket, "spoken", now + timedelta(hours=1), "chief")
        assert ticket.state == "repairing" and is_approved(session, ticket)
        later = now + timedelta(hours=2)
        do_decline(session, session.get_one(Estimate, sent.id), "k", "other", later, "link")
        assert not is_approved(session, ticket), "the last word counts"


def test_the_workshop_asks_the_same_question(store: Store, sent: Estimate, now: datetime) -> None:
    with store.session() as session:
        ticket = session.get_one(Ticket, sent.ticket_id)
        ticket.service_class, ticket.service_mode = "A", "mail_in"
        with pytest.raises(Refused):
            require_approval(session, ticket)
        do_accept(session, session.get_one(Estimate, sent.id), "k", now, "link")
        require_approval(session, ticket)
        assert (ticket.approved_at, ticket.approved_how) == (now, "link")


def test_a_declined_watch_waits_at_the_first_step_of_its_way_back(
    store: Store, sent: Estimate, now: datetime
) -> None:
    with store.session() as session:
        ticket = session.get_one(Ticket, sent.ticket_id)
        ticket.service_mode = "mail_in"
        do_decline(session, session.get_one(Estimate, sent.id), "k", "not_now", now, "link")
        assert (ticket.state, ticket.stage) == ("awaiting_return", "packing")


def test_what_is_over_or_no_repair_gets_no_estimate(
    store: Store,
    sent: Estimate,
    now: datetime,
    make_draft: Callable[..., TicketDraft],
    ids: RandomIds,
) -> None:
    with store.session() as session:
        ticket = session.get_one(Ticket, sent.ticket_id)
        do_move_checked(session, ticket, "awaiting_return", now, "chief")
        with pytest.raises(EstimateRefused, match="ended"):
            do_make_estimate(session, ticket, ITEMS, now, "chief")
        with pytest.raises(EstimateClosed) as closed:
            do_accept(session, session.get_one(Estimate, sent.id), "k", now, "link")
        assert closed.value.state == "over"
        complaint = do_create_ticket(
            session, make_draft(draft_id="d-3", kind="complaint"), now, ids
        )
        with pytest.raises(EstimateRefused, match="no_repair"):
            do_make_estimate(session, complaint, ITEMS, now, "chief")


@pytest.mark.parametrize("days", [-1, 0, 61])
def test_an_offer_holds_for_a_time(
    store: Store, taken_in: Ticket, now: datetime, days: int
) -> None:
    with store.session() as session, pytest.raises(EstimateRefused, match="validity"):
        ticket = session.get_one(Ticket, taken_in.id)
        until = now + timedelta(days=days)
        do_make_estimate(session, ticket, ITEMS, now, "chief", valid_until=until)


def test_one_reminder_before_the_end_and_one_word_at_the_end(
    store: Store, sent: Estimate, now: datetime
) -> None:
    counts = []
    for hours in (0, 100, 119.9, 120, 120.1, 167.9, 168, 169):
        with store.session() as session:
            then = now + timedelta(hours=hours)
            counts.append((do_remind_due(session, then), do_expire_due(session, then)))
    assert counts == [(0, 0)] * 3 + [(1, 0)] + [(0, 0)] * 2 + [(0, 1), (0, 0)]
    with store.session() as session:
        keys = [r.key for r in session.scalars(select(OutboxRow).order_by(OutboxRow.id))]
        ended = [key for key in keys if "estimate" in key]
        assert ended == [
            f"estimate_sent:{sent.id}",
            f"estimate_reminder:{sent.id}",
            f"estimate_expired:{sent.id}",
            f"desk_estimate_expired:{sent.id}",
        ]
        assert session.get_one(Ticket, sent.ticket_id).state == "awaiting_approval"
        with pytest.raises(EstimateClosed):
            do_accept(session, session.get_one(Estimate, sent.id), "k", now, "link")


def test_the_last_moment_is_too_late_also_before_the_job_ran(
    store: Store, sent: Estimate, now: datetime
) -> None:
    with store.session() as session:
        estimate = session.get_one(Estimate, sent.id)
        with pytest.raises(EstimateClosed) as closed:
            do_accept(session, estimate, "k", estimate.valid_until, "link")
        assert closed.value.state == "expired"
        just = estimate.valid_until - timedelta(seconds=1)
        assert do_accept(session, estimate, "k", just, "link").state == "accepted"


def test_no_reminder_for_what_was_answered_or_offered_just_now(
    store: Store, sent: Estimate, now: datetime
) -> None:
    with store.session() as session:
        do_decline(session, session.get_one(Estimate, sent.id), "k", "other", now, "link")
        assert do_remind_due(session, now + timedelta(days=6)) == 0


def test_an_offer_taken_back_cannot_be_accepted(
    store: Store, sent: Estimate, now: datetime
) -> None:
    with store.session() as session:
        estimate = session.get_one(Estimate, sent.id)
        for _ in range(2):
            do_withdraw_estimate(session, estimate, now, "chief")
        with pytest.raises(EstimateClosed):
            do_accept(session, estimate, "k", now, "link")
        assert find_in_force(session, estimate.ticket) is None


def test_an_answered_offer_is_not_taken_back(store: Store, sent: Estimate, now: datetime) -> None:
    with store.session() as session:
        estimate = session.get_one(Estimate, sent.id)
        do_accept(session, estimate, "k", now, "link")
        with pytest.raises(EstimateRefused, match="answered"):
            do_withdraw_estimate(session, estimate, now, "chief")


def test_every_reason_has_a_name() -> None:
    assert list(estimates.reasons()) == ["too_expensive", "not_now", "elsewhere", "other"]
    assert all(entry["name"] for entry in estimates.reasons().values())
