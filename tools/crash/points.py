"""Where a process can be killed: before every statement, before every commit, at every named step.

Production code knows nothing of this: statements and commits are seen by SQLAlchemy's events, named
steps stand in the scenario. The process kills itself with SIGKILL, so nothing is tidied up.
"""

import os
import re
import signal
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

_TABLE = re.compile(r"(?:INTO|UPDATE|FROM)\s+\"?(\w+)", re.IGNORECASE)


class Points:
    """Counts the points one process passes and dies at the wanted one.

    Attributes:
        passed: the names of the points passed so far.
    """

    def __init__(self, kill_at: int | None = None, notes: Path | None = None) -> None:
        """Set the point to die at.

        Args:
            kill_at: number of the point, from 0; None to live.
            notes: a file the names are written to, one a line.
        """
        self.passed: list[str] = []
        self._kill_at = kill_at
        self._notes = notes
        self._step = ""
        self._closed = False

    def watch(self, engine: Engine) -> None:
        """Let every statement and commit of this engine be a point."""
        event.listen(engine, "before_cursor_execute", self._statement)
        event.listen(engine, "commit", lambda _connection: self._pass("commit"))

    def step(self, name: str) -> None:
        """A named step begins: a point of its own; what follows belongs to it."""
        self._step = name
        self._pass("begins")

    def end(self) -> None:
        """Nothing that follows is a point; write down what was passed."""
        self._closed = True
        if self._notes is not None:
            self._notes.write_text("\n".join(self.passed), encoding="utf-8")

    def _statement(self, _conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        verb = statement.split(None, 1)[0].upper()
        if verb in {"BEGIN", "PRAGMA"}:
            return
        found = _TABLE.search(statement)
        self._pass(f"{verb} {found[1]}" if found else verb)

    def _pass(self, name: str) -> None:
        if self._closed:
            return
        number = len(self.passed)
        self.passed.append(f"{self._step}: {name}")
        if number == self._kill_at:
            with suppress(ProcessLookupError):
                os.kill(os.getpid(), signal.SIGKILL)
            signal.pause()  # the signal may take a moment; nothing more is done meanwhile
