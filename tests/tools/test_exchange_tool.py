"""``python -m tools.exchange``: progress, dry run, report of bad rows, masked files."""

import json
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select
from typer.testing import CliRunner

from aftersales.people.erased import note_erased
from aftersales.settings import Settings
from aftersales.store import migrate, open_store
from aftersales.store.tables import AuditEntry, Customer
from tools import exchange
from tools.exchange import app

RUN = CliRunner()


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    made = f"sqlite:///{tmp_path}/exchange.db"
    monkeypatch.setenv("AFTERSALES_DATABASE_URL", made)
    monkeypatch.setenv("AFTERSALES_VAR", str(tmp_path))
    migrate(made)
    return made


def count(url: str) -> int:
    store = open_store(url)
    with store.session(read_only=True) as session:
        found = session.scalar(select(func.count()).select_from(Customer)) or 0
    store.close()
    return found


def test_a_table_goes_in_and_comes_out(url: str, tmp_path: Path) -> None:
    file, out = tmp_path / "in.csv", tmp_path / "out" / "customers.csv"
    file.write_text("姓名,电话\n王小明,13800005678\n李,12\n")

    tried = RUN.invoke(app, ["import", "customers", str(file), "--dry-run"])
    assert tried.exit_code == 1
    assert "新增 1" in tried.stdout and "试跑" in tried.stdout and "7 到 15 位" in tried.stdout
    assert count(url) == 0

    done = RUN.invoke(app, ["import", "customers", str(file), "--json"])
    said = json.loads(done.stdout)
    assert (said["added"], said["bad_rows"][0]["line"], said["bad_rows"][0]["column"]) == (
        1, 3, "电话",
    )  # fmt: skip
    assert count(url) == 1

    assert RUN.invoke(app, ["export", "customers", str(out)]).exit_code == 0
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    assert "王**,138****5678" in out.read_text(encoding="utf-8-sig")
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert [path.name for path in out.parent.iterdir()] == ["customers.csv"]

    assert RUN.invoke(app, ["export", "customers", str(out), "--unmasked"]).exit_code == 2
    assert "138****5678" in out.read_text(encoding="utf-8-sig")  # the old file is still there
    full = RUN.invoke(app, ["export", "customers", str(out), "--unmasked", "--why", "换系统"])
    assert full.exit_code == 0 and "没有遮盖" in full.stdout
    assert "王小明,13800005678" in out.read_text(encoding="utf-8-sig")
    store = open_store(url)
    with store.session(read_only=True) as session:
        reasons = session.scalars(
            select(AuditEntry.why).where(AuditEntry.what == "do_export_unmasked")
        ).all()
    store.close()
    assert reasons == ["换系统"]


def test_whoever_wanted_to_be_deleted_is_counted(url: str, tmp_path: Path) -> None:
    store, settings = open_store(url), Settings.from_env({"AFTERSALES_VAR": str(tmp_path)})
    with store.session() as session:
        note_erased(session, ["13800005678"], settings.erasure_secret(), datetime.now(UTC))
    store.close()
    file = tmp_path / "in.csv"
    file.write_text("姓名,电话\n王小明,13800005678\n李,13900001111\n")
    for options in (["--dry-run"], []):
        said = RUN.invoke(app, ["import", "customers", str(file), *options]).stdout
        assert "新增 1" in said and "有 1 行是要求过删除" in said
    assert count(url) == 1


def write_at_once(url: str) -> None:
    """Write something with another connection; fails when it would have to wait."""
    path = url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path, timeout=0)) as other, other:
        other.execute(
            "INSERT INTO leases (name, holder, until) VALUES ('x', 'y', '2026-11-23 02:00:00')"
            " ON CONFLICT (name) DO UPDATE SET holder = holder || 'y'"
        )


def test_others_write_while_a_long_file_is_tried(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "in.csv"
    rows = [f"王,100{n % 1_900:08d}" for n in range(2_000)]
    file.write_text("姓名,电话\n" + "\n".join(rows))
    batches: list[int] = []

    @contextmanager
    def writing(_name: str) -> Iterator[Callable[[int, int], None]]:
        def progress(done: int, _total: int) -> None:
            write_at_once(url)
            batches.append(done)

        yield progress

    with monkeypatch.context() as patched:
        patched.setattr(exchange, "_progress", writing)
        tried = RUN.invoke(app, ["import", "customers", str(file), "--dry-run", "--json"])
    assert len(batches) >= 4, tried.exception
    assert count(url) == 0
    done = RUN.invoke(app, ["import", "customers", str(file), "--json"])
    said, found = json.loads(tried.stdout), json.loads(done.stdout)
    assert said == {**found, "dry_run": True}
    assert (said["added"], len(said["bad_rows"])) == (1_900, 100)


def test_a_file_is_tried_while_somebody_else_writes(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "in.csv"
    file.write_text("姓名,电话\n王小明,13800005678\n")

    @contextmanager
    def holding(_name: str) -> Iterator[Callable[[int, int], None]]:
        path = url.removeprefix("sqlite:///")
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield lambda done, total: None
            other.execute("ROLLBACK")

    monkeypatch.setattr(exchange, "_progress", holding)
    tried = RUN.invoke(app, ["import", "customers", str(file), "--dry-run"])
    assert (tried.exit_code, "新增 1" in tried.stdout) == (0, True)


def test_what_cannot_be_done_is_said(url: str, tmp_path: Path) -> None:
    file = tmp_path / "in.csv"
    file.write_text("x\n")
    assert RUN.invoke(app, ["import", "watches", str(file)]).exit_code == 2
    assert RUN.invoke(app, ["import", "tickets", str(file)]).exit_code == 2
    assert RUN.invoke(app, ["export", "tickets", "/dev/null/x.csv"]).exit_code == 2
