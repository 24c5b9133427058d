"""One death after another: a process of its own is killed, another comes after, then we look."""

import multiprocessing
import signal
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from aftersales.store import open_store
from tools.crash.databases import Databases
from tools.crash.findings import Findings, look
from tools.crash.scenarios import play

PATIENCE_S = 60.0
#: Forked from a clean process that has imported everything: as real as a new one, and quicker.
_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(["tools.crash.scenarios"])


@dataclass(frozen=True)
class Death:
    """One death and what came of it.

    Attributes:
        scenario: what the process was doing.
        step: before which point it was killed.
        killed: whether it really was.
        then: what was there right after.
        now: what is there after the recovery.
        faults: what is wrong; empty when all is well.
    """

    scenario: str
    step: str
    killed: bool
    then: Findings
    now: Findings
    faults: tuple[str, ...]


def points_of(scenario: str, databases: Databases) -> list[str]:
    """Return the points a process passes that nobody kills."""
    with tempfile.TemporaryDirectory(prefix="aftersales-crash-") as name:
        url = databases.fresh(Path(name))
        try:
            code = _process(scenario, url, name, None, after=False)
            if code != 0:
                raise RuntimeError(f"{scenario} does not run to its end: {code}")
            return (Path(name) / "points.txt").read_text(encoding="utf-8").split("\n")
        finally:
            databases.drop(url)


def essential(points: list[str]) -> list[int]:
    """Return the points that matter most: every step's begin and every commit."""
    return [n for n, name in enumerate(points) if name.endswith((": begins", ": commit"))]


def deaths(
    scenario: str, databases: Databases, points: list[str], wanted: list[int]
) -> Iterator[Death]:
    """Kill at each wanted point and yield what came of it."""
    for number in wanted:
        with tempfile.TemporaryDirectory(prefix="aftersales-crash-") as name:
            url = databases.fresh(Path(name))
            try:
                yield _die(scenario, url, name, number, points[number])
            finally:
                databases.drop(url)


def _die(scenario: str, url: str, folder: str, number: int, step: str) -> Death:
    code = _process(scenario, url, folder, number, after=False)
    store = open_store(url)
    then = look(store)
    recovered = _process(scenario, url, folder, None, after=True)
    now = look(store)
    store.close()
    killed = code == -signal.SIGKILL
    faults = [*then.excess(), *now.faults(scenario)]
    if not killed:
        faults.append(f"ended with {code}")
    if recovered != 0:
        faults.append(f"recovery ended with {recovered}")
    return Death(scenario, step, killed, then, now, tuple(faults))


def _process(scenario: str, url: str, folder: str, kill_at: int | None, *, after: bool) -> int:
    process = _PROCESSES.Process(
        target=play, args=(scenario, url, folder, kill_at), kwargs={"after": after}
    )
    process.start()
    process.join(PATIENCE_S)
    if process.exitcode is None:
        process.kill()
        process.join()
        return 1
    return int(process.exitcode)
