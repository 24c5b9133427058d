"""Intent and movement -> the symptom of ``knowledge/faults.yml`` that explains it."""

from collections.abc import Mapping
from typing import Any

from aftersales.conditions import holds
from aftersales.knowledge import load


def symptom_for(
    intent: str, movement: str | None = None, facts: Mapping[str, Any] | None = None
) -> str:
    """Which symptom a complaint is.

    Args:
        intent: an intent of the contract; a symptom id stands for itself.
        movement: the contract's movement, or None when unknown.
        facts: what else is known; some facts change the symptom (a leak, satellite time).

    Returns:
        A symptom id. Complaints that mean different things in different movements give an
        ``..._unclear`` symptom while the movement is unknown; anything else gives ``general``.
    """
    knowledge = load("faults")
    seen: dict[str, Any] = dict(facts or {}) | {"intent": intent, "movement": movement}
    for detour in knowledge["detours"]:
        if holds(detour["if"], seen):
            return str(detour["symptom"])
    if intent in knowledge["symptoms"]:
        return intent
    route = knowledge["routes"].get(intent)
    if route is None:
        return str(knowledge["routes"]["default"])
    if isinstance(route, str):
        return route
    return str(route.get(movement or "none", route["none"]))


def symptom(symptom_id: str) -> dict[str, Any]:
    """The entry of a symptom.

    Raises:
        KeyError: there is no such symptom.
    """
    found: dict[str, Any] = load("faults")["symptoms"][symptom_id]
    return found
