"""The search for a Python that really starts."""

import os
import sys
from pathlib import Path

import pytest

from tools import interpreter


def script(path: Path, body: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def test_asks_a_real_interpreter() -> None:
    assert interpreter.ask(sys.executable) == sys.executable


@pytest.mark.parametrize(
    "body",
    ["exit 127", "echo 'pyenv: version 3.11 is not installed'", "echo /usr/bin/python3; echo 3 10"],
    ids=["does not start", "a shim that talks", "another version"],
)
def test_refuses_what_is_no_python_311(tmp_path: Path, body: str) -> None:
    assert interpreter.ask(str(script(tmp_path / "python3", body))) is None


def test_refuses_what_is_not_there(tmp_path: Path) -> None:
    assert interpreter.ask(str(tmp_path / "python3")) is None


def test_a_broken_shim_on_path_does_not_hide_pyenvs_own_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYENV_ROOT", raising=False)
    monkeypatch.setattr(sys, "executable", "")
    shims = tmp_path / "shims"
    script(shims / "python3", "exit 127")
    script(shims / "python3.11", "exit 127")
    answer = f"echo {tmp_path}/found; echo 3 11"
    script(tmp_path / ".pyenv/versions/3.11.9/bin/python", answer)
    assert interpreter.find(tmp_path, str(shims)) == f"{tmp_path}/found"


def test_path_is_searched_beyond_the_first_python3(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "")
    script(tmp_path / "a/python3", "exit 127")
    script(tmp_path / "b/python3.11", "echo /there; echo 3 11")
    path = os.pathsep.join([str(tmp_path / "a"), str(tmp_path / "b")])
    assert interpreter.find(tmp_path, path) == "/there"


def test_nothing_found_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYENV_ROOT", raising=False)
    monkeypatch.setattr(sys, "executable", "")
    assert interpreter.find(tmp_path, "") is None
