"""A program in front of us that is told to stop, or dies, takes us along."""

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tools import paths

CODE = (
    "import sys, time; sys.path[0] = {root!r}\n"
    "from tools import parent; parent.watch({tied})\n"
    "print('up', flush=True); time.sleep(30)"
)


@pytest.mark.skipif(
    not Path("/proc/self/status").exists() or shutil.which("make") is None,
    reason="only Linux shows what another process catches",
)
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_a_signal_to_make_alone_ends_its_program(tmp_path: Path, number: signal.Signals) -> None:
    (tmp_path / "sleeper.py").write_text(
        CODE.format(root=str(paths.ROOT), tied=False), encoding="utf-8"
    )
    (tmp_path / "Makefile").write_text(f"all:\n\t@{sys.executable} sleeper.py\n", encoding="utf-8")
    with subprocess.Popen(
        ["make", "-s", "--no-print-directory"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as make:
        assert make.stdout is not None
        assert make.stdout.readline() == "up\n"
        make.send_signal(number)
        # The pipe ends when the sleeper, who holds it too, has ended.
        assert make.stdout.read() == ""
        assert make.wait(10) != 0


def test_a_tied_program_ends_with_its_parent(tmp_path: Path) -> None:
    child = CODE.format(root=str(paths.ROOT), tied=True)
    starter = (
        "import subprocess, sys, time\n"
        f"subprocess.Popen([sys.executable, '-c', {child!r}])\n"
        "time.sleep(30)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", starter], cwd=tmp_path, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "up\n"
        process.kill()
        assert process.stdout.read() == ""
