"""The second need of a message: "走快了，还有这表还在保吗" asks for two things.

The whole sentence has one intent. Its clauses are judged one by one as well; the first clause that
surely asks for something else is the second need. Pure functions; nothing here knows Rasa.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

#: Words and signs at which people turn to the next thing.
_BREAK = re.compile(r"[,，。;；!！?？\n、]+|(?=另外|还有|顺便|对了|再问|再就是|以及|然后想)")
#: Shorter clauses are particles of speech, not needs.
SHORTEST = 4
MOST_CLAUSES = 8
#: How sure a clause must be; below it the second need would be an invention.
SURE = 0.75
#: Intents that are no need of their own within a longer message.
NO_NEED = frozenset(
    {
        "affirm",
        "bot_challenge",
        "complain",
        "correct_answer",
        "deny",
        "dont_know",
        "goodbye",
        "greet",
        "inform",
        "out_of_scope",
        "thank",
    }
)


@dataclass(frozen=True)
class Need:
    """A need found in one clause."""

    name: str
    confidence: float
    text: str


def clauses(text: str) -> list[str]:
    """Return the clauses of a normalised text that are long enough to hold a need."""
    parts = (part.strip() for part in _BREAK.split(text) if part)
    return [part for part in parts if len(part) >= SHORTEST][:MOST_CLAUSES]


def second_need(
    text: str, first: str, best: Callable[[list[str]], list[tuple[str, float]]]
) -> Need | None:
    """Return the need a message names beside its first, or None.

    Args:
        text: the normalised message.
        first: the intent of the whole message.
        best: the best intent of each of several texts, with its probability.
    """
    parts = clauses(text)
    if len(parts) < 2:
        return None
    for part, (name, confidence) in zip(parts, best(parts), strict=True):
        if name != first and name not in NO_NEED and confidence >= SURE:
            return Need(name, round(confidence, 4), part)
    return None
