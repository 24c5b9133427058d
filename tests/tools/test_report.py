"""``make report``: printed, and written so that a table program opens it safely."""

import csv
from datetime import date
from pathlib import Path

import pytest
from typer import Typer
from typer.testing import CliRunner

from aftersales.exchange.export import write_csv
from aftersales.staff import do_add_staff
from aftersales.store import migrate, open_store
from tests.aftersales.reports import november
from tools import report


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Typer:
    url = f"sqlite:///{tmp_path}/report.db"
    monkeypatch.setenv("AFTERSALES_DATABASE_URL", url)
    monkeypatch.setenv("AFTERSALES_VAR", str(tmp_path / "var"))
    migrate(url)
    store = open_store(url)
    with store.session() as session:
        november.write(session)
    store.close()
    made = Typer()
    made.command()(report.main)
    return made


def test_the_report_is_printed_and_written(app: Typer, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["--month", "2026-11"])
    assert result.exit_code == 0, result.output
    assert "2026-11 售后月报（2026-11-01 至 2026-11-30）" in result.stdout
    assert "反馈给生产部门" in result.stdout
    folder = tmp_path / "var" / "reports" / "2026-11"
    files = sorted(path.name for path in folder.glob("*.*"))
    assert files[-1] == "report.md" and len(files) == 12
    page = (folder / "report.md").read_text(encoding="utf-8")
    assert "| 报修单 | 3 | 1 | 1 | 2 |" in page
    raw = (folder / "01-volumes.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")  # the mark by which Excel knows the encoding
    rows = list(csv.reader(raw.decode("utf-8-sig").splitlines()))
    assert rows[:2] == [
        ["类别", "新开", "办结", "取消", "月末未了"],
        ["报修单", "3", "1", "1", "2"],
    ]
    for path in folder.rglob("*.*"):
        assert november.SECRET not in path.read_text(encoding="utf-8-sig")


def test_our_people_stand_on_a_page_of_their_own(app: Typer, tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/report.db")
    with store.session() as session:
        first = date(2026, 1, 1)
        do_add_staff(session, "老张", "technician", first, november.at(1, 1), "head")
    store.close()
    out = tmp_path / "out"
    result = CliRunner().invoke(app, ["--month", "2026-11", "--out", str(out)])
    assert result.exit_code == 0, result.output
    assert "只给负责人看" in result.stdout
    named = {path.relative_to(out).as_posix() for path in out.rglob("*.*") if _names(path, "老张")}
    assert named == {"internal/internal.md", "internal/01-people.csv"}


def _names(path: Path, name: str) -> bool:
    return name in path.read_text(encoding="utf-8-sig")


def test_a_month_must_be_one(app: Typer) -> None:
    result = CliRunner().invoke(app, ["--month", "2026-13"])
    assert result.exit_code == 2


def test_no_cell_of_a_written_table_is_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        write_csv(file, ["=A"], [["=cmd|' /C calc'!A0"], ["@x"], ["-2"], ["+3"], ["受磁"]])
    with path.open(encoding="utf-8-sig", newline="") as file:
        cells = [row[0] for row in csv.reader(file)]
    assert [cell[0] for cell in cells] == ["'", "'", "'", "'", "'", "受"]
