"""The launcher with two small processes: however it ends, nothing stays."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools import paths
from tools.smoke import alive, family

DRIVER = """
import sys
from pathlib import Path
sys.path[0] = {root!r}
import honcho.manager
honcho.manager.KILL_WAIT = 0.5
from tools.serve import Launcher, LogPrinter, sweep
printer = LogPrinter(Path({folder!r}))
launcher = Launcher(printer)
launcher.add_process("steady", "echo up; exec sleep 60")
launcher.add_process("other", {other!r})
launcher.loop()
sweep(launcher.groups())
printer.close()
print("first", printer.first_stopped, flush=True)
"""

WAIT = 10.0  # s


def start(folder: Path, other: str) -> subprocess.Popen[str]:
    code = DRIVER.format(root=str(paths.ROOT), folder=str(folder), other=other)
    (folder / "driver.py").write_text(code, encoding="utf-8")
    return subprocess.Popen(
        [sys.executable, "driver.py"], cwd=folder, stdout=subprocess.PIPE, text=True
    )


def until(condition: object) -> bool:
    """Ask until it is true or ``WAIT`` is over."""
    assert callable(condition)
    end = time.monotonic() + WAIT
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def running(folder: Path) -> bool:
    """Say whether both processes have said that they are up."""
    logs = [folder / "steady.log", folder / "other.log"]
    return all(log.exists() and "up" in log.read_text(encoding="utf-8") for log in logs)


@pytest.fixture
def launcher(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    with start(tmp_path, "echo up; exec sleep 60") as process:
        assert until(lambda: running(tmp_path))
        yield process
        process.kill()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_any_end_of_the_launcher_ends_all(
    launcher: subprocess.Popen[str], number: signal.Signals
) -> None:
    children = family(launcher.pid)
    assert len(children) >= 4  # two processes and honcho's helper for each
    launcher.send_signal(number)
    launcher.wait(WAIT)
    assert until(lambda: not any(map(alive, children)))


def test_one_that_dies_ends_the_others_and_is_named(tmp_path: Path) -> None:
    with start(tmp_path, "echo up; exit 3") as process:
        said, _ = process.communicate(timeout=WAIT)
    assert said == "first other\n"


def test_one_that_does_not_listen_is_killed(
    tmp_path: Path,
) -> None:
    deaf = f"exec {sys.executable} -c 'import signal, time; signal.signal(15, signal.SIG_IGN); "
    deaf += 'print("up", flush=True); time.sleep(60)\''
    with start(tmp_path, deaf) as process:
        assert until(lambda: running(tmp_path))
        children = family(process.pid)
        process.terminate()
        process.wait(2 * WAIT)
        assert process.stdout is not None
        assert process.stdout.read() == "first steady\n"
    assert not any(map(alive, children))
