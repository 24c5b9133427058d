"""The bootstrap as people meet it: a program that is started, refuses, is interrupted."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tools import doors, paths

BOOTSTRAP = [sys.executable, "tools/bootstrap.py"]


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A clone with nothing built."""
    root = tmp_path / "clone"
    for name in ("tools", "requirements"):
        shutil.copytree(
            paths.ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__")
        )
    shutil.copy(paths.ROOT / "Makefile", root / "Makefile")
    return root


def run(
    root: Path, *words: str, env: dict[str, str] | None = None, command: list[str] | None = None
) -> subprocess.CompletedProcess[str]:
    unset = ("CI", "MAKEFLAGS", "MAKELEVEL", "AFTERSALES_STARTED", "AFTERSALES_VAR")
    inherited = {name: value for name, value in os.environ.items() if name not in unset}
    return subprocess.run(
        [*(command or BOOTSTRAP), *words],
        cwd=root,
        env={**inherited, **(env or {})},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=60,
    )


def test_an_unknown_door_points_to_help(clone: Path) -> None:
    answer = run(clone, "window")
    assert answer.returncode == 2
    assert "window" in answer.stderr and "make help" in answer.stderr


def test_a_taken_port_is_refused_before_anything_is_built(clone: Path) -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        port = str(server.getsockname()[1])
        answer = run(clone, "run", env={"WEB_PORT": port})
    assert answer.returncode == 1
    assert f"Port {port} is taken" in answer.stderr and "WEB_PORT=" in answer.stderr
    assert not (clone / ".venv").exists()


def test_without_a_network_it_says_so_and_leaves_no_half_uv(clone: Path) -> None:
    nowhere = {
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(clone),
        "PIP_CACHE_DIR": str(clone / "cache"),
    }
    answer = run(clone, "lint", env=nowhere)
    assert answer.returncode == 1
    assert "uv could not be fetched" in answer.stderr
    assert "run the same command again" in answer.stderr
    assert not list((clone / ".tools").glob("uv-*/bin/uv"))
    assert "Traceback" not in answer.stderr


def test_help_needs_nothing_and_names_every_door(clone: Path) -> None:
    answer = run(clone, "help", command=["make", "-s"])
    assert answer.returncode == 0
    shown = {line.split()[0] for line in answer.stdout.splitlines()}
    assert {door.name for door in doors.DOORS} <= shown
    assert "DESK=1" in answer.stdout


def test_closed_standard_files_are_no_obstacle(clone: Path) -> None:
    command = [
        "sh",
        "-c",
        f"{sys.executable} tools/bootstrap.py window <&- 2>err >&-; echo $? >code",
    ]
    run(clone, command=command)
    assert (clone / "code").read_text(encoding="ascii").strip() == "2"
    assert "make help" in (clone / "err").read_text(encoding="utf-8")


def test_the_part_that_runs_first_has_no_newer_syntax() -> None:
    import ast

    source = (paths.ROOT / "tools" / "__init__.py").read_text(encoding="utf-8")
    first = [name for name in source.split("``") if (paths.ROOT / "tools" / f"{name}.py").exists()]
    assert "bootstrap" in first and len(first) > 8
    for name in first:
        text = (paths.ROOT / "tools" / f"{name}.py").read_text(encoding="utf-8")
        tree = ast.parse(text, feature_version=(3, 8))
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                roots = {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                roots = {(node.module or "").partition(".")[0]}
            else:
                continue
            assert roots <= {*sys.stdlib_module_names, "tools"}, (name, roots)


def test_no_lock_names_a_host() -> None:
    for lock in paths.REQUIREMENTS.glob("*.txt"):
        assert "://" not in lock.read_text(encoding="utf-8"), lock.name
    assert not (paths.ROOT / "uv.lock").exists()
