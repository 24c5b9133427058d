"""The six papers as pages: complete, escaped, alone, and masked where a customer sees them."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from sqlalchemy.orm import Session

from aftersales import knowledge, workshop
from aftersales.estimates import Item, do_accept, do_make_estimate, do_send_estimate
from aftersales.store import open_store
from aftersales.store.tables import Base
from tests.aftersales.workshop.repairs import CHIEF, TECHNICIAN, Repair
from web.papers import NotIssued, formats, render_paper, render_register
from web.papers.qr import square, status_url

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
BASE = "https://shop.example"
VOID_ELEMENTS = {"meta", "br", "col", "link"}


class Page(HTMLParser):
    """Checks that elements close in order; keeps headings and text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.text = ""
        self.addresses: list[str] = []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        self.addresses += [v or "" for k, v in attrs if k in ("src", "href")]
        if tag not in VOID_ELEMENTS:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += data


@pytest.fixture
def session() -> Iterator[Session]:
    store = open_store("sqlite://")
    Base.metadata.create_all(store.engine)
    with store.session() as opened:
        yield opened
    store.close()


def page(repair: Repair, kind: str, token: str | None = None) -> str:
    found = workshop.dossier(repair.session, repair.ticket)
    return render_paper(kind, found, now=repair.now, base_url=BASE, token=token)


@pytest.mark.parametrize("kind", workshop.KINDS)
def test_each_paper_is_one_whole_page_with_title_and_number(session: Session, kind: str) -> None:
    repair = Repair.new(session, NOW).to("archived")
    html = page(repair, kind)
    parsed = Page(html)
    entry = knowledge.load("workshop")["papers"][kind]
    assert html.startswith("<!doctype html>")
    assert parsed.seen.count("h1") == 1
    assert entry["name"] in parsed.text
    assert f"{entry['code']}-{repair.ticket.number}" in parsed.text
    assert "王小明" in parsed.text
    assert re.search(r"@page \{ size: A[45] (portrait|landscape);", html)
    assert parsed.addresses == []
    assert "url(" not in html and "@import" not in html and "script" not in parsed.seen


@pytest.mark.parametrize("mode", ["counter", "mail_in", "on_site"])
@pytest.mark.parametrize("cls", ["A", "B", "C", "D"])
def test_whatever_is_issued_can_be_printed_in_every_state(
    session: Session, mode: str, cls: str
) -> None:
    for state in ("awaiting_assignment", "in_service", "taken_in", "repairing", "archived"):
        repair = Repair.new(session, NOW).to(state, mode, cls)
        for kind in workshop.dossier(session, repair.ticket).papers:
            Page(page(repair, kind))


def test_a_paper_that_was_not_issued_is_not_printed(session: Session) -> None:
    with pytest.raises(NotIssued):
        page(Repair.new(session, NOW).to("in_service"), "item_receipt")


@pytest.mark.parametrize("kind", workshop.KINDS)
def test_a_number_to_call_and_a_square_to_scan_never_stand_on_one_paper(
    session: Session, kind: str
) -> None:
    repair = Repair.new(session, NOW).to("archived")
    html = page(repair, kind, token="tok")
    text = Page(html).text
    assert ("<svg" in html) == (kind in workshop.FOR_CUSTOMERS)
    assert ("13800005678" in text) == (kind == "call_register")
    assert ("138****" in text) == (kind in workshop.FOR_CUSTOMERS)
    # The last four digits open the offer and the pick-up code behind the square.
    assert ("5678" in text) == (kind == "call_register")


def test_the_customer_sees_what_is_signed_kept_or_paid_and_no_book_of_the_shop() -> None:
    assert set(workshop.FOR_CUSTOMERS) == {"service_voucher", "item_receipt", "settlement"}


def test_what_people_wrote_is_text(session: Session) -> None:
    repair = Repair.new(session, NOW).to("archived")
    repair.ticket.contact_name = "<script>x</script>"
    repair.ticket.fault = '<img src=x onerror="y">'
    for kind in workshop.KINDS:
        parsed = Page(page(repair, kind))
        assert "script" not in parsed.seen
        assert "img" not in parsed.seen


def test_the_receipt_says_that_it_is_lost_or_void(session: Session) -> None:
    repair = Repair.new(session, NOW).to("awaiting_return")
    assert "stamp" not in Page(page(repair, "item_receipt")).text
    assert '<div class="stamp">' not in page(repair, "item_receipt")
    repair.lose_receipt()
    assert "<strong>挂失</strong>" in page(repair, "item_receipt")
    repair.hand_back("lost", without_code="核对身份证")
    assert "<strong>作废</strong>" in page(repair, "item_receipt")


def test_the_card_shows_hours_parts_and_the_chiefs_reason(session: Session) -> None:
    repair = Repair.new(session, NOW).to("repairing")
    repair.log_work(95)
    repair.use_part(2)
    repair.to_check()
    repair.fail_check()
    text = Page(page(repair, "repair_card")).text
    for wanted in ("1:35", "主发条", "日差还大", TECHNICIAN):
        assert wanted in text
    assert CHIEF not in text
    repair.to_check()
    repair.pass_check()
    assert CHIEF in Page(page(repair, "repair_card")).text


def test_the_bill_adds_up_and_says_the_amount_twice(session: Session) -> None:
    repair = Repair.new(session, NOW).to("repairing")
    repair.use_part(2)
    repair.log_work()
    repair.to_check()
    repair.pass_check()
    repair.say_code()
    repair.hand_back()
    repair.collect(38000)
    text = Page(page(repair, "settlement")).text
    for wanted in ("140.00", "120.00", "240.00", "380.00", "叁佰捌拾元整", "不是税务发票"):
        assert wanted in text


@pytest.mark.parametrize(("paid", "rest"), [(38000, None), (30000, "-80.00")])
def test_the_bill_has_the_lines_the_customer_accepted(
    session: Session, paid: int, rest: str | None
) -> None:
    repair = Repair.new(session, NOW).to("taken_in")
    lines = [Item("labour", "清洗上油", 1, 30000), Item("postage", "保价寄回", 2, 4000)]
    offer = do_make_estimate(session, repair.ticket, lines, repair.now, TECHNICIAN)
    do_send_estimate(session, offer, repair.now, TECHNICIAN)
    do_accept(session, offer, "key", repair.now, "link")
    repair.use_part(2)
    repair.log_work()
    repair.to_check()
    repair.pass_check()
    repair.hand_back(without_code="核对身份证")
    repair.collect(paid, "老顾客优惠" if rest else None)
    text = Page(page(repair, "settlement")).text
    for wanted in ("清洗上油", "工费", "保价寄回", "邮费", "80.00", f"{paid / 100:.2f}"):
        assert wanted in text
    assert "主发条" not in text and "修护服务费" not in text
    assert ("减免" in text) == ("老顾客优惠" in text) == (rest is not None)
    assert rest is None or rest in text


def test_a_free_repair_is_billed_nothing(session: Session) -> None:
    text = Page(page(Repair.new(session, NOW).to("archived", cls="C"), "settlement")).text
    assert "免费服务" in text
    assert "零元" in text


def test_a_register_holds_several_repairs_and_blank_lines(session: Session) -> None:
    found = [
        workshop.dossier(session, Repair.new(session, NOW).to(state).ticket)
        for state in ("awaiting_assignment", "archived", "cancelled")[:2]
    ]
    html = render_register("call_register", found, now=NOW)
    assert all(one.ticket.number in html for one in found)
    assert Page(html).seen.count("tr") == 11
    with pytest.raises(ValueError, match="register"):
        render_register("repair_card", found, now=NOW)
    with pytest.raises(NotIssued):
        render_register("inout_register", found, now=NOW)


def test_the_square_leads_to_the_status_page_and_holds_nothing_else(session: Session) -> None:
    assert status_url("https://a/", None) == "https://a/"
    assert status_url("https://a", "tok") == "https://a/s/tok"
    repair = Repair.new(session, NOW).to("archived")
    assert str(square(f"{BASE}/s/tok")) in page(repair, "service_voucher", token="tok")
    assert str(square(f"{BASE}/")) in page(repair, "service_voucher")


def test_moments_are_the_shops_and_amounts_have_two_places() -> None:
    assert formats.full(NOW) == "2026-11-23 10:00"
    assert formats.short(None) == formats.full(None) == formats.day(None) == ""
    assert formats.money(138005) == "1,380.05"
    assert formats.money(None) == ""
    assert formats.capitals(138005) == "壹仟叁佰捌拾元零伍分"
    assert formats.hours(95) == "1:35"
