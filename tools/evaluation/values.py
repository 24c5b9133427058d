"""How many values come out exactly, entity by entity: rates and dates apart from the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tools.blind_sets import Sentence, entity_errors

RATE, DATE = "rate_s_per_day", "purchase_date"


def exact(told: Sequence[Sentence]) -> dict[str, tuple[int, int, list[str]]]:
    """Return name -> (values expected, read exactly, a line for each that was not)."""
    names = sorted({name for one in told for name in one.entities}, key=_place)
    rows = {}
    for name in names:
        some = [
            replace(one, entities={name: one.entities[name]})
            for one in told
            if name in one.entities
        ]
        expected, errors = entity_errors(some)
        rows[name] = (expected, expected - len(errors), errors)
    return rows


def _place(name: str) -> tuple[bool, bool, str]:
    return name != RATE, name != DATE, name
