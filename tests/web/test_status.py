"""The status page and the ways to it."""

import re
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import select

from aftersales.clock import FixedClock
from aftersales.complaints import do_answer_complaint, do_record_cause
from aftersales.estimates import do_expire_due, do_make_estimate, do_send_estimate
from aftersales.links import ASK, OPEN_ESTIMATE, OPEN_STATUS, Passes, do_issue_link, proved_by_link
from aftersales.settings import Settings
from aftersales.store import Store
from aftersales.store.tables import Link, Ticket
from aftersales.tickets import TicketDraft, do_create_ticket, next_step, steps
from tests.web.house import NOW, Peer, later, say
from tests.web.repairs import IDS, ITEMS, Repair, make_repair


def sender_of(store: Store, page: httpx.Client) -> str:
    """Who the page is, as the house knows it."""
    say(page, "在吗")
    from aftersales.store.tables import Conversation

    with store.session(read_only=True) as session:
        return session.scalars(select(Conversation.sender)).one()


def test_it_tells_state_steps_and_what_is_next_and_masks_the_rest(
    page: httpx.Client, store: Store
) -> None:
    repair = make_repair(store, state="repairing")
    answer = page.get(f"/s/{repair.status}")
    text = answer.text
    assert answer.status_code == 200
    for part in ("修理中", repair.number, "王**", "138****<", "**1234", "7S26-0020", "接下来"):
        assert part in text
    for secret in ("王小明", "13800005678", "5678", "4N1234", "一天快半分钟"):
        assert secret not in text
    assert re.findall(r'<li class="(\w+)"', text) == ["done"] * 3 + ["now"] + ["ahead"] * 3
    assert 'aria-current="step"' in text and "11月18日" in text
    assert "取表码" not in text and "报价" not in text


def test_the_promise_of_the_ticket_is_named_until_it_has_passed(store: Store) -> None:
    with store.session() as session:
        draft = TicketDraft("d", "complaint", "王小明", "13800005678", "widget", "w", fault="慢")
        ticket = do_create_ticket(session, draft, NOW, IDS)
        assert next_step(ticket, None, NOW).due == NOW + timedelta(hours=24)
        assert next_step(ticket, None, NOW + timedelta(hours=24)).due is None
        assert [(step.name, step.state) for step in steps(ticket)] == [
            ("登记", "now"),
            ("处理", "ahead"),
            ("办结", "ahead"),
        ]


DIGITS = re.compile(r"<span>(\d{3})</span>")


def ask_code(page: httpx.Client, repair: Repair, last4: str) -> httpx.Response:
    return page.post(f"/s/{repair.status}/pickup", data={"last4": last4})


def test_the_pick_up_code_is_shown_after_the_four_digits(page: httpx.Client, store: Store) -> None:
    repair = make_repair(store, state="awaiting_return")
    assert "看取表码" in page.get(f"/s/{repair.status}").text
    wrong = ask_code(page, repair, "0000")
    assert wrong.status_code == 422 and "对不上" in wrong.text and not DIGITS.findall(wrong.text)
    first, again = (ask_code(page, repair, "5678") for _ in range(2))
    assert first.status_code == 200 and "no-store" in first.headers["cache-control"]
    digits = DIGITS.findall(first.text)
    assert len(digits) == 2 and digits == DIGITS.findall(again.text)
    assert not DIGITS.findall(page.get(f"/s/{repair.status}").text), "not remembered"
    with store.session() as session:
        link = session.scalars(select(Link).where(Link.purpose == "pickup")).one()
        link.failures = 5
    locked = ask_code(page, repair, "5678").text
    assert "已经停用" in locked and not DIGITS.findall(locked)


def test_the_tries_for_the_code_are_limited_and_answered_alike(
    page: httpx.Client, store: Store, clock: FixedClock
) -> None:
    repair = make_repair(store, state="awaiting_return")
    said = [ask_code(page, repair, last4) for last4 in ("0000", "", "12345", "表表表表", "5679")]
    assert {answer.status_code for answer in said} == {422}
    assert len({answer.text for answer in said}) == 1
    many = ask_code(page, repair, "5678")
    assert many.status_code == 422 and "次数太多" in many.text and not DIGITS.findall(many.text)
    later(clock, hours=2)
    assert DIGITS.findall(ask_code(page, repair, "5678").text)


def test_a_complaint_shows_its_answer_once_there_is_one(page: httpx.Client, store: Store) -> None:
    with store.session() as session:
        draft = TicketDraft("d", "complaint", "王小明", "13800005678", "widget", "w", fault="慢")
        ticket = do_create_ticket(session, draft, NOW, IDS)
        issued = do_issue_link(session, "status", ticket.number, NOW, IDS, who="t", ticket=ticket)
    assert "我们的答复" not in page.get(f"/s/{issued.token}").text
    with store.session() as session:
        mine = session.get_one(Ticket, ticket.id)
        do_answer_complaint(session, mine, "已经查过，<重新>检测。", NOW, "anna")
        do_record_cause(session, mine, "delay", "waiting_parts", NOW, "anna", note="只给店里看")
    text = page.get(f"/s/{issued.token}").text
    assert "我们的答复" in text and "已经查过，&lt;重新&gt;检测。" in text
    assert "只给店里看" not in text and "缺零件" not in text


def test_without_a_watch_to_pick_up_the_right_digits_show_no_code(
    page: httpx.Client, store: Store
) -> None:
    repair = make_repair(store, state="repairing")
    answer = ask_code(page, repair, "5678")
    assert answer.status_code == 200 and "取表码" not in answer.text
    assert page.post("/s/nothing/pickup", data={"last4": "5678"}).status_code == 404


def test_the_way_to_the_offer_asks_for_the_four_digits(page: httpx.Client, store: Store) -> None:
    repair = make_repair(store, offered=True)
    assert "¥955.00" in page.get(f"/s/{repair.status}").text
    wrong = page.post(f"/s/{repair.status}/estimate", data={"last4": "0000"})
    assert wrong.status_code == 422 and "对不上" in wrong.text
    right = page.post(f"/s/{repair.status}/estimate", data={"last4": "5678"})
    assert right.status_code == 303 and re.fullmatch(r"/e/[a-z0-9]{26}", right.headers["location"])
    assert "同意维修" in page.get(right.headers["location"]).text


@pytest.mark.parametrize("state", ["expired", "replaced"])
def test_an_offer_that_ended_is_said_to_have_ended(
    page: httpx.Client, store: Store, clock: FixedClock, state: str
) -> None:
    repair = make_repair(store, offered=True)
    with store.session() as session:
        if state == "expired":
            later(clock, days=8)
            do_expire_due(session, clock.now())
        else:
            ticket = session.get_one(Ticket, repair.ticket_id)
            newer = do_make_estimate(session, ticket, ITEMS[:1], NOW, "chief")
            do_send_estimate(session, newer, NOW, "chief")
    text = page.get(f"/s/{repair.status}").text
    assert ("已过有效期" in text) == (state == "expired")
    assert ("¥680.00" in text) == (state == "replaced")
    assert ("登记手机号" in text) == (state == "replaced")


def test_the_chat_leads_to_the_page_for_that_visitor_only(
    page: httpx.Client, other_page: httpx.Client, store: Store, settings: Settings
) -> None:
    repair = make_repair(store)
    passes = Passes(settings.session_secret())
    way = passes.address(OPEN_STATUS, repair.ticket_id, NOW, sender_of(store, page))
    assert other_page.get(way).status_code == 404
    led = page.get(way)
    assert led.status_code == 303 and re.fullmatch(r"/s/[a-z0-9]{26}", led.headers["location"])
    assert repair.number in page.get(led.headers["location"]).text


def test_the_chat_leads_to_the_offer_or_to_the_progress_without_one(
    page: httpx.Client, store: Store, settings: Settings
) -> None:
    passes, sender = Passes(settings.session_secret()), sender_of(store, page)
    for offered, prefix in ((True, "/e/"), (False, "/s/")):
        repair = make_repair(store, offered=offered, draft_id=prefix)
        led = page.get(passes.address(OPEN_ESTIMATE, repair.ticket_id, NOW, sender))
        assert led.headers["location"].startswith(prefix)
        wrong = passes.make(OPEN_STATUS, repair.ticket_id, NOW, sender)
        assert page.get(f"/e/open/{wrong}").status_code == 404


def test_asking_the_assistant_proves_this_ticket_to_the_chat(
    page: httpx.Client, store: Store, clock: FixedClock
) -> None:
    repair = make_repair(store)
    way = re.search(r'href="(/\?ask=[^"]+)"', page.get(f"/s/{repair.status}").text)
    assert way is not None and repair.number not in way[1]
    opened = page.get(way[1]).text
    assert f'data-ask="单号 {repair.number} 现在到哪一步了？"' in opened
    ticket_pass = re.search(r'data-pass="([^"]+)"', opened)
    assert ticket_pass is not None
    say(page, "到哪了", ask=ticket_pass[1])
    sender = sender_of_first(store)
    with store.session() as session:
        assert proved_by_link(session, sender, repair.number, NOW) is not None
    later(clock, minutes=31)
    assert "data-ask" not in page.get(way[1]).text


def sender_of_first(store: Store) -> str:
    from aftersales.store.tables import Conversation

    with store.session(read_only=True) as session:
        return session.scalars(select(Conversation.sender)).first() or ""


@pytest.mark.parametrize("value", ["", "x", "a.b.c", "表" * 50])
def test_a_worthless_pass_changes_nothing(
    page: httpx.Client, store: Store, peer: Peer, value: str
) -> None:
    make_repair(store)
    assert page.get("/", params={"ask": value}).status_code == 200
    assert "data-ask" not in page.get("/", params={"ask": value}).text
    say(page, "在吗", ask=value)
    assert len(peer.heard) == 1
    with store.session() as session:
        assert session.scalars(select(Link).where(Link.purpose == "chat")).all() == []


def test_a_ticket_that_was_deleted_leaves_a_link_that_opens_nothing(
    page: httpx.Client, store: Store, settings: Settings
) -> None:
    with store.session() as session:
        token = do_issue_link(session, "status", "FW000000-00000", NOW, IDS, who="t").token
    assert page.get(f"/s/{token}").status_code == 404
    gone = Passes(settings.session_secret()).make(ASK, 999, NOW)
    assert "data-ask" not in page.get("/", params={"ask": gone}).text
