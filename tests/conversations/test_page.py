"""The page with everything behind it: a browser, web, Rasa, the actions and the database.

``SCREENSHOTS=1`` renews ``docs/page-1280.png``, which the README shows; otherwise pictures go to
``var/screenshots``.
"""

import asyncio
import os
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect
from sqlalchemy import select

from aftersales import conversations
from aftersales.settings import Secret
from aftersales.store import Store, open_store
from aftersales.store.tables import Conversation, Ticket
from tests.browser.conftest import ROOT, browser, screenshots
from tools.system import System
from web.rasa import Bubble, Question, RasaClient

__all__ = ["browser", "screenshots"]
pytestmark = [pytest.mark.system, pytest.mark.browser]
SIZES = [(1280, 860), (375, 812)]


@contextmanager
def visit(browser: Browser, system: System, width: int, height: int) -> Iterator[Page]:
    """One visitor with the page open; nothing may be asked of another host, no script may fail."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        device_scale_factor=1 if width > 500 else 2,
        locale="zh-CN",
        reduced_motion="reduce",
        has_touch=width < 500,
    )
    page = context.new_page()
    page.set_default_timeout(20_000)
    problems: list[str] = []
    page.on("console", lambda m: problems.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: problems.append(str(error)))

    def note(url: str) -> None:
        if not url.startswith((system.web, "data:", "blob:")):
            problems.append(url)

    page.on("request", lambda request: note(request.url))
    page.goto(system.web)
    page.wait_for_selector("[data-ready]")
    yield page
    context.close()
    assert problems == []


@pytest.fixture(scope="module")
def store(system: System) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{system.var}/aftersales.db")
    yield opened
    opened.close()


def said(page: Page) -> Locator:
    return page.locator("deep-chat .said")


def mine(page: Page) -> Locator:
    return page.locator("deep-chat .user-message-text .said")


def say(page: Page, text: str) -> None:
    """Write a sentence and wait until something is answered to it."""
    before = said(page).count()
    page.get_by_role("textbox").click()
    page.keyboard.insert_text(text)
    page.keyboard.press("Enter")
    expect(said(page)).not_to_have_count(before + 1)
    expect(said(page).nth(before + 1)).to_be_visible()


def tap(page: Page, name: str) -> None:
    before = said(page).count()
    page.get_by_role("button", name=name, exact=True).last.click()
    expect(said(page).nth(before + 1)).to_be_visible()


def keep(page: Page, screenshots: Path, name: str) -> None:
    page.wait_for_timeout(150)  # the last bubble slides in
    page.screenshot(path=screenshots / name)


def for_the_readme(page: Page) -> None:
    if os.environ.get("SCREENSHOTS") != "1":
        return
    path = ROOT / "docs" / "page-1280.png"
    path.parent.mkdir(exist_ok=True)
    page.set_viewport_size({"width": 1280, "height": 920})  # the question and its whole answer
    page.wait_for_timeout(150)
    page.screenshot(path=path)
    with Image.open(path) as picture:
        picture.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)
    page.set_viewport_size({"width": 1280, "height": 860})
    assert path.stat().st_size < 300_000


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_from_a_fast_watch_to_a_number(
    browser: Browser, system: System, store: Store, screenshots: Path, width: int, height: int
) -> None:
    with visit(browser, system, width, height) as page:
        say(page, "我的4R36一天快三十秒")
        expect(said(page).filter(has_text="正常").first).to_be_visible()
        expect(page.get_by_role("button", name="帮我报修")).to_be_in_viewport()
        keep(page, screenshots, f"diagnosis-{width}.png")
        if width > 500:
            for_the_readme(page)
        tap(page, "帮我报修")
        say(page, "同意")
        say(page, "王芳")
        say(page, "13812345678")
        expect(page.get_by_role("button", name="确认提交")).to_be_in_viewport()
        expect(said(page).last).to_contain_text("王芳")
        keep(page, screenshots, f"read-back-{width}.png")
        tap(page, "确认提交")
        expect(said(page).last).to_contain_text(re.compile(r"FW\d{6}-\d{5}"))
        keep(page, screenshots, f"ticket-{width}.png")
        number = re.search(r"FW\d{6}-\d{5}", said(page).last.inner_text())
        assert number
        with store.session(read_only=True) as session:
            tickets = session.scalars(select(Ticket).where(Ticket.number == number[0])).all()
            assert len(tickets) == 1
        told = said(page).all_text_contents()
        page.reload()
        page.wait_for_selector("[data-ready]")
        expect(said(page)).to_have_text(told)
        assert page.evaluate("document.documentElement.scrollWidth") == width


def test_a_colleague_comes_answers_and_goes(
    browser: Browser, system: System, store: Store, screenshots: Path
) -> None:
    with visit(browser, system, 1280, 860) as page:
        say(page, "转人工")
        with store.session(read_only=True) as session:
            newest = select(Conversation).where(Conversation.channel == "widget")
            talk = session.scalars(newest.order_by(Conversation.id.desc())).first()
            assert talk is not None and talk.owner == "waiting"
        expect(page.get_by_role("status")).to_have_text("已请同事 · 我先继续帮您")
        say(page, "机械表多久保养一次")  # who waits is still helped
        helped = said(page).count()
        keep(page, screenshots, "waiting-1280.png")

        def colleague(words: str) -> None:
            with store.session() as session:
                here = session.get_one(Conversation, talk.id)
                conversations.do_store_message(
                    session, here, "out", words, now=datetime.now(UTC), speaker="person"
                )

        with store.session() as session:
            here = session.get_one(Conversation, talk.id)
            conversations.do_take_over(session, here, "小陈", datetime.now(UTC))
        colleague("您好，我是小陈，您说。")
        expect(said(page).last).to_have_text("您好，我是小陈，您说。")  # pushed, no reload
        assert said(page).count() == helped + 1
        page.get_by_role("textbox").click()
        page.keyboard.insert_text("我的表一天快三十秒")
        page.keyboard.press("Enter")
        expect(page.locator("deep-chat .note").last).to_contain_text("已送达")
        colleague("我看一下，您稍等。")
        expect(said(page).last).to_have_text("我看一下，您稍等。")
        assert said(page).count() == helped + 3, "the bot is silent"
        keep(page, screenshots, "person-1280.png")
        with store.session() as session:
            here = session.get_one(Conversation, talk.id)
            conversations.do_return_to_bot(session, here, "小陈", datetime.now(UTC))
        say(page, "保修期多长")
        expect(said(page).last).to_contain_text("保修")
        expect(page.get_by_role("status")).to_have_text("智能应答 · 可转人工")
        expect(page.locator("deep-chat .who")).to_have_text(["客服", "助手"])


def test_an_answer_lost_on_its_way_is_remembered_by_rasa(system: System) -> None:
    """Against the real tracker, which the fake one of the other tests only imitates."""
    secret = Secret((system.var / "gateway.secret").read_text(encoding="utf-8").strip())
    question = Question("w-lost", "手表走快了", "text", "lost-0001", datetime.now(UTC))

    async def ask_and_recall() -> tuple[list[Bubble], list[Bubble], list[Bubble]]:
        rasa = RasaClient(system.rasa, secret)
        try:
            said = await rasa.ask(question)
            again = await rasa.recall("w-lost", "lost-0001")
            return said, again, await rasa.recall("w-lost", "never-said")
        finally:
            await rasa.aclose()

    # A thread of its own: while Playwright runs, this one has a loop already.
    with ThreadPoolExecutor(1) as own:
        said, again, unknown = own.submit(lambda: asyncio.run(ask_and_recall())).result()
    assert said == again and unknown == []
