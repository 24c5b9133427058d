"""Child programs of the bootstrap: quiet, logged, and never left behind.

Each child leads a process group of its own, so that stopping it also stops what it started.
"""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from pathlib import Path
from typing import Dict, List, Optional, Sequence, Set

from tools import paths
from tools.progress import Trouble

TAIL = 15
_groups: Set[int] = set()
_lock = threading.Lock()
_stopping = threading.Event()

# Variables that would make a child use somebody else's Python, believe itself part of our make, or
# skip writing bytecode, which costs Rasa ten seconds at every start.
DROPPED = (
    "MAKEFLAGS",
    "MAKELEVEL",
    "MFLAGS",
    "PYTHONHOME",
    "PYTHONPATH",
    "PYTHONDONTWRITEBYTECODE",
    "VIRTUAL_ENV",
    "PYENV_VERSION",
)


def surroundings(extra: Optional[Dict[str, str]] = None) -> Dict[str, str]:
    """Return the environment variables for a child."""
    env = {name: value for name, value in os.environ.items() if name not in DROPPED}
    env["PYTHONUNBUFFERED"] = "1"
    env["RASA_TELEMETRY_ENABLED"] = "false"
    env["PIP_DISABLE_PIP_VERSION_CHECK"] = "1"
    env.update(extra or {})
    return env


def tail(log: Path, lines: int = TAIL) -> str:
    """Return the last lines of a log file, indented."""
    try:
        text = log.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    return "\n".join(f"    {line}" for line in text.splitlines()[-lines:])


def run(
    words: Sequence[object],
    log: Path,
    extra: Optional[Dict[str, str]] = None,
    cwd: Optional[Path] = None,
) -> int:
    """Run a program to its end with its output in ``log``; return its exit code.

    Raises:
        KeyboardInterrupt: the bootstrap is being stopped.
    """
    with log.open("ab") as output:
        return _wait([str(word) for word in words], extra, cwd, output.fileno())


def show(words: Sequence[object], extra: Optional[Dict[str, str]] = None) -> int:
    """Run a program to its end with its output on ours; return its exit code."""
    return _wait([str(word) for word in words], extra, None, None)


def _wait(
    words: List[str], extra: Optional[Dict[str, str]], cwd: Optional[Path], output: Optional[int]
) -> int:
    with _lock:
        if _stopping.is_set():
            raise KeyboardInterrupt
        process = subprocess.Popen(
            words,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output if output is None else subprocess.STDOUT,
            cwd=str(cwd or paths.ROOT),
            env=surroundings(extra),
            start_new_session=True,
        )
        _groups.add(process.pid)
    try:
        code = process.wait()
    finally:
        with _lock:
            _groups.discard(process.pid)
    if _stopping.is_set():
        raise KeyboardInterrupt
    return code


def need(
    words: Sequence[object],
    log: Path,
    what: str,
    todo: str,
    extra: Optional[Dict[str, str]] = None,
    cwd: Optional[Path] = None,
) -> None:
    """Run a program that must succeed.

    Raises:
        Trouble: it did not; the trouble shows the end of its log.
    """
    log.write_bytes(b"")
    try:
        code = run(words, log, extra, cwd)
    except OSError as error:
        raise Trouble(f"{what} ({words[0]}: {error.strerror}).", todo) from error
    if code:
        raise Trouble(f"{what} (exit code {code}; all of it in {log}).", todo, tail(log))


def stop_all() -> None:
    """Stop every child that runs and refuse to start another."""
    _stopping.set()
    with _lock:
        groups = list(_groups)
    for group in groups:
        try:
            os.killpg(group, signal.SIGTERM)
        except OSError:
            pass
