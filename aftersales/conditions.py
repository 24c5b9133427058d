"""The small condition language of ``knowledge/*.yml``.

``{near_magnet: yes, onset: [sudden, gradual]}``   all keys must hold, a list means one of
``{runs_hours: {below: 20}}``                      numbers: below, above
``{any: [{...}, {...}]}``                          at least one of the conditions
``{not: {calibre: 7T92}}``                         the condition does not hold
``{shock: known}`` / ``{shock: missing}``          whether there is an answer at all
"""

from collections.abc import Mapping
from typing import Any

_MISSING = (None, "unknown")


def holds(condition: Mapping[str, Any] | None, facts: Mapping[str, Any]) -> bool:
    """Whether the facts meet the condition; no condition always holds."""
    return all(_one(name, wanted, facts) for name, wanted in (condition or {}).items())


def _one(name: str, wanted: Any, facts: Mapping[str, Any]) -> bool:
    if name == "any":
        return any(holds(condition, facts) for condition in wanted)
    if name == "not":
        return not holds(wanted, facts)
    value = facts.get(name)
    if wanted == "known":
        return value not in _MISSING
    if wanted == "missing":
        return value in _MISSING
    if isinstance(wanted, Mapping):
        return _compares(value, wanted)
    if isinstance(wanted, list):
        return any(_one(name, item, facts) for item in wanted)
    return bool(value == _text(wanted))


def _compares(value: Any, wanted: Mapping[str, Any]) -> bool:
    if not isinstance(value, int | float):
        return False
    below, above = wanted.get("below"), wanted.get("above")
    return (below is None or value < below) and (above is None or value > above)


def _text(value: Any) -> Any:
    # YAML reads a bare yes/no as a truth value; facts hold the words.
    return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
