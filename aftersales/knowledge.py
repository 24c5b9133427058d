"""Reads the reviewed facts and sentences under ``knowledge/``.

Every file there is data a customer may be told: each entry has its source, its review date and its
sentence. Code asks for a file by its bare name; words stay in the files.
"""

import os
import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import yaml

_ROOT = Path(__file__).resolve().parent.parent
_PLACE = "AFTERSALES_KNOWLEDGE"
_NAME = re.compile(r"[a-z][a-z0-9_]*(/[a-z][a-z0-9_]*)*")
Made = TypeVar("Made")
_made: dict[object, tuple[dict[str, Any], Any]] = {}


class KnowledgeError(Exception):
    """A knowledge file is missing or is not what it must be."""


def folder() -> Path:
    """Return the folder the knowledge is read from: ``AFTERSALES_KNOWLEDGE`` or ``knowledge/`` at
    the root."""
    return Path(os.environ.get(_PLACE) or _ROOT / "knowledge")


def load(name: str) -> dict[str, Any]:
    """Return the content of ``knowledge/<name>.yml``; read once per process.

    The same object is returned to everyone: callers must not change it.

    Raises:
        KnowledgeError: no such file, not a mapping, or not valid YAML; the message names the file.
    """
    return _read(os.environ.get(_PLACE), name)


def derive(name: str, make: Callable[[dict[str, Any]], Made]) -> Made:
    """Return what ``make`` makes of ``load(name)``; made once for each reading of the file.

    The same object is returned to everyone, so it must not be one that can be changed.
    """
    content = load(name)
    known = _made.get(make)
    if known is None or known[0] is not content:
        known = _made[make] = content, make(content)
    made: Made = known[1]
    return made


def forget() -> None:
    """Drop what was read, so that the next ``load`` reads the files again."""
    _read.cache_clear()


@lru_cache(maxsize=64)
def _read(_place: str | None, name: str) -> dict[str, Any]:
    """Read a file; ``_place`` only tells folders apart."""
    if not _NAME.fullmatch(name):
        raise KnowledgeError(f"not a knowledge file name: {name!r}")
    path = folder() / f"{name}.yml"
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
