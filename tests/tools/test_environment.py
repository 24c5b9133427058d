"""Stamps: what is whole stays, what is half-built or from another lock does not."""

from pathlib import Path

import pytest

from tools import environment
from tools.environment import STAMP, Environment


@pytest.fixture
def env(tmp_path: Path) -> Environment:
    lock = tmp_path / "lock.txt"
    lock.write_text("a==1\n", encoding="utf-8")
    return Environment("demo", tmp_path / "venv", lock)


def build(env: Environment) -> None:
    env.python().parent.mkdir(parents=True)
    env.python().write_text("", encoding="utf-8")
    stamp = f"{env.fingerprint()} {env.place()}\n"
    (env.home / STAMP).write_text(stamp, encoding="utf-8")


def test_nothing_there_is_absent(env: Environment) -> None:
    assert env.state() == "absent"


def test_whole_and_unchanged_is_ready(env: Environment) -> None:
    build(env)
    assert env.state() == "ready"


def test_another_lock_makes_it_stale(env: Environment) -> None:
    build(env)
    env.lock.write_text("a==2\n", encoding="utf-8")
    assert env.state() == "stale"


def test_an_interrupted_build_is_broken(env: Environment) -> None:
    build(env)
    (env.home / STAMP).unlink()
    assert env.state() == "broken"


def test_an_empty_stamp_is_broken(env: Environment) -> None:
    build(env)
    (env.home / STAMP).write_text("", encoding="utf-8")
    assert env.state() == "broken"


def test_a_python_that_was_removed_is_broken(env: Environment, tmp_path: Path) -> None:
    build(env)
    env.python().unlink()
    env.python().symlink_to(tmp_path / "gone")
    assert env.state() == "broken"


def test_a_moved_environment_is_broken(env: Environment, tmp_path: Path) -> None:
    build(env)
    moved = Environment("demo", env.home.rename(tmp_path / "elsewhere"), env.lock)
    assert moved.state() == "broken"


def test_the_hook_is_one_line_that_python_executes() -> None:
    # site.py runs a line of a .pth file only when it begins with "import".
    assert environment.HOOK.startswith("import ")
    assert environment.HOOK.count("\n") == 1
    compile(environment.HOOK, "hook", "exec")
