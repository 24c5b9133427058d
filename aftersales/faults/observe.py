"""Facts that a sentence volunteers: "刚放过音箱旁边，没摔过" -> near a magnet, no shock.

The patterns are in ``knowledge/observations.yml``; here is only how they are applied.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from aftersales.faults.findings import Value
from aftersales.knowledge import load
from aftersales.language import hours, normalise
from aftersales.language.hazards import hazard
from aftersales.watches import find_calibre

_ENTITY_FACTS = ("movement", "calibre", "rate_s_per_day", "line", "model", "case_code", "serial")


def observe(text: str, entities: Iterable[Any] = ()) -> dict[str, Value]:
    """Read the facts a sentence gives without being asked.

    Args:
        text: what was said, as typed.
        entities: found entities, objects or mappings with ``name`` (or Rasa's ``entity``) and
            ``value``, rates with ``low`` and ``high``.

    Returns:
        Fact name -> value. Denials count: "没摔过" gives ``shock: no``.
    """
    plain = normalise(text)
    found: dict[str, Value] = {}
    for clause in _clauses(plain):
        for fact, value in _in_clause(clause, plain):
            # "没摔过，就磕了一下": what happened outweighs what is denied.
            if found.get(fact) in (None, "no"):
                found[fact] = value
    return found | _told_both(plain) | _hazard(plain) | _of_entities(entities, plain)


def _told_both(text: str) -> dict[str, Value]:
    """The fact that one message tells two ways: "突然变快的，也不是，是越来越快"."""
    for fact, pattern in load("diagnosis")["two_ways"].items():
        if _regex(str(pattern)).search(text):
            return {"told_both": str(fact)}
    return {}


def _hazard(text: str) -> dict[str, Value]:
    kind = hazard(text)
    return {"hazard": kind} if kind else {}


def _clauses(text: str) -> list[str]:
    splitter = str(load("observations")["clause_ends"])
    return [clause for clause in _regex(splitter).split(text) if clause]


def _in_clause(clause: str, text: str) -> Iterable[tuple[str, Value]]:
    neutral = _neutralised(clause)
    for fact, rules in (load("observations")["facts"] | load("diagnosis")["signs"]).items():
        for rule in rules:
            if "with" in rule and not _regex(rule["with"]).search(text):
                continue
            value = _value(rule, clause, neutral)
            if value is not None:
                yield fact, value
                break


def _value(rule: Mapping[str, Any], clause: str, neutral: str) -> Value | None:
    if "unless" in rule and _regex(rule["unless"]).search(clause):
        return None
    for match in _regex(rule["match"]).finditer(clause):
        if rule.get("number") == "hours":
            return hours(match.group())
        if "negated" in rule and _is_negated(neutral, match.start()):
            return str(rule["negated"])
        return str(rule["value"])
    return None


def _neutralised(clause: str) -> str:
    """The clause with idioms that hold a "不" or "没" but deny nothing blanked out."""
    return _regex(str(load("observations")["not_negations"])).sub(
        lambda match: "＿" * len(match.group()), clause
    )


def _is_negated(neutral: str, start: int) -> bool:
    return bool(_regex(str(load("observations")["negation"])).search(neutral[:start]))


def _of_entities(entities: Iterable[Any], text: str) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for entity in entities:
        name, value = _field(entity, "name") or _field(entity, "entity"), _field(entity, "value")
        if value is None or isinstance(value, bool) or not isinstance(value, str | int | float):
            continue
        if name == "position":
            if _regex(str(load("observations")["resting"])).search(text):
                found["night"] = str(value)
        elif name == "rate_s_per_day":
            found |= _rate(entity, value)
        elif name == "movement" and _regex(str(load("observations")["undecided"])).search(text):
            continue
        elif name in _ENTITY_FACTS:
            found[str(name)] = str(value)
    calibre = find_calibre(str(found["calibre"])) if "calibre" in found else None
    if calibre:
        # The table is surer than the word: people call a Kinetic "自动机械".
        found["movement"] = calibre.movement
    return found


def _rate(entity: Any, value: str | int | float) -> dict[str, Value]:
    try:
        rates: dict[str, Value] = {"rate_s_per_day": float(value)}
    except ValueError:
        return {}
    for bound in ("low", "high"):
        given = _field(entity, bound)
        if isinstance(given, int | float) and not isinstance(given, bool):
            rates[f"rate_{bound}"] = float(given)
    return rates


def _field(entity: Any, name: str) -> Any:
    if isinstance(entity, Mapping):
        return entity.get(name)
    return getattr(entity, name, None)


@lru_cache(maxsize=512)
def _regex(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
