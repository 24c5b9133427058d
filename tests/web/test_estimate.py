"""Reading an offer and answering it in two taps."""

import re
from datetime import timedelta

import httpx
import pytest

from aftersales.clock import FixedClock
from aftersales.estimates import do_make_estimate, do_send_estimate, do_withdraw_estimate
from aftersales.store import Store
from aftersales.store.tables import Estimate, Ticket
from aftersales.tickets.moves import do_move_checked
from tests.web.house import NOW, later
from tests.web.repairs import ITEMS, Repair, make_repair, offer_of, state_of


@pytest.fixture
def repair(store: Store) -> Repair:
    return make_repair(store, offered=True)


def key_in(answer: httpx.Response) -> str:
    found = re.search(r'name="key" value="([^"]+)"', answer.text)
    assert found is not None, answer.text
    return found[1]


def test_the_offer_names_every_line_the_total_and_its_end(
    page: httpx.Client, repair: Repair
) -> None:
    text = page.get(f"/e/{repair.estimate}").text
    for part in ("机芯清洗、上油、调校", "¥680.00", "¥15.00 × 2", "¥955.00", "11月30日 10:00"):
        assert part in text
    assert "不换会进水" in text and "王" not in text and "5678" not in text


def test_two_taps_accept(page: httpx.Client, store: Store, repair: Repair) -> None:
    question = page.get(f"/e/{repair.estimate}/accept")
    assert "¥955.00" in question.text and offer_of(store, repair).state == "sent"
    done = page.post(f"/e/{repair.estimate}/accept", data={"key": key_in(question)})
    assert (done.status_code, done.headers["location"]) == (303, f"/e/{repair.estimate}")
    assert state_of(store, repair) == "repairing"
    told = page.get(f"/e/{repair.estimate}").text
    assert "已同意维修" in told and "/accept" not in told
    assert "已同意维修" in page.get(f"/e/{repair.estimate}/decline").text


def test_two_taps_decline_with_a_reason(page: httpx.Client, store: Store, repair: Repair) -> None:
    question = page.get(f"/e/{repair.estimate}/decline")
    data = {"key": key_in(question), "reason": "not_now"}
    assert page.post(f"/e/{repair.estimate}/decline", data=data).status_code == 303
    assert offer_of(store, repair).decline_reason == "not_now"
    assert state_of(store, repair) == "awaiting_return"
    assert "已选择不修" in page.get(f"/e/{repair.estimate}").text


@pytest.mark.parametrize("reason", ["", "because", "<b>"])
def test_an_unknown_reason_is_asked_again(
    page: httpx.Client, store: Store, repair: Repair, reason: str
) -> None:
    key = key_in(page.get(f"/e/{repair.estimate}/decline"))
    again = page.post(f"/e/{repair.estimate}/decline", data={"key": key, "reason": reason})
    assert again.status_code == 422 and key_in(again) != key
    assert offer_of(store, repair).state == "sent"


def test_a_page_left_open_is_asked_again(
    page: httpx.Client, store: Store, repair: Repair, clock: FixedClock
) -> None:
    key = key_in(page.get(f"/e/{repair.estimate}/accept"))
    later(clock, minutes=30)
    again = page.post(f"/e/{repair.estimate}/accept", data={"key": key})
    assert again.status_code == 422 and "再按一次" in again.text
    assert offer_of(store, repair).state == "sent"
    page.post(f"/e/{repair.estimate}/accept", data={"key": key_in(again)})
    assert offer_of(store, repair).state == "accepted"


def test_a_second_tap_and_a_second_page_find_the_first_answer(
    page: httpx.Client, store: Store, repair: Repair
) -> None:
    yes, other_yes = (key_in(page.get(f"/e/{repair.estimate}/accept")) for _ in range(2))
    no = key_in(page.get(f"/e/{repair.estimate}/decline"))
    for key in (yes, yes, other_yes):
        assert page.post(f"/e/{repair.estimate}/accept", data={"key": key}).status_code == 303
    late = page.post(f"/e/{repair.estimate}/decline", data={"key": no, "reason": "other"})
    assert late.status_code == 303
    with store.session() as session:
        moves = [m.to_state for m in session.get_one(Ticket, repair.ticket_id).moves]
    assert moves.count("repairing") == 1 and moves[-1] == "repairing"
    assert offer_of(store, repair).state == "accepted"


@pytest.mark.parametrize(
    ("end", "title"),
    [
        ("expired", "报价已过有效期"),
        ("replaced", "报价已经换新"),
        ("withdrawn", "报价已经撤回"),
        ("over", "报价已经结束"),
    ],
)
def test_what_has_ended_is_refused_with_a_kind_page(
    page: httpx.Client, store: Store, repair: Repair, clock: FixedClock, end: str, title: str
) -> None:
    key = key_in(page.get(f"/e/{repair.estimate}/accept"))
    with store.session() as session:
        offer = session.get_one(Estimate, repair.estimate_id)
        ticket = session.get_one(Ticket, repair.ticket_id)
        if end == "expired":
            offer.valid_until = NOW + timedelta(minutes=5)
            later(clock, minutes=5)
        elif end == "withdrawn":
            do_withdraw_estimate(session, offer, NOW, "chief")
        elif end == "over":
            do_move_checked(session, ticket, "awaiting_return", NOW, "chief")
        else:
            newer = do_make_estimate(session, ticket, ITEMS[:1], NOW, "chief")
            do_send_estimate(session, newer, NOW, "chief")
    before = state_of(store, repair)
    assert page.post(f"/e/{repair.estimate}/accept", data={"key": key}).status_code == 303
    shown = page.get(f"/e/{repair.estimate}")
    assert shown.status_code == 200 and title in shown.text and "/accept" not in shown.text
    assert state_of(store, repair) == before
    assert offer_of(store, repair).decided_at is None
