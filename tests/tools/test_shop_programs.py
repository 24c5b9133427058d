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
from tools import care, complaint, deadlines, shop, staff, training, visit

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


def test_our_people_are_added_changed_and_leave(store: Store) -> None:
    assert "没有" in run(staff)
    said = run(
        staff, "add", "老张", "technician", "--login", "zhang", "--since", "2015-01-01",
        "--from", "2020-01-01",
    )  # fmt: skip
    assert "老张（编号 1）" in said
    assert "没有这种职务：cook" in run(staff, "add", "老李", "cook", code=1)
    assert "已经有人用了" in run(staff, "add", "老张", "clerk", code=1)
    run(staff, "add", "老李", "clerk", "--since", "last year", code=2)
    assert "未填全" in run(staff)
    run(staff, "change", "1", "--education", "college", "--role", "supervisor")
    run(staff, "change", "1", "--education", "clever", code=1)
    run(staff, "change", "9", code=1)
    said = run(staff)
    assert "主任" in said and "大专" in said and "符合" in said and "至今" in said
    run(staff, "leave", "1", "2019-12-31", code=1)
    assert "2026-11-22" in run(staff, "leave", "1", "2026-11-22")
    assert "没有" in run(staff)
    assert "老张" in run(staff, "--all")


def test_a_visit_is_arranged_received_and_over(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "没有" in run(visit)
    number = opened(store, "repair")
    said = run(
        visit, "arrange", "2026-11-23 14:00", "老张", "--ticket", number, "--help-with", "住宿"
    )
    assert "11月23日周一下午14:00，到店后找老张" in said
    assert "11月24日周二上午9:00" in run(visit, "arrange", "2026-11-23 19:00", "老张", code=1)
    assert "称呼" in run(visit, "arrange", "now", "老张", code=1)
    run(visit, "arrange", "now", "老张", "--ticket", "FW000000-00000", code=1)
    run(visit, "arrange", "soon", "老张", "--name", "王女士", code=2)
    assert "还没有记到店" in run(visit, "received", "1", code=1)
    run(visit, "left", "1", code=1)
    run(visit, "arrived", "9", code=1)
    run(visit, "arrived", "1")
    monkeypatch.setattr(shop, "clock", FixedClock(NOW + timedelta(minutes=7)))
    assert "由 小李 接待，等了 7 分钟" in run(visit, "received", "1", "--by", "小李")
    assert "接待中" in run(visit)
    run(visit, "left", "1")
    said = run(visit)
    assert "已离开" in said and "住宿" in said and number in said
    assert "没有" in run(visit, "--day", "2026-11-24")


def test_a_training_is_asked_for_held_or_called_off(store: Store) -> None:
    assert "没有" in run(training)
    assert "2026-12-23 10:00 前落实" in run(
        training, "ask", "示例表行", "换电池", "--contact", "王经理"
    )
    assert "2026-12-20 09:00" in run(
        training, "ask", "示例钟行", "防水", "--asked", "2026-11-20 09:00"
    )
    run(training, "ask", "示例钟行", "防水", "--asked", "2026-12-20 09:00", code=1)
    said = run(training)
    assert "示例表行" in said and "王经理" in said
    assert "training:1" in run(deadlines)
    run(training, "done", "1", "老张", "--when", "2026-11-01 09:00", code=1)
    run(training, "done", "1", "老张", "--outcome", "都会了")
    assert "已经结束" in run(training, "call-off", "1", "不办了", code=1)
    run(training, "call-off", "2", "改期")
    run(training, "call-off", "9", "改期", code=1)
    assert "没有" in run(training)
