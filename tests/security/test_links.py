"""What nobody can do with the sheets: guess, reuse, mix up, forge or leak a link."""

import re
from collections.abc import Iterator

import httpx
import pytest
from sqlalchemy import select

from aftersales.clock import FixedClock
from aftersales.links import PURPOSES, do_issue_link, do_revoke_links
from aftersales.store import Store
from aftersales.store.tables import Conversation, Link, Message, OutboxRow
from tests.web.house import NOW, Served, later
from tests.web.repairs import IDS, Repair, make_repair, offer_of, state_of
from web.sheets import CSP


@pytest.fixture
def repair(store: Store) -> Repair:
    return make_repair(store, offered=True)


@pytest.fixture
def browser(served: Served) -> Iterator[httpx.Client]:
    """A browser that tells where its writes come from."""
    with served.visitor(headers={"Sec-Fetch-Site": "same-origin"}) as client:
        yield client


def key_in(answer: httpx.Response) -> str:
    found = re.search(r'name="key" value="([^"]+)"', answer.text)
    assert found is not None
    return found[1]


def test_every_link_that_opens_nothing_is_answered_alike(
    page: httpx.Client, store: Store, repair: Repair, clock: FixedClock
) -> None:
    with store.session() as session:
        wrong = {
            purpose: do_issue_link(session, purpose, repair.number, NOW, IDS, who="t").token
            for purpose in PURPOSES
            if purpose not in ("status", "estimate")
        }
        revoked = do_issue_link(session, "status", "other", NOW, IDS, who="t").token
        do_revoke_links(session, "status", "other", NOW, "t")
    tokens = ["nothing", IDS.token(), "a" * 3000, "%00", "%2e%2e", "表", revoked, *wrong.values()]
    paths = [f"/s/{token}" for token in tokens[:9]] + [f"/e/{token}" for token in tokens[9:]]
    paths += [f"/s/{repair.estimate}", f"/e/{repair.status}", "/s/open/x", "/e/open/x.y"]
    answers = [page.get(path) for path in paths]
    later(clock, days=400)
    answers += [page.get(f"/s/{repair.status}"), page.get(f"/e/{repair.estimate}")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1
    headers = [sorted(set(answer.headers) - {"date"}) for answer in answers]
    assert all(names == headers[0] for names in headers)


def test_guessing_is_stopped_also_when_it_hits(page: httpx.Client, repair: Repair) -> None:
    for _ in range(20):
        assert page.get(f"/s/{IDS.token()}").status_code == 404
    stopped = page.get(f"/s/{repair.status}")
    assert stopped.status_code == 429 and int(stopped.headers["retry-after"]) > 0
    assert repair.number not in stopped.text and "<h1>" in stopped.text
    assert page.get(f"/e/{repair.estimate}").status_code == 429


def test_looking_often_is_no_guessing(page: httpx.Client, repair: Repair) -> None:
    assert {page.get(f"/s/{repair.status}").status_code for _ in range(40)} == {200}


def test_the_four_digits_cannot_be_tried_out(
    page: httpx.Client, store: Store, repair: Repair
) -> None:
    said = [
        page.post(f"/s/{repair.status}/estimate", data={"last4": f"{n:04d}"}).text for n in range(6)
    ]
    assert all("对不上" in text for text in said[:5]) and "次数太多" in said[5]
    right = page.post(f"/s/{repair.status}/estimate", data={"last4": "5678"})
    assert right.status_code == 422 and "次数太多" in right.text


@pytest.mark.parametrize("path", ["/s/{0.status}", "/e/{0.estimate}", "/e/{0.estimate}/accept"])
def test_the_sheets_allow_nothing_and_are_kept_nowhere(
    page: httpx.Client, repair: Repair, path: str
) -> None:
    answer = page.get(path.format(repair))
    headers = answer.headers
    assert headers["content-security-policy"] == CSP
    assert "script-src" not in CSP and "unsafe" not in CSP and "default-src 'none'" in CSP
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
    assert "noindex" in headers["x-robots-tag"] and 'name="robots" content="noindex' in answer.text
    assert headers["x-content-type-options"] == "nosniff" and headers["x-frame-options"] == "DENY"
    assert "set-cookie" not in headers
    assert "<script" not in answer.text and not re.search(r"\s(on[a-z]+|style)=", answer.text)
    assert not re.search(r"(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}", answer.text)


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {"Origin": "null"}],
)
def test_another_site_answers_nothing(
    page: httpx.Client, store: Store, repair: Repair, headers: dict[str, str]
) -> None:
    key = key_in(page.get(f"/e/{repair.estimate}/accept"))
    answer = page.post(f"/e/{repair.estimate}/accept", data={"key": key}, headers=headers)
    assert answer.status_code == 403 and offer_of(store, repair).state == "sent"


def test_without_the_key_of_this_page_nothing_is_answered(
    browser: httpx.Client, store: Store, repair: Repair
) -> None:
    other = make_repair(store, offered=True, draft_id="d-2")
    foreign = key_in(browser.get(f"/e/{other.estimate}/accept"))
    swapped = key_in(browser.get(f"/e/{repair.estimate}/decline"))
    for key in ("", "x", foreign, swapped, foreign[:-1], "a" * 4000):
        answer = browser.post(f"/e/{repair.estimate}/accept", data={"key": key})
        assert answer.status_code == 422
    assert browser.get(f"/e/{repair.estimate}/accept?key={swapped}").status_code == 200
    assert browser.put(f"/e/{repair.estimate}/accept").status_code == 405
    assert (
        offer_of(store, repair).state == "sent" and state_of(store, repair) == "awaiting_approval"
    )


def test_an_answer_sent_again_by_somebody_else_changes_nothing(
    browser: httpx.Client, other_page: httpx.Client, store: Store, repair: Repair
) -> None:
    key = key_in(browser.get(f"/e/{repair.estimate}/accept"))
    browser.post(f"/e/{repair.estimate}/accept", data={"key": key})
    before = offer_of(store, repair)
    for _ in range(3):
        other_page.post(f"/e/{repair.estimate}/accept", data={"key": key})
    after = offer_of(store, repair)
    assert (after.state, after.decided_at, after.decision_key) == (
        before.state,
        before.decided_at,
        before.decision_key,
    )
    with store.session() as session:
        told = session.scalars(select(OutboxRow.key).where(OutboxRow.key.like("desk_estimate%")))
        assert len(told.all()) == 1


def test_looking_at_a_link_decides_nothing(
    page: httpx.Client, store: Store, repair: Repair
) -> None:
    """What fetches addresses to preview them must not buy a repair."""
    for path in ("", "/accept", "/decline"):
        for method in ("GET", "HEAD"):
            page.request(method, f"/e/{repair.estimate}{path}")
    assert offer_of(store, repair).state == "sent"


def test_no_token_is_kept_anywhere(page: httpx.Client, store: Store, repair: Repair) -> None:
    page.get(f"/s/{repair.status}")
    led = page.post(f"/s/{repair.status}/estimate", data={"last4": "5678"}).headers["location"]
    tokens = [repair.status, repair.estimate, led.removeprefix("/e/")]
    dump = store.engine.raw_connection().driver_connection
    assert dump is not None
    text = "\n".join(dump.iterdump())
    assert not [token for token in tokens if token in text]
    with store.session() as session:
        assert len(session.scalars(select(Link).where(Link.purpose == "estimate")).all()) == 2


def test_what_a_customer_wrote_is_shown_as_text(page: httpx.Client, store: Store) -> None:
    from aftersales.store.tables import Estimate, Ticket

    repair = make_repair(store, offered=True)
    hostile = '"><img src=x onerror=alert(1)>{{7*7}}'
    with store.session() as session:
        ticket = session.get_one(Ticket, repair.ticket_id)
        ticket.model, ticket.contact_name = hostile[:40], "<b>x"
        offer = session.get_one(Estimate, repair.estimate_id)
        offer.note, offer.lines[0].label = hostile, hostile
    for path in (f"/s/{repair.status}", f"/e/{repair.estimate}"):
        text = page.get(path).text
        assert "<img" not in text and "<b>x" not in text and "49" not in text.split("{{")[0][-5:]
        assert "&lt;img" in text


def test_a_customer_cannot_make_the_bot_name_a_way_that_works(
    page: httpx.Client, store: Store
) -> None:
    page.post(
        "/chat/messages",
        json={"text": "/s/open/WzFd.forged", "client_message_id": "message-0001"},
    )
    with store.session(read_only=True) as session:
        assert session.scalars(select(Conversation)).one()
        assert len(session.scalars(select(Message)).all()) == 2
    assert page.get("/s/open/WzFd.forged").status_code == 404
