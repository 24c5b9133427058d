"""``make chat``: talk to the assistant in the terminal; ``make chat DESK=1``: the agent's view.

With DESK=1 the agent types what the caller says and sees the need and how sure it is, what to read
aloud, and the next question. Uses the served system when one answers, else starts its own.
"""

import argparse
import os
import sys
import uuid
from contextlib import ExitStack
from typing import Any

from rich.console import Console
from rich.table import Table

from aftersales.clock import Clock, SystemClock
from aftersales.knowledge import load
from aftersales.settings import Settings
from tools.progress import Trouble
from tools.rasa_client import RasaClient, RasaUnavailableError, Reply
from tools.system import System


def main() -> int:
    """Talk until the line ends."""
    parser = argparse.ArgumentParser(prog="make chat", description=__doc__)
    parser.add_argument("--desk", action="store_true", help="the hotline agent's view")
    desk = parser.parse_args().desk
    out = Console()
    words = load("desk")["terminal"]
    with ExitStack() as stack:
        try:
            client = _served() or _own(stack, out, words)
        except Trouble as trouble:
            out.print(str(trouble), markup=False)
            return 1
        out.print(words["hello_desk" if desk else "hello"])
        sender = f"terminal-{uuid.uuid4().hex[:12]}"
        return _talk(client, sender, desk, out, words, SystemClock())


def _talk(
    client: RasaClient,
    sender: str,
    desk: bool,
    out: Console,
    words: dict[str, Any],
    clock: Clock,
) -> int:
    last: tuple[str, ...] = ()
    while True:
        try:
            text = input(words["prompt_desk" if desk else "prompt"])
        except (EOFError, KeyboardInterrupt):
            out.print()
            return 0
        text = _chosen(text, last)
        if not text.strip():
            continue
        try:
            replies = client.say(
                sender,
                text,
                now=clock.now(),
                message_id=uuid.uuid4().hex,
                channel="desk" if desk else "terminal",
            )
            understood = client.parse(text) if desk else {}
        except RasaUnavailableError:
            out.print(words["unavailable"])
            continue
        if desk:
            _show_desk(understood, replies, out, words)
            last = ()
        else:
            last = _show(replies, out)


def _served() -> RasaClient | None:
    settings = Settings.from_env(os.environ)
    secret = settings.gateway_secret()
    if not secret:
        return None
    client = RasaClient(port=settings.rasa_port, secret=secret.reveal())
    try:
        client.parse("你好")
    except RasaUnavailableError:
        return None
    return client


def _own(stack: ExitStack, out: Console, words: dict[str, Any]) -> RasaClient:
    out.print(words["starting"])
    system = stack.enter_context(System())
    secret = (system.var / "gateway.secret").read_text(encoding="utf-8").strip()
    return RasaClient(port=system.ports["RASA_PORT"], secret=secret)


def _chosen(text: str, labels: tuple[str, ...]) -> str:
    """A single number picks the button of that place."""
    if text.strip().isdigit() and 1 <= int(text) <= len(labels):
        return labels[int(text) - 1]
    return text


def _show(replies: list[Reply], out: Console) -> tuple[str, ...]:
    labels: tuple[str, ...] = ()
    for reply in replies:
        out.print(reply.text, markup=False, highlight=False)
        labels = reply.labels or labels
    for number, label in enumerate(labels, 1):
        out.print(f"  {number} {label}", markup=False, highlight=False)
    return labels


def _show_desk(
    understood: dict[str, Any], replies: list[Reply], out: Console, words: dict[str, Any]
) -> None:
    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column(style="dim", no_wrap=True)
    table.add_column()
    ranking = (understood.get("intent_ranking") or [])[:3]
    needs = load("desk")["needs"]
    named = "，".join(f"{needs.get(i['name'], i['name'])} {i['confidence']:.0%}" for i in ranking)
    table.add_row(words["need"], named)
    known = "，".join(f"{e['entity']}={e['value']}" for e in understood.get("entities") or [])
    if known:
        table.add_row(words["heard"], known)
    for number, reply in enumerate(replies):
        last = number == len(replies) - 1
        table.add_row(words["next" if last and len(replies) > 1 else "say"], reply.text)
    out.print(table)


if __name__ == "__main__":
    sys.exit(main())
