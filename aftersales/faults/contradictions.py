"""Statements that exclude each other: noticed, asked about once, then trusted less."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aftersales.conditions import holds
from aftersales.faults.causes import table

#: Between the question's id and the contradiction it clears up, as in ``watch#kind_and_code``.
MARK = "#"
_IDENTITY = "identity"


@dataclass(frozen=True)
class Contradiction:
    """Statements that cannot all be true.

    Attributes:
        id: its id in ``knowledge/diagnosis.yml``.
        ask: id of the question that clears it up.
        identity: it is about which watch it is; settled once that is read again.
    """

    id: str
    ask: str
    identity: bool

    @property
    def question_id(self) -> str:
        """The id under which the clarifying question is put."""
        return f"{self.ask}{MARK}{self.id}"


def contradictions(facts: Mapping[str, Any]) -> tuple[Contradiction, ...]:
    """All contradictions in these facts."""
    return tuple(_of(rule) for rule in table()["contradictions"] if holds(rule["if"], facts))


def noticed(facts: Mapping[str, Any], asked: Sequence[str]) -> tuple[Contradiction, ...]:
    """The contradictions that make an account less trustworthy.

    Those in the facts, and those that were asked about: who tells a thing two ways is not surer
    of it for having been asked. Only which watch it is can be read again and is then settled.
    """
    now = contradictions(facts)
    rules = {str(rule["id"]): rule for rule in table()["contradictions"]}
    before = [
        _of(rules[name])
        for name in (question.partition(MARK)[2] for question in asked)
        if name in rules and rules[name].get("kind") != _IDENTITY
    ]
    return (*now, *(one for one in before if one not in now))


def rule_of(question_id: str) -> Mapping[str, Any] | None:
    """The contradiction a question clears up, or None for an ordinary question."""
    name = question_id.partition(MARK)[2]
    for rule in table()["contradictions"]:
        if rule["id"] == name:
            found: Mapping[str, Any] = rule
            return found
    return None


def _of(rule: Mapping[str, Any]) -> Contradiction:
    return Contradiction(str(rule["id"]), str(rule["ask"]), rule.get("kind") == _IDENTITY)
