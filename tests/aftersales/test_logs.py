"""Nothing personal in a log line."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from aftersales.logs import scrub
from aftersales.store.tables import Base

ROOT = Path(__file__).resolve().parents[2]


FAILING = """
import logging
import structlog
from aftersales import logs

def fail():
    customer = "王芳 13812345678"
    try:
        raise KeyError(customer)
    except KeyError as problem:
        raise ValueError(f"cannot store {customer}") from problem

logs.configure()
try:
    fail()
except ValueError:
    structlog.get_logger("t").exception("action_failed", action="x")
    logging.getLogger("uvicorn.error").exception("of %s", "13812345678")
    logging.getLogger("some.library").exception("failed")
"""


@pytest.mark.parametrize(
    "secret",
    [
        "13812345678",
        "+86 138 1234 5678",
        "138-1234-5678",
        "11010519491231002X",
        "6222020200112233445",
        "W3siYWJjZGVmIjoxMjM0NTY3ODkwfV0.YWJj_ZGVm-aGlqa2xtbm9w",
    ],
)
def test_it_is_struck_out_at_any_depth(secret: str) -> None:
    event = {"event": f"call {secret} now", "deep": [{"x": (secret,)}]}
    assert secret not in str(scrub(event))


def test_a_newline_cannot_make_a_second_line() -> None:
    assert scrub("a\nb\r") == "a\\nb\\r"


def test_ordinary_words_stay() -> None:
    assert scrub("FW261123-04821 7S26-0020 no_answer") == "FW261123-04821 7S26-0020 no_answer"


def test_a_failure_shows_where_and_never_whose() -> None:
    """In a process of its own, as it is served: ours, uvicorn's, and any library's."""
    done = subprocess.run(
        [sys.executable, "-c", FAILING], cwd=ROOT, capture_output=True, text=True, check=True
    )
    told = done.stdout + done.stderr
    assert "王芳" not in told and "13812345678" not in told
    lines = [json.loads(line) for line in told.splitlines()]
    assert [line["event"] for line in lines] == ["action_failed", "of [phone]", "failed"]
    for line in lines:
        assert line["level"] == "error"
        assert line["trace"][0] == "ValueError" and "because of KeyError" in line["trace"]
        assert any(" fail: " in frame for frame in line["trace"])


def logged() -> Iterator[tuple[str, str]]:
    """File and name of every field our packages give to a log line."""
    levels = {"debug", "info", "warning", "error", "exception", "critical"}
    for package in ("aftersales", "actions", "web", "bot"):
        for path in sorted((ROOT / package).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if (
                    isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Attribute)
                    and node.func.attr in levels
                    and isinstance(node.func.value, ast.Name)
                    and node.func.value.id in {"log", "logger"}
                ):
                    yield from ((path.name, str(one.arg)) for one in node.keywords)


def test_no_log_line_is_given_a_personal_column() -> None:
    personal = {
        column.name
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if column.info["class"] == "personal"
    }
    found = list(logged())
    assert len(found) > 10
    # The number of a message's row is logged under the name of the thing.
    assert [(file, field) for file, field in found if field in personal - {"name"}] == []
