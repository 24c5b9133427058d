"""The page without a mouse, without eyes, without motion."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.house import Served

pytestmark = pytest.mark.browser

# What has focus, also inside deep-chat.
FOCUSED = """() => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  const style = getComputedStyle(at);
  const around = getComputedStyle(at.parentElement);
  return {
    tag: at.tagName,
    name: (at.getAttribute('aria-label') || at.getAttribute('placeholder') || at.textContent).trim()
      .replace(/\\s+/g, ' '),
    seen: style.outlineStyle !== 'none' || style.boxShadow !== 'none'
      || around.boxShadow !== 'none',
  };
}"""


def test_the_landmarks_are_there_once_and_have_names(page: Page) -> None:
    for role in ("banner", "main", "contentinfo", "navigation"):
        expect(page.get_by_role(role)).to_have_count(1)
    for name in ("与售后助手的对话", "联系本服务中心", "隐私说明"):
        expect(page.get_by_role("region", name=name)).to_have_count(1)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    levels = page.locator("h1, h2, h3").evaluate_all("all => all.map((h) => +h.tagName[1])")
    jumps = zip(levels, levels[1:], strict=False)
    assert levels[0] == 1 and all(after - before <= 1 for before, after in jumps)
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    expect(page.get_by_role("log")).to_have_attribute("aria-live", "polite")
    expect(page.get_by_role("status")).to_have_count(1)


def test_everything_that_can_be_used_has_a_name(page: Page) -> None:
    page.get_by_role("textbox").fill("清单")
    page.keyboard.press("Enter")
    expect(page.get_by_role("group", name="可以直接选")).to_be_visible()
    for role in ("button", "link", "textbox"):
        nameless = page.get_by_role(role, name="").all()
        names = [
            (one.get_attribute("aria-label") or one.get_attribute("placeholder") or "")
            + (one.text_content() or "")
            for one in nameless
        ]
        assert names and all(name.strip() for name in names), f"a {role} without a name"
    ids = page.locator("[id]").evaluate_all("all => all.map((one) => one.id)")
    assert len(ids) == len(set(ids))


def test_the_order_of_the_tab_key_is_the_order_of_the_page(page: Page) -> None:
    names: list[str] = []
    for _ in range(24):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUSED)
        assert focus["seen"], f"focus on {focus} cannot be seen"
        names.append(focus["name"])
        if "结束并换新对话" in focus["name"]:
            break
    order = [
        "直接到对话",
        "联系本服务中心",
        "走时不准",
        "转人工",
        "请输入您的问题",
        "结束并换新对话",
    ]
    found = [next(i for i, name in enumerate(names) if wanted in name) for wanted in order]
    assert found == sorted(found), names
    assert any("发送照片" in name for name in names)


def test_nothing_moves_for_who_asked_for_it(browser: Browser, site: Served) -> None:
    context = browser.new_context(reduced_motion="reduce", locale="zh-CN")
    page = context.new_page()
    page.goto(site.base)
    page.wait_for_selector("[data-ready]")
    page.get_by_role("textbox").fill("慢")
    page.keyboard.press("Enter")
    page.wait_for_timeout(100)
    moving = page.evaluate(
        """() => [document, document.querySelector('deep-chat').shadowRoot]
          .flatMap((root) => root.getAnimations())
          .filter((animation) => animation.playState === 'running').length"""
    )
    assert moving == 0
    context.close()
