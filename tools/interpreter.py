"""Finds a Python 3.11 that really starts.

A name on PATH proves nothing: a pyenv shim exists for every version some folder has and still
refuses to run. So each candidate is started and asked. uv does not look into pyenv's folder, and
behind a closed network it cannot download a Python; hence this search comes first and a Python
managed by uv last.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Iterator, List, Optional

WANTED = (3, 11)
QUESTION = "import sys; print(sys.executable); print(*sys.version_info[:2])"
TIMEOUT = 20


def candidates(home: Path, path: str) -> Iterator[str]:
    """Yield possible interpreters, the most likely first.

    Args:
        home: the user's home directory, for pyenv's folder.
        path: a search path as in ``PATH``.
    """
    yield sys.executable
    for directory in path.split(os.pathsep):
        for name in ("python3", "python3.11"):
            found = shutil.which(name, path=directory)
            if found:
                yield found
    root = Path(os.environ.get("PYENV_ROOT") or home / ".pyenv")
    for python in sorted((root / "versions").glob("3.11*/bin/python"), reverse=True):
        yield str(python)


def ask(candidate: str) -> Optional[str]:
    """Start a candidate; return its real executable if it is the Python we want, else ``None``."""
    try:
        answer = subprocess.run(
            [candidate, "-c", QUESTION],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=TIMEOUT,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    lines = answer.stdout.decode("utf-8", "replace").splitlines()
    if len(lines) == 2 and lines[1] == "{} {}".format(*WANTED):
        return lines[0]
    return None


def find(home: Optional[Path] = None, path: Optional[str] = None) -> Optional[str]:
    """Return the executable of a Python 3.11 that starts, or ``None``."""
    seen: List[str] = []
    if path is None:
        path = os.environ.get("PATH", "")
    for candidate in candidates(home or Path.home(), path):
        if candidate and candidate not in seen:
            seen.append(candidate)
            answer = ask(candidate)
            if answer:
                return answer
    return None
