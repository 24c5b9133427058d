"""The sentences of ``texts.yml``: what the page and the gateway say by themselves."""

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

_FILE = Path(__file__).with_name("texts.yml")


@lru_cache(maxsize=1)
def texts() -> dict[str, Any]:
    """Return all texts by section; read once."""
    content: dict[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return content


def say(section: str, name: str, **values: str) -> str:
    """Return one sentence with its blanks filled.

    Raises:
        KeyError: there is no such sentence.
    """
    sentence: str = texts()[section][name]
    return sentence.format(**values) if values else sentence
