"""The locked environments: .venv for us, .venv-rasa for Rasa alone, and the yardstick's.

The yardstick's is Rasa with TensorFlow; only `make diet` and what `make evaluate` leaves running in
the background build it, in the cache folder, where every clone finds it.

A stamp inside each says from which lock and which Python it was built. It is removed before
anything is changed and written last, so an interrupted build is seen and begun anew.
"""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import Dict

from tools import child, paths
from tools.progress import Steps, Trouble
from tools.toolchain import NETWORK

STAMP = "bootstrap.stamp"
# Written into Rasa's site-packages. The interpreter runs it at every start: it loads bot/lean.py
# from beside the environment and must never stop the interpreter.
HOOK_NAME = "aftersales_lean.pth"
HOOK = (
    "import sys, os, importlib.util as u; "
    "p = os.path.join(os.path.dirname(sys.prefix), 'bot', 'lean.py'); "
    "s = u.spec_from_file_location('aftersales_lean', p) if os.path.exists(p) else None; "
    "m = s and u.module_from_spec(s); s and (s.loader.exec_module(m), m.install())\n"
)


class Environment:
    """One virtual environment and the lock it is built from."""

    def __init__(self, name: str, home: Path, lock: Path, lean: bool = False) -> None:
        """Name the parts; nothing is built yet.

        Args:
            name: what people are told.
            home: the environment's folder.
            lock: the hashed requirement file.
            lean: whether it is Rasa's: bytecode compiled, stand-ins loaded at start.
        """
        self.name = name
        self.home = home
        self.lock = lock
        self.lean = lean

    def python(self) -> Path:
        """Return its interpreter."""
        return self.home / "bin" / "python"

    def fingerprint(self) -> str:
        """Return a hash over what the environment is built from."""
        digest = hashlib.sha256(self.lock.read_bytes())
        if self.lean:
            digest.update(HOOK.encode())
        return digest.hexdigest()

    def place(self) -> str:
        """Return a hash of its path, which its scripts hold: it does not survive a move."""
        return hashlib.sha256(str(self.home).encode()).hexdigest()

    def state(self) -> str:
        """Return ``ready``, ``stale`` (whole, but from another lock), ``broken`` or ``absent``."""
        if not self.home.exists():
            return "absent"
        stamp = self.home / STAMP
        # exists() follows the link: a Python that was removed since leaves a dangling one.
        if not stamp.exists() or not self.python().exists():
            return "broken"
        known = stamp.read_text(encoding="utf-8").split()
        if len(known) != 2 or known[1] != self.place():
            return "broken"
        return "ready" if known[0] == self.fingerprint() else "stale"

    def build(self, steps: Steps, uv: Path, python: str, extra: Dict[str, str]) -> bool:
        """Bring the environment to what its lock says; return whether anything was done.

        Raises:
            Trouble: packages could not be fetched or the disk is full.
        """
        state = self.state()
        if state == "ready":
            return False
        steps.begin(self.name)
        if state == "broken":
            steps.note(f"{self.name}: unfinished or moved, building it anew")
        log = paths.logs() / f"{self.home.name.strip('.')}.log"
        stamp = self.home / STAMP
        if stamp.exists():
            stamp.unlink()
        if state != "stale":
            shutil.rmtree(str(self.home), ignore_errors=True)
            child.need(
                [uv, "venv", "--quiet", "--no-project", "--python", python, self.home],
                log,
                f"{self.name}: the environment could not be made",
                "Check that the disk has room (three gigabytes) and run the same command again.",
                extra,
            )
        words = [uv, "pip", "sync", "--require-hashes", "--python", self.python(), self.lock]
        if self.lean:
            words.append("--compile-bytecode")
        child.need(words, log, f"{self.name}: packages could not be installed", NETWORK, extra)
        if self.lean:
            self._hook()
        stamp.write_text(f"{self.fingerprint()} {self.place()}\n", encoding="utf-8")
        steps.done(self.name)
        return True

    def _hook(self) -> None:
        folders = sorted(self.home.glob("lib/python3*/site-packages"))
        if not folders:
            raise Trouble(
                f"{self.name}: the environment has no site-packages.",
                "Run `make clean`, then the same command again.",
            )
        (folders[0] / HOOK_NAME).write_text(HOOK, encoding="utf-8")


APP = Environment("app environment", paths.APP, paths.REQUIREMENTS / "app.txt")
RASA = Environment("Rasa environment", paths.RASA, paths.REQUIREMENTS / "rasa.txt", lean=True)
DIET = Environment(
    "yardstick environment", paths.cache() / "diet-env", paths.REQUIREMENTS / "diet.txt"
)
