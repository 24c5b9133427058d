"""The sheets on a phone and on a desk: readable without JavaScript, nothing of another host."""

import re
from pathlib import Path

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, Page, expect

from aftersales.store import Store
from tests.web import repairs
from tests.web.house import Served

pytestmark = pytest.mark.browser
SIZES = [(375, 812, 2), (1280, 860, 1)]

SMALLEST = """() => Math.min(...[...document.querySelectorAll('body *')]
  .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()))
  .map(e => parseFloat(getComputedStyle(e).fontSize)))"""
PALEST = """() => {
  const light = (c) => { const [r, g, b] = c.match(/[\\d.]+/g).map(Number).map(v => { v /= 255;
    return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; });
    return .2126 * r + .7152 * g + .0722 * b; };
  const ground = (e) => { for (; e; e = e.parentElement) {
    const c = getComputedStyle(e).backgroundColor;
    if (!/, 0\\)$/.test(c) && c !== 'transparent') return c; } return 'rgb(255,255,255)'; };
  let worst = 21;
  for (const e of document.querySelectorAll('body *')) {
    if (![...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())) continue;
    const a = light(getComputedStyle(e).color), b = light(ground(e));
    worst = Math.min(worst, (Math.max(a, b) + .05) / (Math.min(a, b) + .05));
  }
  return worst; }"""


def store_of(site: Served) -> Store:
    assert isinstance(site.app, FastAPI)
    store: Store = site.app.state.parts.store
    return store


def make(site: Served, name: str, **options: object) -> repairs.Repair:
    parts = site.app.state.parts  # type: ignore[attr-defined]
    return repairs.make_repair(
        store_of(site),
        draft_id=f"d-{name}-{parts.ids.token()}",
        now=parts.clock.now(),
        **options,  # type: ignore[arg-type]
    )


def checked(page: Page, site: Served, width: int) -> None:
    """What every sheet keeps."""
    assert page.evaluate("document.documentElement.scrollWidth") == width, "no sideways scrolling"
    assert page.evaluate(SMALLEST) >= 16
    assert page.evaluate(PALEST) >= 4.5
    small = page.evaluate(
        "[...document.querySelectorAll('.button, .proof input')].every(b => b.offsetHeight >= 44)"
    )
    assert small, "what is tapped is large enough for a thumb"


@pytest.mark.parametrize(("width", "height", "scale"), SIZES)
def test_the_sheets_look_right_without_javascript(
    browser: Browser, site: Served, screenshots: Path, width: int, height: int, scale: int
) -> None:
    visitor = browser.new_context(
        viewport={"width": width, "height": height},
        device_scale_factor=scale,
        locale="zh-CN",
        java_script_enabled=False,
    )
    asked: list[str] = []
    visitor.on("request", lambda request: asked.append(request.url))
    offered = make(site, "offered", offered=True)
    repairing = make(site, "repairing", state="repairing")
    ready = make(site, "ready", state="awaiting_return")
    declined = make(site, "declined", offered=True)
    page = visitor.new_page()

    def shoot(name: str) -> None:
        page.screenshot(path=screenshots / f"{name}-{width}.png", full_page=True)

    for name, repair in (("repairing", repairing), ("ready", ready), ("offered", offered)):
        page.goto(f"{site.base}/s/{repair.status}")
        shoot(f"status-{name}")
    page.get_by_label("登记手机号的后四位").fill("0000")
    page.get_by_role("button", name="看明细并答复").click()
    expect(page.get_by_role("alert")).to_have_text("对不上，请再核对一次。")
    shoot("status-wrong-digits")
    page.get_by_label("登记手机号的后四位").fill("5678")
    page.get_by_role("button", name="看明细并答复").click()
    expect(page).to_have_url(re.compile(r"/e/[a-z0-9]{26}"))
    shoot("estimate-open")
    page.get_by_role("link", name="同意维修").click()
    shoot("estimate-accept")
    page.get_by_role("button", name="确认同意").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("已同意维修")
    shoot("estimate-accepted")
    page.goto(f"{site.base}/e/{declined.estimate}")
    page.get_by_role("link", name="不修了").click()
    shoot("estimate-decline")
    page.get_by_role("button", name="价格超出预期").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("已选择不修")
    page.goto(f"{site.base}/s/{declined.status}")
    shoot("status-declined")
    page.goto(f"{site.base}/s/nothing")
    shoot("gone")
    assert all(url.startswith(site.base) for url in asked)
    visitor.close()


@pytest.mark.parametrize(("width", "height", "scale"), SIZES)
def test_they_are_readable_and_within_the_screen(
    browser: Browser, site: Served, width: int, height: int, scale: int
) -> None:
    visitor = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
    problems: list[str] = []
    page = visitor.new_page()
    page.on("console", lambda m: problems.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    offered, ready = make(site, "o", offered=True), make(site, "r", state="awaiting_return")
    for path in (
        f"/s/{offered.status}",
        f"/s/{ready.status}",
        f"/e/{offered.estimate}",
        f"/e/{offered.estimate}/accept",
        f"/e/{offered.estimate}/decline",
    ):
        page.goto(site.base + path)
        checked(page, site, width)
        assert page.evaluate("document.scripts.length") == 0
    assert problems == []
    visitor.close()


def test_from_the_progress_page_into_the_chat_with_the_number_written(
    page: Page, site: Served, screenshots: Path
) -> None:
    repair = make(site, "ask", state="repairing")
    page.set_viewport_size({"width": 375, "height": 812})
    page.goto(f"{site.base}/s/{repair.status}")
    page.get_by_role("link", name="问助手这次维修").click()
    page.wait_for_selector("[data-ready]")
    box = page.get_by_role("textbox")
    expect(box).to_have_text(f"单号 {repair.number} 现在到哪一步了？")
    page.screenshot(path=screenshots / "ask-375.png")
    assert page.url == f"{site.base}/", "the pass is not left in the address bar"
    box.press("Enter")
    expect(page.locator("deep-chat .said").last).to_have_text(
        f"[text] 单号 {repair.number} 现在到哪一步了？"
    )


def test_the_chat_shows_a_way_to_the_page_as_a_button(
    page: Page, site: Served, screenshots: Path
) -> None:
    send_link = "进度都在这里：/s/open/WzEsMl0.abc"
    page.get_by_role("textbox").click()
    page.keyboard.insert_text(send_link)
    page.keyboard.press("Enter")
    way = page.get_by_role("link", name="打开进度页")
    expect(way).to_have_attribute("href", "/s/open/WzEsMl0.abc")
    expect(page.locator("deep-chat .said").last).to_have_text("[text] 进度都在这里。")
    page.screenshot(path=screenshots / "way-1280.png")
