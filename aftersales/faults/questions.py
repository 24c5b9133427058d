"""What to ask next: the ``ask:`` order of the symptom, three questions at most."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aftersales.conditions import holds
from aftersales.faults.derived import derived, verdict
from aftersales.faults.findings import Findings
from aftersales.faults.symptoms import symptom
from aftersales.knowledge import load
from aftersales.lines import line

MAX_QUESTIONS = 3


@dataclass(frozen=True)
class Choice:
    """A button: what it shows and the value that stands for it."""

    label: str
    value: str


@dataclass(frozen=True)
class Question:
    """One question to the customer.

    Attributes:
        id: the name of the fact it asks for (``watch`` asks for calibre or movement).
        say: written to the customer.
        say_desk: read aloud by the agent.
        choices: buttons; the label typed by hand is understood as well.
        where: how to find the answer, for "在哪看", or None.
        where_desk: the same, spoken.
    """

    id: str
    say: str
    say_desk: str
    choices: tuple[Choice, ...] = ()
    where: str | None = None
    where_desk: str | None = None


def next_question(findings: Findings) -> Question | None:
    """The next question worth asking, or None when it is time for advice.

    Known, inapplicable and already asked questions are skipped.
    """
    if len(findings.asked) >= MAX_QUESTIONS:
        return None
    facts = derived(findings, verdict(findings))
    entry = symptom(findings.symptom)
    if "enough" in entry and holds(entry["enough"], facts):
        return None
    for question_id in entry.get("ask", []):
        if question_id not in findings.asked and _worth(question_id, findings, facts):
            return question(question_id)
    return None


def question(question_id: str) -> Question:
    """A question by its id.

    Raises:
        KeyError: there is no such question.
    """
    spec = load("questions")["questions"][question_id]
    said = line(spec)
    where = line(spec["where"]) if "where" in spec else None
    return Question(
        id=question_id,
        say=said.say,
        say_desk=said.say_desk,
        choices=tuple(Choice(str(c["label"]), str(c["value"])) for c in spec.get("choices", [])),
        where=where.say if where else None,
        where_desk=where.say_desk if where else None,
    )


def _worth(question_id: str, findings: Findings, facts: Mapping[str, Any]) -> bool:
    spec = load("questions")["questions"][question_id]
    fills = spec.get("fills", [question_id])
    if any(name in findings.facts for name in (question_id, *fills)):
        return False
    if any(earlier in findings.asked for earlier in spec.get("not_after", [])):
        return False
    return holds(spec.get("if"), facts)
