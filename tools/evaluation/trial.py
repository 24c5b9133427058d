"""Trains one pipeline and notes what it answers and what it costs; runs in any Rasa environment.

The same program measures our pipeline in Rasa's lean environment and the stock pipeline in the one
with TensorFlow, so the figures stand side by side. It needs Rasa and nothing of ours. The answers
go into a JSON file: whoever reads that later needs neither.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import os
import statistics
import sys
import tempfile
import time
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

WARM_UP = 5
#: Rasa's own name for "not sure enough", put before the intents by its FallbackClassifier.
FALLBACK = "nlu_fallback"
DIGITS = 5


def end_in_time(seconds: float) -> list[float]:
    """Let a network end after the round in which the time runs out; return a list of its rounds.

    Only Rasa's TensorFlow components ask for these callbacks; elsewhere the list stays empty.
    """
    from rasa.utils import train_utils

    usual = train_utils.create_common_callbacks
    last, rounds = time.monotonic() + seconds, list[float]()

    def callbacks(*args: Any, **kwargs: Any) -> list[Any]:
        from tensorflow.keras.callbacks import LambdaCallback

        found = list(usual(*args, **kwargs))

        def ended(number: int, logs: object) -> None:
            rounds.append(time.monotonic())
            if time.monotonic() > last:
                watcher.model.stop_training = True

        watcher = LambdaCallback(on_epoch_end=ended)
        return [*found, watcher]

    train_utils.create_common_callbacks = callbacks
    return rounds


def train(config: Path, nlu: Path, model: Path) -> dict[str, float]:
    """Train and store a model; return the seconds it took, by the clock and of the processors.

    Raises:
        RuntimeError: Rasa made no model.
    """
    from rasa.model_training import train_nlu

    began, used = time.perf_counter(), time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        made = train_nlu(str(config), str(nlu), folder, fixed_model_name="trial")
        if not made:
            raise RuntimeError(f"Rasa trained nothing from {nlu} with {config}")
        seconds = time.perf_counter() - began
        draft = model.with_suffix(".part")
        draft.write_bytes(Path(made).read_bytes())
        os.replace(draft, model)
    return {"train_seconds": seconds, "train_cpu_seconds": time.process_time() - used}


def ask(model: Path, texts: Sequence[str]) -> tuple[dict[str, Any], list[float]]:
    """Return each text's intents with their scores, best first, and the milliseconds of each."""
    from rasa.core.agent import Agent
    from rasa.utils.log_utils import configure_structlog

    # As it serves: Rasa writes several debug lines per message unless it is told its level.
    configure_structlog(logging.WARNING)
    agent = Agent.load(str(model))

    async def run() -> tuple[dict[str, Any], list[float]]:
        answers: dict[str, Any] = {}
        taken = []
        for text in texts[:WARM_UP]:
            await agent.parse_message(text)
        for text in texts:
            began = time.perf_counter()
            parsed = await agent.parse_message(text)
            taken.append((time.perf_counter() - began) * 1000)
            answers[text] = [
                [one["name"], round(one["confidence"], DIGITS)]
                for one in parsed["intent_ranking"]
                if one["name"] != FALLBACK
            ]
        return answers, taken

    return asyncio.run(run())


def measure(
    config: Path, nlu: Path, model: Path, texts: Sequence[str], out: Path, limit: int = 0
) -> None:
    """Train unless `model` is there, ask what `out` does not hold yet, and write `out`.

    Args:
        config: the pipeline.
        nlu: the training sentences.
        model: where the trained model is or will be.
        texts: what is asked.
        out: answers and costs.
        limit: seconds after which a network begins no further round; 0: none.
    """
    known: dict[str, Any] = {"costs": {}, "answers": {}}
    if out.exists() and model.exists():
        known = json.loads(out.read_text(encoding="utf-8"))
    costs, answers = known["costs"], known["answers"]
    if not model.exists() or not costs:
        rounds = end_in_time(limit) if limit else []
        costs.update(train(config, nlu, model))
        if rounds:
            costs["rounds"] = len(rounds)
        costs["model_bytes"] = model.stat().st_size
        _write(out, known)
    missing = [text for text in dict.fromkeys(texts) if text not in answers]
    if missing:
        fresh, taken = ask(model, missing)
        answers.update(fresh)
        if len(taken) >= 20 and "parse_p50_ms" not in costs:
            costs["parse_p50_ms"] = statistics.median(taken)
            costs["parse_p95_ms"] = statistics.quantiles(taken, n=20)[-1]
        _write(out, known)


def _write(out: Path, known: dict[str, Any]) -> None:
    draft = out.with_suffix(".part")
    draft.write_text(json.dumps(known, ensure_ascii=False), encoding="utf-8")
    os.replace(draft, out)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure one pipeline; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--nlu", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True, help="written when it is missing")
    parser.add_argument("--texts", type=Path, required=True, help="a JSON list of sentences")
    parser.add_argument("--out", type=Path, required=True, help="answers and costs, JSON")
    parser.add_argument("--limit", type=int, default=0, help="seconds of training at most")
    options = parser.parse_args(arguments)
    warnings.simplefilter("ignore")
    texts = json.loads(options.texts.read_text(encoding="utf-8"))
    measure(options.config, options.nlu, options.model, texts, options.out, options.limit)
    return 0


if __name__ == "__main__":
    sys.exit(main())
