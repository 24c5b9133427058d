"""The yardstick: Rasa's stock pipeline on the same sentences, trained once per state of the data.

`make diet` runs this in the foreground, `make evaluate` leaves it running in the background, niced.
The model, its answers and its costs lie in the cache folder (`paths.cache`), so a later evaluation
needs neither TensorFlow nor time. Never part of the tests.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from tools import child, environment, paths
from tools.model import SURROUNDINGS
from tools.progress import Trouble, fail, say

CONFIG = Path(__file__).parent / "stock.yml"
NLU = paths.ROOT / "data" / "nlu.yml"
#: Seconds after which training begins no further round; asking takes a few minutes more.
LIMIT = 20 * 60
KEPT = 3
NICE = 19


def fingerprint(nlu: Path = NLU) -> str:
    """Return a short hash over the data, the pipeline and its environment."""
    digest = hashlib.sha256()
    for path in (nlu, CONFIG, environment.DIET.lock):
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:12]


def folder(nlu: Path = NLU) -> Path:
    """Return where the yardstick of this data is kept."""
    return paths.cache() / f"stock-{fingerprint(nlu)}"


def answers(nlu: Path = NLU) -> tuple[Path | None, bool]:
    """Return the answers to show beside ours, and whether they are from this very data.

    Without them, the newest of earlier data serve; without any, None.
    """
    own = folder(nlu) / "answers.json"
    if has_answers(own):
        return own, True
    earlier = [path for path in paths.cache().glob("stock-*/answers.json") if has_answers(path)]
    return max(earlier, key=lambda path: path.stat().st_mtime, default=None), False


def has_answers(path: Path) -> bool:
    """Say whether the file holds any."""
    return bool(_read(path).get("answers"))


def complete(path: Path | None, texts: Path) -> bool:
    """Say whether every text was answered."""
    if path is None or not texts.exists():
        return False
    return set(json.loads(texts.read_text(encoding="utf-8"))) <= set(_read(path)["answers"])


def start_in_background() -> bool:
    """Begin building and training unless that runs already; return whether it was begun.

    It goes through the bootstrap, which builds the environment first, and outlives us.
    """
    with _lock() as handle:
        if not _locked(handle):
            return False
    log = (paths.cache() / "diet.log").open("wb")
    with log:
        # A session of its own: Ctrl-C in the terminal is meant for the evaluation.
        subprocess.Popen(
            ["nice", "-n", str(NICE), sys.executable, "tools/bootstrap.py", "diet"],  # noqa: S607
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=str(paths.ROOT),
            env=child.surroundings(),
            start_new_session=True,
        )
    return True


def train() -> None:
    """Train what is missing, ask what was not asked yet.

    Raises:
        Trouble: Rasa gave up.
    """
    own = folder()
    own.mkdir(parents=True, exist_ok=True)
    texts, nlu = own / "texts.json", own / "nlu.yml"
    log = own / "train.log"
    todo = f"Read {log}; `make diet` tries again."
    child.need(
        [paths.RASA_PYTHON, "-m", "tools.evaluation.sentences", "--out", texts],
        log, "The sentences could not be gathered", todo, SURROUNDINGS,
    )  # fmt: skip
    # A copy: somebody may go on editing while it trains.
    shutil.copyfile(NLU, nlu)
    say(f"stock pipeline: training for {LIMIT // 60} minutes at most, then asking")
    child.need(
        [
            environment.DIET.python(), "-m", "tools.evaluation.trial", "--config", CONFIG,
            "--nlu", nlu, "--model", own / "model.tar.gz", "--texts", texts,
            "--out", own / "answers.json", "--limit", LIMIT,
        ],
        log, "The stock pipeline could not be trained", todo,
        {**SURROUNDINGS, "TF_CPP_MIN_LOG_LEVEL": "3"},
    )  # fmt: skip
    _prune()


def _prune() -> None:
    kept = sorted(paths.cache().glob("stock-*"), key=lambda path: path.stat().st_mtime)
    for old in kept[:-KEPT]:
        shutil.rmtree(old, ignore_errors=True)


def _lock() -> Any:
    paths.cache().mkdir(parents=True, exist_ok=True)
    return (paths.cache() / "stock.lock").open("w", encoding="ascii")


def _locked(handle: Any) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def main() -> int:
    """Train in the foreground; return the exit code."""
    handle = _lock()
    if not _locked(handle):
        say("the stock pipeline is being trained already")
        return 0
    # Nobody waits for a yardstick: whatever else the machine does comes first.
    os.nice(NICE)
    try:
        train()
    except Trouble as trouble:
        fail(trouble)
        return 1
    say(f"the stock pipeline's answers are in {folder()}; `make evaluate` shows them")
    return 0


if __name__ == "__main__":
    sys.exit(main())
