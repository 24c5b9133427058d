"""The papers as a printer gets them: the right sheet, one page, nothing cut off or fetched."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser
from sqlalchemy.orm import Session

from aftersales import workshop
from aftersales.store import open_store
from aftersales.store.tables import Base
from tests.aftersales.workshop.repairs import Repair
from web.papers import render_paper

pytestmark = pytest.mark.browser

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
MM = 72 / 25.4
SHEETS = {
    "call_register": (297, 210),
    "service_voucher": (148, 210),
    "item_receipt": (210, 148),
    "inout_register": (297, 210),
    "repair_card": (148, 210),
    "settlement": (148, 210),
}


@pytest.fixture
def repair() -> Iterator[Repair]:
    store = open_store("sqlite://")
    Base.metadata.create_all(store.engine)
    with store.session() as session:
        yield Repair.new(session, NOW)
    store.close()


def boxes(pdf: bytes) -> list[tuple[float, float]]:
    """The size of each page, in millimetres."""
    found = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", pdf)
    return [(float(width) / MM, float(height) / MM) for width, height in found]


def html(session: Session, repair: Repair, kind: str) -> str:
    found = workshop.dossier(session, repair.ticket)
    return render_paper(kind, found, now=repair.now, base_url="http://127.0.0.1:8000")


@pytest.mark.parametrize("kind", workshop.KINDS)
def test_a_paper_is_one_sheet_of_its_size(browser: Browser, repair: Repair, kind: str) -> None:
    repair.to("archived")
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_content(html(repair.session, repair, kind))
    pdf = page.pdf(prefer_css_page_size=True, print_background=True)
    width, height = SHEETS[kind]
    assert boxes(pdf) == [(pytest.approx(width, abs=0.5), pytest.approx(height, abs=0.5))]
    sheet = page.locator(".sheet").bounding_box()
    assert sheet is not None
    # On the screen, too, the sheet is as large as the paper: all of it fits.
    assert sheet["height"] / 96 * 25.4 == pytest.approx(height, abs=0.5)
    wide = page.evaluate(
        "[...document.querySelectorAll('.sheet *')].filter(e => !e.closest('svg, .stamp') &&"
        " e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline')"
        ".map(e => e.outerHTML)"
    )
    assert wide == []
    assert asked == []
    page.close()


def test_a_long_card_goes_on_to_a_second_page_instead_of_being_cut(
    browser: Browser, repair: Repair
) -> None:
    repair.to("repairing")
    for _ in range(30):
        repair.log_work()
    page = browser.new_page()
    page.set_content(html(repair.session, repair, "repair_card"))
    assert len(boxes(page.pdf(prefer_css_page_size=True))) > 1
    page.close()


def test_chinese_is_drawn_and_not_boxes(browser: Browser, repair: Repair) -> None:
    page = browser.new_page()
    page.set_content("<meta charset=utf-8><b>修</b><i style='font-style:normal'>护</i>")
    one, other = (page.locator(tag).screenshot() for tag in ("b", "i"))
    assert one != other
    page.close()
