"""The page as people use it."""

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi import FastAPI
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect
from sqlalchemy import select

from aftersales import conversations
from aftersales.store.tables import Conversation
from tests.web.house import Peer, Served

pytestmark = pytest.mark.browser
QUESTION = "我的 7S26 一天快三十秒，刚放过音箱旁边"


def box(page: Page) -> Locator:
    return page.get_by_role("textbox")


def said(page: Page) -> Locator:
    return page.locator("deep-chat .said")


def send(page: Page, text: str) -> None:
    box(page).click()
    page.keyboard.insert_text(text)
    page.keyboard.press("Enter")


def test_a_question_is_sent_and_answered(page: Page, peer: Peer) -> None:
    expect(said(page).first).to_contain_text("不是真人")
    send(page, QUESTION)
    expect(said(page).last).to_have_text(f"[text] {QUESTION}")
    expect(page.locator("#live")).to_have_text(f"[text] {QUESTION}")
    assert len(peer.heard) == 1


def test_the_buttons_are_tapped_once_and_vanish(page: Page, peer: Peer) -> None:
    send(page, "按钮")
    page.get_by_role("button", name="没有", exact=True).click()
    expect(said(page).last).to_have_text("[payload] /deny")
    expect(page.get_by_role("button", name="没有", exact=True)).to_have_count(0)
    assert [question["kind"] for question in peer.heard] == ["text", "payload"]


def test_a_typed_answer_takes_the_same_road(page: Page, peer: Peer) -> None:
    send(page, "按钮")
    expect(page.get_by_role("button", name="没有", exact=True)).to_be_visible()
    send(page, "没有")
    expect(said(page).last).to_have_text("[payload] /deny")


def test_a_card_puts_its_sentence_into_the_chat(page: Page, peer: Peer) -> None:
    page.get_by_role("button", name="走时不准").click()
    expect(said(page).last).to_contain_text("走时不准")
    assert peer.heard[0]["kind"] == "text"


def test_the_conversation_is_there_after_a_reload(page: Page) -> None:
    send(page, "按钮")
    expect(page.get_by_role("button", name="说不准")).to_be_visible()
    page.reload()
    page.wait_for_selector("[data-ready]")
    expect(said(page).filter(has_text="音箱、磁扣")).to_be_visible()
    page.get_by_role("button", name="说不准").click()
    expect(said(page).last).to_contain_text("[payload] /inform")


def test_a_photo_is_sent_and_shown(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "表.jpg"
    out = io.BytesIO()
    Image.new("RGB", (800, 600), (30, 60, 110)).save(out, "JPEG")
    file.write_bytes(out.getvalue())
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="发送照片").click()
    chooser.value.set_files(file)
    page.get_by_role("button", name="发送", exact=True).click()
    expect(said(page).last).to_contain_text("照片收到了")
    page.reload()
    page.wait_for_selector("[data-ready]")
    picture = page.locator("deep-chat img").first
    expect(picture).to_be_visible()
    assert picture.evaluate("img => img.complete && img.naturalWidth") == 800


def test_a_bad_photo_gets_a_sentence(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "not-a-photo.jpg"
    file.write_bytes(b"MZ this is no picture")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="发送照片").click()
    chooser.value.set_files(file)
    page.get_by_role("button", name="发送", exact=True).click()
    expect(page.locator("deep-chat .failed")).to_contain_text("JPEG")


def test_enter_while_composing_chinese_does_not_send(page: Page, peer: Peer) -> None:
    box(page).click()
    page.keyboard.insert_text("biaoting")
    press = """(input, keyCode) => {
      const event = new KeyboardEvent('keydown',
        {key: 'Enter', bubbles: true, composed: true, cancelable: true, isComposing: !keyCode});
      Object.defineProperty(event, 'keyCode', {get: () => keyCode || 13});
      input.dispatchEvent(event);
    }"""
    compose = "(input, kind) => input.dispatchEvent(new CompositionEvent(kind, {bubbles: true}))"
    box(page).evaluate(compose, "compositionstart")
    box(page).evaluate(press, 0)  # Chromium's order: Enter inside the composition
    box(page).evaluate(compose, "compositionend")
    box(page).evaluate(press, 229)  # Safari's order: Enter after it, still marked by 229
    page.wait_for_timeout(300)
    assert peer.heard == []
    expect(box(page)).to_have_text("biaoting")
    page.keyboard.press("Enter")
    expect(said(page).last).to_have_text("[text] biaoting")


def test_everything_works_with_the_keyboard_alone(page: Page, peer: Peer) -> None:
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="直接到对话")).to_be_focused()
    page.keyboard.press("Enter")
    for _ in range(8):
        page.keyboard.press("Tab")
        if box(page).evaluate("input => input.getRootNode().activeElement === input"):
            break
    page.keyboard.insert_text("按钮")
    page.keyboard.press("Enter")
    choice = page.get_by_role("button", name="没有", exact=True)
    expect(choice).to_be_visible()
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
        if choice.evaluate("b => b.getRootNode().activeElement === b"):
            break
    outline = choice.evaluate("b => getComputedStyle(b).outlineStyle")
    assert outline != "none", "what is focused must be seen"
    page.keyboard.press("Enter")
    expect(said(page).last).to_have_text("[payload] /deny")


def test_hostile_text_is_shown_as_text(page: Page) -> None:
    hostile = '<img src=x onerror="window.hacked=1"> # 题 **粗** [链](javascript:window.hacked=1)'
    send(page, hostile)
    expect(said(page).last).to_have_text(f"[text] {hostile}")
    send(page, "攻击")
    expect(said(page).last).to_contain_text("<img src=x onerror=")
    page.reload()
    page.wait_for_selector("[data-ready]")
    expect(said(page).last).to_contain_text("**粗**")
    assert page.evaluate("window.hacked") is None
    assert page.locator("deep-chat .said :is(img, a, strong, h1)").count() == 0


def test_a_colleague_takes_over_and_is_read(page: Page, site: Served, peer: Peer) -> None:
    send(page, "转人工")
    expect(said(page).last).to_have_text("[text] 转人工")
    assert isinstance(site.app, FastAPI)
    store, now = site.app.state.parts.store, datetime.now(UTC)
    with store.session() as session:
        talk = session.scalars(select(Conversation).order_by(Conversation.id.desc())).first()
        conversations.do_take_over(session, talk, "小陈", now)
    send(page, "您好")
    expect(page.locator("deep-chat .note")).to_contain_text("已送达")
    with store.session() as session:
        talk = session.get_one(Conversation, talk.id)
        conversations.do_store_message(
            session, talk, "out", "我是小陈，您说。", now=now, speaker="person"
        )
    expect(said(page).last).to_have_text("我是小陈，您说。")
    expect(page.locator("deep-chat .who")).to_have_text("客服")
    expect(page.get_by_role("status")).to_have_text("同事正在为您服务")
    page.reload()
    page.wait_for_selector("[data-ready]")
    expect(page.locator("deep-chat .who")).to_have_text("客服")
    assert len(peer.heard) == 1


def test_a_list_is_a_list_and_stays_text(page: Page) -> None:
    send(page, "清单")
    expect(page.locator("deep-chat .said li")).to_have_count(3)
    expect(page.locator("deep-chat .said li").last).to_have_text("<b>不要</b>自己开后盖拨快慢针。")
    expect(said(page).last).to_contain_text("就送来检测")
    assert page.locator("deep-chat .said b").count() == 0


def test_an_apology_is_said_when_there_is_no_answer(page: Page) -> None:
    send(page, "沉默")
    expect(said(page).last).to_contain_text("抱歉")
    expect(page.get_by_role("button", name="请给我回电")).to_be_visible()


def test_a_lost_network_is_bridged_with_the_same_id(
    page: Page, context: BrowserContext, peer: Peer
) -> None:
    context.set_offline(True)
    send(page, "断网时说的")
    page.wait_for_timeout(400)
    assert peer.heard == []
    context.set_offline(False)
    expect(said(page).last).to_have_text("[text] 断网时说的", timeout=15_000)
    assert len(peer.heard) == 1


def test_an_answer_lost_on_the_way_back_is_not_asked_twice(page: Page, peer: Peer) -> None:
    lost: list[int] = []

    def lose_first(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.fetch().status)
        route.abort()

    page.route("**/chat/messages", lose_first)
    send(page, "只问一次")
    expect(said(page).last).to_have_text("[text] 只问一次")
    assert lost == [200] and len(peer.heard) == 1


def test_nothing_of_the_talk_stays_in_the_browser(page: Page) -> None:
    send(page, "我的电话是13812345678")
    expect(said(page).last).to_contain_text("13812345678")
    kept = page.evaluate("JSON.stringify({...localStorage}) + JSON.stringify({...sessionStorage})")
    assert kept == "{}{}"
    assert page.evaluate("document.cookie") == ""


def test_the_handbook_is_drawn_without_other_hosts(
    context: BrowserContext, site: Served, screenshots: Path
) -> None:
    page = context.new_page()
    problems: list[str] = []
    page.on("console", lambda m: problems.append(m.text) if m.type == "error" else None)
    page.goto(f"{site.base}/docs")
    expect(page.get_by_role("link", name="/chat/messages")).to_be_visible()
    page.screenshot(path=screenshots / "docs-1280.png")
    assert problems == []


@pytest.mark.parametrize(("width", "height", "scale"), [(1280, 860, 1), (375, 812, 2)])
def test_it_looks_right(
    browser: Browser, site: Served, screenshots: Path, width: int, height: int, scale: int
) -> None:
    visitor = browser.new_context(
        viewport={"width": width, "height": height},
        device_scale_factor=scale,
        locale="zh-CN",
        reduced_motion="reduce",
        has_touch=width < 500,
    )
    page = visitor.new_page()
    problems: list[str] = []
    page.on("console", lambda m: problems.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(site.base)
    page.wait_for_selector("[data-ready]")
    page.screenshot(path=screenshots / f"open-{width}.png")
    send(page, "按钮")
    expect(page.get_by_role("button", name="说不准")).to_be_in_viewport()
    page.screenshot(path=screenshots / f"talk-{width}.png")
    page.screenshot(path=screenshots / f"page-{width}.png", full_page=True)
    send(page, "清单")
    last = page.get_by_role("button", name="说不准")
    expect(last).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("button", name="突然变快的")).to_be_in_viewport(ratio=1)
    page.wait_for_timeout(150)
    page.screenshot(path=screenshots / f"list-{width}.png")
    assert page.evaluate("document.documentElement.scrollWidth") == width, "no sideways scrolling"
    expect(box(page)).to_be_in_viewport(ratio=1)
    assert problems == []
    visitor.close()
