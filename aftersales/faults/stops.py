"""What interrupts a diagnosis at once: no further question, the urgency is set."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aftersales.conditions import holds
from aftersales.faults.causes import table


@dataclass(frozen=True)
class Stop:
    """A stop rule that applies.

    Attributes:
        id: its id in ``knowledge/diagnosis.yml``.
        urgency: 2 soon, 3 stop wearing it, 9 a person first.
        cause: the cause it leaves no doubt about, or None.
    """

    id: str
    urgency: int
    cause: str | None = None


def stop_of(facts: Mapping[str, Any]) -> Stop | None:
    """The gravest stop rule that these facts meet, or None."""
    met = [
        Stop(str(rule["id"]), int(rule["urgency"]), rule.get("cause"))
        for rule in table()["stops"]
        if holds(rule["if"], facts)
    ]
    return max(met, key=lambda stop: stop.urgency) if met else None
