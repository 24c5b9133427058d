"""Rasa's trained model: trained again only when what it is trained from has changed.

Rasa's own training cache does not see edits in helper modules of our components, so we decide by a
hash over all of it and train with ``--force``.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from pathlib import Path
from typing import Any, Dict, Iterator, List

from tools import child, paths
from tools.progress import Steps

SIDECAR = paths.MODELS / "assistant.json"
# Two runs over the same data give the same model only with the same hash seed.
SURROUNDINGS = {
    "PYTHONHASHSEED": "0",
    "PYTHONWARNINGS": "ignore",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "RASA_MAX_CACHE_SIZE": "0",
}


def sources(root: Path) -> Iterator[Path]:
    """Yield every file the model depends on, in a fixed order."""
    for name in ("domain.yml", "config.yml", "requirements/rasa.txt"):
        yield root / name
    for folder in ("data", "domain", "bot", "aftersales/language"):
        for path in sorted((root / folder).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                yield path


def fingerprint(root: Path) -> str:
    """Return a hash over names and contents of all sources."""
    digest = hashlib.sha256()
    for path in sources(root):
        if path.exists():
            digest.update(path.relative_to(root).as_posix().encode() + b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def data_hash(root: Path) -> str:
    """Return the hash of the training sentences."""
    return hashlib.sha256((root / "data" / "nlu.yml").read_bytes()).hexdigest()


def note_scores(scores: Dict[str, Any], root: Path = paths.ROOT) -> None:
    """Write beside the current model what its understanding reached.

    Two trainings on the same sources give the same model, so scores of one are those of the other.
    """
    if not current(root):
        return
    sidecar = root / "models" / SIDECAR.name
    known = json.loads(sidecar.read_text(encoding="utf-8"))
    _write(sidecar, {**known, "data": data_hash(root), "scores": scores})


def _write(sidecar: Path, known: Dict[str, Any]) -> None:
    draft = sidecar.with_suffix(".part")
    draft.write_text(json.dumps(known), encoding="utf-8")
    os.replace(str(draft), str(sidecar))


def current(root: Path = paths.ROOT) -> bool:
    """Say whether the model on disk was trained from the sources on disk."""
    model, sidecar = root / "models" / paths.MODEL.name, root / "models" / SIDECAR.name
    try:
        known = json.loads(sidecar.read_text(encoding="utf-8"))
        return bool(
            known["sources"] == fingerprint(root)
            and known["model"] == hashlib.sha256(model.read_bytes()).hexdigest()
        )
    except (OSError, ValueError, KeyError, TypeError):
        return False


def words(out: Path, data: str = "data") -> List[object]:
    """Return the command that trains into the folder ``out`` from the folder ``data``."""
    domain = "domain" if (paths.ROOT / "domain").is_dir() else "domain.yml"
    return [
        paths.RASA_COMMAND, "train", "--force", "--fixed-model-name", "assistant",
        "--config", "config.yml", "--domain", domain, "--data", data, "--out", out,
    ]  # fmt: skip


def possible() -> bool:
    """Say whether this clone has what Rasa trains from."""
    return all((paths.ROOT / name).exists() for name in ("domain.yml", "config.yml", "data"))


def ensure(steps: Steps, force: bool = False) -> bool:
    """Train when needed; return whether a model is there.

    Training goes into a folder of its own and is moved when whole: an interrupted training leaves
    the old model untouched.

    Raises:
        Trouble: Rasa refused the data.
    """
    if not possible():
        steps.note("no domain.yml, config.yml and data/ yet: nothing to train")
        return False
    if not force and current():
        return True
    steps.begin("training")
    sources_now = fingerprint(paths.ROOT)
    paths.MODELS.mkdir(exist_ok=True)
    for old in paths.MODELS.glob(".training-*"):
        shutil.rmtree(str(old), ignore_errors=True)
    out = paths.MODELS / f".training-{os.getpid()}"
    child.need(
        words(out),
        paths.logs() / "train.log",
        "Rasa could not train on these files",
        "Mend what the lines above name and run the same command again.",
        SURROUNDINGS,
    )
    fresh = out / paths.MODEL.name
    known = {
        "sources": sources_now,
        "data": data_hash(paths.ROOT),
        "model": hashlib.sha256(fresh.read_bytes()).hexdigest(),
    }
    os.replace(str(fresh), str(paths.MODEL))
    _write(SIDECAR, known)
    shutil.rmtree(str(out), ignore_errors=True)
    steps.done("training")
    return True
