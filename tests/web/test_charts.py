"""Charts of rate diaries: only at a signed address, only until it expires, and of nobody."""

from datetime import timedelta
from xml.etree import ElementTree

import httpx
import pytest
from sqlalchemy import select

from aftersales.clock import FixedClock
from aftersales.conversations import do_store_message
from aftersales.rate.diaries import do_add_reading, do_start_diary
from aftersales.rate.links import LIFETIME, ChartLinks
from aftersales.rate.readings import Reading
from aftersales.settings import Settings
from aftersales.store import Store
from aftersales.store.tables import Conversation
from tests.web.house import NOW, later, say


@pytest.fixture
def address(settings: Settings, store: Store) -> str:
    """The address of a chart of three readings."""
    with store.session() as session:
        diary = do_start_diary(
            session, sender="w-someone", channel="widget", watch_no=0, calibre="4R36",
            movement="mechanical", now=NOW - timedelta(days=7),
        )  # fmt: skip
        for days, offset in ((7, 3.0), (6, 21.0), (0, 130.0)):
            do_add_reading(session, diary, Reading(NOW - timedelta(days=days), offset))
        number = diary.id
    return ChartLinks(settings.session_secret()).make(number, NOW)


def test_a_signed_address_shows_the_drawing(page: httpx.Client, address: str) -> None:
    answer = page.get(address)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert "sandbox" in answer.headers["content-security-policy"]
    root = ElementTree.fromstring(answer.content)  # noqa: S314 - our own drawing
    svg = "{http://www.w3.org/2000/svg}"
    assert len(root.findall(f"{svg}circle")) == 3
    assert len(root.findall(f"{svg}polygon")) == 1
    assert "每天快 18.2 秒" in (root.findtext(f"{svg}desc") or "")
    assert "w-someone" not in answer.text + address
    assert "script" not in answer.text and "style=" not in answer.text


def test_it_needs_no_cookie_and_sets_none(page: httpx.Client, address: str) -> None:
    assert not page.get(address).cookies


def test_a_changed_address_shows_nothing(page: httpx.Client, address: str) -> None:
    # Not its last sign: some of the bits in that one belong to no byte.
    other = "A" if address[-2] != "A" else "B"
    for wrong in (address[:-2] + other + address[-1], "/charts/1", "/charts/x.y"):
        assert page.get(wrong).status_code == 404


def test_an_expired_address_shows_nothing(
    page: httpx.Client, address: str, clock: FixedClock
) -> None:
    later(clock, seconds=LIFETIME.total_seconds() - 1)
    assert page.get(address).status_code == 200
    later(clock, seconds=2)
    assert page.get(address).status_code == 404


def test_a_chart_of_nothing_shows_nothing(page: httpx.Client, settings: Settings) -> None:
    assert page.get(ChartLinks(settings.session_secret()).make(999, NOW)).status_code == 404


def test_the_chat_shows_the_picture_in_place_of_its_address(
    page: httpx.Client, address: str, store: Store
) -> None:
    say(page, "你好")
    with store.session() as session:
        talk = session.scalars(select(Conversation)).one()
        do_store_message(session, talk, "out", f"走时曲线：{address}", now=NOW)
    shown = page.get("/chat/history").json()["messages"][-1]
    assert shown["text"] == "走时曲线："
    assert [photo["url"] for photo in shown["photos"]] == [address]


def test_an_address_a_visitor_types_stays_text(page: httpx.Client, address: str) -> None:
    say(page, f"看 {address}")
    typed = page.get("/chat/history").json()["messages"][0]
    assert address in typed["text"] and typed["photos"] == []
