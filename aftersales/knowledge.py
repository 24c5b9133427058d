"""Reads the reviewed facts and sentences under ``knowledge/``.

Every file there is data a customer may be told: each entry has its source, its review date and its
sentence. Code asks for a file by its bare name; words stay in the files.
"""

import os
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

_ROOT = Path(__file__).resolve().parent.parent
_NAME = re.compile(r"[a-z][a-z0-9_]*(/[a-z][a-z0-9_]*)*")


class KnowledgeError(Exception):
    """A knowledge file is missing or is not what it must be."""


def folder() -> Path:
    """Return the folder the knowledge is read from: ``AFTERSALES_KNOWLEDGE`` or ``knowledge/`` at
    the root."""
    return Path(os.environ.get("AFTERSALES_KNOWLEDGE") or _ROOT / "knowledge")


def load(name: str) -> dict[str, Any]:
    """Return the content of ``knowledge/<name>.yml``; read once per process.

    The same object is returned to everyone: callers must not change it.

    Raises:
        KnowledgeError: no such file, not a mapping, or not valid YAML; the message names the file.
    """
    if not _NAME.fullmatch(name):
        raise KnowledgeError(f"not a knowledge file name: {name!r}")
    return _read(folder() / f"{name}.yml")


def forget() -> None:
    """Drop what was read, so that the next ``load`` reads the files again."""
    _read.cache_clear()


@lru_cache(maxsize=64)
def _read(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise KnowledgeError(f"{path}: {error.strerror}") from error
    try:
        # The C loader is ten times faster and reads the same safe subset.
        content = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    except yaml.YAMLError as error:
        raise KnowledgeError(f"{path}: {error}") from error
    if not isinstance(content, dict):
        raise KnowledgeError(f"{path}: a mapping is expected at the top")
    return content
