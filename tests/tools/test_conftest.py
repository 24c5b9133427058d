"""The rule of tests/conftest.py: with CI=true a skip fails the session."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools import paths


def session(folder: Path, body: str, ci: str) -> subprocess.CompletedProcess[str]:
    tests = folder / "tests"
    tests.mkdir()
    shutil.copy(paths.ROOT / "tests" / "conftest.py", tests)
    (folder / "pytest.ini").write_text("[pytest]\n", encoding="ascii")
    (tests / "test_it.py").write_text(f"import pytest\n\n{body}\n", encoding="utf-8")
    env = {**os.environ, "CI": ci}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tests)],
        cwd=folder, env=env, capture_output=True, text=True, timeout=60,
    )  # fmt: skip


GOOD = "def test_good():\n    pass\n"
SKIP = GOOD + "@pytest.mark.skip(reason='no browser here')\ndef test_skipped():\n    pass\n"
WHOLE = GOOD.replace("def", "pytest.skip('whole file', allow_module_level=True)\ndef")
XFAIL = GOOD + "@pytest.mark.xfail(strict=True)\ndef test_x():\n    assert False\n"


@pytest.mark.parametrize(
    ("body", "ci", "code"),
    [(SKIP, "true", 1), (SKIP, "", 0), (XFAIL, "true", 0), (GOOD, "true", 0)],
    ids=["skip in CI", "skip elsewhere", "expected failure in CI", "no skip in CI"],
)
def test_exit_code(tmp_path: Path, body: str, ci: str, code: int) -> None:
    answer = session(tmp_path, body, ci)
    assert answer.returncode == code, answer.stdout
    assert ("no browser here" in answer.stdout) == (ci == "true" and body == SKIP)


def test_a_file_skipped_as_a_whole_counts(tmp_path: Path) -> None:
    answer = session(tmp_path, WHOLE, "true")
    assert answer.returncode != 0
    assert "whole file" in answer.stdout
