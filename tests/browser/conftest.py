"""A real browser, a real page, a real gateway; in Rasa's place a peer that keeps its contract.

Without Chromium these tests skip and say how to install it. Screenshots go to ``var/screenshots``.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from aftersales.settings import Settings
from aftersales.store import migrate
from tests.web import fake_rasa
from tests.web.house import Peer, Served
from web.app import create_app

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = "/usr/bin/chromium" if Path("/usr/bin/chromium").exists() else shutil.which("chromium")
INSTALL = "no Chromium: sudo apt-get install chromium fonts-noto-cjk"
WIDGET = ROOT / "node_modules" / "deep-chat" / "dist" / "deepChat.bundle.js"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def screenshots() -> Path:
    """Where pictures of the page go."""
    folder = ROOT / (os.environ.get("AFTERSALES_VAR") or "var") / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium. Per file: while Playwright runs, asyncio.run of other tests would be refused."""
    if CHROMIUM is None:
        pytest.skip(INSTALL)
    if not WIDGET.exists():
        pytest.skip("no widget: sudo apt-get install npm, then npm ci")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def peer() -> Iterator[Peer]:
    with Peer() as running:
        yield running


@pytest.fixture(scope="session")
def site(peer: Peer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    settings = Settings.from_env(
        {
            "AFTERSALES_VAR": str(tmp_path_factory.mktemp("var")),
            "RASA_PORT": str(peer.port),
            "ACTIONS_PORT": str(peer.port),
            "GATEWAY_SECRET": fake_rasa.SECRET,
        }
    )
    migrate(settings.database_url.reveal())
    with Served(create_app(settings)) as served:
        yield served


@pytest.fixture
def strangers() -> list[str]:
    """Addresses of other hosts that a page asked for; must stay empty."""
    return []


@pytest.fixture
def context(
    browser: Browser, site: Served, peer: Peer, strangers: list[str]
) -> Iterator[BrowserContext]:
    peer.heard.clear()
    visitor = browser.new_context(viewport={"width": 1280, "height": 860}, locale="zh-CN")

    def note(url: str) -> None:
        if not url.startswith((site.base, "data:", "blob:")):
            strangers.append(url)

    visitor.on("request", lambda request: note(request.url))
    yield visitor
    visitor.close()
    assert strangers == []


@pytest.fixture
def page(context: BrowserContext, site: Served) -> Page:
    opened = context.new_page()
    opened.set_default_timeout(15_000)
    open_chat(opened, site)
    return opened


def open_chat(page: Page, site: Served) -> None:
    """Open the page and wait until one can write."""
    page.goto(site.base)
    page.wait_for_selector("[data-ready]")
