"""``python -m tools.ticket``: a whole repair by commands, and refusals in one clear line."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import Result
from sqlalchemy import select
from sqlalchemy.orm import Session
from typer.testing import CliRunner

from aftersales import knowledge, pickup
from aftersales.clock import SystemClock
from aftersales.ids import RandomIds
from aftersales.settings import Settings
from aftersales.store import migrate, open_store
from aftersales.store.tables import Deadline, Link
from aftersales.tickets import TicketDraft, do_create_ticket
from tools.ticket.__main__ import app

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run one command on a database of its own; ``fails`` says that it must."""
    monkeypatch.setenv("AFTERSALES_VAR", str(tmp_path))
    monkeypatch.delenv("AFTERSALES_DATABASE_URL", raising=False)
    monkeypatch.setenv("AFTERSALES_WHO", "clerk")
    monkeypatch.setenv("COLUMNS", "200")

    def call(*words: str, fails: bool = False) -> Result:
        done = CliRunner().invoke(app, list(words))
        assert (done.exit_code == 1) == fails, done.output
        if fails:
            assert done.stdout == ""
            assert done.stderr.count("\n") == 1
        return done

    return call


NEW = (
    "register", "--name", "王小明", "--phone", "13800005678", "--fault", "一天快半分钟",
    "--calibre", "4R36", "--reason", "已过保修期", "--agreed",
)  # fmt: skip


def number_of(result: Result) -> str:
    found = re.search(r"FW\d{6}-\d{5}", result.output)
    assert found is not None
    return found.group()


def pick_up_code(var: Path) -> str:
    """The code the customer finds on the status page."""
    settings = Settings.from_env({"AFTERSALES_VAR": str(var)})
    store = open_store(settings.database_url.reveal())
    with store.session(read_only=True) as session:
        link = session.scalars(select(Link).where(Link.purpose == "pickup")).one()
        code = pickup.pickup_code(link, settings.session_secret())
    store.close()
    return code


@contextmanager
def sqlite_store(var: Path) -> Iterator[Session]:
    """A transaction of the database the commands use."""
    url = Settings.from_env({"AFTERSALES_VAR": str(var)}).database_url.reveal()
    migrate(url)
    store = open_store(url)
    with store.session() as session:
        yield session
    store.close()


def waiting(session: Session, kind: str) -> str:
    """A ticket from the web page that nobody has looked at yet."""
    draft = TicketDraft(
        draft_id=f"d-{kind}", kind=kind, name="王小明", phone="13800005678", channel="widget",
        sender="visitor-1", fault="一天快半分钟", consent_version=f"{kind}-2026-11",
    )  # fmt: skip
    return do_create_ticket(session, draft, SystemClock().now(), RandomIds()).number


def tries(var: Path) -> int:
    """How many wrong codes are counted."""
    with sqlite3.connect(var / "aftersales.db") as database:
        (found,) = database.execute(
            "SELECT failures FROM links WHERE purpose = 'pickup'"
        ).fetchone()
    return int(found)


def test_a_repair_by_commands_from_the_counter_to_the_archive(run: Run, tmp_path: Path) -> None:
    number = number_of(run(*NEW))
    assert "主任还没有派工" in run("start", number, fails=True).stderr
    run("assign", number, "李师傅", "--who", "chief")
    run("stage", number, "arrived")
    run("start", number, "--who", "李师傅")
    run("take-in", number, "--signed-by", "王小明", "--condition", "有划痕")
    run("ask-approval", number)
    assert "没有同意报价" in run("repair", number, fails=True).stderr
    run("approve", number, "--how", "written", "--why", "短信")
    run("parts-wait", number, "--reason", "主发条")
    run("parts-wait", number, "--here")
    run("repair-log", number, "--minutes", "90", "--done", "拆洗", "--part", "主发条",
        "--price", "120.50", "--damage", "折断")  # fmt: skip
    assert "没有这个故障原因" in run("to-check", number, "--cause", "缺油", fails=True).stderr
    run("to-check", number, "--cause", "受磁", "--remark", "已消磁")
    run("check", number, "--back", "日差还大", "--who", "chief")
    run("to-check", number)
    assert "技术员" in run("check", number, "--pass", "--who", "李师傅", fails=True).stderr
    run("check", number, "--pass", "--who", "chief")
    back = ("hand-back", number, "--signed-by", "王小明")
    assert "先报取表码" in run(*back, "--receipt", "paper", fails=True).stderr
    code = pick_up_code(tmp_path)
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    assert "取表码不对" in run(*back, "--code", wrong, fails=True).stderr
    assert tries(tmp_path) == 1, "a wrong code stays counted"
    assert "收据没有收回" in run(*back, "--code", code, fails=True).stderr
    run(*back, "--receipt", "paper")
    assert "没有结清" in run("archive", number, fails=True).stderr
    run("settle", number, "--collect", "380")
    run("settle", number, "--invoice", "0001")
    assert "归档 → 已归档" in run("archive", number).stdout
    shown = run("show", number.lower().replace("-", "")).stdout
    for wanted in (
        "已归档",
        "138****5678",
        "王**",
        "1:30",
        "当场收费，补寄发票 380.00",
        "日差还大",
    ):
        assert wanted in shown
    assert "13800005678" not in shown
    assert "没有符合" in run("list").stdout
    assert number in run("list", "--all").stdout


def test_the_other_ways(run: Run) -> None:
    number = number_of(run(*NEW))
    run("cancel", number, "--reason", "顾客不修了")
    assert "已取消" in run("list", "--state", "cancelled").stdout

    number = number_of(run(*NEW, "--mode", "mail_in", "--address", "示例路 1 号"))
    run("assign", number, "李师傅")
    run("stage", number, "arrived")
    run("start", number)
    run("classify", number, "A", "--reason", "有磕碰")
    run("take-in", number, "--signed-by", "王小明", "--condition", "有磕碰", "--typed")
    run("give-up", number, "--reason", "顾客不修")
    run("lose-receipt", number, "--reason", "寄丢了")
    run("stage", number, "sent")
    run("stage", number, "delivered")
    run("hand-back", number, "--signed-by", "王小明", "--receipt", "lost", "--typed")
    run("settle", number, "--waive", "没有修")
    run("archive", number)

    number = number_of(run(*NEW))
    run("assign", number, "李师傅")
    run("stage", number, "arrived")
    run("start", number)
    run("approve", number)
    run("repair-log", number, "--minutes", "10", "--done", "换电池")
    run("done-on-spot", number, "--signed-by", "王小明")
    run("settle", number, "--invoice", "0002", "--amount", "80")
    run("settle", number, "--paid")
    run("archive", number)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("show", "FW000000-00000"), "没有找到单号"),
        (("show", "FW261123-04822"), "没有找到单号"),
        (("show", "nonsense"), "没有找到单号 nonsense"),
        (("register", "--name", "王", "--phone", "13800005678", "--fault", "停"), "同意"),
        ((*NEW, "--phone", "12"), "电话号码不对"),
        ((*NEW, "--name", ""), "还缺：客户名称"),
        ((*NEW, "--mode", "drone"), "没有这种服务方式"),
        ((*NEW, "--reason", " "), "类别依据"),
        (("check", "FW261123-04821"), "验讫要么"),
        (("settle", "FW261123-04821", "--paid", "--waive", "x"), "收费要用"),
        (("settle", "FW261123-04821", "--collect", "many"), "金额"),
        (("settle", "FW261123-04821", "--collect", "1.005"), "金额"),
        (("repair-log", "FW261123-04821"), "--minutes"),
        (("papers", "FW261123-04821", "--only", "passport"), "没有这种单据"),
    ],
)
def test_a_mistake_is_one_clear_line(run: Run, words: tuple[str, ...], said: str) -> None:
    assert said in run(*words, fails=True).stderr


def test_nothing_is_left_of_a_refused_registration(run: Run) -> None:
    run(*NEW, "--class", "E", fails=True)
    assert "没有符合" in run("list", "--all").stdout


def test_a_call_to_the_customer_is_the_first_answer(run: Run, tmp_path: Path) -> None:
    with sqlite_store(tmp_path) as session:
        repair, callback, complaint = (
            waiting(session, kind) for kind in ("repair", "callback", "complaint")
        )
    assert "已答复顾客" in run("called", repair).stdout
    assert "没有这种方式" in run("called", repair, "--how", "pigeon", fails=True).stderr
    assert "tools.complaint" in run("called", complaint, fails=True).stderr
    assert "处理中" in run("called", callback, "--how", "message").stdout
    assert "已办结" in run("called", callback, "--done").stdout
    assert "已经办完" in run("called", callback, fails=True).stderr
    assert "--done" in run("called", repair, "--done", fails=True).stderr
    with sqlite_store(tmp_path) as session:
        rows = {row.key: row for row in session.scalars(select(Deadline))}
        for number in (repair, callback):
            assert rows[f"first_answer:{number}"].met_at is not None
        assert rows[f"complaint_answer:{complaint}"].met_at is None


def test_papers_become_files(run: Run, tmp_path: Path) -> None:
    number = number_of(run(*NEW))
    assert "还没有开出" in run("papers", number, "--only", "repair_card", fails=True).stderr
    said = run("papers", number, "--token", "tok", "--base", "https://shop.example").stdout
    names = sorted(path.name for path in (tmp_path / "papers").iterdir())
    assert names == [f"{number}-call_register.html", f"{number}-service_voucher.html"]
    assert said.count("写好") == 2


def test_the_square_on_the_papers_leads_to_a_status_page(run: Run, tmp_path: Path) -> None:
    def links() -> list[tuple[str]]:
        with sqlite3.connect(tmp_path / "aftersales.db") as database:
            return database.execute("SELECT purpose FROM links").fetchall()

    number = number_of(run(*NEW))
    run("papers", number, "--only", "call_register")
    assert links() == [], "a register has no square"
    run("papers", number)
    assert links() == [("status",)], "one link for all papers printed together"


def test_every_command_and_option_has_its_help() -> None:
    book = knowledge.load("workshop")["terminal"]
    keys = {command.callback.__name__.rstrip("_") for command in app.registered_commands
            if command.callback is not None}  # fmt: skip
    assert keys | {"app"} == set(book["help"])
