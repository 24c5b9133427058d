"""Smoke run: start everything, knock once at each door, stop, and find nothing left behind."""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import requests

from tools import ports
from tools.progress import Trouble, fail, say
from tools.system import System

TIMEOUT = 20.0  # s
SENTENCE = "我的表一天快三十秒"


def family(pid: int) -> set[int]:
    """Return the ids of all descendants of a process (Linux; elsewhere none)."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            fields = (
                (entry / "stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2]
            )
        except OSError:
            continue
        parents[int(entry.name)] = int(fields.split()[1])
    found: set[int] = set()
    frontier = {pid}
    while frontier:
        frontier = {one for one, above in parents.items() if above in frontier} - found
        found |= frontier
    return found


def alive(pid: int) -> bool:
    """Say whether a process exists."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def doors(system: System) -> list[tuple[str, Callable[[], object]]]:
    """Return each door's name and the knock; a knock fails by returning something false."""

    def get(url: str) -> requests.Response:
        answer = requests.get(url, timeout=TIMEOUT)
        answer.raise_for_status()
        return answer

    def post(url: str, body: dict[str, str]) -> requests.Response:
        answer = requests.post(url, json=body, timeout=TIMEOUT)
        answer.raise_for_status()
        return answer

    def parse() -> object:
        return post(f"{system.rasa}/model/parse", {"text": SENTENCE}).json()["intent"]["name"]

    def turn() -> object:
        body = {"sender": "smoke", "message": SENTENCE}
        answers = post(f"{system.rasa}/webhooks/rest/webhook", body).json()
        return any(answer.get("text") for answer in answers)

    return [
        ("rasa /status", lambda: get(f"{system.rasa}/status").json()["model_file"]),
        ("rasa /model/parse", parse),
        ("rasa /webhooks/rest/webhook", turn),
        ("actions /health", lambda: get(f"{system.actions}/health").ok),
        ("web /healthz", lambda: get(f"{system.web}/healthz").ok),
        ("web /", lambda: "<html" in get(f"{system.web}/").text),
        ("web /docs", lambda: "openapi" in get(f"{system.web}/docs").text.lower()),
    ]


def knock(system: System) -> list[str]:
    """Knock at every door; return the names of those that did not answer well."""
    failed: list[str] = []
    for name, door in doors(system):
        began = time.monotonic()
        try:
            answer = door()
        except (requests.RequestException, ValueError, KeyError) as error:
            answer, note = None, f" ({error})"
        else:
            note = f" {answer}" if isinstance(answer, str) else ""
        took = (time.monotonic() - began) * 1000
        say(f"{'ok  ' if answer else 'FAIL'} {name:<28} {took:5.0f} ms{note}")
        if not answer:
            failed.append(name)
    return failed


def main() -> int:
    """Run it; return 0 when every door answered and nothing was left."""
    try:
        with System() as system:
            say("started")
            children = family(system.pid)
            failed = knock(system)
            code = system.stop()
            say(f"stopped with code {code}")
            left = sorted(pid for pid in children if alive(pid))
            taken = [
                n for n, port in system.ports.items() if not ports.is_free(ports.LOOPBACK, port)
            ]
    except Trouble as trouble:
        fail(trouble)
        return 1
    say(f"{'ok  ' if not left else 'FAIL'} no child left {left or ''}".rstrip())
    say(f"{'ok  ' if not taken else 'FAIL'} ports free {taken or ''}".rstrip())
    return 1 if failed or code or left or taken else 0


if __name__ == "__main__":
    sys.exit(main())
