"""The copy of one's own data: whole, readable, for its own session, for half an hour."""

import random

import httpx
import pytest
from sqlalchemy import select

from aftersales import tickets
from aftersales.clock import FixedClock
from aftersales.ids import RandomIds
from aftersales.people.copy_links import LIFETIME, CopyLinks
from aftersales.settings import Settings
from aftersales.store import Store
from aftersales.store.tables import Conversation
from tests.web.house import NOW, say


@pytest.fixture
def address(page: httpx.Client, store: Store, settings: Settings) -> str:
    """The address for a visitor who said something hostile and opened a ticket."""
    say(page, "<b>我的表停了</b>")
    with store.session() as session:
        sender = session.scalars(select(Conversation.sender)).one()
        draft = tickets.TicketDraft(
            draft_id="d-1",
            kind="repair",
            name="王小明",
            phone="13800005678",
            channel="widget",
            sender=sender,
            fault="<script>x</script>",
            consent_version="repair-2026-11",
        )
        tickets.do_create_ticket(session, draft, NOW, RandomIds(random.Random(1)))
    return CopyLinks(settings.session_secret()).make(sender, NOW)


def test_the_page_shows_everything_and_markup_as_text(page: httpx.Client, address: str) -> None:
    answer = page.get(address)
    assert answer.status_code == 200 and answer.headers["cache-control"] == "no-store"
    for word in ("王小明", "13800005678", "我的表停了", "repair-2026-11", "2026-11-23 10:00"):
        assert word in answer.text
    assert "<script>" not in answer.text and "&lt;script&gt;" in answer.text


def test_the_file_holds_the_same(page: httpx.Client, address: str) -> None:
    answer = page.get(address + ".json")
    assert "attachment" in answer.headers["content-disposition"]
    tables = answer.json()["tables"]
    assert tables["customers"][0]["phone"] == "13800005678"
    assert {"messages", "tickets", "ticket_moves", "consents"} <= set(tables)
    assert "outbox" not in tables and "audit_entries" not in tables
    assert "id" not in tables["tickets"][0] and "draft_id" not in tables["tickets"][0]


def test_it_opens_for_its_own_session_only_and_not_for_long(
    page: httpx.Client, other_page: httpx.Client, address: str, clock: FixedClock
) -> None:
    for wrong in (other_page.get(address), page.get(address + "x"), page.get("/chat/copy/x.json")):
        assert wrong.status_code == 403 and "王小明" not in wrong.text
    clock.moment += LIFETIME
    assert page.get(address).status_code == 403
