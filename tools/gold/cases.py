"""The gold cases: what the customer says, what is true, and the cause a watchmaker would name."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml

from tools import paths

GOLD = paths.ROOT / "tests" / "gold"


@dataclass(frozen=True)
class Case:
    """One gold case; see ``tests/gold/README.md``."""

    id: str
    family: str
    complaint: str
    says: str
    findings: Mapping[str, Any]
    truth: Mapping[str, Any]
    cause: str
    also: tuple[str, ...]
    urgency: int
    contradictory: bool = False


@lru_cache(maxsize=2)
def read(name: str) -> tuple[Case, ...]:
    """The cases of ``tests/gold/<name>.yml``."""
    text = (GOLD / f"{name}.yml").read_text(encoding="utf-8")
    raw = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    return tuple(
        Case(
            id=one["id"], family=one["family"], complaint=one["complaint"], says=one["says"],
            findings=one["findings"], truth=one["truth"], cause=one["cause"],
            also=tuple(one["also"]), urgency=one["urgency"],
            contradictory=bool(one.get("contradictory")),
        )
        for one in raw["cases"]
    )  # fmt: skip
