"""From a clone to a running system, with nothing but a Python 3 and the standard library.

``python3 tools/bootstrap.py DOOR [arguments]`` (the Makefile calls it) finds a Python 3.11, fetches
a private uv, builds both environments and the widget side by side, trains and seeds when data
changed, and then becomes the door's program. What is there and unchanged is not touched.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from pathlib import Path
from typing import Callable, Dict, List, Optional, TextIO

# Run as a script, Python puts tools/ first on the path, where our names would hide its own.
sys.path[0] = str(Path(__file__).resolve().parent.parent)

if sys.version_info < (3, 8):
    sys.exit("This needs Python 3.8 or newer to begin with, and Python 3.11 to run.")

from tools import (  # noqa: E402
    child,
    doors,
    environment,
    interpreter,
    locks,
    model,
    parent,
    paths,
    ports,
    toolchain,
    widget,
)
from tools.progress import Steps, Trouble, fail, say, started  # noqa: E402

NO_PYTHON = (
    "Python 3.11 is needed and none was found that starts "
    "(looked at python3 and python3.11 on PATH, pyenv's versions, and a download by uv)",
    "Install it (Debian 12: sudo apt-get install python3.11 python3-pip; "
    "anywhere: pyenv install 3.11) and run the same command again.",
)


def python311(steps: Steps) -> str:
    """Return a Python 3.11: one that is here, else one that uv manages.

    Raises:
        Trouble: there is none and none can be had.
    """
    found = interpreter.find()
    if found:
        return found
    steps.note("no Python 3.11 here; asking uv for one")
    uv = toolchain.ensure(steps, None)
    log = paths.logs() / "python.log"
    extra = {"UV_PYTHON_INSTALL_DIR": str(paths.TOOLS / "python")}
    child.need([uv, "python", "install", "--no-bin", "3.11"], log, *NO_PYTHON, extra=extra)
    for python in sorted((paths.TOOLS / "python").glob("*3.11*/bin/python3.11")):
        answer = interpreter.ask(str(python))
        if answer:
            return answer
    raise Trouble(*NO_PYTHON)


def seed(steps: Steps) -> None:
    """Bring the database to the current schema and put a small demo into an empty one.

    Raises:
        Trouble: the database could not be written.
    """
    if not (paths.ROOT / "tools" / "seed.py").exists():
        steps.note("no tools/seed.py yet: the database is not prepared")
        return
    steps.begin("database")
    child.need(
        [paths.APP_PYTHON, "-m", "tools.seed", "--json"],
        paths.logs() / "seed.log",
        "The database could not be prepared",
        "Mend what the lines above name (AFTERSALES_DATABASE_URL says which) and run again.",
    )
    steps.done("database")


def prepare(door: doors.Door, steps: Steps, force_training: bool = False) -> None:
    """Build whatever this door needs and is missing or outdated.

    Raises:
        Trouble: of any step, after the others have ended.
    """
    wanted = [environment.APP] if door.app else []
    wanted += [environment.RASA] if door.rasa else []
    wanted += [environment.DIET] if door.diet else []
    missing = [one for one in wanted if one.state() != "ready"]
    if missing:
        python = python311(steps)
        uv = toolchain.ensure(steps, python)
        extra = {**toolchain.index(python), "UV_PYTHON_DOWNLOADS": "never"}

    def app() -> None:
        if environment.APP in missing:
            environment.APP.build(steps, uv, python, extra)
        if door.seed:
            seed(steps)

    def rasa() -> None:
        if environment.RASA in missing:
            environment.RASA.build(steps, uv, python, extra)
        if door.model:
            model.ensure(steps, force_training)

    def diet() -> None:
        if environment.DIET in missing:
            environment.DIET.build(steps, uv, python, extra)

    tasks: List[Callable[[], object]] = []
    if door.app:
        tasks.append(app)
    if door.rasa:
        tasks.append(rasa)
    if door.diet:
        tasks.append(diet)
    if door.widget:
        tasks.append(lambda: widget.ensure(steps))
    together(tasks)


def together(tasks: List[Callable[[], object]]) -> None:
    """Run tasks side by side. A failure lets the others end: what they built need not be redone.

    Raises:
        Exception: the first task's failure.
    """
    errors: List[BaseException] = []

    def guarded(task: Callable[[], object]) -> None:
        try:
            task()
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=guarded, args=(task,)) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]


def lock() -> Optional[TextIO]:
    """Let only one bootstrap build at a time; return the open lock file."""
    try:
        import fcntl
    except ImportError:
        return None
    paths.TOOLS.mkdir(exist_ok=True)
    handle = (paths.TOOLS / "bootstrap.lock").open("w", encoding="ascii")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        say("another make is building in this folder; waiting for it")
        fcntl.flock(handle, fcntl.LOCK_EX)
    return handle


def become(words: List[str], extra: Dict[str, str]) -> None:
    """Replace this process by the door's program, so that signals reach it directly."""
    sys.stdout.flush()
    os.chdir(str(paths.ROOT))
    os.execve(words[0], words, child.surroundings(extra))  # noqa: S606 - no shell wanted


def _open_standard_files() -> None:
    """Put /dev/null where standard input or output is closed, or the next file would become it."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            null = os.open(os.devnull, os.O_RDWR)
            if null != number:
                os.dup2(null, number)
                os.close(null)
            os.set_inheritable(number, True)


def _interrupted(number: int, frame: object) -> None:
    child.stop_all()
    raise KeyboardInterrupt


def main(arguments: List[str]) -> int:
    """Open one door; return the exit code if its program does not take over."""
    started()
    name, rest = (arguments[0], arguments[1:]) if arguments else ("run", [])
    try:
        door = doors.find(name)
    except KeyError:
        fail(Trouble(f"There is no door called {name}.", "`make help` lists them all."))
        return 2
    _open_standard_files()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        # nohup makes us deaf to SIGHUP on purpose; it stays so.
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, _interrupted)
    parent.watch()
    try:
        if name == "run":
            ports.check(ports.chosen())
        handle = lock()
        with Steps() as steps:
            if name == "lock":
                locks.write(steps, toolchain.ensure(steps, python311(steps)))
            else:
                prepare(door, steps, force_training=name == "train")
        if handle:
            handle.close()
    except Trouble as trouble:
        fail(trouble)
        return 1
    except KeyboardInterrupt:
        fail(Trouble("Stopped before it was ready.", "The next run goes on from here."))
        return 130
    if not door.words:
        say("ready")
        return 0
    program = paths.ROOT.joinpath(*door.words[2].split("."))
    if not (program.with_suffix(".py").exists() or (program / "__main__.py").exists()):
        fail(Trouble(f"{name}: {program.name} is not in this clone.", "Clone anew."))
        return 1
    become([*door.words, *rest], {})
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
