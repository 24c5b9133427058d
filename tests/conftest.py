"""Which tests run where, and what a skip means.

pytest runs once per environment: files under ``tests/bot`` and those with
``pytestmark = pytest.mark.rasa`` only where Rasa is installed, all others only where it is not.
With ``CI=true`` a skipped test is a failure: there everything a test may want is installed.
"""

import importlib.util
import os
from pathlib import Path

import pytest

try:
    from hypothesis import settings
except ImportError:  # not every environment that collects has it
    settings = None  # type: ignore[assignment,misc]

if settings is not None:
    # The same examples at every run: a red test is red for everybody. To search further, run
    # pytest with --hypothesis-profile=search.
    settings.register_profile("repeatable", derandomize=True, deadline=None)
    settings.register_profile("search", max_examples=2000, deadline=None)
    settings.load_profile("repeatable")

TESTS = Path(__file__).resolve().parent
HAS_RASA = importlib.util.find_spec("rasa") is not None
MARK = "pytestmark = pytest.mark.rasa"

_skipped: list[str] = []


def belongs_to_rasa(path: Path) -> bool:
    """Say whether a test file needs Rasa's environment."""
    if TESTS / "bot" in path.parents:
        return True
    return path.suffix == ".py" and MARK in path.read_text(encoding="utf-8")


def belongs_here(path: Path) -> bool:
    """Say whether a test file runs in this environment."""
    return belongs_to_rasa(path) == HAS_RASA


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Leave a file of the other environment alone; it could not even be imported here."""
    if collection_path.is_dir():
        # A folder's conftest, too, may import what only the other environment has.
        files = list(collection_path.rglob("test_*.py"))
        return True if files and not any(map(belongs_here, files)) else None
    if collection_path.name.startswith("test_"):
        return None if belongs_here(collection_path) else True
    return None


def _note(report: pytest.TestReport | pytest.CollectReport) -> None:
    # An expected failure is reported as skipped too; it is none.
    if report.skipped and not hasattr(report, "wasxfail"):
        where = report.longrepr
        reason = where[2] if isinstance(where, tuple) else str(where)
        _skipped.append(f"{report.nodeid}: {reason}")


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Remember skipped tests."""
    _note(report)


def pytest_collectreport(report: pytest.CollectReport) -> None:
    """Remember files skipped as a whole."""
    _note(report)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI, fail the session for its skips."""
    if os.environ.get("CI") == "true" and _skipped and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """In CI, name the skips that failed the session."""
    if os.environ.get("CI") == "true" and _skipped:
        terminalreporter.section("skipped, which fails with CI=true")
        for line in _skipped:
            terminalreporter.line(line)
