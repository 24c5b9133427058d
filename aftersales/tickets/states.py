"""Which state may follow which: the table is ``moves`` in ``knowledge/tickets.yml``."""

from collections.abc import Mapping
from typing import Any

from aftersales import knowledge

CANCELLED = "cancelled"


class IllegalMove(ValueError):
    """A ticket cannot go from its state to the wanted one."""

    def __init__(self, kind: str, from_state: str, to_state: str) -> None:
        super().__init__(f"a {kind} cannot go from {from_state} to {to_state}")
        self.kind, self.from_state, self.to_state = kind, from_state, to_state


def initial_state(kind: str) -> str:
    """Return the state a new ticket of ``kind`` starts in.

    Raises:
        KeyError: no such kind.
    """
    state: str = knowledge.load("tickets")["initial"][kind]
    return state


def check_move(kind: str, from_state: str, to_state: str) -> None:
    """Refuse a move the table does not hold.

    Raises:
        IllegalMove: the message names both states.
    """
    if not may_move(kind, from_state, to_state):
        raise IllegalMove(kind, from_state, to_state)


def may_move(kind: str, from_state: str, to_state: str) -> bool:
    """Say whether the table holds this move."""
    table = knowledge.load("tickets")["moves"][kind]
    return to_state in table.get(from_state, ())


def first_stage(mode: str | None, state: str) -> str | None:
    """Return the small step a state begins with in this mode of service; None when it has none."""
    stages = knowledge.load("workshop")["modes"].get(mode or "", {}).get("stages", {})
    return next(iter(stages.get(state, ())), None)


def entry(state: str) -> Mapping[str, Any]:
    """Return the entry of a state: its name, ``say``, ``say_desk`` and flags.

    Raises:
        KeyError: no such state.
    """
    found: Mapping[str, Any] = knowledge.load("tickets")["states"][state]
    return found


def is_final(state: str) -> bool:
    """Say whether nothing follows this state."""
    return bool(entry(state).get("final", False))


def final_states() -> list[str]:
    """Return the states nothing follows."""
    return [name for name in knowledge.load("tickets")["states"] if is_final(name)]


def is_cancellable(state: str) -> bool:
    """Say whether the customer alone may still cancel in this state."""
    return bool(entry(state).get("cancellable", False))


def purpose(kind: str) -> Mapping[str, Any]:
    """Return why personal data is asked for: ``version``, ``say``, ``say_desk``, ``fields``,
    ``required``.

    Args:
        kind: a kind of ticket, or ``lookup``.

    Raises:
        KeyError: no purpose is written down.
    """
    found: Mapping[str, Any] = knowledge.load("tickets")["purposes"][kind]
    return found
