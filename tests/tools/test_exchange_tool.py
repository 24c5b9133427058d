"""``python -m tools.exchange``: progress, dry run, report of bad rows, masked files."""

import json
import stat
from pathlib import Path

import pytest
from sqlalchemy import func, select
from typer.testing import CliRunner

from aftersales.store import migrate, open_store
from aftersales.store.tables import AuditEntry, Customer
from tools.exchange import app

RUN = CliRunner()


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    made = f"sqlite:///{tmp_path}/exchange.db"
    monkeypatch.setenv("AFTERSALES_DATABASE_URL", made)
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


def test_what_cannot_be_done_is_said(url: str, tmp_path: Path) -> None:
    file = tmp_path / "in.csv"
    file.write_text("x\n")
    assert RUN.invoke(app, ["import", "watches", str(file)]).exit_code == 2
    assert RUN.invoke(app, ["import", "tickets", str(file)]).exit_code == 2
    assert RUN.invoke(app, ["export", "tickets", "/dev/null/x.csv"]).exit_code == 2
