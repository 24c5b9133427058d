"""``make demo-repair``: one repair to the archive, and its papers as files."""

import io
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from aftersales import workshop
from aftersales.store import open_store
from aftersales.store.tables import Base
from tools import demo_repair, paper_files


def test_the_demonstration_ends_in_the_archive_and_shows_refusals() -> None:
    out = Console(record=True, width=200, file=io.StringIO())
    store = open_store("sqlite://")
    Base.metadata.create_all(store.engine)
    with store.session() as session:
        found = demo_repair.run(session, out)
        assert found.ticket.state == "archived"
        assert set(found.papers) == set(workshop.KINDS)
        assert found.ticket.approved_how == "link"
        assert found.agreed is not None and found.payment is not None
        assert found.agreed.total_fen == found.payment.amount_fen
        assert [line.kind for line in found.agreed.lines] == ["labour", "part", "part", "postage"]
        assert found.ticket.customer.phone.startswith("0000000")
    store.close()
    said = out.export_text()
    assert said.count("不让走") == 6
    assert "先报取表码" in said
    assert "领取收据没有收回" in said


def test_the_squares_lead_to_a_status_link(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    led_to: list[str | None] = []
    real = demo_repair.render_paper

    def looked_at(kind: str, found: workshop.Dossier, **given: Any) -> str:
        led_to.append(given["token"])
        return real(kind, found, **given)

    monkeypatch.setattr(demo_repair, "render_paper", looked_at)
    monkeypatch.setattr(paper_files, "chromium", lambda: None)
    monkeypatch.setattr(demo_repair.paths, "var", lambda: tmp_path)
    assert demo_repair.main() == 0
    assert len(led_to) == 6 and len(set(led_to)) == 1 and led_to[0]
    slip = (tmp_path / "papers" / "demo-6-settlement.html").read_text(encoding="utf-8")
    for line in ("工费", "邮费", "发票寄送", "360.00", "25.00", "468.00"):
        assert line in slip
    assert "修护服务费" not in slip


def test_pages_become_html_pictures_and_pdfs(tmp_path: Path) -> None:
    chromium = paper_files.chromium()
    if chromium is None:
        pytest.skip("no Chromium: sudo apt-get install chromium fonts-noto-cjk")
    page = "<!doctype html><meta charset=utf-8><article class=sheet>修护卡</article>"
    files = paper_files.write_html([("a-card", page)], tmp_path / "new")
    made = paper_files.print_pages(files, chromium, png=True, pdf=True)
    assert [path.name for path in made] == ["a-card.png", "a-card.pdf"]
    assert made[0].read_bytes().startswith(b"\x89PNG")
    assert made[1].read_bytes().startswith(b"%PDF")
