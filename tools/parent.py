"""Notices that the `make` in front of us was told to stop, or that a parent is gone.

GNU make hands SIGTERM on to its children, but for SIGINT and SIGHUP it trusts the terminal to have
told them too, and then waits for them without end. A supervisor or a script that signals make alone
would hang. After such a signal make no longer catches it, which Linux shows in /proc.
"""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path

INTERVAL = 0.3


def _caught(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    for line in status.splitlines():
        if line.startswith("SigCgt:"):
            return int(line.split()[1], 16)
    return 0


def _is_make(pid: int) -> bool:
    try:
        name = Path(f"/proc/{pid}/comm").read_text(encoding="ascii", errors="replace")
    except OSError:
        return False
    return name.strip() in ("make", "gmake")


def watch(tied: bool = False) -> None:
    """Send ourselves SIGTERM when the make that started us is interrupted or gone.

    Args:
        tied: end with any other parent, too, once it is gone.
    """
    above = os.getppid()
    before = 0
    if _is_make(above):
        try:
            before = _caught(above)
        except OSError:
            pass
    elif not tied:
        return
    threading.Thread(target=_watch, args=(above, before), daemon=True).start()


def _watch(above: int, before: int) -> None:
    pause = threading.Event()
    interrupted = 1 << (signal.SIGINT - 1) | 1 << (signal.SIGHUP - 1)
    while not pause.wait(INTERVAL):
        try:
            lost = before & interrupted and before & interrupted & ~_caught(above)
        except OSError:
            lost = 1
        if lost or os.getppid() != above:
            os.kill(os.getpid(), signal.SIGTERM)
            return
