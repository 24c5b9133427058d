"""What the bootstrap says: one plain line per step with the seconds since the start.

Plain lines, no colours and no spinner: the same output serves a terminal, a log file and a pipe.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from types import TracebackType
from typing import Dict, Optional, Type

# Survives the change from the starting Python to 3.11 and on to the launcher.
STARTED = "AFTERSALES_STARTED"
HEARTBEAT = 10.0


class Trouble(Exception):
    """Something a person must mend: one sentence that says what, one that says what to do."""

    def __init__(self, what: str, todo: str, log: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.todo = todo
        self.log = log

    def __str__(self) -> str:
        return "\n".join(part for part in (self.log, self.what, self.todo) if part)


def started() -> float:
    """Return the moment the command began (seconds since the epoch)."""
    return float(os.environ.setdefault(STARTED, repr(time.time())))


def elapsed() -> float:
    """Return the seconds since the command began."""
    return max(0.0, time.time() - started())


def say(text: str) -> None:
    """Print one line with the elapsed seconds; a closed standard output is not an error."""
    try:
        # One write: lines of steps that run side by side must not mix.
        sys.stdout.write(f"[{elapsed():6.1f}s] {text}\n")
        sys.stdout.flush()
    except (AttributeError, ValueError, OSError):
        pass


def fail(trouble: Trouble) -> None:
    """Print a trouble on standard error."""
    try:
        print(f"\n{trouble}", file=sys.stderr, flush=True)
    except (BrokenPipeError, ValueError, OSError):
        pass


class Steps:
    """Names the steps that run just now and repeats them while nothing else is said."""

    def __init__(self) -> None:
        self._running: Dict[str, float] = {}
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat, daemon=True)

    def __enter__(self) -> Steps:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: Optional[Type[BaseException]],
        error: Optional[BaseException],
        trace: Optional[TracebackType],
    ) -> None:
        self._over.set()

    def begin(self, name: str) -> None:
        """Announce a step."""
        with self._lock:
            self._running[name] = time.time()
        say(f"{name} ...")

    def note(self, text: str) -> None:
        """Say something about a step."""
        say(text)

    def done(self, name: str) -> None:
        """Say how long the step took (seconds)."""
        with self._lock:
            took = time.time() - self._running.pop(name, time.time())
        say(f"{name}: done in {took:.1f} s")

    def _beat(self) -> None:
        while not self._over.wait(HEARTBEAT):
            with self._lock:
                now = time.time()
                names = [f"{name} ({now - since:.0f} s)" for name, since in self._running.items()]
            if names:
                say("still working: " + ", ".join(names))
