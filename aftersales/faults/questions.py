"""What to ask next: the question that is expected to tell most, four at most.

Complaints the table of causes does not know are taken in by the ``ask:`` order of ``faults.yml``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aftersales.conditions import holds
from aftersales.faults.causes import setting
from aftersales.faults.contradictions import MARK, contradictions, noticed, rule_of
from aftersales.faults.derived import derived, verdict
from aftersales.faults.engine import State, leader_of, state
from aftersales.faults.findings import Findings
from aftersales.faults.gain import Worth, is_clear, worths
from aftersales.faults.stops import stop_of
from aftersales.faults.symptoms import symptom
from aftersales.knowledge import load
from aftersales.lines import line
from aftersales.questions import Choice, Question

MAX_QUESTIONS = 4


@dataclass(frozen=True)
class Plan:
    """What to do next and why.

    Attributes:
        question_id: the question to put, or None for advice.
        reason: ``stop``, ``contradiction``, ``enough``, ``clear``, ``gain``, ``nothing``
            (no question tells enough), ``order`` (by the symptom's list) or ``limit``.
        worths: the questions that were weighed, the best first.
    """

    question_id: str | None
    reason: str
    worths: tuple[Worth, ...] = ()


def next_question(findings: Findings) -> Question | None:
    """The next question worth asking, or None when it is time for advice.

    Known, inapplicable and already asked questions are skipped.
    """
    planned = plan(findings)
    return question(planned.question_id) if planned.question_id else None


def plan(findings: Findings) -> Plan:
    """Decide whether to ask, and what."""
    now = state(findings)
    if now is None:
        return plan_by_order(findings)
    if stop_of(now.facts):
        return Plan(None, "stop")
    if len(findings.asked) >= MAX_QUESTIONS:
        return Plan(None, "limit")
    for one in contradictions(now.facts):
        if one.question_id not in findings.asked:
            return Plan(one.question_id, "contradiction")
    if noticed(now.facts, findings.asked):
        return Plan(None, "contradiction")
    entry = symptom(findings.symptom)
    if "enough" in entry and holds(entry["enough"], now.facts):
        return Plan(None, "enough")
    if is_clear(leader_of(now)):
        return Plan(None, "clear")
    return _by_gain(findings, now)


def open_questions(findings: Findings, facts: Mapping[str, Any]) -> list[str]:
    """Ids of all questions that are neither answered nor asked nor out of place."""
    return [name for name in load("questions")["questions"] if _is_open(name, findings, facts)]


def question(question_id: str) -> Question:
    """A question by its id.

    Raises:
        KeyError: there is no such question.
    """
    spec = load("questions")["questions"][question_id.partition(MARK)[0]]
    clarifying = rule_of(question_id)
    said = line(clarifying or spec)
    where = line(spec["where"]) if "where" in spec else None
    return Question(
        id=question_id,
        say=said.say,
        say_desk=said.say_desk,
        choices=tuple(Choice(str(c["label"]), str(c["value"])) for c in spec.get("choices", [])),
        where=where.say if where else None,
        where_desk=where.say_desk if where else None,
    )


def _by_gain(findings: Findings, now: State) -> Plan:
    weighed = tuple(worths(now, findings, open_questions(findings, now.facts)))
    least = setting("least_gain") * (1 + setting("patience") * len(findings.asked))
    if not weighed or weighed[0].score < least:
        return Plan(None, "nothing", weighed)
    return Plan(weighed[0].question, "gain", weighed)


def plan_by_order(findings: Findings) -> Plan:
    """The ``ask:`` list of the symptom from top to bottom, whatever the table of causes says."""
    if len(findings.asked) >= MAX_QUESTIONS:
        return Plan(None, "limit")
    facts = derived(findings, verdict(findings))
    entry = symptom(findings.symptom)
    if "enough" in entry and holds(entry["enough"], facts):
        return Plan(None, "enough")
    for name in entry.get("ask", []):
        if _is_open(name, findings, facts):
            return Plan(name, "order")
    return Plan(None, "nothing")


def _is_open(question_id: str, findings: Findings, facts: Mapping[str, Any]) -> bool:
    spec = load("questions")["questions"][question_id]
    asked = {name.partition(MARK)[0] for name in findings.asked}
    fills = spec.get("fills", [question_id])
    if question_id in asked or any(name in findings.facts for name in (question_id, *fills)):
        return False
    if any(earlier in asked for earlier in spec.get("not_after", [])):
        return False
    return holds(spec.get("if"), facts)
