"""The domain's vocabulary as features: one concept, many ways to say it.

The table is `concepts.yml`; each concept is one regular expression over normalised text.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import yaml

TABLE = Path(__file__).with_name("concepts.yml")


@cache
def patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return (name, compiled pattern) for every concept, in the order of the table."""
    table = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    return tuple(
        (name, re.compile("|".join(alternatives.split()), re.IGNORECASE))
        for name, alternatives in table.items()
    )


def concepts(text: str) -> list[str]:
    """Return the names of the concepts that occur in normalised `text`."""
    return [name for name, pattern in patterns() if pattern.search(text)]
