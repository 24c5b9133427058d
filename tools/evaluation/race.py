"""Two pipelines parse the same sentences in turn, so that a busy machine slows both alike.

`python -m tools.evaluation.race MODEL` is one runner: it loads a model, reads one sentence (JSON) a
line and answers each with the milliseconds it took. It needs Rasa, and nothing of the assistant.
"""

from __future__ import annotations

import asyncio
import json
import logging
import statistics
import subprocess
import sys
import time
import warnings
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import IO

from tools import child, paths

#: The first sentences load what is loaded late; they are not counted.
WARM_UP = 20
#: Loading a model prints; a figure is a line that begins so.
MARK = "took "


def in_turn(
    runners: Mapping[str, tuple[Path, Path]], texts: Sequence[str]
) -> dict[str, dict[str, float]]:
    """Return what one sentence takes in each pipeline, p50 and p95 in milliseconds.

    Args:
        runners: the interpreter and the model of each pipeline.
        texts: the sentences; each is parsed by one pipeline after the other.

    Raises:
        RuntimeError: a runner gave up; the log named in it says why.
    """
    taken: dict[str, list[float]] = {name: [] for name in runners}
    with ExitStack() as stack:
        open_runners = {
            name: stack.enter_context(_Runner(*where)) for name, where in runners.items()
        }
        for text in [*texts[:WARM_UP], *texts]:
            for name, runner in open_runners.items():
                taken[name].append(runner.ask(text))
    return {name: _costs(times[len(times) - len(texts) :]) for name, times in taken.items()}


def _costs(times: Sequence[float]) -> dict[str, float]:
    return {
        "parse_p50_ms": statistics.median(times),
        "parse_p95_ms": statistics.quantiles(times, n=20)[-1],
    }


class _Runner:
    """One pipeline in a process of its own."""

    def __init__(self, python: Path, model: Path) -> None:
        self._words = [str(python), "-m", __spec__.name, str(model)]
        self._log = paths.logs() / "evaluate.log"

    def __enter__(self) -> _Runner:
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._words,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                encoding="utf-8",
                cwd=str(paths.ROOT),
                env=child.surroundings(),
            )
        return self

    def ask(self, text: str) -> float:
        """Return the milliseconds one sentence took."""
        told, heard = _pipe(self._process.stdin), _pipe(self._process.stdout)
        try:
            told.write(json.dumps(text) + "\n")
            told.flush()
        except BrokenPipeError:
            pass  # it has ended: there is no answer either
        for line in heard:
            if line.startswith(MARK):
                return float(line[len(MARK) :])
        raise RuntimeError(f"{self._words[-1]} could not be asked; read {self._log}")

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()


def _pipe(found: IO[str] | None) -> IO[str]:
    if found is None:
        raise RuntimeError("the runner was started without pipes")
    return found


async def _run(model: str) -> None:
    from rasa.core.agent import Agent
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.WARNING)
    agent = Agent.load(model)
    for line in sys.stdin:
        text = json.loads(line)
        began = time.perf_counter()
        await agent.parse_message(text)
        print(f"{MARK}{(time.perf_counter() - began) * 1000:.3f}", flush=True)


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    asyncio.run(_run(sys.argv[1]))
