"""The whole system as one object: for the smoke run, for `make talk`, for tests.

It is the launcher as people start it, on free ports and with a directory of its own, so that it
disturbs neither a running system nor its database.
"""

import json
import os
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType

from tools import child, paths, ports
from tools.progress import Trouble

PATIENCE = 150.0  # s


class System:
    """A running system; use it in a ``with`` block.

    Attributes:
        web: address of the page.
        rasa: address of Rasa's HTTP API.
        actions: address of the action server.
        var: its directory of run-time files.
    """

    def __init__(self, extra: dict[str, str] | None = None) -> None:
        """Choose ports and a directory; nothing runs yet.

        Args:
            extra: environment variables for all its processes.
        """
        self._folder = tempfile.TemporaryDirectory(prefix="aftersales-")
        self.var = Path(self._folder.name)
        web, rasa, actions = ports.free(3)
        self.ports = {"WEB_PORT": web, "RASA_PORT": rasa, "ACTIONS_PORT": actions}
        self.web, self.rasa, self.actions = (
            f"http://{ports.LOOPBACK}:{one}" for one in (web, rasa, actions)
        )
        self.env = child.surroundings(
            {
                **{name: str(number) for name, number in self.ports.items()},
                "WEB_HOST": ports.LOOPBACK,
                "AFTERSALES_VAR": str(self.var),
                "AFTERSALES_DATABASE_URL": f"sqlite:///{self.var}/aftersales.db",
                "AFTERSALES_STARTED": repr(time.time()),
                **(extra or {}),
            }
        )
        self.env.pop("AFTERSALES_REDIS_URL", None)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """Return the launcher's process id."""
        assert self._process is not None  # noqa: S101 - misuse by our own tools
        return self._process.pid

    def start(self) -> None:
        """Seed the database, start all processes and wait until they serve.

        Raises:
            Trouble: they did not; the trouble shows what the launcher said.
        """
        said = self.var / "launcher.log"
        with said.open("wb") as output:
            python = str(paths.APP_PYTHON)
            if (paths.ROOT / "tools" / "seed.py").exists():
                paths_log = self.var / "log"
                paths_log.mkdir(exist_ok=True)
                with (paths_log / "seed.log").open("wb") as log:
                    code = subprocess.call(
                        [python, "-m", "tools.seed", "--json"],
                        cwd=paths.ROOT, env=self.env, stdin=subprocess.DEVNULL,
                        stdout=log, stderr=subprocess.STDOUT,
                    )  # fmt: skip
                if code:
                    raise Trouble(
                        "The demo database could not be prepared.",
                        "",
                        child.tail(paths_log / "seed.log"),
                    )
            ready = self.var / "ready.json"
            self._process = subprocess.Popen(
                [python, "-m", "tools.serve", "--tied", "--ready", str(ready)],
                cwd=paths.ROOT, env=self.env, stdin=subprocess.DEVNULL,
                stdout=output, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip
        end = time.monotonic() + PATIENCE
        while not ready.exists():
            if self._process.poll() is not None or time.monotonic() > end:
                self.stop()
                raise Trouble("The system did not start.", "", child.tail(said, 40))
            time.sleep(0.05)
        assert json.loads(ready.read_text(encoding="utf-8")) == self.ports  # noqa: S101

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Ask the launcher to stop and wait for it; return its exit code."""
        if self._process is None:
            return 0
        if self._process.poll() is None:
            os.kill(self._process.pid, number)
        try:
            return self._process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            return self._process.wait()

    def __enter__(self) -> "System":
        try:
            self.start()
        except BaseException:
            self._folder.cleanup()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()
        self._folder.cleanup()
