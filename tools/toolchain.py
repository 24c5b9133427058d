"""A private uv, the same one for everybody: its version and hashes are in requirements/uv.txt.

It comes from the package index that pip is configured for, into .tools/; nothing outside the clone
is touched, and a uv somewhere on PATH is not trusted.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Dict, List, Optional

from tools import child, paths
from tools.interpreter import ask, candidates
from tools.progress import Steps, Trouble

LOCK = paths.REQUIREMENTS / "uv.txt"
NETWORK = (
    "Check the network or the package index that pip is configured for (pip config list), "
    "then run the same command again: it goes on where it stopped."
)


def uv() -> Path:
    """Return where the private uv is, or will be. The folder's name changes with the lock."""
    digest = hashlib.sha256(LOCK.read_bytes()).hexdigest()[:12]
    return paths.TOOLS / f"uv-{digest}" / "bin" / "uv"


def has_pip(python: str) -> bool:
    """Say whether this interpreter can run pip."""
    try:
        return not subprocess.call(
            [python, "-m", "pip", "--version"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=child.surroundings(),
        )
    except OSError:
        return False


def pip(python: Optional[str]) -> List[str]:
    """Return the words that run pip: of the given interpreter, of another one, of a throw-away one.

    Raises:
        Trouble: no Python here has pip or can make an environment that has.
    """
    home = Path.home()
    for one in dict.fromkeys([python or "", *candidates(home, os.environ.get("PATH", ""))]):
        if one and has_pip(one):
            return [one, "-m", "pip"]
    throwaway = paths.TOOLS / "pip"
    shutil.rmtree(str(throwaway), ignore_errors=True)
    maker = python or ask(sys.executable) or sys.executable
    if child.run([maker, "-m", "venv", throwaway], paths.logs() / "pip.log") == 0:
        return [str(throwaway / "bin" / "python"), "-m", "pip"]
    raise Trouble(
        "This Python has neither pip nor the module that installs it.",
        "Install them (Debian, Ubuntu: sudo apt-get install python3-pip python3-venv) "
        "and run the same command again.",
    )


def ensure(steps: Steps, python: Optional[str]) -> Path:
    """Return a uv that is there and whole, installing it when needed.

    Raises:
        Trouble: pip is missing, or the package index cannot be reached.
    """
    target = uv()
    if target.exists():
        return target
    steps.begin("uv")
    for old in paths.TOOLS.glob("uv-*"):
        shutil.rmtree(str(old), ignore_errors=True)
    partial = paths.TOOLS / "uv-partial"
    paths.TOOLS.mkdir(exist_ok=True)
    child.need(
        [
            *pip(python), "install", "--quiet", "--no-input", "--require-hashes", "--no-deps",
            "--only-binary=:all:", "--target", partial, "-r", LOCK,
        ],
        paths.logs() / "uv.log",
        "The installer uv could not be fetched from the package index",
        NETWORK,
        {"PIP_USER": "0"},
    )  # fmt: skip
    partial.rename(target.parent.parent)
    shutil.rmtree(str(paths.TOOLS / "pip"), ignore_errors=True)
    steps.done("uv")
    return target


def index(python: str) -> Dict[str, str]:
    """Return uv settings that repeat pip's own: uv does not read pip's configuration.

    What is set for uv itself is left alone.
    """
    settings: Dict[str, str] = {}
    if "SSL_CERT_FILE" not in os.environ and os.environ.get("PIP_CERT"):
        settings["SSL_CERT_FILE"] = os.environ["PIP_CERT"]
    if not ({"UV_DEFAULT_INDEX", "UV_INDEX_URL"} & set(os.environ)):
        url = os.environ.get("PIP_INDEX_URL") or _configured(python, "global.index-url")
        if url:
            settings["UV_DEFAULT_INDEX"] = url
    return settings


def _configured(python: str, name: str) -> str:
    answer = subprocess.run(
        [python, "-m", "pip", "config", "get", name],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=False,
        env=child.surroundings(),
    )
    return answer.stdout.decode("utf-8", "replace").strip() if answer.returncode == 0 else ""
