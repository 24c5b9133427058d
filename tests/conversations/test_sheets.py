"""Between the chat and the sheets, with everything behind them."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count

import httpx
import pytest

from aftersales.store import Store, open_store
from tests.web.repairs import Repair, make_repair
from tools.system import System

pytestmark = pytest.mark.system
NUMBERS = count(1)


@pytest.fixture
def repair(system: System) -> Iterator[Repair]:
    store: Store = open_store(f"sqlite:///{system.var}/aftersales.db")
    name = f"sheet-{next(NUMBERS)}"
    yield make_repair(store, offered=True, draft_id=name, now=datetime.now(UTC), sender=name)
    store.close()


@pytest.fixture
def page(system: System) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=system.web, trust_env=False, timeout=30) as client:
        yield client


def say(page: httpx.Client, text: str, **more: str) -> dict[str, object]:
    body = {"text": text, "client_message_id": f"message-{next(NUMBERS):04d}", **more}
    answer = page.post("/chat/messages", json=body).json()
    last: dict[str, object] = answer["messages"][-1]
    return last


def test_she_comes_from_the_status_page_and_is_answered_at_once(
    page: httpx.Client, repair: Repair
) -> None:
    way = re.search(r'href="(/\?ask=[^"]+)"', page.get(f"/s/{repair.status}").text)
    assert way is not None
    opened = page.get(way[1]).text
    question, ticket_pass = (
        re.findall(rf'data-{name}="([^"]+)"', opened)[0] for name in ("ask", "pass")
    )
    said = say(page, question, ask=ticket_pass)
    assert repair.number in str(said["text"]) and "955.00" in str(said["text"])
    assert said["links"] == []


def test_he_proves_himself_in_the_chat_and_accepts_on_the_page(
    page: httpx.Client, repair: Repair
) -> None:
    say(page, f"查进度 {repair.number}")
    said = say(page, "5678")
    assert "955.00" in str(said["text"]) and "/e/open" not in str(said["text"])
    (link,) = said["links"]  # type: ignore[misc]
    assert link["kind"] == "estimate"  # type: ignore[index]
    led = page.get(link["url"])  # type: ignore[index]
    offer = led.headers["location"]
    key = re.findall(r'name="key" value="([^"]+)"', page.get(f"{offer}/accept").text)[0]
    page.post(f"{offer}/accept", data={"key": key})
    assert "已同意维修" in page.get(offer).text
    said = say(page, f"查进度 {repair.number}")
    said = say(page, "5678")
    assert "正在修理" in str(said["text"])
    assert said["links"][0]["kind"] == "status"  # type: ignore[index]
