"""The doors of `make help`: what each needs and which program stands behind it."""

from __future__ import annotations

from typing import List, NamedTuple

from tools import paths


class Door(NamedTuple):
    """One make target."""

    name: str
    help: str
    words: List[str]
    app: bool = True
    rasa: bool = False
    widget: bool = False
    model: bool = False
    seed: bool = False
    diet: bool = False


APP = str(paths.APP_PYTHON)

DOORS = [
    Door("run", "start everything, print the page's address; Ctrl-C stops it",
         [APP, "-m", "tools.serve"], rasa=True, widget=True, model=True, seed=True),
    Door("test", "all checks and tests, once per environment",
         [APP, "-m", "tools.suite"], rasa=True, widget=True, model=True, seed=True),
    Door("train", "train the model even if nothing changed", [], rasa=True, model=True),
    Door("chat", "talk to the assistant here; DESK=1: the hotline agent's view",
         [APP, "-m", "tools.chat"], rasa=True, model=True, seed=True),
    Door("talk", "print every conversation test through the running system",
         [APP, "-m", "tools.talk"], rasa=True, model=True, seed=True),
    Door("smoke", "start, one turn per door, stop; no child left, ports free",
         [APP, "-m", "tools.smoke"], rasa=True, widget=True, model=True, seed=True),
    Door("handover", "read and answer the conversations handed to a person",
         [APP, "-m", "tools.handover"], seed=True),
    Door("lint", "ruff and mypy", [APP, "-m", "tools.suite", "lint"]),
    Door("data-check", "near-copies and clashes in the training sentences and with the blind sets",
         [APP, "-m", "tools.data_check"]),
    Door("gold", "how good the diagnosis is on the gold cases (ARGS=--explain)",
         [APP, "-m", "tools.gold"]),
    Door("demo-repair", "one repair from the call to the archive, all six papers as pictures",
         [APP, "-m", "tools.demo_repair"]),
    Door("evaluate", "measure understanding beside the stock pipeline (ARGS=--gate, --record)",
         [APP, "-m", "tools.evaluate"], rasa=True, model=True),
    Door("diet", "build and train the stock pipeline `make evaluate` compares with",
         [APP, "-m", "tools.evaluation.stock"], rasa=True, diet=True),
    Door("report", "the monthly report, printed and in var/reports (ARGS=--month 2026-11)",
         [APP, "-m", "tools.report"]),
    Door("year", "simulate a year of service in a scratch database and check it (ARGS=...)",
         [APP, "-m", "tools.year"]),
    Door("bench", "measure speed of turns (ARGS=...)",
         [APP, "-m", "tools.bench"], rasa=True, model=True, seed=True),
    Door("crash", "kill a process between every two steps (ARGS=--essential)",
         [APP, "-m", "tools.crash"]),
    Door("setup", "build what is missing and stop", [],
         rasa=True, widget=True, model=True, seed=True),
    Door("lock", "write requirements/*.txt anew", [], app=False),
]  # fmt: skip


def find(name: str) -> Door:
    """Return the door of that name.

    Raises:
        KeyError: there is none.
    """
    for door in DOORS:
        if door.name == name:
            return door
    raise KeyError(name)
