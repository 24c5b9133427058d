"""Starts all processes, says when they serve, and stops all of them together.

Honcho runs each process in a session of its own. Whatever ends the launcher (Ctrl-C, SIGTERM,
SIGHUP, a process that dies) ends everything; what a process prints goes to var/log/.
"""

import argparse
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from types import FrameType
from typing import Any, TextIO

from honcho.manager import SYSTEM_PRINTER_NAME, Manager
from honcho.process import Process as HonchoProcess

from aftersales.settings import Settings
from tools import child, endpoints, health, parent, paths, ports
from tools.processes import Process, processes
from tools.progress import Trouble, elapsed, fail, say

PATIENCE = 120.0  # s until a process must be healthy
KILL_AFTER = 6.0  # s from asking to stop until killing
POLL = 0.1  # s
DEMO = 3  # numbers to show


class LogPrinter:
    """Honcho's printer: one log file per process instead of one mixed stream."""

    width = 0

    def __init__(self, folder: Path) -> None:
        """Write into ``folder``; the logs of the run before are kept as ``*.log.1``."""
        self._folder = folder
        self._files: dict[str, TextIO] = {}
        self.first_stopped = ""

    def log(self, name: str) -> Path:
        """Return the log file of a process."""
        return self._folder / f"{name}.log"

    def write(self, message: Any) -> None:
        """Take one of honcho's messages."""
        data = message.data
        text = data.decode("utf-8", "replace") if isinstance(data, bytes) else str(data)
        name = str(message.name)
        if name == SYSTEM_PRINTER_NAME:
            word, _, rest = text.partition(" ")
            if rest.startswith("stopped") and not self.first_stopped:
                self.first_stopped = word
            name = "honcho"
        if name not in self._files:
            path = self.log(name)
            if path.exists():
                path.replace(path.with_name(path.name + ".1"))
            self._files[name] = path.open("w", encoding="utf-8")
        self._files[name].write(text if text.endswith("\n") else text + "\n")
        self._files[name].flush()

    def close(self) -> None:
        """Close all files."""
        for file in self._files.values():
            file.close()


class TiedProcess(HonchoProcess):  # type: ignore[misc] # honcho has no types
    """A process that ends even when the launcher was killed and could not stop it."""

    def run(self, events: Any = None, ignore_signals: bool = False) -> None:
        """Run it, in the helper process that honcho forks for it."""
        threading.Thread(target=self._watch, args=(os.getppid(),), daemon=True).start()
        super().run(events, ignore_signals)

    def _watch(self, launcher: int) -> None:
        while os.getppid() == launcher:
            time.sleep(POLL)
        if self._child is not None:
            os.killpg(self._child.pid, signal.SIGTERM)


class Launcher(Manager):  # type: ignore[misc] # honcho has no types
    """Honcho's manager with our manners at the start and at the end."""

    def __init__(self, printer: LogPrinter) -> None:
        super().__init__(printer)
        self._process_ctor = TiedProcess
        self.asked = False
        self.failed = False

    def _start(self) -> None:
        # The helpers that honcho forks must outlive a terminal's hang-up to report the ends.
        before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
        super()._start()
        if before != signal.SIG_IGN:
            signal.signal(signal.SIGHUP, self._hang_up)

    def _hang_up(self, number: int, frame: FrameType | None) -> None:
        os.kill(os.getpid(), signal.SIGTERM)

    def terminate(self) -> None:
        """Stop all; those that do not listen are killed after a while."""
        if not self.asked:
            self.asked = True
            threading.Thread(target=self._finish, daemon=True).start()

    def _finish(self) -> None:
        # A process that was only just forked has no id yet to send a signal to.
        while not self._all_started():
            time.sleep(POLL)
        super().terminate()
        time.sleep(KILL_AFTER)
        self.kill()

    def groups(self) -> list[int]:
        """Return the process groups that were started."""
        return [int(one["pid"]) for one in self._processes.values() if one.get("pid")]

    def running(self, name: str) -> bool:
        """Say whether a process has started and not ended."""
        return "returncode" not in self._processes[name]


def watch(
    launcher: Launcher, names: list[str], numbers: Mapping[str, int], ready: Path | None
) -> None:
    """Wait until every process is healthy, then tell; give up after ``PATIENCE``."""
    waiting = list(names)
    end = time.monotonic() + PATIENCE
    while waiting and not launcher.asked:
        for name in list(waiting):
            if launcher.running(name) and health.healthy(name, numbers):
                waiting.remove(name)
                say(f"{name}: ready")
        if time.monotonic() > end:
            fail(
                Trouble(
                    f"{', '.join(waiting)} did not become ready within {PATIENCE:.0f} seconds.",
                    f"The logs are in {paths.logs()}.",
                    child.tail(paths.logs() / f"{waiting[0]}.log"),
                )
            )
            launcher.failed = True
            os.kill(os.getpid(), signal.SIGTERM)
            return
        time.sleep(POLL)
    if not launcher.asked:
        welcome(numbers)
        if ready:
            draft = ready.with_name(ready.name + ".draft")
            draft.write_text(json.dumps(dict(numbers)), encoding="utf-8")
            draft.replace(ready)


def demo(log: Path) -> list[str]:
    """Return what to try the warranty with, as tools.seed printed it: one line per watch."""
    try:
        text = log.read_text(encoding="utf-8")
    except OSError:
        return []
    for line in text.splitlines():
        try:
            cards = json.loads(line)["registrations"]
        except (ValueError, KeyError, TypeError):
            continue
        return [
            f"card {card['card_number']}  case back {card['case_back']}  "
            f"phone ending {card['phone_last4']}  {card.get('note') or ''}".rstrip()
            for card in cards[:DEMO]
        ]
    return []


def welcome(numbers: Mapping[str, int]) -> None:
    """Print the page's address, numbers to try and the seconds it took."""
    say(f"everything serves after {elapsed():.1f} seconds")
    lines = ["", f"  page        http://{ports.reachable()}:{numbers['WEB_PORT']}/"]
    for index, line in enumerate(demo(paths.logs() / "seed.log")):
        lines.append(f"  {'to try' if not index else '':<12}{line}")
    lines += [f"  logs        {paths.logs()}", "  stop        Ctrl-C", ""]
    print("\n".join(lines), flush=True)


def sweep(groups: list[int]) -> None:
    """Kill what is left of the process groups."""
    for group in groups:
        try:
            os.killpg(group, signal.SIGKILL)
        except OSError:
            continue


def prepare(numbers: Mapping[str, int]) -> list[Process]:
    """Write the files of this run and return its processes.

    Raises:
        Trouble: the model is missing or the endpoints cannot be written.
    """
    if not paths.MODEL.exists():
        raise Trouble("There is no trained model.", "Run `make train`.")
    settings = Settings.from_env(os.environ)
    settings.session_secret()
    return processes(
        numbers,
        ports.host(),
        endpoints.write(paths.ROOT / "endpoints.yml", paths.var(), numbers["ACTIONS_PORT"]),
        settings.gateway_secret().reveal(),
    )


def main(arguments: list[str]) -> int:
    """Serve until told to stop; return 0 for a stop that was asked for, 1 for a failure."""
    parser = argparse.ArgumentParser(prog="python -m tools.serve", description=__doc__)
    parser.add_argument("--ready", type=Path, help="write the ports here (JSON) once all serve")
    parser.add_argument("--tied", action="store_true", help="end with the program that starts this")
    options = parser.parse_args(arguments)
    # Servers must not read what is typed at them, nor stop because nobody can type.
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    printer = LogPrinter(paths.logs())
    launcher = Launcher(printer)
    try:
        numbers = ports.chosen()
        ports.check(numbers)
        started = prepare(numbers)
    except Trouble as trouble:
        fail(trouble)
        return 1
    for one in started:
        launcher.add_process(
            one.name, one.command, env=child.surroundings(dict(one.env)), cwd=paths.ROOT
        )
    parent.watch(options.tied)
    names = [one.name for one in started]
    say(f"starting {', '.join(names)}")
    threading.Thread(
        target=watch, args=(launcher, names, numbers, options.ready), daemon=True
    ).start()
    launcher.loop()
    sweep(launcher.groups())
    printer.close()
    if launcher.failed:
        return 1
    if launcher.returncode in (128 + signal.SIGINT, 128 + signal.SIGTERM):
        say("stopped")
        return 0
    dead = printer.first_stopped
    fail(
        Trouble(
            f"{dead} ended by itself, so the others were stopped.",
            f"All it said is in {printer.log(dead)}.",
            child.tail(printer.log(dead)),
        )
    )
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
