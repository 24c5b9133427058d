"""The programs for the shop's own people, on a real database."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from aftersales import complaints
from aftersales.clock import FixedClock
from aftersales.ids import RandomIds
from aftersales.store import Store, migrate, open_store
from aftersales.store.tables import AuditEntry, CarePlan, Satisfaction
from aftersales.tickets import TicketDraft, Watch, do_create_ticket
from aftersales.tickets.moves import do_move_checked
from tools import care, complaint, deadlines, shop

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    url = f"sqlite:///{tmp_path}/aftersales.db"
    monkeypatch.setenv("AFTERSALES_DATABASE_URL", url)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr(shop, "clock", FixedClock(NOW))
    monkeypatch.setattr(shop, "who", lambda: "anna")
    migrate(url)
    opened = open_store(url)
    yield opened
    opened.close()


def opened(store: Store, kind: str, *states: str) -> str:
    draft = TicketDraft(
        draft_id=f"d-{kind}", kind=kind, name="王小明", phone="13800005678", channel="widget",
        sender="w-1", fault="走慢", watch=Watch("7S26", "0020"),
    )  # fmt: skip
    with store.session() as session:
        ticket = do_create_ticket(session, draft, NOW, RandomIds())
        for state in states:
            do_move_checked(session, ticket, state, NOW, who="chief")
        return ticket.number


def run(program: object, *words: str, code: int = 0) -> str:
    with shop.out.capture() as said:
        result = CliRunner().invoke(program.app, list(words))  # type: ignore[attr-defined]
    assert result.exit_code == code, (said.get(), result.output, result.exception)
    return said.get() + result.stderr


def test_deadlines_are_listed_paused_met_and_swept(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "没有" in run(deadlines)
    number = opened(store, "repair")
    said = run(deadlines)
    assert f"first_answer:{number}" in said and "2026-11-23 15:00" in said and "服务时间" in said
    run(deadlines, "agree", number, "2026-11-25 18:00")
    run(deadlines, "agree", number, "2026-11-01 18:00", code=1)
    run(deadlines, "agree", number, "soon", code=2)
    run(deadlines, "agree", "FW000000-00000", "2026-11-25 18:00", code=1)
    assert "等零件" in run(deadlines, "pause", f"delivery:{number}", "parts")
    assert "停表" in run(deadlines)
    run(deadlines, "pause", f"assign:{number}", code=1)
    monkeypatch.setattr(shop, "clock", FixedClock(NOW + timedelta(hours=1)))
    assert "2026-11-25 19:00" in run(deadlines, "resume", f"delivery:{number}")
    run(deadlines, "meet", f"assign:{number}")
    run(deadlines, "meet", "nothing", code=1)
    run(deadlines, "resume", "nothing", code=1)
    monkeypatch.setattr(shop, "clock", FixedClock(NOW + timedelta(hours=5)))
    assert "提醒 1 项，上报 1 项" in run(deadlines, "sweep")
    assert "0 项" in run(deadlines, "adjust")


def test_a_complaint_goes_to_its_end_step_by_step(store: Store) -> None:
    number = opened(store, "complaint")
    assert "答复 原因 措施" in run(complaint, "show", number)
    assert "还缺" in run(complaint, "close", number, code=1)
    run(complaint, "cause", number, "person", "manner", "--note", "电话里口气重")
    run(complaint, "cause", number, "person", "weather", code=1)
    run(complaint, "measure", number, "重新培训")
    assert "警告" in run(complaint, "finding", number, "--upheld", "--staff", "李师傅")
    assert "not for customers" in run(complaint, "answer", number, "已处罚他", code=1)
    run(complaint, "answer", number, "向您道歉，已经改进。")
    run(complaint, "close", number, "--satisfied")
    assert "已办结" in run(complaint, "show", number)
    assert "第几轮：2" in run(complaint, "reopen", number, "又来了")
    run(complaint, "show", opened(store, "repair"), code=1)
    with store.session() as session:
        ticket = shop.ticket(session, number)
        assert complaints.for_customer(session, ticket).answer is None


def test_care_lists_calls_and_shows_the_files(store: Store) -> None:
    assert "没有" in run(care)
    number = opened(store, "repair", "awaiting_assignment", "in_service", "done_on_spot")
    assert "回访" in run(care, "--days", "40")
    with store.session() as session:
        plan = session.scalars(select(CarePlan.id).where(CarePlan.kind == "callback")).one()
    run(care, "called", str(plan), "走时正常", "--on-product", "准", "--score", "5")
    run(care, "called", "999", "x", code=1)
    assert "客户对产品意见：准" in run(care, "record", number)
    masked = run(care, "file", number, "--address", "上海市静安区某路 1 号", "--key")
    assert "138****5678" in masked and "静安区****" in masked and "7S26" in masked
    assert "13800005678" in run(care, "file", number, "--reveal", "寄回手表")
    assert "没有找到单号 FW000000-00000" in run(care, "file", "FW000000-00000", code=1)
    run(care, "record", "FW000000-00000", code=1)
    assert "0 条" in run(care, "sweep")
    with store.session() as session:
        assert session.scalars(select(Satisfaction.score)).one() == 5
        revealed = select(AuditEntry.why).where(AuditEntry.what == "reveal")
        assert session.scalars(revealed).all() == ["寄回手表"]
