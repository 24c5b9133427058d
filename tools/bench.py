"""``make bench``: how long a turn takes, door by door, measured side by side in one run.

Prints medians and 95th percentiles in milliseconds, and each door as a ratio to the plain parse, so
that runs on different machines can be compared. Nothing in the tests depends on these numbers.
"""

import argparse
import statistics
import sys
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime

from rich.console import Console
from rich.table import Table

from tools import bench_engine
from tools.progress import Trouble
from tools.rasa_client import RasaClient
from tools.system import System

WARM_UP = 5


def timed(work: Callable[[int], object], rounds: int) -> list[float]:
    """Milliseconds of each round, after a few that are not counted."""
    for number in range(WARM_UP):
        work(-number - 1)
    taken = []
    for number in range(rounds):
        began = time.perf_counter()
        work(number)
        taken.append((time.perf_counter() - began) * 1000)
    return taken


def doors(client: RasaClient) -> dict[str, Callable[[int], object]]:
    """What is measured: name -> one round of it, each with a conversation of its own."""
    run = uuid.uuid4().hex[:8]

    def say(kind: str, number: int, *texts: str) -> None:
        for place, text in enumerate(texts):
            sender = f"bench-{run}-{kind}-{number}"
            client.say(sender, text, now=datetime.now(UTC), message_id=f"{sender}-{place}")

    return {
        "parse": lambda n: client.parse("我的4R36一天快三十秒"),
        "answer without a form": lambda n: say("faq", n, "三包是什么"),
        "diagnosis in one sentence": lambda n: say("one", n, "我的4R36一天快三十秒"),
        "two turns of a form": lambda n: say("form", n, "手表走慢了", "机械的"),
    }


def _inside(out: Console, rounds: int) -> None:
    """Print the domain's own calls, which need no running system."""
    calls = Table("call", "p50 ms", "p99 ms")
    for name, middle, tail in bench_engine.engine(rounds):
        calls.add_row(name, f"{middle:.2f}", f"{tail:.2f}")
    pairs = Table("look-up of a card", "p50 ms", "× right pair")
    for name, middle, ratio in bench_engine.look_ups(rounds):
        pairs.add_row(name, f"{middle:.2f}", f"{ratio:.2f}")
    out.print(calls, pairs)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=40, help="rounds per door (default 40)")
    rounds = parser.parse_args().rounds
    out = Console()
    _inside(out, rounds * 5)
    table = Table("door", "p50 ms", "p95 ms", "× parse")
    try:
        with System() as system:
            secret = (system.var / "gateway.secret").read_text(encoding="utf-8").strip()
            client = RasaClient(port=system.ports["RASA_PORT"], secret=secret)
            base = 0.0
            for name, work in doors(client).items():
                taken = timed(work, rounds)
                middle = statistics.median(taken)
                base = base or middle
                tail = statistics.quantiles(taken, n=20)[-1]
                table.add_row(name, f"{middle:.1f}", f"{tail:.1f}", f"{middle / base:.1f}")
    except Trouble as trouble:
        out.print(str(trouble), markup=False)
        return 1
    out.print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
