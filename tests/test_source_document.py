"""``docs/source-document.md`` leaves no item of the source document out and points only to what is
there."""

import importlib
import re
from pathlib import Path

import pytest
from typer.main import get_command

from aftersales import knowledge
from tools import doors

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "source-document.md").read_text(encoding="utf-8")
NUMERALS = "一 二 三 四 五 六 七 八 九 十 十一 十二".split()
ITEMS = [
    *(f"服务 {number}" for number in range(1, 8)),
    *(f"节 {number}" for number in "⑵⑶⑷⑸⑺"),
    "档案 客户资料",
    "档案 服务资料",
    *(f"策略 {name}" for name in ("全面", "特殊", "适当")),
    *(f"标准 {number}" for number in range(1, 16)),
    *(f"条 {numeral}" for numeral in NUMERALS),
]
OILY = {"标准 10", "标准 12", "标准 13", "标准 14"}
ROWS = [
    [cell.strip() for cell in line.strip("| ").split("|")]
    for line in PAGE.splitlines()
    if line.startswith("|") and not line.startswith(("| 条目", "|---"))
]
POINTERS = sorted(set(re.findall(r"`([^`]+)`", PAGE)) - {".venv/bin/"})


def is_there(pointer: str) -> bool:
    """Say whether a path, a command or a door exists."""
    words = pointer.split()
    if words[0] == "make":
        return words[1] in [door.name for door in doors.DOORS]
    if words[:2] != ["python", "-m"]:
        return (ROOT / pointer).exists()
    place = ROOT / Path(*words[2].split("."))
    module = f"{words[2]}.__main__" if place.is_dir() else words[2]
    if not (ROOT / Path(*module.split("."))).with_suffix(".py").exists():
        return False
    program = get_command(importlib.import_module(module).app)
    return all(word in getattr(program, "commands", {}) for word in words[3:])


def test_every_item_is_there_once_and_in_order() -> None:
    assert [row[0] for row in ROWS] == ITEMS
    assert all(len(row) == 4 and all(row) for row in ROWS)


@pytest.mark.parametrize("pointer", POINTERS)
def test_what_is_pointed_to_exists(pointer: str) -> None:
    assert is_there(pointer)


@pytest.mark.parametrize(
    "pointer",
    ["make tea", "python -m tools.tea", "python -m tools.care pour", "aftersales/tea.py"],
)
def test_a_pointer_to_nothing_is_found(pointer: str) -> None:
    assert not is_there(pointer)


def test_what_runs_says_where_and_what_does_not_says_why() -> None:
    for name, _, how, where in ROWS:
        assert how in ("在做", "部分", "不适用"), name
        assert how == "不适用" or "`" in where, name
    without = {name for name, _, how, _ in ROWS if how == "不适用"}
    assert without == {*OILY, "条 五"}


def test_only_what_is_for_oil_dealers_is_left_out() -> None:
    reasons = {row[0]: row[3] for row in ROWS}
    assert all("润滑油" in reasons[name] for name in OILY)
    assert "24 小时出检测结果" in reasons["标准 10"]


def test_each_figure_of_the_standards_is_the_one_that_runs() -> None:
    kinds = knowledge.load("deadlines")["kinds"]
    said = {row[0]: row[1] for row in ROWS}
    assert "4 小时" in said["标准 4"] and kinds["first_answer"]["hours"] == 4
    assert "一个月" in said["标准 9"] and kinds["training"]["months"] == 1
    assert "24 小时" in said["标准 11"] and kinds["complaint_answer"]["hours"] == 24
    assert "五年" in said["标准 2"] and knowledge.load("staff")["standard"]["trade_years"] == 5
