"""What is known about an ailing watch so far: small, immutable, safe to keep as JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from aftersales.faults.symptoms import symptom_for
from aftersales.watches import Calibre, find_calibre

Value = str | float
UNKNOWN = "unknown"


@dataclass(frozen=True)
class Findings:
    """The state of one diagnosis.

    Attributes:
        intent: the complaint: an intent of the contract, or a symptom id.
        facts: name -> value; ``unknown`` when the customer could not say. Names and values are
            those of ``knowledge/questions.yml`` and ``knowledge/observations.yml``; rates are
            seconds per day, positive = fast.
        asked: ids of the questions already put, in order.
    """

    intent: str
    facts: Mapping[str, Value] = field(default_factory=dict)
    asked: tuple[str, ...] = ()

    def with_fact(self, name: str, value: Value) -> "Findings":
        """The same findings with one fact more, or with one corrected."""
        return self.with_facts({name: value})

    def with_facts(self, facts: Mapping[str, Value]) -> "Findings":
        """The same findings with these facts more; later ones win.

        "Unknown" never overwrites something that is known.
        """
        merged = dict(self.facts)
        for name, value in facts.items():
            if value != UNKNOWN or name not in merged:
                merged[name] = value
        return replace(self, facts=merged)

    def with_asked(self, question_id: str) -> "Findings":
        """The same findings after a question was put; asking twice counts once."""
        if question_id in self.asked:
            return self
        return replace(self, asked=(*self.asked, question_id))

    def known(self, name: str) -> bool:
        """The fact is there and is more than "unknown"."""
        return self.facts.get(name, UNKNOWN) != UNKNOWN

    @property
    def calibre(self) -> Calibre | None:
        """The calibre, when a code was given and the table knows it."""
        code = self.facts.get("calibre")
        return find_calibre(code) if isinstance(code, str) else None

    @property
    def movement(self) -> str | None:
        """The movement: of the calibre if the table knows it, else what the customer said."""
        calibre = self.calibre
        if calibre:
            return calibre.movement
        said = self.facts.get("movement")
        return said if isinstance(said, str) and said != UNKNOWN else None

    @property
    def symptom(self) -> str:
        """Id of the symptom in ``knowledge/faults.yml`` that these findings make."""
        return symptom_for(self.intent, self.movement, self._routing_facts())

    def _routing_facts(self) -> dict[str, Value]:
        calibre = self.calibre
        return dict(self.facts) | ({"gps": "yes"} if calibre and calibre.gps else {})

    def to_dict(self) -> dict[str, Any]:
        """As plain lists, texts and numbers, for a slot or a ticket."""
        return {"intent": self.intent, "facts": dict(self.facts), "asked": list(self.asked)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Findings":
        """The inverse of ``to_dict``.

        Raises:
            ValueError: the data is not what ``to_dict`` writes.
        """
        intent, facts, asked = data.get("intent"), data.get("facts", {}), data.get("asked", [])
        if not isinstance(intent, str) or not isinstance(facts, Mapping):
            raise ValueError("findings need an intent and a mapping of facts")
        if not isinstance(asked, list | tuple) or not all(isinstance(i, str) for i in asked):
            raise ValueError("findings need a list of question ids")
        checked = {str(name): _value(value) for name, value in facts.items()}
        return cls(intent, checked, tuple(asked))


def _value(value: object) -> Value:
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    raise ValueError(f"a fact is a text or a number, not {value!r}")
